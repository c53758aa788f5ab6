"""Those who answer in the simulation: the same memory under the rule by points and three usual gradings."""

from collections.abc import Callable
from random import Random

from truth import Point, Record

from trainer.model import ANSWER_POINT, Card, KeyPoint, Rating
from trainer.simulate.home import ImaginedHome
from trainer.simulate.living import Answer
from trainer.study.plan import Kind
from trainer.study.question import Question

RELEARNED = 0.9
"""The chance that a point just shown is recalled when it returns on the same day."""


def seconds_of(kind: Kind, points: int) -> float:
    """Return how long it takes to answer and judge so many points."""
    if kind is Kind.NEW:
        return 20.0 + 10 * points
    return (5.0 if kind is Kind.RETURN else 10.0) + 6 * points


class Pupil:
    """Answers from hidden memories, and keeps the record. At first sight nothing can be known."""

    def __init__(self, memories: dict[str, list[Point]], luck: Random, start: int) -> None:
        self.memories = memories
        self.record = Record()
        self._luck = luck
        self._start = start
        self._open: dict[str, list[int]] = {}
        """Points missed today, by card."""

    def card(self, card_id: str) -> Card:
        """Return the card as this rule's scheduler knows it."""
        raise NotImplementedError

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Recall what the hidden memory gives, and grade it as the rule has it."""
        raise NotImplementedError

    def _ask(self, home: ImaginedHome, question: Question, indexes: list[int]) -> list[int]:
        """Ask some points of the hidden memory; return those recalled."""
        day = home.today.toordinal() - self._start
        points = self.memories[question.card.id]
        if question.kind is Kind.NEW:
            chances = dict.fromkeys(indexes, 0.0)
        elif question.kind is Kind.RETURN:
            chances = dict.fromkeys(indexes, RELEARNED)
        else:
            chances = {index: points[index].recall(day) for index in indexes}
            self._keep(home, question, day)
        recalled = [index for index in indexes if self._luck.random() < chances[index]]
        for index in indexes:
            points[index].ask(day, index in recalled)
        self._open[question.card.id] = [index for index in indexes if index not in recalled]
        if question.kind is not Kind.RETURN:
            self.record.reviews += 1
        return recalled

    def _keep(self, home: ImaginedHome, question: Question, day: int) -> None:
        """Take down how the whole card stands when it comes up, where it was to hold for more than a day."""
        due, last = home.due(question.card.id), home.state(question.card.id).last_day
        assert due is not None
        assert last is not None
        if (due - last).days < 2:
            return
        chances = [point.recall(day) for point in self.memories[question.card.id]]
        self.record.coverages.append(sum(chances) / len(chances))
        for index, chance in enumerate(chances):
            self.record.point_chances.setdefault((question.card.id, index), []).append(chance)

    def _spent(self, seconds: float) -> float:
        self.record.seconds += seconds
        return seconds

    def evening(self, day: int) -> None:
        """Take down what is known on a day, over the cards seen."""
        seen = [points for points in self.memories.values() if points[0].day >= 0]
        shares = [sum(point.recall(day) for point in points) / len(points) for points in seen]
        if shares:
            self.record.on_days.append(sum(shares) / len(shares))


class ByPoints(Pupil):
    """The trainer's own rule: each point is ticked, and has a memory."""

    def card(self, card_id: str) -> Card:
        """Return a card with its key points."""
        count = len(self.memories[card_id])
        return Card(card_id, card_id, tuple(KeyPoint(f"p{index}", "p") for index in range(count)))

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Tick what is recalled."""
        indexes = [int(point.id[1:]) for point in question.points]
        recalled = self._ask(home, question, indexes)
        seconds = self._spent(seconds_of(question.kind, len(indexes)))
        ticked = [f"p{index}" for index in recalled]
        return Answer(ticked, Rating.GOOD if recalled else Rating.AGAIN, seconds)


class ByCard(Pupil):
    """One memory a card, as elsewhere: the share recalled becomes one grade.

    What was missed is looked at again on the same day, as under the other rule: as a return where
    the grade was again, else at once, without a review of its own.
    """

    def __init__(
        self, memories: dict[str, list[Point]], luck: Random, start: int, grade: Callable[[float], Rating]
    ) -> None:
        super().__init__(memories, luck, start)
        self._grade = grade

    def card(self, card_id: str) -> Card:
        """Return a card without key points."""
        return Card(card_id, card_id, answer="A")

    def answer(self, home: ImaginedHome, question: Question) -> Answer:
        """Grade by the share recalled."""
        card_id = question.card.id
        every = list(range(len(self.memories[card_id])))
        indexes = self._open[card_id] if question.kind is Kind.RETURN else every
        recalled = self._ask(home, question, indexes)
        seconds = self._spent(seconds_of(question.kind, len(indexes)))
        if question.kind is Kind.RETURN:
            rating = Rating.GOOD if len(recalled) == len(indexes) else Rating.AGAIN
        else:
            rating = self._grade(len(recalled) / len(indexes))
        if rating is not Rating.AGAIN:
            seconds += self._look_again(home, card_id)
        return Answer([] if rating is Rating.AGAIN else [ANSWER_POINT], rating, seconds)

    def _look_again(self, home: ImaginedHome, card_id: str) -> float:
        day = home.today.toordinal() - self._start
        seconds = 0.0
        while self._open[card_id]:
            missed = self._open[card_id]
            seconds += self._spent(seconds_of(Kind.RETURN, len(missed)))
            for index in missed:
                recalled = self._luck.random() < RELEARNED
                self.memories[card_id][index].ask(day, recalled)
                if recalled:
                    self._open[card_id] = [each for each in self._open[card_id] if each != index]
        return seconds


def all_or_nothing(share: float) -> Rating:
    """Grade again when any point is missed."""
    return Rating.GOOD if share == 1 else Rating.AGAIN


def hard_when_partial(share: float) -> Rating:
    """Grade hard when some points are missed, again when all are."""
    return Rating.GOOD if share == 1 else Rating.HARD if share else Rating.AGAIN


def good_at_80(share: float) -> Rating:
    """Grade good from four fifths of the points on, else again."""
    return Rating.GOOD if share >= 0.8 else Rating.AGAIN


RULES: dict[str, Callable[[dict[str, list[Point]], Random, int], Pupil]] = {
    "by points": ByPoints,
    "all or nothing": lambda memories, luck, start: ByCard(memories, luck, start, all_or_nothing),
    "hard when partial": lambda memories, luck, start: ByCard(memories, luck, start, hard_when_partial),
    "good at 80%": lambda memories, luck, start: ByCard(memories, luck, start, good_at_80),
}
"""How each rule's pupil is made."""
