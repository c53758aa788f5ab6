"""Where one stands, in numbers: each defined in docs/statistics.md, and worked out here alone."""
