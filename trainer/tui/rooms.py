"""The rooms off Today: screens that open on a home, by name, each loaded when it is first entered."""

from importlib import import_module

from textual.command import Provider
from textual.screen import Screen

from trainer.collection.collection import Collection

ROOMS = {
    "fit": "trainer.tui.screens.fit:FitScreen",
    "settings": "trainer.tui.screens.settings:SettingsScreen",
    "browse": "trainer.tui.screens.browse:BrowseScreen",
    "new": "trainer.tui.screens.new:NewScreen",
    "build": "trainer.tui.screens.build:BuildScreen",
    "reworded": "trainer.tui.screens.reworded:RewordedScreen",
    "statistics": "trainer.tui.screens.statistics:StatisticsScreen",
}
"""Module and class of each room; the class is called with the collection."""


def enter(room: str, collection: Collection) -> Screen[None]:
    """Return the screen of a room; KeyError where there is none of this name."""
    module, _, name = ROOMS[room].partition(":")
    screen: Screen[None] = getattr(import_module(module), name)(collection)
    return screen


def card_commands() -> type[Provider]:
    """Return what finds cards in the command palette."""
    from trainer.tui.card_commands import CardCommands

    return CardCommands
