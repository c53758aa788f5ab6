"""The two sides of a note type's card: `{{Front}}`, `{{#Hint}}...{{/Hint}}`, filled with the fields of a note."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from trainer.formats.limits import LONGEST_FIELD

FRONT_SIDE = "FrontSide"
_TAG = re.compile(r"\{\{([^{}]{1,400})\}\}")
_UNSEEN = re.compile(r"<(?P<tag>style|script|head|template|svg)\b|(?P<comment><!--)", re.IGNORECASE)
_ANSWER_RULE = re.compile(r"""<hr\b[^<>]*\bid\s*=\s*["']?answer\b""", re.IGNORECASE)
_EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span)\s?/?>)*", re.IGNORECASE)
_OF_THE_CARD = frozenset((FRONT_SIDE, "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"))
"""Names that stand for something else than a field of the note."""
_SPOKEN = ("tts", "tts-voices")


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    """ "": a text; "#" and "^": the beginning of a condition; "/": its end; "{": a field."""
    text: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a side shows of one note."""

    html: str
    hints: tuple[str, ...]
    """What stands behind a `{{hint:...}}`."""


class Side:
    """One side of a template, made ready once."""

    def __init__(self, template: str) -> None:
        self._nodes = _nodes(_seen(template)[:LONGEST_FIELD])
        self.fields = tuple(dict.fromkeys(node.text for node in self._nodes if node.kind == "{" and _is_shown(node)))
        """The fields that it shows or has typed, in their order."""
        self.shown = tuple(name for name in self.fields if not self._only_typed(name))
        """The fields that it shows as a question, in their order."""
        self.has_cloze = any("cloze" in node.filters for node in self._nodes)

    def _only_typed(self, name: str) -> bool:
        return all("type" in node.filters for node in self._nodes if node.kind == "{" and node.text == name)

    def fill(
        self,
        values: Mapping[str, str],
        cloze: Callable[[str], str],
        *,
        typed: bool,
        without: Container[str] = (),
        with_text: bool = True,
        number: int = 0,
    ) -> Shown:
        """Return the side of one note.

        `cloze` makes a field's text of its deletions; `typed` tells whether what was to be typed is shown;
        fields in `without` are left out, and the template's own words where not `with_text`. `number` is that
        of the deletion a card asks for. Raises ValueError where it becomes too long.
        """
        length = 0
        html: list[str] = []
        hints: list[str] = []
        open_conditions: list[tuple[str, bool]] = []
        for node in self._nodes:
            if node.kind in ("#", "^"):
                holds = _holds(node.text, values, number) is (node.kind == "#")
                open_conditions.append((node.text, holds))
            elif node.kind == "/":
                if open_conditions and open_conditions[-1][0] == node.text:
                    open_conditions.pop()
            elif not all(holds for _, holds in open_conditions):
                continue
            elif not node.kind:
                html.append(node.text if with_text else "")
            elif _is_shown(node) and node.text not in without and (typed or "type" not in node.filters):
                value = values.get(node.text, "")
                said = cloze(value) if "cloze" in node.filters else value
                length += len(said)
                if length > LONGEST_FIELD:
                    raise ValueError("a side is too long")
                if "hint" in node.filters and not typed:
                    hints.append(said)
                elif said:
                    html.append(said if with_text else f"<div>{said}</div>")
        return Shown("".join(html), tuple(filter(None, hints)))


def answer_part(template: str) -> str | None:
    """Return what stands behind the rule that Anki's answers begin with, None where there is none."""
    match = _ANSWER_RULE.search(template)
    return template[match.end() :].partition(">")[2] if match else None


def is_empty(value: str) -> bool:
    """Return whether a field counts as empty, as Anki sees it."""
    return _EMPTY.fullmatch(value) is not None


def _is_shown(node: _Node) -> bool:
    return node.text not in _OF_THE_CARD and not (node.filters and node.filters[0].split(" ")[0] in _SPOKEN)


def _holds(name: str, values: Mapping[str, str], number: int) -> bool:
    if name in values:
        return not is_empty(values[name])
    return name == f"c{number}" or name in _OF_THE_CARD


def _nodes(template: str) -> list[_Node]:
    nodes: list[_Node] = []
    at = 0
    for match in _TAG.finditer(template):
        nodes.append(_Node("", template[at : match.start()]))
        at = match.end()
        inner = match[1].strip()
        if inner[:1] in ("#", "^", "/"):
            nodes.append(_Node(inner[0], inner[1:].strip()))
        elif inner:
            *filters, name = (part.strip() for part in inner.split(":"))
            nodes.append(_Node("{", name, tuple(filters)))
    nodes.append(_Node("", template[at:]))
    return [node for node in nodes if node.kind or node.text]


def _seen(template: str) -> str:
    """Return a template without styles, scripts and remarks, with drawings named; in one pass."""
    kept: list[str] = []
    at = 0
    while match := _UNSEEN.search(template, at):
        kept.append(template[at : match.start()])
        if (match["tag"] or "").lower() == "svg":
            kept.append("[picture]")
        closing = "-->" if match["comment"] else f"</{match['tag']}"
        end = re.compile(re.escape(closing), re.IGNORECASE).search(template, match.end())
        if end is None:
            return "".join(kept)
        at = end.end() if match["comment"] else template.find(">", end.end()) + 1 or len(template)
    return "".join([*kept, template[at:]])
