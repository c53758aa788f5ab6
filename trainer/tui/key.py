"""A line of the table of keys."""

from dataclasses import dataclass

from trainer.tui.key_names import name_for_person


@dataclass(frozen=True)
class Key:
    """One thing that a key does on a screen."""

    id: str
    """`screen.name`; what `[keys]` in the settings names."""
    keys: str
    """Textual's names of the keys, with commas."""
    action: str
    label: str
    """A word or two for the footer."""
    does: str
    """What it does, for the help screen and the documentation."""
    shown: bool = False
    """Whether the footer shows it."""
    display: str = ""
    """How the keys are written for a person; empty to take the first key's name."""
    everywhere: bool = False
    """Whether it works while a text is written too, so that its keys must write nothing."""

    @property
    def screen(self) -> str:
        """The screen it belongs to."""
        return self.id.partition(".")[0]

    @property
    def written(self) -> str:
        """The keys as a person reads them."""
        return self.display or name_for_person(self.usual[0])

    @property
    def is_numbered(self) -> bool:
        """Whether the first key stands for 1, the second for 2, and so on."""
        return self.action == "tick_number"

    @property
    def usual(self) -> tuple[str, ...]:
        """The keys that are bound until the user binds others."""
        return tuple(self.keys.split(","))
