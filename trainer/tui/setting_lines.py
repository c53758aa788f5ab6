"""The lines of the settings screen: each setting of the schema, of the home and of each deck."""

from dataclasses import dataclass
from typing import Any

from trainer.settings import Settings
from trainer.settings.schema import DECK_SETTINGS, SETTINGS, Setting


@dataclass(frozen=True)
class Line:
    """One setting, of the home or of a deck."""

    setting: Setting
    title: str | None = None
    """The deck's; None for the whole home."""

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in the settings file."""
        return (self.setting.name,) if self.title is None else ("decks", self.title, self.setting.name)

    @property
    def id(self) -> str:
        """What names it on the screen."""
        return "\n".join(self.path)

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.setting.name.replace("_", " ")

    def value(self, settings: Settings) -> Any:
        """Return what is set."""
        return getattr(settings if self.title is None else settings.of_deck(self.title), self.setting.name)

    def said(self, settings: Settings) -> str:
        """Return what is set, in words."""
        return self.setting.said(self.value(settings))

    @property
    def usual(self) -> str:
        """The default, in words."""
        return self.setting.said(self.setting.default)


def lines_of(titles: list[str]) -> dict[str, Line]:
    """Return every line by its id: those of the home, then those of decks with these titles."""
    lines = [Line(setting) for setting in SETTINGS.values()]
    lines += [Line(setting, title) for title in titles for setting in DECK_SETTINGS.values()]
    return {line.id: line for line in lines}
