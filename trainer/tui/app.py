"""The app: which screen comes after which."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

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
from trainer.tui.messages import StartSession
from trainer.tui.screens.today import TodayScreen
from trainer.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from trainer.tui.screens.summary import SummaryScreen

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
        else:
            self.call_after_refresh(_load_other_screens)

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
        from trainer.tui.screens.review import ReviewScreen

        assert self._session is not None
        if self._session.current is None:
            self._show_summary(self._session)
        else:
            self.push_screen(ReviewScreen(self._session, self._times, words))

    def _show_summary(self, session: Session) -> None:
        from trainer.tui.screens.summary import SummaryScreen

        self.push_screen(SummaryScreen(session))

    @on(StartSession)
    def start_session(self, event: StartSession) -> None:
        """Begin the session asked for."""
        self._begin(event.decks, event.limits)

    # Messages of screens that are loaded later are handled by name.

    def on_review_screen_ended(self) -> None:
        """Show what the session came to."""
        self.pop_screen()
        if self._session is not None and (self._session.answered or self._session.current is None):
            self._show_summary(self._session)

    def on_summary_screen_go_on(self, event: "SummaryScreen.GoOn") -> None:
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

    def on_summary_screen_done(self) -> None:
        """Go back to Today."""
        self.pop_screen()

    def on_summary_screen_undo_wanted(self) -> None:
        """Take back the newest answer, and show its card again in place of the summary."""
        if self._session is not None:
            self._undo_newest(self._session, self.pop_screen)

    @on(TodayScreen.UndoWanted)
    def undo_newest(self) -> None:
        """Take back the newest answer, and show its card again in a session of its own."""
        try:
            self._session = Session(self._collection)
        except TrainerError as error:
            self._say_failed(error)
            return
        self._undo_newest(self._session)

    def _undo_newest(self, session: Session, then: Callable[[], object] = lambda: None) -> None:
        try:
            undone = session.undo()
        except TrainerError as error:
            self._say_failed(error)
            return
        if undone is None:
            self.notify("There is nothing to take back.", markup=False)
            return
        then()
        self._show_session(f"Taken back: {undone.words}.")

    def _say_failed(self, error: TrainerError) -> None:
        self.notify(f"{error.message} {error.hint}", severity="error", markup=False)


def _load_other_screens() -> None:
    """Load what the first screen does not need, so that the next one is there at once."""
    import trainer.tui.screens.review
    import trainer.tui.screens.summary  # noqa: F401
