"""Everything a review shows, from the deck's title down to the keys that work now."""

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Markdown, Static

from trainer.errors import TrainerError
from trainer.insight.words import in_days
from trainer.model import Rating
from trainer.study.plan import Kind
from trainer.study.question import Outcome, Question
from trainer.study.session import Session
from trainer.text import shorten
from trainer.tui.keymap import key_name
from trainer.tui.literal import QUIET
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.place_line import PlaceLine
from trainer.tui.widgets.question_view import QuestionView
from trainer.tui.widgets.rating_bar import RatingBar
from trainer.tui.widgets.status_line import StatusLine


class ReviewPane(Vertical):
    """Made once; questions come and go in it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._session: Session | None = None

    def compose(self) -> ComposeResult:
        """Make every part."""
        yield PlaceLine(id="place")
        yield QuestionView(id="body")
        yield StatusLine(id="status")
        yield Static(id="reveal")
        yield RatingBar(id="ratings")
        yield KeyLine()

    @property
    def view(self) -> QuestionView:
        """The question and what belongs to it."""
        return self.query_one(QuestionView)

    def ask(self, question: Question, session: Session) -> None:
        """Show a question, alone."""
        self._session = session
        self.view.ask(question)
        self._show_place(question, session)
        self.query_one(RatingBar).display = False
        self.query_one("#reveal").display = True
        self._show_way_on()

    def _show_place(self, question: Question, session: Session) -> None:
        progress = session.progress
        whole = progress.answered + progress.ahead
        words = "once more" if question.kind is Kind.RETURN else f"{progress.answered + 1} of {whole}"
        title = session.collection.library.deck_of[question.card.id].title
        self.query_one(PlaceLine).show(title, words, progress.answered / whole if whole else 1.0)

    def on_mount(self) -> None:
        """Follow the time."""
        self.set_interval(1.0, self.show_seconds)

    def show_seconds(self) -> None:
        """Show how long the answer has been thought about, where the settings ask for it."""
        session = self._session
        if session and session.collection.settings.think_timer and self.query_one("#reveal").display:
            self.query_one(PlaceLine).show_seconds(int(session.thinking_seconds()))

    def _show_way_on(self) -> None:
        """Say which key leads on: to the answer, or out of the text field."""
        key, does, aside = (key_name(self, "review.space"), "shows the answer.", "Recall it aloud first.")
        if self.view.written.has_focus:
            editor = key_name(self, "review.editor")
            key, does, aside = ("Tab", "ends writing.", f"Esc does too; {editor} opens your editor.")
        elif self.view.written.text.strip():
            aside = self._keep_words
        self.query_one("#reveal", Static).update(
            Content.assemble((f"{key} ", "bold $accent"), does, (f"  {aside}", QUIET))
        )

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def focus_moved(self) -> None:
        """Say which keys work now."""
        self.call_after_refresh(self._show_way_on)

    async def reveal(self, question: Question, own: str) -> None:
        """Show the answer, first the user's `own` where there is one, and the ratings in place of the way to it."""
        with self.app.batch_update():
            await self.view.reveal(question, own)
            self.query_one("#reveal").display = False
            self.query_one(RatingBar).display = True
        self.call_after_refresh(self._say_if_more)

    @property
    def _keep_words(self) -> str:
        return f"{key_name(self, 'review.keep')} keeps what you wrote as your answer."

    def _say_if_more(self) -> None:
        if self.view.written.text.strip() and self.query_one(StatusLine).is_silent:
            self.say(self._keep_words)
        elif self.view.max_scroll_y > 0 and self.query_one(StatusLine).is_silent:
            self.say(f"{key_name(self, 'review.page_down')} shows more.")

    def offer(self, question: Question, outcomes: Mapping[Rating, Outcome], ticked: frozenset[str]) -> None:
        """Show what each rating would bring with these ticks."""
        when = {rating: in_days(outcome.days) for rating, outcome in outcomes.items()}
        if Rating.AGAIN in when:
            when[Rating.AGAIN] = "today"
        self.query_one(RatingBar).offer(when, {Rating.EASY: "needs all"} if Rating.GOOD in when else {})
        self.view.count_ticks(len(ticked & question.asked), len(question.asked))

    def say(self, words: str) -> None:
        """Show what a key did, for some seconds."""
        self.query_one(StatusLine).say(words)

    def say_failed(self, error: TrainerError, before: str = "", after: str = "") -> None:
        """Show what went wrong, with words around it, until something else is said."""
        self.query_one(StatusLine).say_failed(" ".join(filter(None, (before, error.words, after))))

    @on(Markdown.LinkClicked)
    def show_link(self, event: Markdown.LinkClicked) -> None:
        """Say where a link leads; nothing is opened."""
        self.say(f"The link leads to {shorten(event.href, 200)}")
