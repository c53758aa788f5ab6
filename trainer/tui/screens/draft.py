"""Build a deck: the second step, the document beside the cards that came from it."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from trainer.collection.collection import Collection
from trainer.errors import UsageError
from trainer.formats.drafting.draft import Draft, DraftCard
from trainer.formats.drafting.looking import DOUBLES, Look, counts, look_at, next_open
from trainer.formats.found import Part
from trainer.formats.planning import Doubles, Known
from trainer.text import counted
from trainer.tui.helped import Helped
from trainer.tui.keymap import key_name
from trainer.tui.keys import bindings
from trainer.tui.widgets.document_pane import NAMES, DocumentPane
from trainer.tui.widgets.draft_list import DraftList
from trainer.tui.widgets.drawn_rows import Rows
from trainer.tui.widgets.found_card import FoundCardView
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.place_line import PlaceLine
from trainer.tui.widgets.status_line import StatusLine


class DraftScreen(Helped, Screen[bool]):
    """What was found, to be put right; dismissed with True once it is written."""

    CSS_PATH = "draft.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("draft")
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (76, "-middling"), (100, "-wide")]  # noqa: RUF012  (as Textual types it)
    AUTO_FOCUS = ""
    HELP_NAME = "draft"
    HELP_TEXT = (
        "Each line of the document has a mark for what it became: Q question, • key point, A answer, ? follow-up, "
        "H hint, W what the question is meant to find out, - left out. Go through what wants a look, put it right, and "
        "keep it. Nothing is written before you choose the deck."
    )

    def __init__(self, collection: Collection, draft: Draft, known: Known) -> None:
        super().__init__()
        self._collection = collection
        self._draft = draft
        self._known = known
        self._at = 0
        self._counts = counts(draft, known)
        self._pane = "document" if draft.lines else "list" if draft.cards else "card"

    def compose(self) -> ComposeResult:
        """Make the panes; which are seen depends on the width."""
        yield PlaceLine(id="place")
        with Horizontal(id="panes"):
            if self._draft.lines:
                yield DocumentPane(self._draft, id="document")
            yield DraftList(self._draft, self._known, id="list")
            yield FoundCardView(id="card")
        yield StatusLine(id="status")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first card, and how the source was read."""
        self._arrange()
        self._go_to(0)
        if not (self._draft.cards or self._draft.lines):
            return  # a deck begun by hand
        skipped = len(self._draft.skipped)
        words = [f"{counted(self._counts['kept'], 'card')} found"]
        words += [f"{self._counts['open']:,} to look at ({self._key('open')})"] if self._counts["open"] else []
        words += [f"{skipped:,} left out" + (" (- in the document)" if self._draft.lines else "")] if skipped else []
        self._say(
            ", ".join(words) + "." + "".join(f" {remark}" for deck in self._draft.decks for remark in deck.remarks)
        )

    def on_resize(self) -> None:
        """Show as many panes as there is room for."""
        self.call_after_refresh(self._arrange)

    # What is on the screen

    @property
    def _document(self) -> DocumentPane | None:
        return self.query_one(DocumentPane) if self._draft.lines else None

    @property
    def _list(self) -> DraftList:
        return self.query_one(DraftList)

    @property
    def _card(self) -> DraftCard | None:
        return self._draft.cards[self._at] if self._draft.cards else None

    def _arrange(self) -> None:
        if self._pane == "card" and self.has_class("-wide"):
            self._pane = "document" if self._draft.lines else "list"
        for name in ("document", "list", "card"):
            for pane in self.query(f"#{name}"):
                pane.display = name == self._pane or (name == "card" and self.has_class("-wide"))
        focused = self.query_one(f"#{self._pane}")
        self.set_focus(focused if isinstance(focused, Rows) else None)

    def _go_to(self, at: int, move: bool = True) -> None:
        """Make a card the current one; with `move`, the document goes to where it begins."""
        self._at = max(min(at, len(self._draft.cards) - 1), 0)
        each = self._card
        look = Look("") if each is None else look_at(self._draft, each, self._known)
        self.query_one(FoundCardView).show(each, look, bool(self._draft.lines))
        self._list.point_at(self._at)
        if self._document is not None:
            self._document.show_card(-1 if each is None else each.key)
            if move and each is not None and each.found.spans:
                first = next((s.first for s in each.found.spans if s.part is Part.QUESTION), each.found.spans[0].first)
                self._document.point_at(first - 1)
        self._show_place()

    def _show_place(self) -> None:
        number = len(self._draft.cards)
        kept, is_open = self._counts["kept"], self._counts["open"]
        words = f"{kept:,} kept" + (f", {is_open:,} to look at" if is_open else "")
        words = f"{self._at + 1:,} of {number:,}: {words}" if number else words
        self.query_one(PlaceLine).show(Path(self._draft.name).name, words, (number - is_open) / number if number else 0)

    def _look_again(self, at: int, move: bool = True) -> None:
        """Show what an act changed."""
        self._counts = counts(self._draft, self._known)
        if self._document is not None:
            self._document.look_again()
        self._list.measure()
        self._go_to(at, move)

    def _key(self, name: str) -> str:
        return key_name(self, f"draft.{name}")

    def _say(self, words: str) -> None:
        self.query_one(StatusLine).say(words)

    # Moving

    @on(Rows.Moved, "#document")
    def follow_document(self) -> None:
        """Show the card of the line, and what the line became."""
        assert self._document is not None
        line = self._document.cursor + 1
        owner = self._draft.owner(line)
        at = self._draft.above(line) if owner is None else owner
        if at is not None and at != self._at:
            self._go_to(at, move=False)
        first, last = self._document.lines
        chosen = f"{counted(last - first + 1, 'line')} chosen. " if last > first else ""
        self._say(f"{chosen}Line {line}: {self._document.words_on(line)}.")

    @on(Rows.Moved, "#list")
    def follow_list(self) -> None:
        """Show the card of the row."""
        self._go_to(self._list.cursor)

    def action_card(self, step: int) -> None:
        """Go to the next card, or the one before."""
        self._go_to(self._at + step)

    def action_next_open(self) -> None:
        """Go to the next card that a person should look at."""
        at = next_open(self._draft, self._known, self._at)
        if at is None:
            self._say(f"Nothing is left to look at: {self._key('write')} writes the cards.")
        else:
            self._go_to(at)

    def action_pane(self) -> None:
        """Show the next pane."""
        panes = (["document"] if self._draft.lines else []) + ["list"] + ([] if self.has_class("-wide") else ["card"])
        self._pane = panes[(panes.index(self._pane) + 1) % len(panes)] if self._pane in panes else panes[0]
        self._arrange()

    # Acts

    def _do(self, act: Callable[[], int], words: str = "", move: bool = True) -> None:
        """Do something with the draft and show it, or say why it cannot be done."""
        try:
            at = act()
        except UsageError as error:
            self._say(error.words)
            return
        self._look_again(at, move)
        if words:
            self._say(f"{words} {self._key('undo')} takes that back.")

    def action_accept(self) -> None:
        """Keep the card, and go on to the next to look at, else to the next."""
        if self._card is None:
            return
        self._do(lambda: self._draft.accept(self._at))
        at = next_open(self._draft, self._known, self._at)
        at = self._at + 1 if at is None else at
        if at < len(self._draft.cards):
            self._go_to(at)
        else:
            self._say(f"That was the last: {self._key('write')} writes the cards.")

    def action_drop(self) -> None:
        """Drop the card, or take it in again."""
        if self._card is not None:
            words = "Taken in again." if self._card.dropped else "Dropped."
            self._do(lambda: self._draft.drop(self._at), words, move=False)

    def action_merge(self) -> None:
        """Join the card with the next."""
        if self._card is not None:
            self._do(lambda: self._draft.merge(self._at), "Joined with the next.")

    def _chosen_lines(self) -> tuple[int, int] | None:
        """Return the first and last line chosen; None where the document is not in front, which is said."""
        if self._document is not None and self._pane == "document":
            return self._document.lines
        way = f" {self._key('pane')} goes there." if self._document else ""
        self._say(f"That is done to a line of the document.{way}")
        return None

    def action_take(self, part: str) -> None:
        """Make the lines chosen another part."""
        chosen = Part(part)
        if found := self._chosen_lines():
            self._do(lambda: self._draft.take(*found, chosen), f"Now {NAMES[chosen]}.", move=False)

    def action_leave_out(self) -> None:
        """Take the lines chosen out of their card."""
        if found := self._chosen_lines():
            self._do(lambda: self._draft.leave_out(*found), "Left out.", move=False)

    def action_doubles(self) -> None:
        """Choose the next of what may happen with a card that is there."""
        each = self._card
        if each is None or look_at(self._draft, each, self._known).here is None:
            self._say("Your decks have no card like this one.")
            return
        choices = list(DOUBLES)
        choice: Doubles | None = choices[(choices.index(each.doubles) + 1) % len(choices)]
        self._do(lambda: self._draft.choose(self._at, choice), f"It will be: {DOUBLES[choice]}.", move=False)

    @work
    async def action_change(self) -> None:
        """Change the card in a form."""
        from trainer.tui.screens.draft_form import DraftForm

        each = self._card
        if each is None:
            return
        said = await self.app.push_screen_wait(DraftForm("Change the card", each.card))
        if said is not None:
            self._do(lambda: self._draft.rewrite(self._at, said), "Changed.", move=False)

    @work
    async def action_add(self) -> None:
        """Write a card by hand."""
        from trainer.tui.screens.draft_form import DraftForm

        said = await self.app.push_screen_wait(DraftForm("A card by hand"))
        if said is not None:
            self._do(lambda: self._draft.add(self._at if self._draft.cards else -1, said), "Added.")

    def action_undo(self) -> None:
        """Take back what was done last."""
        change = self._draft.undo()
        if change is None:
            self._say("There is nothing to take back.")
            return
        self._look_again(change.at, move=change.at != self._at)
        self._say(f"Taken back: {change.words}.")

    # Going on

    @work
    async def action_write(self) -> None:
        """Choose the deck and write."""
        from trainer.tui.screens.write import WriteScreen

        if not self._counts["kept"]:
            self._say(f"There is no card to write. {self._key('add')} writes one by hand.")
        elif await self.app.push_screen_wait(WriteScreen(self._collection, self._draft, self._known)):
            self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Go back; ask first where work would be lost."""
        if self._draft.is_changed:
            from trainer.tui.screens.confirm import ConfirmScreen

            question = "Go back now? What you did with these cards is lost; nothing is written."
            if not await self.app.push_screen_wait(ConfirmScreen(question, "go back", "stay")):
                return
        self.dismiss(False)
