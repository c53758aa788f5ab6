"""The log: events, the file they stand in, which of them count, and what they add up to."""
