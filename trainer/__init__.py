"""Keypoint Trainer: practise answers that take a minute to say."""

__version__ = "0.1.0"
