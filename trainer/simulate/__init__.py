"""Days to come, lived in memory: the real sessions, beside which nothing is written."""
