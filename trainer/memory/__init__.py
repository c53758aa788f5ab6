"""FSRS for key points: memory, coverage, and the day a card falls due. The only user of `fsrs`."""
