"""Rewording from the command line: `trainer review` joins what was reworded and says so, `trainer undo` parts it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CALL = "Describe a hard decision you made at work"
DECISION = "Tell me about a hard decision you made at work"
HOSTILE = "[bold]x[/] \\u001b[31mred \\u202eabc List[String]"


def deck(question: str, *, name: str = "", points: str = '["Names the options that were open"]') -> str:
    """Return a deck of one card."""
    given = f'id = "{name}"\n' if name else ""
    return f'title = "D"\n[[cards]]\n{given}question = "{question}"\nkey_points = {points}\nanswer = "A"\n'


def reviews(trainer: Any) -> list[tuple[str, int, str]]:
    """Return question, number of reviews and state of each card."""
    return [(card["question"], card["reviews"], card["state"]) for card in trainer.json("cards")]


@pytest.fixture
def learned(bare: Any, write_deck: Callable[..., Path]) -> Any:
    """The command line on a home with one card, reviewed once."""
    write_deck(deck(CALL), "d.toml")
    assert bare.review("", "all", "good", "quit").code == 0
    return bare


def joins(trainer: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(key, value) for key, value in trainer.events() if "was" in value]


def test_a_reworded_card_is_said_to_keep_its_memory_and_is_not_new(
    learned: Any, write_deck: Callable[..., Path]
) -> None:
    write_deck(deck(DECISION), "d.toml")
    ran = learned.review()
    ((key, _),) = joins(learned)
    assert ran.err == f"Reworded: {CALL} → {DECISION} keeps its memory; `trainer undo {key}` parts them.\n"
    assert "Nothing is due now." in ran.out
    assert reviews(learned) == [(DECISION, 1, "review")]
    assert learned.review().err == ""
    assert f"known before as {joins(learned)[0][1]['was']}: {DECISION}  [{key}]" in learned("log").out


@pytest.mark.parametrize(
    "call", [["due"], ["decks"], ["cards"], ["check"], ["log"], ["home"], ["due", "--json"]], ids=" ".join
)
def test_commands_that_only_read_record_nothing(learned: Any, write_deck: Callable[..., Path], call: list[str]) -> None:
    write_deck(deck(DECISION), "d.toml")
    before = learned.home.log.read_bytes()
    ran = learned(*call)
    assert (ran.code, ran.err) == (0, "")
    assert learned.home.log.read_bytes() == before


def test_undo_by_its_key_parts_them_for_good(learned: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(deck(DECISION), "d.toml")
    learned.review()
    ((key, _),) = joins(learned)
    ran = learned("undo", key)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Taken back: known before as ")
    assert reviews(learned) == [(DECISION, 0, "new")]
    shutil.rmtree(learned.home.cache)
    assert learned.review("quit").err == ""
    assert len(joins(learned)) == 1
    undo = learned.events()[-1][0]
    learned("undo", undo)
    assert reviews(learned) == [(DECISION, 1, "review")]


def test_undo_without_a_key_never_takes_back_a_rewording(learned: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(deck(DECISION), "d.toml")
    learned.review()
    ran = learned("undo")
    assert ran.out.startswith("Taken back: good")
    assert ran.out.endswith(f": {DECISION}\n")  # the wording of today
    assert learned("undo").code == 1
    assert joins(learned)[0][0] not in [value.get("undo") for _, value in learned.events()]
    assert "There is nothing to take back." in learned.review("undo", "quit").out


@pytest.mark.parametrize("was", ["", "one"])
@pytest.mark.parametrize("now", ["", "two"])
def test_an_id_given_changed_or_removed_costs_no_memory(
    bare: Any, write_deck: Callable[..., Path], was: str, now: str
) -> None:
    write_deck(deck(CALL, name=was), "d.toml")
    bare.review("", "all", "good", "quit")
    write_deck(deck(CALL, name=now), "d.toml")
    ran = bare.review()
    assert reviews(bare) == [(CALL, 1, "review")]
    if was == now:
        assert (ran.err, joins(bare)) == ("", [])
    else:
        ((key, _),) = joins(bare)
        assert ran.err == f"Known under another id: {CALL} keeps its memory; `trainer undo {key}` parts them.\n"


def test_moving_and_splitting_decks_costs_nothing_and_says_nothing(
    learned: Any, write_deck: Callable[..., Path]
) -> None:
    path = write_deck(deck(CALL), "d.toml")
    path.rename(path.with_name("e.toml"))
    ran = learned.review()
    assert (ran.err, reviews(learned)) == ("", [(CALL, 1, "review")])
    write_deck('title = "Rest"\n', "e.toml")
    write_deck(deck(CALL), "f.toml")
    ran = learned.review()
    assert (ran.err, reviews(learned)) == ("", [(CALL, 1, "review")])
    assert joins(learned) == []


def test_a_deck_that_does_not_load_lets_nothing_vanish(learned: Any, write_deck: Callable[..., Path]) -> None:
    write_deck("title = ", "d.toml")
    write_deck(deck(DECISION), "e.toml")
    learned.review("quit")
    assert joins(learned) == []
    write_deck(deck(CALL), "d.toml")
    learned.review("quit")
    assert joins(learned) == []
    assert [each[1] for each in reviews(learned)] == [1, 0]


def test_a_reworded_point_is_named_and_keeps_its_memory(learned: Any, write_deck: Callable[..., Path]) -> None:
    write_deck(deck(CALL, points='["Names the options that were open then", "Gives the result"]'), "d.toml")
    ran = learned.review("quit")
    assert ran.err.startswith(
        "Reworded: Names the options that were open → Names the options that were open then keeps its memory; "
    )
    (card,) = learned.json("cards")
    assert [bool(point["stability"]) for point in card["key_points"]] == [True, False]


def test_many_are_counted_instead_of_named(bare: Any, write_deck: Callable[..., Path]) -> None:
    cards = [f'[[cards]]\nid = "{{}}{n}"\nquestion = "Question {n}?"\nanswer = "A"\n' for n in range(13)]
    text = 'title = "D"\n' + "".join(cards)
    write_deck(text.format(*["a"] * 13), "d.toml")
    assert bare.review(*["", "good"] * 13, call=("--all",)).code == 0
    write_deck(text.format(*["b"] * 13), "d.toml")
    told = bare.review("quit").err.splitlines()
    assert len(told) == 11
    assert told[-1] == "3 more were reworded: `trainer log` shows them."
    assert len(joins(bare)) == 13


def test_text_of_strangers_is_printed_as_written(bare: Any, write_deck: Callable[..., Path], controls: Any) -> None:
    write_deck(deck(HOSTILE, name="one"), "d.toml")
    bare.review("", "all", "good", "quit")
    write_deck(deck(HOSTILE, name="two"), "d.toml")
    ran = bare.review()
    assert "[bold]x[/]" in ran.err
    assert "List[String]" in ran.err
    assert not controls.search(ran.err)


def test_a_card_reworded_while_the_session_runs_is_joined_before_the_next_question(
    learned: Any, write_deck: Callable[..., Path], clock: Any
) -> None:
    from trainer.collection.collection import Collection
    from trainer.study.session import Session

    write_deck('title = "E"\n[[cards]]\nquestion = "Which?"\nanswer = "A"\n', "e.toml")
    session = Session(Collection(learned.home, clock))
    assert session.current is not None
    assert session.current.card.question == "Which?"
    write_deck(deck(DECISION), "d.toml")
    session.put_off()
    assert [(each.old, each.new) for each in session.reworded] == [(CALL, DECISION)]
    assert session.current is not None
    assert session.current.card.question == "Which?"
