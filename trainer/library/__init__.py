"""Decks on disk: the TOML format, the folder, and which cards are one."""
