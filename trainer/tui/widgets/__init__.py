"""Widgets that know neither app nor siblings."""
