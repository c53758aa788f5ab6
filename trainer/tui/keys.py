"""Every key of the app: the one table behind bindings, footer, help and documentation."""

from functools import cache
from typing import TYPE_CHECKING

from trainer.tui.key import Key

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS = (
    Key("app.quit", "ctrl+q,ctrl+c", "quit", "quit", "leave from anywhere; every answer is saved", everywhere=True),
    Key("app.palette", "ctrl+p", "command_palette", "find", "find what can be done here by its name", everywhere=True),
    Key("today.start", "enter", "start", "start", "start with the deck under the cursor", True, "Enter"),
    Key("today.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("today.leave", "q,escape", "leave", "quit", "leave the trainer", True),
    Key("today.browse", "b", "enter('browse')", "browse", "look at all cards, find some, change them", True),
    Key("today.new", "n", "enter('new')", "new", "write a card by hand, into a deck or a new one", True),
    Key("today.import", "i", "enter('build')", "import", "build a deck from a document or a file, or by hand", True),
    Key("today.statistics", "s", "enter('statistics')", "stats", "show where you stand", True),
    Key("today.settings", "o", "enter('settings')", "settings", "settings: memory, day, colours, and the keys", True),
    Key("today.practise", "p", "practise", "practise", "practise every card of that deck, due or not"),
    Key("today.drill", "d", "drill", "drill", "drill the points of that deck that are likely to be missed"),
    Key("today.undo", "u", "undo", "undo", "take back the newest answer, also of an earlier day"),
    Key("today.merge", "m", "merge", "merge", "add what a conflict copy of the log holds", True),
    Key("today.reworded", "w", "enter('reworded')", "reworded", "show what was reworded and keeps its memory", True),
    Key("today.fit", "f", "enter('fit')", "fit", "fit the memory model to your own reviews, once they are enough"),
    Key("decks.up", "up,k", "move(-1)", "up", "one deck up", display="↑ k"),
    Key("decks.down", "down,j", "move(1)", "down", "one deck down", display="↓ j"),
    Key("decks.page_up", "pageup", "page(-1)", "page up", "a page up", display="PgUp"),
    Key("decks.page_down", "pagedown", "page(1)", "page down", "a page down", display="PgDn"),
    Key("decks.first", "home", "edge(False)", "first", "the first deck", display="Home"),
    Key("decks.last", "end", "edge(True)", "last", "the last deck", display="End"),
    Key("reworded.part", "u,enter", "part", "part", "part the two for good: they are not the same", True, "u Enter"),
    Key("reworded.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("reworded.leave", "q,escape", "leave", "today", "back to today", True, "q Esc"),
    Key("fit.move", "r", "move", "move due days", "move due days to where the fitted model puts them", True),
    Key("fit.undo", "u", "undo", "take back", "take back the newest step of this screen", True),
    Key("fit.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("fit.leave", "q,escape,enter", "leave", "today", "back to today", True, "q Esc"),
    Key("browse.search", "slash", "search", "find", "search, as you type", True, "/"),
    Key("browse.practise", "p,enter", "practise", "practise", "practise these cards now, due or not", True, "p Enter"),
    Key("browse.suspend", "s", "suspend", "suspend", "never ask these cards again; or ask them again", True),
    Key("browse.tag", "t", "tag", "tag", "give these cards a tag, or take it away", True),
    Key("browse.move", "m", "move", "move", "move these cards to another deck", True),
    Key("browse.reset", "r", "reset", "reset", "forget what is known of these cards: they are new again"),
    Key("browse.change", "c", "change", "change", "change the card under the cursor", True),
    Key("browse.undo", "u", "undo", "undo", "take back what was done here", True),
    Key("browse.order", "o", "order", "order", "order by the next column; a click on a heading does it, too"),
    Key("browse.turn", "O", "turn", "turn", "turn the order round"),
    Key("browse.pane", "v", "pane", "view", "show or hide the card"),
    Key("browse.back", "shift+up,K", "scroll_card(-1)", "back", "scroll the card back", display="shift+↑ K"),
    Key("browse.on", "shift+down,J", "scroll_card(1)", "on", "scroll the card on", display="shift+↓ J"),
    Key("browse.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("browse.leave", "q,escape", "leave", "today", "back to today", True, "q Esc"),
    Key("cards.mark", "space", "mark", "mark", "mark it: what is done next is done to all marked", display="Space"),
    Key("cards.mark_all", "asterisk,ctrl+a", "mark_all", "all", "mark all cards shown, or none", display="* ctrl+a"),
    Key("cards.up", "up,k", "move(-1)", "up", "one card up", display="↑ k"),
    Key("cards.down", "down,j", "move(1)", "down", "one card down", display="↓ j"),
    Key("cards.page_up", "pageup", "page(-1)", "page up", "a page up", display="PgUp"),
    Key("cards.page_down", "pagedown", "page(1)", "page down", "a page down", display="PgDn"),
    Key("cards.first", "home", "edge(False)", "first", "the first card", display="Home"),
    Key("cards.last", "end", "edge(True)", "last", "the last card", display="End"),
    Key("search.list", "escape,down,tab", "screen.to_list", "list", "from the search to the list", True, "Esc ↓ Tab"),
    Key("statistics.period", "p", "period", "period", "the next period: 1 month, 3 months, a year, all", True),
    Key("statistics.scope", "d", "scope", "deck or tag", "choose a deck or a tag", True),
    Key("statistics.next", "n,right_square_bracket", "panel(1)", "next", "the next panel", True, "n ]"),
    Key("statistics.previous", "b,left_square_bracket", "panel(-1)", "previous", "the panel before", True, "b ["),
    Key("panels.up", "up,k", "scroll_up", "up", "scroll back", display="↑ k"),
    Key("panels.down", "down,j", "scroll_down", "down", "scroll on", display="↓ j"),
    Key("panels.page_up", "pageup", "page_up", "page up", "a page back", display="PgUp"),
    Key("panels.page_down", "pagedown,space", "page_down", "page down", "a page on", display="PgDn Space"),
    Key("panels.first", "home", "scroll_home", "first", "the first panel", display="Home"),
    Key("panels.last", "end", "scroll_end", "last", "the last panel", display="End"),
    Key("statistics.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("statistics.leave", "q,escape", "leave", "today", "back to today", True, "q Esc"),
    Key("review.go_on", "enter", "go_on", "reveal", "show the answer; good once points are ticked", display="Enter"),
    Key("review.space", "space", "space", "reveal", "show the answer; tick the point at the cursor", display="Space"),
    Key("review.tick", "1,2,3,4,5,6,7,8,9", "tick_number", "tick", "tick a point, by its number", display="1-9"),
    Key("review.tick_all", "0", "tick_all", "all", "tick all points, or none when all are ticked"),
    Key("review.up", "up", "cursor(-1)", "up", "the point above; further up, scroll", display="↑"),
    Key("review.down", "down", "cursor(1)", "down", "the point below; further down, scroll", display="↓"),
    Key("review.page_up", "pageup", "scroll_page(-1)", "page up", "scroll back", display="PgUp"),
    Key("review.page_down", "pagedown", "scroll_page(1)", "page down", "scroll on", display="PgDn"),
    Key("review.again", "a", "grade('again')", "again", "again: no point counts as made"),
    Key("review.hard", "h", "grade('hard')", "hard", "hard: the ticked points came, with effort"),
    Key("review.good", "g", "grade('good')", "good", "good: the ticked points came"),
    Key("review.easy", "e", "grade('easy')", "easy", "easy: every point came, without effort"),
    Key("review.hint", "i", "hint", "hint", "show the hint, or hide it", True),
    Key("review.write", "t", "write", "write", "write the answer; Tab or Esc ends it", True),
    Key("review.editor", "f4", "editor", "editor", "write the answer in your editor", display="F4"),
    Key("review.elsewhere", "w", "elsewhere", "elsewhere", "write an answer that was not saved to another file", True),
    Key("review.keep", "k", "keep", "keep", "keep what you wrote as your own answer to this card"),
    Key("review.change", "c", "change", "change", "change this card", True),
    Key("review.undo", "u", "undo", "undo", "take back the newest answer, with its ticks", True),
    Key("review.not_now", "n", "not_now", "not now", "ask this later in the session", True),
    Key("review.suspend", "s", "suspend", "suspend", "never ask this again, until you undo it", True),
    Key("review.help", "question_mark,f1", "help", "keys", "every key of this screen", True, "?"),
    Key("review.leave", "q,escape", "leave", "leave", "leave the review; answers given are saved", True, "q Esc"),
    Key("new.choose", "enter", "choose", "choose", "write a card for this deck, or begin the deck", True, "Enter"),
    Key("new.help", "f1", "help", "keys", "every key of this screen", True, "F1"),
    Key("new.leave", "escape", "leave", "today", "back to today", True, "Esc"),
    Key("edit.save", "ctrl+s", "save", "save", "save the card, in its deck", True, "ctrl+s"),
    Key("edit.leave", "escape", "leave", "leave", "leave; asks where something would be lost", True, "Esc"),
    Key("edit.weigh", "f2", "weigh", "weight", "the weight of this key point: 1, 2, 3", True, "F2"),
    Key("edit.remove", "f3", "remove", "remove", "remove this key point", True, "F3"),
    Key("edit.up", "ctrl+up,alt+up", "move(-1)", "move", "this key point up; alt+↑ too", display="ctrl+↑"),
    Key("edit.down", "ctrl+down,alt+down", "move(1)", "down", "this key point down; alt+↓ too", display="ctrl+↓"),
    Key("edit.editor", "f4", "editor", "editor", "change the card as TOML in your editor", True, "F4"),
    Key("edit.parts", "f5", "parts", "four parts", "your answer as situation, task, action, result", display="F5"),
    Key("edit.delete", "f8", "delete", "delete", "delete the card", True, "F8"),
    Key("edit.help", "f1", "help", "keys", "every key of this screen", True, "F1"),
    Key("summary.go_on", "enter", "go_on", "go on", "what is left for now, or back to today", True, "Enter"),
    Key("summary.help", "question_mark,f1", "help", "keys", "every key of this screen", True, "?"),
    Key("summary.leave", "q,escape", "leave", "today", "back to today", True, "q Esc"),
    Key("summary.more_new", "m", "more_new", "more new", "five more new cards", True),
    Key("summary.practise", "p", "practise", "practise", "practise these decks, due or not", True),
    Key("summary.drill", "d", "drill", "drill", "drill the points that are likely to be missed", True),
    Key("summary.undo", "u", "undo", "undo", "take back the newest answer", True),
    Key("settings.edit", "enter", "edit", "change", "change what is under the cursor", True, "Enter"),
    Key("settings.reset", "r,delete", "reset", "default", "back to the default", True),
    Key("settings.undo", "u", "undo", "undo", "take back the newest change made here", True),
    Key("settings.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("settings.leave", "q,escape", "leave", "back", "back to today", True, "q Esc"),
    Key("rebind.edit", "enter", "edit", "bind", "bind it to the key you press next", True, "Enter"),
    Key("rebind.add", "plus", "add", "add", "bind one more key to it", True, "+"),
    Key("rebind.reset", "r,delete", "reset", "usual", "back to the usual keys", True),
    Key("rebind.undo", "u", "undo", "undo", "take back the newest change made here", True),
    Key("rebind.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("rebind.leave", "q,escape", "leave", "settings", "back to the settings", True, "q Esc"),
    Key("rows.up", "up,k", "cursor_up", "up", "one up", display="↑ k"),
    Key("rows.down", "down,j", "cursor_down", "down", "one down", display="↓ j"),
    Key("rows.first", "home", "first", "first", "the first", display="Home"),
    Key("rows.last", "end", "last", "last", "the last", display="End"),
    Key("rows.page_up", "pageup", "page_up", "page up", "a page up", display="PgUp"),
    Key("rows.page_down", "pagedown", "page_down", "page down", "a page down", display="PgDn"),
    Key("help.close", "escape,q,question_mark,f1,enter", "dismiss", "close", "close the help"),
    Key("help.up", "up,k", "scroll(-1)", "up", "one line back"),
    Key("help.down", "down,j", "scroll(1)", "down", "one line on"),
    Key("help.page_up", "pageup", "scroll(-10)", "page up", "scroll back"),
    Key("help.page_down", "pagedown,space", "scroll(10)", "page down", "scroll on"),
    Key("confirm.yes", "y,enter", "answer(True)", "yes", "do it"),
    Key("confirm.no", "n,escape,q", "answer(False)", "no", "leave it as it is"),
    Key("conflict.mine", "m", "answer(True)", "mine", "save your version of the card"),
    Key("conflict.theirs", "t", "answer(False)", "other", "take what the deck has now; what you changed is gone"),
    Key("conflict.leave", "escape,q", "answer(None)", "back", "back to your version, as yet unsaved", display="Esc q"),
    Key("conflict.up", "up,k", "scroll(-1)", "up", "one line back", display="↑ k"),
    Key("conflict.down", "down,j", "scroll(1)", "down", "one line on", display="↓ j"),
    Key("conflict.page_up", "pageup", "scroll(-10)", "page up", "scroll back", display="PgUp"),
    Key("conflict.page_down", "pagedown,space", "scroll(10)", "page down", "scroll on", display="PgDn Space"),
    Key("conflict.help", "question_mark,f1", "help", "help", "every key of this screen", display="?"),
    Key("ask.take", "enter", "take", "take it", "take what is written", display="Enter"),
    Key("ask.leave", "escape", "leave", "back", "back, without an answer", display="Esc"),
    Key("choose.take", "enter,space", "take", "take it", "take what is under the cursor", display="Enter"),
    Key("choose.leave", "escape,q", "leave", "back", "back, without a choice", display="Esc q"),
    Key("build.read", "enter", "read", "read it", "read this file, or open this folder", True, "Enter"),
    Key("build.complete", "tab", "complete", "complete", "write as much of the path as is certain", True, "Tab"),
    Key("build.up", "up", "offer(-1)", "up", "one path up", display="↑"),
    Key("build.down", "down", "offer(1)", "down", "one path down", display="↓"),
    Key("build.paste", "f2", "paste", "paste", "write or paste a text; pressed again, read it", True, "F2"),
    Key("build.hand", "f3", "by_hand", "by hand", "write the cards of a new deck by hand", True, "F3"),
    Key("build.help", "f1", "help", "help", "every key of this screen", True, "F1"),
    Key("build.leave", "escape", "leave", "back", "stop reading; back", True, "Esc"),
    Key("draft.accept", "enter", "accept", "keep", "keep this card, and go on to the next to look at", True, "Enter"),
    Key("draft.drop", "d,delete", "drop", "drop", "drop this card, or take it in again", True),
    Key("draft.merge", "m", "merge", "join", "join this card with the next", True),
    Key("draft.change", "c", "change", "change", "change question, key points, answer, follow-ups, hint", True),
    Key("draft.add", "a", "add", "add", "write a card by hand, behind this one"),
    Key("draft.question", "1", "take('question')", "question", "the line begins a new card, as its question"),
    Key("draft.point", "2", "take('point')", "point", "the line is a key point"),
    Key("draft.answer", "3", "take('answer')", "answer", "the line belongs to the answer"),
    Key("draft.follow_up", "4", "take('follow_up')", "follow-up", "the line is a follow-up"),
    Key("draft.hint", "5", "take('hint')", "hint", "the line belongs to the hint"),
    Key("draft.out", "0", "leave_out", "leave out", "the line is no part of the card"),
    Key("draft.next", "n,right", "card(1)", "next", "the next card", display="n →"),
    Key("draft.previous", "b,left", "card(-1)", "back", "the card before", display="b ←"),
    Key("draft.open", "space", "next_open", "to look at", "the next card to look at", display="Space"),
    Key("draft.doubles", "equals_sign", "doubles", "doubles", "what happens with a card that is there", display="="),
    Key("draft.pane", "tab", "pane", "list", "document, list of cards, card", True, "Tab"),
    Key("draft.undo", "u", "undo", "undo", "take back what you did here last", True),
    Key("draft.write", "w", "write", "write", "choose the deck and write", True),
    Key("draft.help", "question_mark,f1", "help", "help", "every key of this screen", True, "?"),
    Key("draft.leave", "q,escape", "leave", "back", "back, without writing", True, "q Esc"),
    Key("document.up", "up,k", "move(-1)", "up", "one line up", display="↑ k"),
    Key("document.down", "down,j", "move(1)", "down", "one line down", display="↓ j"),
    Key("document.choose_up", "shift+up,K", "move(-1, True)", "choose", "choose upwards", display="shift+↑ K"),
    Key("document.choose_down", "shift+down,J", "move(1, True)", "choose", "choose downwards", display="shift+↓ J"),
    Key("document.page_up", "pageup", "page(-1)", "page up", "a page up", display="PgUp"),
    Key("document.page_down", "pagedown", "page(1)", "page down", "a page down", display="PgDn"),
    Key("document.first", "home", "edge(False)", "first", "the first line", display="Home"),
    Key("document.last", "end", "edge(True)", "last", "the last line", display="End"),
    Key("form.save", "f2,ctrl+s", "save", "take it", "take what is written", True, "F2"),
    Key("form.leave", "escape", "leave", "back", "back, without it", True, "Esc"),
    Key("write.write", "enter", "write", "go on", "write the cards; once written, back to today", True, "Enter"),
    Key("write.doubles", "tab", "doubles", "duplicates", "what happens with cards that are there already", True, "Tab"),
    Key("write.up", "up", "deck(-1)", "deck", "another deck that is there", True, "↑ ↓"),
    Key("write.down", "down", "deck(1)", "deck", "another deck that is there", display="↓"),
    Key("write.page_up", "pageup", "page(-1)", "page up", "scroll back", display="PgUp"),
    Key("write.page_down", "pagedown", "page(1)", "page down", "scroll on", display="PgDn"),
    Key("write.undo", "f8", "undo", "take back", "take the whole import back, decks and log", True, "F8"),
    Key("write.help", "f1", "help", "help", "every key of this screen", True, "F1"),
    Key("write.leave", "escape", "leave", "back", "back", True, "Esc"),
)  # fmt: skip

WITHIN = {
    "today": ("decks",),
    "reworded": ("rows",),
    "new": ("rows",),
    "settings": ("rows",),
    "rebind": ("rows",),
    "browse": ("cards",),
    "statistics": ("panels",),
    "choose": ("rows",),
    "draft": ("document",),
}
"""Widgets with keys of their own, by the screen they are on."""


def bindings(screen: str) -> "list[BindingType]":
    """Return the bindings of a screen; the first key of a line shows in the footer."""
    from textual.binding import Binding

    return [
        Binding(
            each,
            f"tick({number + 1})" if key.is_numbered else key.action,
            key.label,
            show=key.shown and number == 0,
            key_display=key.written.split()[0],
            tooltip=key.does,
            id=binding_id(key, number),
            priority=key.everywhere and number == 0,
        )
        for key in KEYS
        if key.screen == screen
        for number, each in enumerate(key.usual)
    ]


def binding_id(key: Key, number: int) -> str:
    """Return the id of one of the bindings of a key, counted from 0: each has its own, to be bound anew by itself."""
    return key.id if number == 0 else f"{key.id}.{number + 1}"


def keys_of(screen: str) -> list[Key]:
    """Return the keys that work on a screen, its own first."""
    rooms = (screen, *WITHIN.get(screen, ()), "app")
    return [key for room in rooms for key in KEYS if key.screen == room]


@cache
def beside(key: Key) -> tuple[Key, ...]:
    """Return the other keys of all screens on which a key works."""
    here = (each for screen in screens() if key in keys_of(screen) for each in keys_of(screen))
    return tuple(dict.fromkeys(each for each in here if each != key))


def screens() -> list[str]:
    """Return the screens that have keys, in the order of the table."""
    inside = {"app", *(each for parts in WITHIN.values() for each in parts)}
    return [screen for screen in dict.fromkeys(key.screen for key in KEYS) if screen not in inside]
