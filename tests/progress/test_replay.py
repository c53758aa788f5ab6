"""What the counting events of one card add up to."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.clock import local_day
from trainer.memory.model import MemoryModel
from trainer.model import Memory, Rating
from trainer.progress.events import CardEvent, key_at
from trainer.progress.lines import event_from
from trainer.progress.replay import Attempt, CardState, replay

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
MODEL = MemoryModel()


def day_of(moment: datetime) -> date:
    return local_day(moment, time(4))


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def line(number: int = 0, at: datetime | None = None, **fields: Any) -> CardEvent:
    """Return an event of the card, `number` minutes after the start."""
    event = event_from(key_at(at or START + timedelta(minutes=number), "7f3a01"), {"card": "a", **fields})
    assert isinstance(event, CardEvent)
    return event


def review(number: int, rating: str = "good", **fields: Any) -> CardEvent:
    return line(number, rating=rating, **fields)


def state_of(*events: CardEvent, points_of: Callable[[str], Iterable[str]] = lambda point: (point,)) -> CardState:
    return replay(events, MODEL, day_of, points_of)


WORDING = line(0, question="Q", points={"p": "P", "q": "Q"})


def test_a_card_without_events_is_new() -> None:
    new = state_of()
    assert new == CardState()
    assert (new.memory, new.reviews, new.lapses, new.returns, new.missed) == ({}, 0, 0, 0, ())
    assert (new.due, new.last_day, new.last_moment, new.introduced, new.wording) == (None,) * 5
    assert (new.suspended, new.buried_until, new.seconds_on_last_day) == (False, None, 0)
    assert (new.seconds, new.attempts) == ((0, 0, 0), (0, 0, 0))


def test_a_review_gives_recalled_points_its_rating_and_missed_ones_again() -> None:
    state = state_of(review(1, "hard", day=DAY, recalled=["p"], missed=["q"], due=day(3)))
    assert state.memory == {
        "p": MODEL.review(None, Rating.HARD, DAY),
        "q": MODEL.review(None, Rating.AGAIN, DAY),
    }
    assert (state.reviews, state.lapses, state.due, state.last_day, state.missed) == (1, 0, day(3), DAY, ("q",))
    assert (state.last_moment, state.introduced) == (START + timedelta(minutes=1), DAY)


def test_a_point_not_asked_is_untouched() -> None:
    first = state_of(review(1, day=DAY, recalled=["p", "q"]))
    second = state_of(review(1, day=DAY, recalled=["p", "q"]), review(2, day=day(5), recalled=["p"]))
    assert second.memory["q"] == first.memory["q"]
    assert second.memory["p"] == MODEL.review(first.memory["p"], Rating.GOOD, day(5))


@pytest.mark.parametrize(
    ("rating", "fields", "recalled", "missed"),
    [
        ("good", {"recalled": ["p", "q"], "missed": ["q"]}, ["p"], ["q"]),
        ("easy", {"recalled": ["p"], "missed": ["p"]}, [], ["p"]),
        ("again", {"recalled": ["p"], "missed": ["q"]}, [], ["p", "q"]),
        ("again", {"recalled": ["p"]}, [], ["p"]),
        ("again", {"recalled": ["p"], "missed": ["p"]}, [], ["p"]),
        ("good", {"recalled": ["p"]}, ["p"], []),
        ("good", {"missed": ["p"]}, [], ["p"]),
        ("good", {"recalled": []}, [], []),
        ("good", {"recalled": [], "missed": []}, [], []),
        ("good", {"recalled": "p", "missed": ["q"]}, [], ["q"]),
    ],
)
def test_what_a_review_says_of_its_points(
    rating: str, fields: dict[str, Any], recalled: list[str], missed: list[str]
) -> None:
    state = state_of(WORDING, review(1, rating, day=DAY, **fields))
    assert state.memory == {
        **{point: MODEL.review(None, Rating(rating), DAY) for point in recalled},
        **{point: MODEL.review(None, Rating.AGAIN, DAY) for point in missed},
    }
    assert set(state.missed) == set(missed)
    assert state.reviews == 1


@pytest.mark.parametrize("rating", list(Rating))
def test_a_review_that_names_no_points_judges_all_of_the_wording(rating: Rating) -> None:
    state = state_of(WORDING, review(1, rating, day=DAY))
    assert state.memory == {point: MODEL.review(None, rating, DAY) for point in ("p", "q")}
    assert state.missed == (("p", "q") if rating is Rating.AGAIN else ())


@pytest.mark.parametrize("before", [[], [line(0, question="Q")]], ids=["no wording", "no points"])
def test_without_points_in_the_wording_the_answer_is_judged(before: list[CardEvent]) -> None:
    assert set(state_of(*before, review(1, day=DAY)).memory) == {"answer"}
    assert state_of(*before, review(1, "again", day=DAY)).missed == ("answer",)


def test_the_newest_wording_is_the_one_judged() -> None:
    state = state_of(WORDING, line(1, question="Q2", points={"r": "R"}), review(2, day=DAY))
    assert set(state.memory) == {"r"}
    assert state.wording == ("Q2", (("r", "R"),))


@pytest.mark.parametrize(
    ("zone_name", "moment", "expected"),
    [
        ("UTC", datetime(2026, 11, 21, 3, 59, 59, 999_000, tzinfo=UTC), date(2026, 11, 20)),
        ("UTC", datetime(2026, 11, 21, 4, 0, tzinfo=UTC), date(2026, 11, 21)),
        ("UTC", datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2025, 12, 31)),
        ("Asia/Tokyo", datetime(2026, 11, 21, 18, 59, tzinfo=UTC), date(2026, 11, 21)),
        ("Asia/Tokyo", datetime(2026, 11, 21, 19, 0, tzinfo=UTC), date(2026, 11, 22)),
        ("America/New_York", datetime(2026, 11, 21, 8, 59, tzinfo=UTC), date(2026, 11, 20)),
        ("America/New_York", datetime(2026, 7, 21, 8, 0, tzinfo=UTC), date(2026, 7, 21)),
    ],
)
@pytest.mark.parametrize("missing", [{}, {"day": "soon"}, {"day": date(3000, 1, 1)}], ids=["none", "text", "far"])
def test_a_missing_day_is_the_local_day_of_the_key_from_four_in_the_morning(
    zone: Callable[[str], None], zone_name: str, moment: datetime, expected: date, missing: dict[str, Any]
) -> None:
    zone(zone_name)
    state = state_of(line(at=moment, rating="good", **missing))
    assert state.last_day == state.introduced == expected
    assert state.memory["answer"].last_day == expected


@pytest.mark.parametrize("zone_name", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("stamp", ["00010101T000000000Z", "99991231T235959999Z", "19691231T000000000Z"])
def test_a_key_with_an_absurd_year_stops_nothing(zone: Callable[[str], None], zone_name: str, stamp: str) -> None:
    zone(zone_name)
    event = event_from(f"{stamp}-7f3a01", {"card": "a", "rating": "good"})
    if isinstance(event, CardEvent):
        assert state_of(event).reviews == 1


def test_the_day_of_the_line_is_believed_over_its_key() -> None:
    assert state_of(review(1, day=date(2020, 2, 29))).last_day == date(2020, 2, 29)


def test_lapses_are_later_reviews_with_a_missed_point_and_no_returns() -> None:
    events = [
        review(1, "again", day=DAY, missed=["p"]),
        review(2, "again", day=DAY, missed=["p"], given=True),
        review(3, "good", day=day(1), recalled=["p"]),
        review(4, "good", day=day(2), recalled=["p"], missed=["q"]),
        review(5, "good", day=day(2), missed=["q"], given=True),
        review(6, "again", day=day(3), recalled=["p"]),
    ]
    assert [state_of(*events[:count]).lapses for count in range(7)] == [0, 0, 0, 0, 1, 1, 2]
    assert state_of(*events).reviews == 6


def test_returns_and_missed_points_are_those_of_the_last_day() -> None:
    events = [
        review(1, "good", day=DAY, recalled=["p"], missed=["q", "r"]),
        review(2, "good", day=DAY, recalled=["q"], missed=["r"], given=True),
        review(3, "good", day=DAY, recalled=["r"], given=True),
        review(4, "good", day=DAY, missed=["p"], given=True),
        review(5, "good", day=day(1), recalled=["q"], missed=["r"]),
        review(6, "good", day=day(1), recalled=["q"]),
        review(7, "good", day=day(2), recalled=["q"], given=True),
    ]
    states = [state_of(*events[:count]) for count in range(1, 8)]
    assert [state.missed for state in states] == [("q", "r"), ("r",), (), ("p",), ("r",), ("r",), ()]
    assert [state.returns for state in states] == [0, 1, 2, 2, 0, 0, 0]


def test_introduced_is_the_last_day_on_which_a_point_was_asked_for_the_first_time() -> None:
    events = [
        review(1, day=DAY, recalled=["p"]),
        review(2, day=day(1), missed=["p"]),
        review(3, day=day(2), recalled=["p"], missed=["q"]),
        review(4, day=day(3), recalled=["p", "q"]),
        review(5, day=day(4), recalled=[]),
    ]
    introduced = [state_of(*events[:count]).introduced for count in range(6)]
    assert introduced == [None, DAY, DAY, day(2), day(2), day(2)]


def test_seconds_are_summed_by_kind_of_attempt_each_at_most_300() -> None:
    state = state_of(
        review(1, day=DAY, seconds=301),
        review(2, day=DAY, seconds=20, given=True),
        review(3, day=DAY, given=True),
        review(4, day=DAY, seconds=-3),
        review(5, day=DAY, seconds=0.5),
        review(6, day=DAY, seconds=86_400),
    )
    assert state.seconds[Attempt.FIRST] == 300
    assert state.seconds[Attempt.LATER] == 300.5
    assert state.seconds[Attempt.RETURN] == 20
    assert (state.attempts[Attempt.FIRST], state.attempts[Attempt.LATER], state.attempts[Attempt.RETURN]) == (1, 2, 1)
    assert state.seconds_on_last_day == 620.5


def test_seconds_on_the_last_day_begin_anew_each_day() -> None:
    first, second = review(1, day=DAY, seconds=10), review(2, day=day(1), seconds=20)
    assert state_of(first).seconds_on_last_day == 10
    assert state_of(first, second).seconds_on_last_day == 20
    assert state_of(first, second, review(3, day=day(1), seconds=5)).seconds_on_last_day == 25
    assert state_of(first, second, review(3, day=day(2))).seconds_on_last_day == 0


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([review(1, day=DAY, due=day(3))], day(3)),
        ([review(1, day=DAY, due=day(3)), line(2, due=day(9))], day(9)),
        ([line(1, due=day(9)), review(2, day=DAY, due=day(3))], day(3)),
        ([line(1, due=day(9)), review(2, day=DAY)], None),
        ([review(1, day=DAY, due=day(3)), review(2, day=DAY, due=date(3000, 1, 1))], None),
        ([line(1, due=day(9))], day(9)),
    ],
    ids=["review", "moved later", "moved before", "no promise", "absurd promise", "moved while new"],
)
def test_due_is_what_the_newest_review_or_move_says(events: list[CardEvent], due: date | None) -> None:
    assert state_of(*events).due == due


def test_suspend_and_bury_hold_until_the_next_of_their_kind() -> None:
    events = [line(1, suspend=True), line(2, bury=day(1)), review(3, day=DAY), line(4, suspend=False)]
    events.append(line(5, bury=day(2)))
    states = [state_of(*events[:count]) for count in range(6)]
    assert [state.suspended for state in states] == [False, True, True, True, False, False]
    assert [state.buried_until for state in states] == [None, None, day(1), day(1), day(1), day(2)]


def test_a_reset_forgets_all_before_it_but_the_wording_and_nothing_after() -> None:
    before = [
        WORDING, review(1, "again", day=DAY, missed=["p"], due=day(1), seconds=9), review(2, day=DAY, given=True),
        line(3, suspend=True), line(4, bury=day(4)), line(5, due=day(9)),
    ]  # fmt: skip
    reset = line(6, reset=True)
    after = [review(7, day=day(2), recalled=["p"], due=day(5), seconds=4)]
    assert state_of(*before, reset) == CardState(wording=("Q", (("p", "P"), ("q", "Q"))))
    assert state_of(*before, reset, *after) == state_of(WORDING, *after)


def test_points_are_those_that_stand_today() -> None:
    def today(point: str) -> Iterable[str]:
        return {"old": ("new",), "one": ("a", "b")}.get(point, (point,))

    state = state_of(review(1, day=DAY, recalled=["old", "one"], missed=["x"]), points_of=today)
    assert set(state.memory) == {"new", "a", "b", "x"}
    both = state_of(review(1, day=DAY, recalled=["old"], missed=["new"]), points_of=today)
    assert both.memory == {"new": MODEL.review(None, Rating.AGAIN, DAY)}
    assert state_of(review(1, day=DAY, recalled=["old", "new"]), points_of=today).memory == {
        "new": MODEL.review(None, Rating.GOOD, DAY)
    }
    worded = state_of(line(0, question="Q", points={"old": "P"}), review(1, day=DAY), points_of=today)
    assert set(worded.memory) == {"new"}


points = st.sets(st.sampled_from("pqr"))
reviews = st.tuples(
    st.sampled_from([rating for rating in Rating if rating is not Rating.AGAIN]),
    st.integers(-3, 400), points, points, st.booleans(), st.integers(0, 400) | st.none(),
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(reviews, max_size=8))
def test_replay_is_feeding_the_memory_model_by_hand(
    asked: list[tuple[Rating, int, set[str], set[str], bool, int | None]],
) -> None:
    events = []
    memory: dict[str, Memory] = {}
    spent = [0, 0, 0]
    for number, (rating, days, recalled, missed, given_, seconds) in enumerate(asked):
        fields: dict[str, Any] = {"recalled": sorted(recalled), "missed": sorted(missed), "given": given_}
        fields |= {} if seconds is None else {"seconds": seconds}
        events.append(review(number, rating, day=day(days), **fields))
        for point in sorted(recalled | missed):
            judged = Rating.AGAIN if point in missed else rating
            memory[point] = MODEL.review(memory.get(point), judged, day(days))
        spent[2 if given_ else 1 if number else 0] += min(seconds or 0, 300)
    state = state_of(*events)
    assert state.memory == memory
    assert state.reviews == len(asked)
    assert list(state.seconds) == spent
    assert state.last_day == (day(asked[-1][1]) if asked else None)
    assert state.lapses == sum(bool(missed) and not given_ for _, _, _, missed, given_, _ in asked[1:])


def test_misses_are_counted_by_point_but_for_its_first_sight_and_others_given() -> None:
    state = state_of(
        review(1, day=DAY, recalled=["p"], missed=["q"]),
        review(2, day=day(1), recalled=["p"], missed=["q", "r"]),
        review(3, "again", day=day(1), missed=["q"], given=True),
        review(4, "again", day=day(2), recalled=["p"], missed=["q"]),
    )
    assert state.misses == {"q": 2, "p": 1}
    assert state_of(review(1, day=DAY, missed=["q"]), review(2, missed=["q"]), line(3, reset=True)).misses == {}
