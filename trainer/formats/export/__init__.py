"""Decks made into files for other programs, one kind of file a module."""
