"""The day's queue and the session: no screen, no disk of its own."""
