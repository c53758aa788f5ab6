"""What the log says of each point, in order: what a fit learns from."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from trainer.model import Rating
from trainer.progress.events import CardEvent, key_at
from trainer.progress.lines import event_from
from trainer.progress.series import point_series

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)


def line(number: int, **fields: Any) -> CardEvent:
    """Return an event of the card, `number` days after the start."""
    event = event_from(key_at(START + timedelta(days=number), "7f3a01"), {"card": "a", **fields})
    assert isinstance(event, CardEvent)
    return event


def said(*events: CardEvent, **joined: str) -> dict[str, list[tuple[int, Rating, bool]]]:
    """Return days, ratings and whether the rest was given, by point."""
    series = point_series(events, lambda moment: moment.date(), lambda point: (joined.get(point, point),))
    return {point: [((each.day - DAY).days, each.rating, each.given) for each in own] for point, own in series.items()}


def test_a_recalled_point_gets_the_rating_and_a_missed_one_again() -> None:
    assert said(
        line(0, rating="hard", recalled=["p"], missed=["q"]),
        line(1, rating="good", recalled=["q"], given=True),
    ) == {
        "p": [(0, Rating.HARD, False)],
        "q": [(0, Rating.AGAIN, False), (1, Rating.GOOD, True)],
    }


def test_rating_again_goes_with_nothing_recalled_and_both_means_missed() -> None:
    assert said(line(0, rating="again", recalled=["p"])) == {"p": [(0, Rating.AGAIN, False)]}
    assert said(line(0, rating="good", recalled=["p"], missed=["p"])) == {"p": [(0, Rating.AGAIN, False)]}


def test_a_line_that_names_no_points_judges_the_wording_learned() -> None:
    wording = line(0, question="Q", points={"p": "P", "q": "Q"})
    assert said(wording, line(1, rating="easy")) == {"p": [(1, Rating.EASY, False)], "q": [(1, Rating.EASY, False)]}


def test_what_was_reset_is_forgotten_and_renamed_points_go_by_their_name_of_today() -> None:
    before, reset, after = (
        line(0, rating="good", recalled=["p"]),
        line(1, reset=True),
        line(2, rating="good", recalled=["p"]),
    )
    assert said(before, reset, after, p="new") == {"new": [(2, Rating.GOOD, False)]}


def test_the_day_of_the_line_counts_and_else_that_of_its_key() -> None:
    assert said(line(3, rating="good", recalled=["p"], day=DAY)) == {"p": [(0, Rating.GOOD, False)]}
    assert said(line(3, rating="good", recalled=["p"])) == {"p": [(3, Rating.GOOD, False)]}
