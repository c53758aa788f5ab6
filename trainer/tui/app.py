"""The app: which screen comes after which."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.study.plan import Limits
from trainer.study.session import Session
from trainer.tui.key_guard import KeyTimes
from trainer.tui.keys import bindings
from trainer.tui.screens.review import ReviewScreen
from trainer.tui.screens.summary import SummaryScreen
from trainer.tui.screens.today import TodayScreen
from trainer.tui.themes import DARK, LIGHT

Start = tuple[tuple[str, ...], Limits]
"""Decks (none for all) and limits of a session."""


class TrainerApp(App[None]):
    """Today, and sessions begun from it."""

    TITLE = "Keypoint Trainer"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    CSS_PATH = "app.tcss"

    def __init__(self, collection: Collection, start: Start | None = None, times: KeyTimes | None = None) -> None:
        super().__init__()
        self._collection = collection
        self._start = start
        self._times = times or KeyTimes()
        self._session: Session | None = None

    def on_mount(self) -> None:
        """Open Today, and the session that the call asked for."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        wanted = self._collection.settings.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name
        self.push_screen(TodayScreen(self._collection))
        if self._start is not None:
            self._begin(*self._start)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the framework's own commands but those of no use here."""
        yield from (each for each in super().get_system_commands(screen) if each.title in ("Theme", "Quit"))

    def _begin(self, decks: tuple[str, ...], limits: Limits) -> None:
        try:
            self._session = Session(self._collection, decks, limits)
        except TrainerError as error:
            self._say_failed(error)
        else:
            self._show_session()

    def _show_session(self, words: str = "") -> None:
        assert self._session is not None
        if self._session.current is None:
            self.push_screen(SummaryScreen(self._session))
        else:
            self.push_screen(ReviewScreen(self._session, self._times, words))

    @on(TodayScreen.Start)
    def start_session(self, event: TodayScreen.Start) -> None:
        """Begin the session asked for on Today."""
        self._begin(event.decks, event.limits)

    @on(ReviewScreen.Ended)
    def end_session(self) -> None:
        """Show what the session came to."""
        self.pop_screen()
        if self._session is not None and (self._session.answered or self._session.current is None):
            self.push_screen(SummaryScreen(self._session))

    @on(SummaryScreen.GoOn)
    def go_on(self, event: SummaryScreen.GoOn) -> None:
        """Go on with the session."""
        if self._session is None:
            return
        try:
            self._session.extend(event.limits)
        except TrainerError as error:
            self._say_failed(error)
            return
        self.pop_screen()
        self._show_session()

    @on(SummaryScreen.Done)
    def close_summary(self) -> None:
        """Go back to Today."""
        self.pop_screen()

    @on(SummaryScreen.UndoWanted)
    @on(TodayScreen.UndoWanted)
    def undo_newest(self, event: SummaryScreen.UndoWanted | TodayScreen.UndoWanted) -> None:
        """Take back the newest answer, and show its card again."""
        session = self._session
        try:
            if session is None or isinstance(event, TodayScreen.UndoWanted):
                session = self._session = Session(self._collection)
            undone = session.undo()
        except TrainerError as error:
            self._say_failed(error)
            return
        if undone is None:
            self.notify("There is nothing to take back.", markup=False)
            return
        if isinstance(event, SummaryScreen.UndoWanted):
            self.pop_screen()
        self._show_session(f"Taken back: {undone.words}.")

    def _say_failed(self, error: TrainerError) -> None:
        self.notify(f"{error.message} {error.hint}", severity="error", markup=False)
