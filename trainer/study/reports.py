"""What a session tells of itself."""

from dataclasses import dataclass

from trainer.progress.events import CardEvent, ReviewEvent, SuspendEvent


@dataclass(frozen=True)
class Progress:
    """How far a session is."""

    answered: int
    """Cards answered, returns aside."""
    ahead: int
    """Cards still to come, the present one included, returns aside."""


@dataclass(frozen=True)
class Undone:
    """What was taken back."""

    event: CardEvent
    question: str

    @property
    def words(self) -> str:
        """What it was, in two words."""
        match self.event:
            case ReviewEvent(rating=rating):
                return f"the answer ({rating})"
            case SuspendEvent(suspend=suspend):
                return "the suspension" if suspend else "the end of a suspension"
            case _:
                return "the choice"
