"""The wordings by which documents name what belongs to a question: areas to cover, follow-ups, an example answer."""

import re
from dataclasses import dataclass, replace

from trainer.formats.document import wordings
from trainer.formats.document.markup import plain
from trainer.formats.found import Part


def _wording(lines: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of the wordings, with what their words in capitals stand for."""
    text = "|".join(lines)
    for name, meant in (("ASKER", wordings.ASKER), ("THIS", wordings.THIS), ("GOOD", wordings.GOOD)):
        text = text.replace(name, f"(?:{meant})")
    return re.compile(text, re.IGNORECASE)


_LABELS = [
    (Part.FOLLOW_UP, _wording(wordings.FOLLOW_UP)),
    (Part.POINT, _wording(wordings.POINT)),
    (Part.WHY, _wording(wordings.WHY)),
    (Part.HINT, _wording(wordings.HINT)),
    (Part.ANSWER, _wording(wordings.ANSWER)),
]
_NOISE = _wording(wordings.NOISE)
_STAYING = _wording(wordings.STAYING)
_WEAK = _wording(wordings.WEAK)
_CONTENTS = _wording(wordings.CONTENTS)
_CLOSING = _wording(wordings.CLOSING)
_LONGEST = 70
_MOST_WORDS = 9
_OF_QUESTIONS = re.compile(
    r"\b(?:question|ask(?:s|ed|ing)?|answer|respon[ds]\w*|interviewers?|look(?:ing)?|listen(?:ing)?)\b", re.IGNORECASE
)
_HEAD = re.compile(r"(?:[-*+•]\s+)?[*_]{0,3}([^:：*_]{1,70}?)[*_]{0,3}\s*[:：][*_]{0,3}(?:\s+|(?=[…“\"'‘]))")
_EG = re.compile(r"e\.?\s?g\.?\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A wording that says what follows it."""

    part: Part | None
    """What follows; None for what is no part of a card, as links to read on."""
    rest: str = ""
    """What stands on the same line behind the label."""
    stays: bool = False
    """Whether the label says something that must stay with what follows: Red flags, Don't."""
    text: str = ""
    weak: bool = False
    """Whether it may as well be a line within an answer."""


def label_of(text: str, *, whole: bool = True) -> Label | None:
    """Return the label that a line is (or, unless only `whole` lines are meant, begins with), if it is one."""
    said = plain(text).strip()
    name = _bare(said)
    if said.endswith("?") and not _OF_QUESTIONS.search(said):
        name = ""
    if (2 <= len(name) <= _LONGEST or said.endswith(":")) and (found := _named(name)):
        return found
    head = _HEAD.match(text.strip()) or _HEAD.match(said)
    if head and not whole and (found := _named(_bare(plain(head[1])))):
        source = text.strip() if head.string == text.strip() else said
        return replace(found, rest=source[head.end() :].strip())
    if not whole and (eg := _EG.match(said)):
        return Label(Part.ANSWER, said[eg.end() :], text="e.g.")
    return None


def _named(name: str) -> Label | None:
    if len(name.split()) > _MOST_WORDS:
        return None
    for part, wording in _LABELS:
        if wording.fullmatch(name):
            stays, weak = bool(_STAYING.fullmatch(name)), bool(_WEAK.fullmatch(name))
            return Label(part, "", stays, name.casefold(), weak)
    return Label(None, text=name.casefold()) if _NOISE.fullmatch(name) else None


def _bare(text: str) -> str:
    """Return a label without colon, emoji, brackets and numbers around it."""
    return re.sub(r"^[\W_]+|[^\w)'’]+$", "", text).strip()


def is_contents(title: str) -> bool:
    """Return whether a heading stands over a table of contents."""
    return bool(_CONTENTS.fullmatch(_bare(plain(title))))


def is_closing(title: str) -> bool:
    """Return whether a heading stands over what comes after the questions: a conclusion, the author, what to read."""
    return bool(_CLOSING.fullmatch(_bare(plain(title))))
