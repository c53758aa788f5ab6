"""Keys bound anew: every key of every screen, in bindings, footer and help alike; and clashes refused."""

import os
from collections.abc import Callable

import pytest
from textual.actions import parse
from textual.binding import BindingsMap
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tests.tui.conftest import reviews
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.field_keys import AREA, FIELDS, LINE
from trainer.tui.key import Key
from trainer.tui.key_names import character, name_for_file, name_for_person, textual_name
from trainer.tui.keymap import BY_ID, Keymap, chosen_words, keymap_from
from trainer.tui.keys import KEYS, WITHIN, bindings, keys_of, screens
from trainer.tui.screens.help import HelpScreen

NEW = "ctrl+f8"


def bound(keymap: Keymap, part: str) -> dict[str, list[tuple[str, str]]]:
    """Return actions and what the footer would show for each key of a screen or widget."""
    made = BindingsMap(bindings(part))
    made.apply_keymap(keymap.for_textual())
    return {
        key: [(each.action, each.key_display or name_for_person(each.key)) for each in found]
        for key, found in made.key_to_bindings.items()
        if key != "unbound"
    }


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_can_be_bound_anew_and_footer_and_help_follow(key: Key) -> None:
    keymap, wrong = keymap_from({key.id: NEW})
    assert wrong == {}
    usual, after = bound(Keymap(), key.screen), bound(keymap, key.screen)
    assert [each for each in key.usual if each in after] == []
    action = usual[key.usual[0]][0][0]
    assert after.pop(NEW) == [(action, "ctrl+F8")]
    assert after == {pressed: found for pressed, found in usual.items() if pressed not in key.usual}
    assert keymap.written(key) == keymap.first(key.id) == "ctrl+F8"


def test_every_key_taken_on_the_same_screen_is_refused_and_names_the_other() -> None:
    for key in KEYS:
        others = [each for screen in screens() if key in keys_of(screen) for each in keys_of(screen) if each != key]
        assert others
        for other in others:
            holder = Keymap().holder(key, other.usual[-1])
            assert holder is not None
            assert other.usual[-1] in holder.usual
            assert holder in others
    keymap, wrong = keymap_from({"decks.up": "p"})
    assert keymap == Keymap()
    assert wrong["decks.up"].startswith("is p, but that is `today.practise`: practise every card of that deck")


def test_keys_can_be_swapped_given_several_and_counted_off() -> None:
    keymap, wrong = keymap_from(
        {"review.again": "h", "review.hard": "a", "review.tick": "A,S", "review.leave": "f9,esc"}
    )
    assert wrong == {}
    after = bound(keymap, "review")
    assert after["h"] == [("grade('again')", "h")]
    assert after["a"] == [("grade('hard')", "a")]
    assert (after["A"], after["S"]) == ([("tick(1)", "A")], [("tick(2)", "S")])
    assert not after.keys() & {"1", "2", "9", "q"}
    assert after["f9"][0][0] == after["escape"][0][0] == "leave"
    assert keymap.written(BY_ID["review.leave"]) == "F9 Esc"
    assert chosen_words(keymap, "review.leave") == ["f9", "escape"]


def test_of_two_lines_that_want_one_key_the_first_has_it() -> None:
    keymap, wrong = keymap_from({"review.hint": "z", "review.undo": "z"})
    assert keymap.own == {"review.hint": ("z",)}
    assert "`review.hint`: show the hint" in wrong["review.undo"]
    keymap, wrong = keymap_from({"review.hint": "u", "review.undo": "h"})
    assert keymap == Keymap()
    assert wrong.keys() == {"review.hint", "review.undo"}


def test_the_keys_that_a_text_field_uses_itself_are_those_of_the_framework() -> None:
    def own(field: type[Widget]) -> set[str]:
        return set(BindingsMap(field.BINDINGS).key_to_bindings)

    assert own(Input) <= LINE
    assert own(TextArea) <= AREA
    assert LINE - own(Input) == {"tab", "shift+tab"}
    assert AREA - own(TextArea) - own(Input) == {"tab", "shift+tab"}


@pytest.mark.parametrize("key", [key for key in KEYS if key.screen in FIELDS], ids=lambda key: key.id)
def test_no_key_is_bound_that_a_text_field_would_swallow(key: Key) -> None:
    for pressed in {"x", "question_mark", "ctrl+k", "left", "enter"} - set(key.usual):
        keymap, wrong = keymap_from({key.id: pressed})
        assert keymap == Keymap()
        assert "but works while you write too: " in wrong[key.id]
    assert keymap_from({key.id: "f9"})[1] == {}


def test_in_fields_of_many_lines_more_is_taken_and_what_works_everywhere_goes_first() -> None:
    _, wrong = keymap_from({"edit.save": "f6", "review.editor": "f7", "write.write": "f6", "app.quit": "f9"})
    assert {each: words.partition(" too: ")[2] for each, words in wrong.items()} == {
        "edit.save": "a text field has its own use for F6; the usual one is used.",
        "review.editor": "a text field has its own use for F7; the usual one is used.",
    }
    assert keymap_from({"app.quit": "f9,f6"})[0].for_textual() == {"app.quit": "f9,f6", "app.quit.2": "unbound"}


@pytest.mark.parametrize("written", [*"xXä?/\\@-+_.;:'\"[]{}()<>!§", "f5", "ctrl+x", "alt+up", "space", "comma"])
def test_a_key_is_named_for_textual_for_a_person_and_for_the_file(written: str) -> None:
    name = textual_name(written)
    assert name is not None
    assert textual_name(name) == name
    assert textual_name(name_for_file(name)) == name
    if len(written) == 1:
        assert character(name) == name_for_person(name) == name_for_file(name) == written


