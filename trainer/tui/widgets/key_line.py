"""The keys of a screen in its last line, drawn anew only when they are others."""

from textual.widgets import Footer


class KeyLine(Footer):
    """The framework's footer, which by itself builds all its parts anew after every key that is pressed."""

    _drawn: object = None

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    async def recompose(self) -> None:
        """Build the line anew, unless it says already what can be pressed."""
        if not self.is_attached:  # its screen was left meanwhile
            return
        shown = [each[1:] for each in self.screen.active_bindings.values() if each.binding.show]
        if shown != self._drawn:
            self._drawn = shown
            await super().recompose()
