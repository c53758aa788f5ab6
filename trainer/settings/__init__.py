"""The user's settings: one schema, read from and written to `settings.toml`."""

from trainer.settings.kinds import WEEKDAYS
from trainer.settings.reading import read_settings
from trainer.settings.schema import DeckSettings, Settings

__all__ = ["WEEKDAYS", "DeckSettings", "Settings", "read_settings"]