@pytest.mark.parametrize("written", ["", "  ", "f25", "foo", "ctrl+", "ctlr+x", "\x1b", "xy", "ctrl+foo"])
def test_what_is_no_key_has_no_name(written: str) -> None:
    assert textual_name(written) is None


def test_every_widget_with_keys_of_its_own_is_on_a_screen() -> None:
    assert {part for parts in WITHIN.values() for part in parts} <= {key.screen for key in KEYS}


THREE = """
title = "One"
[[cards]]
question = "Which three?"
key_points = ["The first", "The second", "The third"]
"""
MINE = """\
minutes = 20
[keys]
"today.start" = "f5"
"review.space" = "r"
"review.tick" = ["z", "x", "v"]
"review.good" = ["G", "f6"]
"review.undo" = "ctrl+z"
"review.help" = "f2"
"summary.go_on" = "f7"
"""


def footer(app: TrainerApp) -> dict[str, str]:
    """Return the keys that the footer shows, by their words; it is drawn from these when there is time."""
    shown = [each.binding for each in app.screen.active_bindings.values() if each.binding.show]
    return {binding.description: app.get_key_display(binding) for binding in reversed(shown)}


def words(app: TrainerApp) -> str:
    return "\n".join(str(each.content) for each in app.screen.query(Static) if each.display)


async def test_a_day_with_other_keys_changed_while_the_app_is_open(
    open_app: Callable[..., TrainerApp], home: Home
) -> None:
    home.settings.write_text("minutes = 20\n", encoding="utf-8")
    app = open_app(THREE)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        assert footer(app)["start"] == "Enter"
        home.settings.write_text(MINE + '"review.hint" = "s"\ndensity = 1\n', encoding="utf-8")
        os.utime(home.settings, ns=(1, 1))
        app.screen.look_again()  # type: ignore[attr-defined]
        app.follow_settings()
        await pilot.pause()
        assert footer(app)["start"] == "F5"
        assert [each.message.partition(" `")[0] for each in app._notifications] == ["settings.toml:10:"] * 1
        app.screen.look_again(always=True)  # type: ignore[attr-defined]
        assert "F5 to start" in words(app)
        await pilot.press("enter", "f5")
        assert "r shows the answer." in words(app)
        await pilot.press("space", "r", "1", "x", "z")
        await pilot.pause()
        assert "2 of 3 made" in words(app)
        assert "G good" in words(app)
        assert footer(app)["undo"] == "ctrl+z"
        assert footer(app)["hint"] == "i"
        await pilot.press("f2")
        assert isinstance(app.screen, HelpScreen)
        assert "\nz x v\ntick a point" in words(app)
        assert "\nG F6\ngood: " in words(app)
        await pilot.press("escape", "g", "enter")
        assert len(reviews(home)) == 1  # Enter: good, as before; g does nothing now
        await pilot.press("ctrl+z", "f6")
        assert len(reviews(home)) == 2


OTHERS = """\
[keys]
"browse.search" = "f"
"browse.suspend" = "f4"
"browse.undo" = "ctrl+z"
"browse.leave" = "f9"
"ask.leave" = "f9"
"choose.take" = "x"
"edit.save" = "f9"
"edit.leave" = "f10"
"draft.add" = "+"
"draft.question" = "Q"
"draft.write" = "W"
"""


async def test_sentences_name_the_keys_in_force(open_app: Callable[..., TrainerApp], home: Home) -> None:
    home.settings.write_text(OTHERS, encoding="utf-8")
    app = open_app(THREE)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("b")
        assert app.screen.query_one(Input).placeholder.startswith("f find: words")
        await pilot.press("f4")
        await pilot.pause()
        assert "1 card suspended. ctrl+z takes that back." in words(app)
        await pilot.press("p")
        assert "Suspended cards are not asked; F4 puts them back." in words(app)
        await pilot.press("ctrl+z", "m")
        await pilot.pause()
        assert "x takes it, Esc goes back." in words(app)
        await pilot.press("x", "t")
        await pilot.pause()
        assert "Enter takes it, F9 goes back." in words(app)
        await pilot.press("f9", "f9", "n", "enter")
        await pilot.pause()
        await pilot.press("f9")
        await pilot.pause()
        assert "Nothing is written yet; F10 leaves." in words(app)
        await pilot.press("f10", "i")
        await pilot.pause()
        await pilot.press("f3")
        if apart := [each for each in app.workers if each.name == "_read_apart"]:
            await app.workers.wait_for_complete(apart)
        await pilot.pause()
        assert "No card yet: + writes one." in words(app)
        await pilot.press("W")
        assert "There is no card to write. + writes one by hand." in words(app)


@pytest.mark.parametrize("way", [["b"], ["b", "c"], ["n"], ["n", "enter"], ["i"], ["o"], ["s"]], ids="-".join)
async def test_whether_a_key_works_can_be_asked_of_a_screen_that_was_left(
    open_app: Callable[..., TrainerApp], way: list[str]
) -> None:
    app = open_app(THREE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*way)
        await pilot.pause()
        left = app.screen
        await pilot.press("escape")
        await pilot.pause()
        assert not left.is_running
        asked = [parse(binding.action) for bindings in left._bindings.key_to_bindings.values() for binding in bindings]
        assert [left.check_action(action, parameters) for _, action, parameters in asked]
