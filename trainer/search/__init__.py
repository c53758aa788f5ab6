"""Finding cards by what a person writes: docs/search.md has the grammar."""
