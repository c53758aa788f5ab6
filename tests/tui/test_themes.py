"""Colours that can be read: the ratio of text to ground, as WCAG 2.2 reckons it."""

import pytest
from textual.color import Color
from textual.theme import Theme

from trainer.clock import FixedClock
from trainer.collection.collection import Collection
from trainer.home import Home
from trainer.tui.app import TrainerApp
from trainer.tui.themes import CONTRAST, DARK, LIGHT, strengths


def luminance(color: Color) -> float:
    """Return the relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [part / 255 for part in color.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ratio(one: Color, other: Color) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)], ids=lambda each: str(each))
def test_text_stands_out_from_its_ground(theme: Theme, least: float) -> None:
    assert theme.foreground
    over = Color.parse(strengths(theme.name, theme.foreground)["quiet"])
    for ground in map(Color.parse, filter(None, [theme.background, theme.surface])):
        quiet = ground.blend(over, over.a, alpha=1)
        named = [theme.foreground, theme.primary, theme.accent, theme.success, theme.warning, theme.error]
        shown = [quiet, *(Color.parse(each) for each in named if each)]
        assert [each.hex for each in shown if ratio(each, ground) < least] == []
    assert theme.panel
    assert ratio(Color.parse(theme.foreground), Color.parse(theme.panel)) >= least


def test_lines_of_high_contrast_stand_out_as_far_as_text_on_them_can() -> None:
    assert CONTRAST.panel
    assert ratio(Color.parse(CONTRAST.panel), Color.parse("#000000")) > 2.9


def test_a_theme_of_the_settings_has_its_styles_from_the_start(home: Home, clock: FixedClock) -> None:
    home.settings.write_text(f'theme = "{CONTRAST.name}"\n')
    assert TrainerApp(Collection(home, clock)).has_class(f"-theme-{CONTRAST.name}")
