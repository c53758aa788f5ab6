"""Reviews and wordings as this program writes them, read by a pattern: nearly all lines of any log, in far less time.

What the patterns do not take is read as TOML. Both give the same event; a property test says so.
"""

import re
from datetime import date
from functools import lru_cache

from trainer.clock import FIRST_YEAR, LAST_YEAR
from trainer.model import Rating
from trainer.progress.events import Event, ReviewEvent, WordingEvent
from trainer.text import clean

_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9][0-9]{3}"
_KEY = rf"(?P<key>[0-9]{{8}}T{_TIME}Z-[0-9A-Za-z]+) = \{{ "
_TEXT = r'"[^"\\\x00-\x1f\x7f]*"'  # without escapes, so that it means what it reads
_TEXTS = rf"\[(?:{_TEXT}(?:, {_TEXT})*)?\]"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_END = r" \}(?: #[^{\x00-\x1f\x7f]*)?"
_REVIEW = re.compile(
    f"{_KEY}card = (?P<card>{_TEXT}), day = (?P<day>{_DATE})"
    + ', rating = (?P<rating>"(?:again|hard|good|easy)")'
    + f"(?:, recalled = (?P<recalled>{_TEXTS}))?(?:, missed = (?P<missed>{_TEXTS}))?(?:, given = (?P<given>true))?"
    + f"(?:, seconds = (?P<seconds>0|[1-9][0-9]{{0,4}}))?(?:, due = (?P<due>{_DATE}))?"
    + f"(?:, import = (?P<import>{_TEXT}))?(?:, source = (?P<source>{_TEXT}))?{_END}"
)
_POINT = rf"[A-Za-z0-9_-]+ = {_TEXT}"
_WORDING = re.compile(
    f"{_KEY}card = (?P<card>{_TEXT}), question = (?P<question>{_TEXT})"
    + rf"(?:, points = \{{ (?P<points>{_POINT}(?:, {_POINT})*) \}})?{_END}"
)
_POINT_PARTS = re.compile(f"([A-Za-z0-9_-]+) = ({_TEXT})")
_RATINGS = {f'"{rating}"': rating for rating in Rating}
_LONGEST_SECONDS = 86_400
_KEPT = 4096
"""Days and lists of points that are kept: most lines say what others said."""


def canonical_event(text: str) -> Event | None:
    """Return the event of a line in the one spelling that `lines.written` gives it; None for any other line."""
    match = _REVIEW.fullmatch(text) or _WORDING.fullmatch(text)
    if match is None or match["card"] == '""' or clean(match[0]) != match[0]:
        return None
    try:
        _day(match["key"][:8])
        return _review(match) if match.re is _REVIEW else _wording(match)
    except ValueError:
        return None


def _review(match: re.Match[str]) -> ReviewEvent | None:
    key, card, day, rating, recalled, missed, given, seconds, due, batch, source = match.groups()
    if seconds is not None and int(seconds) > _LONGEST_SECONDS:
        return None
    form = f"{{ card = {card}, day = {day}"  # the fields in the order of their names
    if due:
        form += f", due = {due}"
    if given:
        form += ", given = true"
    if batch:
        form += f", import = {batch}"
    if missed:
        form += f", missed = {missed}"
    form += f", rating = {rating}"
    if recalled:
        form += f", recalled = {recalled}"
    if seconds:
        form += f", seconds = {seconds}"
    if source:
        form += f", source = {source}"
    return ReviewEvent(
        key,
        form + " }",
        batch[1:-1] if batch else "",
        False,
        card[1:-1],
        day=_day(day),
        rating=_RATINGS[rating],
        recalled=_texts(recalled),
        missed=_texts(missed),
        given=bool(given),
        seconds=None if seconds is None else int(seconds),
        due=_day(due) if due else None,
        source=source[1:-1] if source else "",
    )


def _wording(match: re.Match[str]) -> WordingEvent | None:
    pairs = _POINT_PARTS.findall(match["points"] or "")
    points = {point: text[1:-1] for point, text in pairs}
    if len(points) < len(pairs):
        return None
    inner = ", ".join([f"{point} = {text}" for point, text in sorted(pairs)])
    form = f"{{ card = {match['card']}, {f'points = {{ {inner} }}, ' if pairs else ''}question = {match['question']} }}"
    return WordingEvent(match["key"], form, "", False, match["card"][1:-1], match["question"][1:-1], points)


@lru_cache(maxsize=_KEPT)
def _texts(text: str | None) -> tuple[str, ...] | None:
    """Return the texts of a list, each once."""
    if text is None:
        return None
    return tuple(dict.fromkeys(text[2:-2].split('", "'))) if len(text) > 2 else ()


@lru_cache(maxsize=_KEPT)
def _day(text: str) -> date:
    """Return a day of our times. Raises ValueError for any other."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day
