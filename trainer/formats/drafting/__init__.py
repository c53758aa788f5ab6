"""A document and the cards made of it, while a person looks them through: no screen, no disk."""
