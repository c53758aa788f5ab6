"""A screen whose keys are told from a key held down, and may be taken before any binding sees them."""

from textual import events
from textual.screen import Screen
from textual.timer import Timer

from trainer.tui.key_guard import KeyGuard, KeyTimes, Verdict

GUARDED = frozenset(["go_on", "space", "grade", "not_now", "suspend", "undo"])
"""What a held key must not do twice."""


class GuardedScreen(Screen[None]):
    """Drops what comes from a held key, where no widget has the focus."""

    def __init__(self, times: KeyTimes) -> None:
        super().__init__()
        self.times = times
        self.pressed = ""
        """The last key that was pressed."""
        self.pressed_at = 0.0
        """When the last key was pressed, in seconds of a steady clock."""
        self._guard = KeyGuard(times)
        self._waiting: Timer | None = None

    async def on_key(self, event: events.Key) -> None:
        """Take a key first where the screen wants it; else drop it where it comes from a held key."""
        self.pressed, self.pressed_at = event.key, event.time
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        verdict = self._guard.judge(event.key, event.time)
        if await self.take_first(event, verdict):
            _use_up(event)
        elif verdict is not Verdict.TAKE and self.focused is None and self._is_guarded(event.key):
            _use_up(event)
            if verdict is Verdict.WAIT:
                key = event.key
                self._waiting = self.set_timer(self.times.repeat, lambda: self._press(key))

    async def take_first(self, event: events.Key, verdict: Verdict) -> bool:
        """Do what a key means before any binding sees it; return whether that was all it means."""
        return False

    def _is_guarded(self, key: str) -> bool:
        return self.action_of(key).partition("(")[0] in GUARDED

    def action_of(self, key: str) -> str:
        """Return the action that a key is bound to here and now."""
        active = self.active_bindings.get(key)
        return active.binding.action if active is not None and active.enabled else ""

    async def _press(self, key: str) -> None:
        """Do what a key is bound to, now that no repeat has followed it."""
        self._waiting = None
        if action := self.action_of(key):
            await self.run_action(action)


def _use_up(event: events.Key) -> None:
    event.stop()
    event.prevent_default()
