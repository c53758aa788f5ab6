"""Anki's packages: what is in them, made into cards and reviews."""
