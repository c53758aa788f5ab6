"""Numbers about where the user stands, as plain data."""
