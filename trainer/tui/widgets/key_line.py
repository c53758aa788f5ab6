"""The keys of a screen in its last line, drawn anew only when they are others."""

from typing import Any

from rich.cells import cell_len
from textual.widgets import Footer

ALWAYS = ("help", "leave")
"""What stays in a line too narrow for all: the help names every key."""


class KeyLine(Footer):
    """The framework's footer, which by itself builds all its parts anew after every key that is pressed."""

    _drawn: object = None

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    async def recompose(self) -> None:
        """Build the line anew, unless it says already what can be pressed."""
        if not self.is_attached or self.screen not in self.app.screen_stack:
            return  # its screen was left meanwhile, and may have lost its parts already
        shown = [each[1:] for each in self.screen.active_bindings.values() if each.binding.show]
        if shown != self._drawn:
            self._drawn = shown
            await super().recompose()
            self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Fit the keys to the width there is."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Show whole keys alone: where there is no room for all, the last make room."""
        keys: list[Any] = list(self.query("FooterKey"))
        widths = {key: cell_len(f"{key.key_display} {key.description}") + key.styles.margin.right for key in keys}
        excess = sum(widths.values()) - (keys[-1].styles.margin.right if keys else 0) - self.content_size.width
        for key in reversed(keys):
            key.display = excess <= 0 or key.action in ALWAYS
            excess -= 0 if key.display else widths[key]
