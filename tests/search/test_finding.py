"""Which cards a search finds, in which order; what the documentation shows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.search.conditions import CONDITIONS
from trainer.search.finding import Order, find_cards
from trainer.search.reading import QueryError

STORIES = """
title = "Stories of work"
tags = ["Behavioural"]

[[cards]]
id = "call"
question = "Tell me about a HARD
   call"
key_points = ["Names the options", "Says what was décidé"]
answer = "Two\\nlines."
follow_ups = ["Why then?"]
hint = "Say when."
why = "Judgement."
tags = ["senior level"]
""".replace("HARD\n  ", "HARD\\n")
LONG = """
title = "Long shots"

[[cards]]
id = "far"
question = "Far?"
answer = "Far."
tags = ["senior"]

[[cards]]
id = "aside"
question = "Aside?"
answer = "Put aside."

[[cards]]
id = "gone"
question = "Gone?"
answer = "Suspended."
"""
MISSED = 'rating = "good", recalled = ["paris", "tower"], missed = ["river"]'
LOG = [
    *(f'202610{d:02}T120000000Z-ffff01 = {{ card = "france", day = 2026-10-{d:02}, {MISSED}, due = 2026-11-21 }}'
      for d in range(1, 8)),
    '20261101T120000000Z-ffff01 = { card = "far", day = 2026-11-01, rating = "easy", due = 2026-12-10 }',
    '20261101T120100000Z-ffff01 = { card = "gone", day = 2026-11-01, rating = "good", due = 2026-11-23 }',
    '20261101T120200000Z-ffff01 = { card = "gone", suspend = true }',
    '20261120T120000000Z-ffff01 = { card = "aside", day = 2026-11-20, rating = "good", due = 2026-11-20 }',
    '20261120T120100000Z-ffff01 = { card = "aside", bury = 2026-11-25 }',
]  # fmt: skip


@pytest.fixture
def collection(home: Home, clock: FixedClock, write_deck: Callable[..., Path]) -> Collection:
    """Six cards on 21 November: `france` due and a leech, `spain` and `call` new, `far`, `gone`, `aside`."""
    write_deck()
    write_deck(STORIES, "stories.toml")
    write_deck(LONG, "long.toml")
    home.log.write_text("".join(f"{line}\n" for line in LOG))
    home.settings.write_text('[decks."Long shots"]\npaused = true\n')
    return Collection(home, clock)


FOUND = {
    "": "france spain far aside gone call",
    "hard": "call",
    "decide": "call",
    "DÉCIDÉ": "call",
    '"hard call"': "call",
    '"call hard"': "",
    '"options says"': "",
    '"two lines."': "call",
    "then judgement": "call",
    "capital -madrid": "france",
    "madrid or judgement": "spain call",
    "-(capital or answer)": "far aside gone call",
    "deck:stories": "call",
    "deck:LONG.toml": "far aside gone",
    'deck:"Stories of work"': "call",
    "tag:senior": "far",
    'tag:"Senior LEVEL"': "call",
    "tag:behavioural": "call",
    "tag:level": "",
    "id:call": "call",
    "is:due": "france",
    "is:new": "spain call",
    "is:review": "france far aside",
    "is:suspended": "gone",
    "is:leech": "france",
    "is:buried": "aside",
    "is:paused": "far aside gone",
    "due=today": "france",
    "due:2026-11-20": "aside",
    "due<today": "aside",
    "due<=2d": "france aside gone",
    "due>-1d": "france far gone",
    "-due<=2d": "spain far call",
    "due<2026-12-01 -is:suspended": "france aside",
    "coverage<=100%": "france far aside gone",
    "-coverage<=1": "spain call",
    "coverage=100%": "",
    "missed>=6": "france",
    "missed>6": "",
    "missed=0": "spain far aside gone call",
    "reviews>0": "france far aside gone",
    "reviews=7": "france",
    "lapses>=6": "france",
    "stability>=5d is:review": "far",
    "points>=3": "france",
    "points=0": "spain far aside gone",
}
"""What is found, by search."""


def test_what_a_search_finds(collection: Collection) -> None:
    assert {query: " ".join(find_cards(collection, query)) for query in FOUND} == FOUND


def test_in_which_order(collection: Collection) -> None:
    ordered = {order: find_cards(collection, "", order) for order in Order}
    backwards = {order: find_cards(collection, "", order, backwards=True) for order in Order}
    assert {order.name: " ".join(ids) for order, ids in ordered.items()} == {
        "QUESTION": "aside far gone call france spain",
        "DECK": "france spain far aside gone call",
        "DUE": "aside france far spain call gone",
        "COVERAGE": " ".join([*_by_share(collection, Order.COVERAGE), "spain", "call"]),
        "REVIEWS": "far aside gone france spain call",
        "WEAKEST": " ".join([*_by_share(collection, Order.WEAKEST), "spain", "call"]),
    }
    assert backwards[Order.QUESTION] == ordered[Order.QUESTION][::-1]
    assert backwards[Order.DECK] == ["call", "far", "aside", "gone", "france", "spain"]
    assert backwards[Order.DUE] == ["far", "france", "aside", "spain", "call", "gone"]
    assert backwards[Order.REVIEWS] == ["france", "far", "aside", "gone", "spain", "call"]
    for order in (Order.COVERAGE, Order.WEAKEST):
        assert backwards[order] == [*ordered[order][3::-1], "spain", "call"]


def _by_share(collection: Collection, order: Order) -> list[str]:
    return sorted(["france", "far", "aside", "gone"], key=lambda card: _share(collection, card, order))


def _share(collection: Collection, card_id: str, order: Order) -> float:
    """Return what a card is ordered by, worked out from the states."""
    card, state, model = collection.library.cards[card_id], collection.state(card_id), collection.model
    if order is Order.COVERAGE:
        return collection.coverage(card, collection.today) or 0.0
    return min(model.retrievability(memory, collection.today) for memory in state.memory.values())


def test_rows_say_where_cards_stand(collection: Collection) -> None:
    rows = collection.standing.rows(["france", "call", "aside", "nowhere"], collection.model, collection.today)
    assert set(rows) == {"france", "call", "aside"}
    france = rows["france"]
    assert (france.kind, france.reviews, france.misses, france.suspended) == ("due", 7, 6, False)
    assert france.coverage == pytest.approx(_share(collection, "france", Order.COVERAGE))
    assert france.weakest == pytest.approx(_share(collection, "france", Order.WEAKEST))
    assert (rows["call"].kind, rows["call"].due, rows["call"].coverage) == ("new", None, None)
    assert str(rows["aside"].buried_until) == "2026-11-25"


def test_what_changes_is_found_by_what_it_is_now(
    collection: Collection, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    assert find_cards(collection, "coverage>=99%") == []
    france = collection.library.cards["france"]
    collection.suspend(france)
    assert find_cards(collection, "is:suspended") == ["france", "gone"]
    write_deck(LONG.replace("Far.", "Near."), "long.toml")
    collection.refresh()
    assert find_cards(collection, "near") == ["far"]
    before = find_cards(collection, "coverage<80%")
    clock.move(days=200)
    assert before != find_cards(collection, "coverage<80%") == ["france", "far", "aside", "gone"]


def test_a_deck_that_only_another_process_has_taken_in_waits(
    collection: Collection, home: Home, clock: FixedClock, write_deck: Callable[..., Path]
) -> None:
    before = find_cards(collection, "", Order.DECK)
    write_deck('title = "New"\n[[cards]]\nid = "new"\nquestion = "New?"\nanswer = "Yes."\n', "new.toml")
    assert "new" in find_cards(Collection(home, clock), "")
    assert find_cards(collection, "", Order.DECK) == before
    collection.refresh()
    assert "new" in find_cards(collection, "", Order.DECK)


WRONG = {
    "deck:nothing": "There is no deck 'nothing'.",
    "deck>s": "`deck` is not compared: write `deck:` and what it is.",
    "is:old": "A card is due, new, review, suspended, leech, buried or paused, not 'old'.",
    "due<soon": "A day is today, tomorrow, 7d (in seven days) or a date such as 2026-12-01.",
    "due<999999d": "A day is today, tomorrow, 7d (in seven days) or a date such as 2026-12-01.",
    "coverage<1.5": "Coverage goes from 0% to 100%, or from 0 to 1.",
    "coverage<x": "Coverage goes from 0% to 100%, or from 0 to 1.",
    "reviews>many": "`reviews` is compared with a number, as in `reviews>0`.",
    "stability<-1d": "`stability` is compared with a number, as in `stability<10d`.",
}


def test_a_condition_that_makes_no_sense_says_so(collection: Collection) -> None:
    said = {}
    for query in WRONG:
        with pytest.raises(QueryError) as raised:
            find_cards(collection, query)
        said[query] = raised.value.message
        assert raised.value.exit_code == 2
    assert said == WRONG


def test_the_documentation_shows_every_condition_and_nothing_that_does_not_work(collection: Collection) -> None:
    text = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
    examples = [
        example for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for example in re.findall("`(.*?)`", row)
    ]
    assert {kind.example for kind in CONDITIONS.values()} - {"id:hard-call"} <= set(examples)
    assert len(examples) > 30
    for example in examples:
        if not example.startswith("deck:"):
            assert set(find_cards(collection, example)) <= set(collection.library.cards)
    shown, error = re.findall(r"\$ trainer cards '(.*?)'\ntrainer: (.*?)\n```", text, re.DOTALL)[0]
    with pytest.raises(QueryError) as raised:
        find_cards(collection, shown)
    assert error == f"{raised.value.message}\n{raised.value.hint}"
