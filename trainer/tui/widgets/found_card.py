"""A card of a draft, with all that belongs to it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.formats.drafting.draft import DraftCard
from trainer.formats.drafting.looking import DOUBLES, Look
from trainer.formats.planning import UNANSWERED
from trainer.text import one_line
from trainer.tui.hanging import EMPTY, Hanging, Row, said
from trainer.tui.keymap import key_name
from trainer.tui.literal import QUIET, literal


class FoundCardView(VerticalScroll, can_focus=False):
    """Question, points, answer and the rest; above them what a person should know."""

    def compose(self) -> ComposeResult:
        """Make the one text that is all of it."""
        yield Static(id="found-card")

    def show(self, each: DraftCard | None, look: Look, has_document: bool) -> None:
        """Show a card and how it stands; where there is none, how to make one."""
        rows = self._none(has_document) if each is None else _rows(each, look, key_name(self, "draft.doubles"))
        self.query_one("#found-card", Static).update(Hanging(rows))
        self.scroll_home(animate=False)

    def _none(self, has_document: bool) -> list[Row]:
        add, question = key_name(self, "draft.add"), key_name(self, "draft.question")
        if not has_document:
            return [said(f"No card yet: {add} writes one.", QUIET)]
        ways = f"{add} writes one by hand; in the document, {question} makes a line the question of a card."
        return [said(f"No card was found. {ways}", QUIET)]


def _rows(each: DraftCard, look: Look, doubles_key: str) -> list[Row]:
    card = each.card
    rows = [said(each.card.question, QUIET if each.dropped else "bold"), EMPTY]
    rows = [*_said(each, look, doubles_key), *rows]
    if card.key_points:
        title = "Key points, proposed from the answer's own list" if each.found.proposed else "Key points"
        rows += [said(title, QUIET)]
        rows += [(Content.styled("• ", "$accent"), literal(point.text)) for point in card.key_points]
        rows += [EMPTY]
    rows += _part("Answer", card.answer or ("" if card.key_points else UNANSWERED))
    rows += _part("Follow-ups", "\n".join(card.follow_ups))
    rows += _part("Hint", card.hint) + _part("What it is meant to find out", card.why)
    rows += _part("Tags", ", ".join(card.tags))
    return rows


def _said(each: DraftCard, look: Look, doubles_key: str) -> list[Row]:
    """Return what a person should know of a card."""
    if not look.words:
        return []
    rows = [said(f"{look.words[0].upper()}{look.words[1:]}.", "bold $warning" if look.is_open else QUIET)]
    if look.here is not None:
        rows.append(said(f"There: {one_line(look.here.question)}", QUIET))
        rows.append(said(f"It will be: {DOUBLES[each.doubles]} ({doubles_key} changes that).", QUIET))
    return [*rows, EMPTY]


def _part(title: str, text: str) -> list[Row]:
    return [said(title, QUIET), said(text), EMPTY] if text else []
