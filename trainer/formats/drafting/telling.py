"""What writing a draft would come to, in sentences for the person who decides."""

from collections import Counter
from dataclasses import dataclass

from trainer.formats.drafting.draft import Draft
from trainer.formats.found import Found
from trainer.formats.history import PastPlan
from trainer.formats.planning import UNANSWERED, Doubles, ImportPlan
from trainer.text import counted, shorten

CHOICES = {
    None: "those in the same words are left out, those nearly the same are added",
    Doubles.SKIP: "left out, also those nearly the same",
    Doubles.UPDATE: "yours take what these say; question and memory stay",
    Doubles.ADD: "those nearly the same are added; in the same words it is the same card",
}
"""What may happen with all cards that are there already, in words."""


@dataclass(frozen=True)
class DraftPlan:
    """What would be written of a draft."""

    found: list[Found]
    plan: ImportPlan
    past: PastPlan

    @property
    def is_empty(self) -> bool:
        """Whether writing would change nothing."""
        return not (self.plan.additions or self.plan.updates or self.past)


def summary(draft: Draft, made: DraftPlan) -> list[str]:
    """Return what would be added, changed and left out, a sentence each."""
    said = [
        f"{counted(len(each.cards), 'card')} {'to ' + each.title if each.into else 'in a new deck, ' + each.title}."
        for each in made.plan.additions
    ]
    if made.plan.updated:
        said.append(f"{counted(made.plan.updated, 'card')} of yours brought up to date.")
    if made.past.reviews:
        said.append(f"{counted(made.past.reviews, 'review')} taken over into the log.")
    if made.is_empty:
        said.append("Nothing new: your decks have all of it already.")
    cards = [card for each in made.plan.additions for card in each.cards]
    if bare := sum(not (card.answer or card.key_points) for card in cards):
        said.append(f'{counted(bare, "card")} without answer or points: "{UNANSWERED}" is written there.')
    if dropped := sum(each.dropped for each in draft.cards):
        said.append(f"{counted(dropped, 'card')} dropped by you.")
    return said


def details(made: DraftPlan) -> list[str]:
    """Return what is left out with its line and why, and what is added though something near is there."""
    reasons = Counter(each.reason for each in made.plan.skipped)
    said = []
    for each in sorted(made.plan.skipped, key=lambda each: (-reasons[each.reason], each.reason, each.line or 0)):
        line = "" if each.line is None else f"line {each.line}: "
        said.append(f"Left out: {line}{shorten(each.text, 70)}: {each.reason}")
    for origin in made.plan.origins.values():
        if origin.near is not None:
            asked = shorten(origin.found.card.question, 60)
            said.append(f"Added, though nearly the same is there: {asked} / {shorten(origin.near.question, 60)}")
    return said


def written_words(made: DraftPlan) -> str:
    """Return what was written."""
    added = [f"{counted(len(each.cards), 'card')} added to {each.title}" for each in made.plan.additions]
    updated = [f"{counted(made.plan.updated, 'card')} brought up to date"] if made.plan.updated else []
    reviews = [f"{counted(made.past.reviews, 'review')} taken over"] if made.past.reviews else []
    return "; ".join([*added, *updated, *reviews]) + "."
