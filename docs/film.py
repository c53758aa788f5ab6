"""Screens put together as one small SVG: a still, or a film of several that shows each for some seconds."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

CELL_WIDTH, LINE_HEIGHT, MARGIN = 12.2, 24.4, 12
"""In the units of the framework's pictures."""
_RECT = re.compile(r'<rect (fill="#\w+" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="[\d.]+") shape-rendering[^>]*/>')
_TEXT = re.compile(
    r'<text class="[\w-]+-(r\d+)" (x="[\d.]+" y="[\d.]+" textLength="[\d.]+")[^>]*>(.*?)</text>', re.DOTALL
)
_STYLE = re.compile(r"^\s*\.[\w-]+-(r\d+) \{ (.*?) \}$", re.MULTILINE)


@dataclass(frozen=True)
class Frame:
    """What one screen consists of, bottom first, and how many seconds it is shown."""

    parts: tuple[str, ...]
    background: str
    seconds: float


def frame(svg: str, seconds: float = 0) -> Frame:
    """Return the parts of a picture that the framework drew, without what cannot be seen."""
    styles = dict(_STYLE.findall(svg))
    rects = _RECT.findall(svg)
    background = rects[0].split('"')[1]
    parts = [f"<rect {rect}/>" for rect in rects if f'fill="{background}"' not in rect]
    for name, place, text in _TEXT.findall(svg):
        words = html.unescape(text).replace("\xa0", " ").rstrip("\n")
        if words.strip():
            parts.append(f'<text style="{styles[name]}" {place}>{html.escape(words, quote=False)}</text>')
    return Frame(tuple(parts), background, seconds)


def film(frames: Sequence[Frame], size: tuple[int, int], still: int = 0) -> str:
    """Return an SVG of these frames; one of them stays where nothing may move.

    A part that several frames share is there once, so that a film is hardly larger than a picture.
    """
    width, height = size[0] * CELL_WIDTH + 2 * MARGIN, size[1] * LINE_HEIGHT + 2 * MARGIN
    shown: dict[str, list[bool]] = {}
    for number, each in enumerate(frames):
        for part in each.parts:
            shown.setdefault(part, [False] * len(frames))[number] = True
    groups: dict[tuple[str, ...], list[str]] = {}
    for part in sorted(shown, key=lambda part: part.startswith("<text")):
        groups.setdefault((part[:5], *("01"[now] for now in shown[part])), []).append(part)
    rules = {"".join(key[1:]): _rule("".join(key[1:]), frames, still) for key in groups if "0" in key}
    style = "\n".join(
        ["text { font: 20px 'Fira Code', 'DejaVu Sans Mono', monospace; white-space: pre }", *rules.values()]
    )
    body = "\n".join(
        f'<g class="f{"".join(key[1:])}">\n' + "\n".join(parts) + "\n</g>" if "0" in key else "\n".join(parts)
        for key, parts in groups.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">\n<style>\n{style}\n</style>\n'
        f'<rect fill="{frames[0].background}" width="100%" height="100%" rx="8"/>\n'
        f'<g transform="translate({MARGIN} {MARGIN})" xml:space="preserve">\n{body}\n</g>\n</svg>\n'
    )


def _rule(pattern: str, frames: Sequence[Frame], still: int) -> str:
    """Return the rule that shows a group in the frames marked with 1."""
    total, begun, steps = sum(each.seconds for each in frames), 0.0, []
    for mark, each in zip(pattern, frames, strict=True):
        steps.append(f"{100 * begun / total:.2f}% {{ visibility: {'visible' if mark == '1' else 'hidden'} }}")
        begun += each.seconds
    rest = "visible" if pattern[still] == "1" else "hidden"
    return (
        f"@keyframes k{pattern} {{ {' '.join(steps)} }}\n.f{pattern} {{ visibility: {rest} }}\n"
        "@media (prefers-reduced-motion: no-preference) "
        f"{{ .f{pattern} {{ animation: k{pattern} {total:g}s step-end infinite }} }}"
    )
