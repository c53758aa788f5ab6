"""Plots as plain data, drawn as lines of text or as SVG."""
