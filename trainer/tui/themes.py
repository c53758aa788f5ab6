"""The trainer's own colours: dark, light, and of high contrast."""

from textual.color import Color
from textual.theme import Theme

QUIET, FAINT = 65, 40
"""How strong text is that stands beside the matter, and text of what is not to be had now, in percent."""

DARK = Theme(
    name="trainer-dark",
    primary="#7aa2c9",
    secondary="#8a93a6",
    accent="#e0af68",
    success="#7fb685",
    warning="#e0af68",
    error="#d9777f",
    foreground="#d6d3cd",
    background="#16181c",
    surface="#1d2025",
    panel="#282c33",
    dark=True,
    variables={"footer-key-foreground": "#e0af68", "block-cursor-text-style": "none"},
)
LIGHT = Theme(
    name="trainer-light",
    primary="#2f5f8f",
    secondary="#5d6675",
    accent="#8a5a00",
    success="#2c6e3b",
    warning="#8a5a00",
    error="#a6303b",
    foreground="#24262b",
    background="#faf8f4",
    surface="#f0ede6",
    panel="#e2ded4",
    dark=False,
    variables={"footer-key-foreground": "#8a5a00", "block-cursor-text-style": "none"},
)
CONTRAST = Theme(
    name="trainer-contrast",
    primary="#7fd4ff",
    secondary="#ffffff",
    accent="#ffe14d",
    success="#5dff7f",
    warning="#ffe14d",
    error="#ff9a9a",
    foreground="#ffffff",
    background="#000000",
    surface="#1c1c1c",
    panel="#0052c3",
    dark=True,
    variables={"footer-key-foreground": "#ffe14d", "block-cursor-text-style": "bold", "text-muted": "#d9d9d9"},
)
"""White on black."""


def strengths(theme: str, foreground: str) -> dict[str, str]:
    """Return the colours of quiet and of faint text, over the foreground of a theme."""
    color = Color.parse(foreground)
    if color.ansi is not None:  # a colour of the terminal, which nobody can mix
        return {"quiet": foreground, "faint": "ansi_bright_black"}
    quiet, faint = (85, 65) if theme == CONTRAST.name else (QUIET, FAINT)
    red, green, blue = color.rgb
    return {name: f"rgba({red},{green},{blue},{share / 100})" for name, share in (("quiet", quiet), ("faint", faint))}
