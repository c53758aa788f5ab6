"""The app: which screen comes after which."""

import gc
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import Initialize, Reactive
from textual.screen import Screen

from trainer.collection.collection import Collection
from trainer.errors import TrainerError
from trainer.settings import Settings
from trainer.settings.reading import setting_problem
from trainer.study.share import Limits
from trainer.tui.key_guard import KeyTimes
from trainer.tui.key_names import name_for_person
from trainer.tui.keymap import Keymap, key_problems, keymap_from
from trainer.tui.keys import bindings
from trainer.tui.messages import SettingsChanged, ShowCard, StartSession
from trainer.tui.screens.today import TodayScreen
from trainer.tui.themes import CONTRAST, DARK, LIGHT, strengths

if TYPE_CHECKING:
    from trainer.study.session import Session
    from trainer.tui.screens.summary import SummaryScreen

LOOK_AGAIN = 1.0
"""Seconds between looks whether the settings that were read are others."""
Start = tuple[tuple[str, ...], Limits, frozenset[str] | None]
"""Decks (none for all), limits, and the only cards (None for all of the decks) of a session."""


class TrainerApp(App[None]):
    """Today, and sessions begun from it."""

    TITLE = "Keypoint Trainer"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (76, "-broad")]  # noqa: RUF012  (as Textual types it)
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/today.tcss"]
    """Today's too: read later, it would have everything parsed twice."""

    def _first_theme(self) -> str:
        """Register the trainer's own themes, and return the one that the settings name."""
        for theme in (DARK, LIGHT, CONTRAST):
            self.register_theme(theme)
        wanted = self._collection.settings.theme
        return wanted if wanted in self.available_themes else DARK.name

    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    """As the framework has it, but right from the start: set later, all styles would be worked out twice."""

    def __init__(self, collection: Collection, start: Start | None = None, times: KeyTimes | None = None) -> None:
        self._collection = collection
        super().__init__()
        self.animation_level = "none"  # nothing moves for show, least of all over ssh
        self.add_class(f"-theme-{self.theme}")  # the framework does so only where the theme changes
        self._start = start
        self._times = times or KeyTimes()
        self._session: Session | None = None
        self.keymap = Keymap()
        """The keys in force."""
        self._followed: Settings | None = None
        """The settings that are in force on the screen."""

    def get_default_screen(self) -> Screen[None]:
        """Return Today: it lies below every other screen."""
        return TodayScreen(self._collection)

    def on_mount(self) -> None:
        """Follow the settings, and open the session that the call asked for."""
        self.follow_settings()
        self.set_interval(LOOK_AGAIN, self.follow_settings)
        if self._start is not None:
            self._begin(*self._start)
        else:
            self.call_after_refresh(_load_other_screens)
        self.call_after_refresh(_look_for_garbage)

    @on(SettingsChanged)
    def follow_settings(self) -> None:
        """Take over theme, density and keys, where the settings were changed; say which of them cannot be had."""
        settings, file = self._collection.settings, self._collection.home.settings
        if settings is self._followed:
            return
        self._followed = settings
        problems = key_problems(file, settings.keys)
        if settings.theme not in self.available_themes:
            problems.append(setting_problem(file, "theme", f"is no theme of the app; {DARK.name} is used."))
        self.theme = settings.theme if settings.theme in self.available_themes else DARK.name
        self.set_class(settings.density == "compact", "-compact")
        self.keymap = keymap_from(settings.keys)[0]
        self.set_keymap(self.keymap.for_textual())
        for problem in problems:
            self.notify(str(problem), severity="warning", markup=False)

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, with those of quiet and faint text."""
        variables = super().get_css_variables()
        variables |= strengths(self.theme, variables["foreground"])
        return variables

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is said everywhere in the trainer."""
        return binding.key_display or name_for_person(binding.key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer everything that can be done here, and the rooms."""
        from trainer.tui.commands import commands

        return commands(self, screen, self.keymap)

    @property
    def collection(self) -> Collection:
        """The open home."""
        return self._collection

    @on(ShowCard)
    def show_card(self, event: ShowCard) -> None:
        """Show a card in Browse."""
        from trainer.tui.screens.browse import BrowseScreen

        if isinstance(self.screen, BrowseScreen):
            self.screen.show_card(event.card_id)
        else:
            self.push_screen(BrowseScreen(self._collection, event.card_id))

    def _begin(self, decks: tuple[str, ...], limits: Limits, cards: frozenset[str] | None) -> None:
        from trainer.study.session import Session

        try:
            self._session = Session(self._collection, decks, limits, cards)
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

    def _show_summary(self, session: "Session") -> None:
        from trainer.tui.screens.summary import SummaryScreen

        self.push_screen(SummaryScreen(session))

    @on(StartSession)
    def start_session(self, event: StartSession) -> None:
        """Begin the session asked for."""
        self._begin(event.decks, event.limits, event.cards)

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
        from trainer.study.session import Session

        try:
            self._session = Session(self._collection)
        except TrainerError as error:
            self._say_failed(error)
            return
        self._undo_newest(self._session)

    def _undo_newest(self, session: "Session", then: Callable[[], object] = lambda: None) -> None:
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
        self.notify(error.words, severity="error", markup=False)


def _load_other_screens() -> None:
    """Load what the first screen does not need, so that the next one is there at once."""
    import trainer.tui.screens.review
    import trainer.tui.screens.summary  # noqa: F401


def _look_for_garbage() -> None:
    """Turn on again what the start went without. What is loaded by now stays, and need never be looked through."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
