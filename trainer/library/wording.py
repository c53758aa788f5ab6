"""How near two wordings of one question are, and whether something that is asked was exchanged between them.

"What is the capital of Norway?" and "... of Sweden?" share nearly all letters and nothing of the answer, so letters
alone say little: words that frame a question count little, and those that tell what is asked must stay.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from trainer.library.identity import same_wording

LONGEST = 2000
"""Characters up to which wordings are compared; longer ones must be equal."""
_PLAIN_WEIGHT = 0.2
"""What a framing word counts beside one that tells what is asked."""
_BENT = 3
"""The telling words two questions must share before a form or a like word of one may change: to make is not made."""
_ROUGH = 0.25
"""The share of words in common under which longer wordings are not looked at closely."""
_SAFE = 5
"""The telling words two wordings must share before one more may stand among them without a clause of its own."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that say little of what is asked; what asks, when it comes first; words that mean the same; words that tell
# two things apart by themselves; words whose exchange turns a question round.
_PLAIN = _set(
    "a an the of in on at for with as is are was were be been being am do does did have has had will would can could "
    "may might i you your my me we our they them their he she his her it its this that these those there here what "
    "which ca wo one such so just really very quite actually exactly briefly please also ever then about through call "
    "called known located der das dem ist sind von denn eine einer eines le les du est el los las ما هي هو من في على "
    "هل такое 的 是 什 么 哪 里 个 请 问 吗 呢 啊 了 在 有 你 我 您 们 一 下 次 说 谈 讲 描 述 介 绍 "
    "和 与 を は が の に で と も"
)
_ASKING = _set("describ explain tell name defin discuss outlin walk talk give say stat show recall admit")
_BEFORE_ASKING = _set("can could would you please so")
_ASKED = _set("what who whom whose when where why how")
_NEEDED = _set("who whom whose where why")
_MEANINGS = """
hard difficult tough challenging;time situation occasion moment;manager boss;colleague coworker;problem trouble
make made;lead led;take took;choose chose chosen pick;write wrote written;begin start;give gave given;get got;tell told
say said;win won;fail failure;decide decision;mistake error;large big
"""
_ALIKE = {word: group.split()[0] for group in re.split("[;\n]", _MEANINGS.strip()) for word in group.split()}
_TELLING = _set(
    "first second third fourth fifth last next previous former two three four five six seven eight nine ten twice half "
    "double most least best worst only maximum minimum max min more less fewer before after second 第 最 前 后"
)
_RELATING = _set("and or to from by than into over under between until since against during above below")
_JOINING = (
    _RELATING | _ASKED | _set("in on at for with as if while because through в на у и для في على و 在 和 与 に で と")
)
_NOT = _set(
    "not no never none nor neither without cannot nobody nothing except nicht kein keine keinen nie ohne не нет без "
    "нельзя لا ليس ليست لم لن غير بدون 不 没 沒 未 无 無 非 ない ません"
)

_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u0655\u0670]")
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BREAKS = r"\s.,;:!?…()\[\]{}\"'«»¿¡*_`/\\|\-、。「」『』，？！；：（）؟،؛।"
_SIGNS = "<>=^%&~$€£+≤≥≠±"
_WORD = re.compile(
    rf"(?<!\S)-?\d+(?:[.,]\d+)*|ない|ません|[\u30a0-\u30ff]+|[{_NO_SPACES}]|[{_SIGNS}]"
    rf"|[^{_BREAKS}{_SIGNS}\u30a0-\u30ff{_NO_SPACES}]+\+*"
)


@dataclass(frozen=True, eq=False, slots=True)
class Wording:
    """A text taken apart into what can be compared."""

    words: tuple[str, ...]
    """All words in order, forms of one word made one."""
    telling: tuple[str, ...]
    """Those that say what is asked, each once."""
    terms: frozenset[str]
    written: Mapping[str, str]
    """How each word is written here."""
    plain: frozenset[str]
    """The words that only frame it."""
    numbers: frozenset[tuple[str, int]]
    negations: int
    asked: str
    """The first question word, if any, and whether it leads."""
    leads: bool


def taken_apart(text: str) -> Wording:
    """Return the parts of a text. One that is too long to compare has none."""
    if len(text) > LONGEST:
        return Wording((), (), frozenset(), {}, frozenset(), frozenset(), 0, "", False)
    spaced = unicodedata.normalize("NFKD", re.sub(r"n't\b", " not", same_wording(text)))
    folded = unicodedata.normalize("NFC", _MARKS.sub("", spaced))
    found = _WORD.findall(re.sub(r"'(?:s|d|ll|re|ve|m)\b", " ", folded))
    words: list[str] = []
    plain: set[str] = set()
    for index, word in enumerate(found):
        words.append(_stem(word))
        asks = words[-1] in _ASKING and (index == 0 or found[index - 1] in _BEFORE_ASKING)
        if asks or word in _PLAIN:
            plain.add(words[-1])
    telling = tuple(dict.fromkeys(word for word in words if word not in plain and word not in _NOT))
    asked = [(index, word) for index, word in enumerate(found) if word in _ASKED]
    first, name = asked[0] if asked else (0, "")
    return Wording(
        tuple(words),
        telling,
        frozenset(telling),
        dict(zip(words, found, strict=True)),
        frozenset(plain),
        frozenset(Counter(word for word in words if _is_number(word)).items()),
        sum(word in _NOT for word in found),
        "what" if name == "which" else name,
        first < 2,
    )


def compared(
    old: Wording, new: Wording, weights: Mapping[str, float], settled: Collection[str], *, in_card: bool
) -> tuple[float, bool]:
    """Return how alike two wordings are (0 to 1), and whether what is asked may be the same.

    `weights` says how rare a word is; a word in `settled` is used elsewhere too, so it is no slip of the pen.
    Points of one card (`in_card`) may be shorter than questions and grow by more.
    """
    rough = 2 * len(old.terms & new.terms) / (len(old.terms) + len(new.terms) or 1)
    if rough < _ROUGH and len(old.terms) > 3:
        return round(rough, 6), False
    slips = _slips(old, new, settled)
    before, after = [slips.get(word, word) for word in old.telling], new.telling
    shared = set(before) & new.terms
    framed = old.plain | new.plain
    weight = {word: weights.get(word, 1.0) * (0.5 if word in _RELATING else 1.0) for word in {*before, *after}}
    both = fsum(weight[word] for word in shared) + _PLAIN_WEIGHT * len(old.plain & new.plain)
    either = fsum(weight[word] for word in {*before, *after}) + _PLAIN_WEIGHT * len(framed)
    alike = round(2 * both / (both + either), 6) if shared else 0.0
    return alike, bool(shared) and same_claims(old, new) and _keeps(old, new, slips, shared, in_card)


def rough_words(text: str) -> set[str]:
    """Return how the words of a text begin: quickly found, and much the same for all forms of a word."""
    return {word[:5] for word in _WORD.findall(text[:LONGEST].casefold())}


def same_claims(old: Wording, new: Wording) -> bool:
    """Return whether numbers and negations are the same: a change of these is never a rewording."""
    return old.numbers == new.numbers and old.negations == new.negations


def _keeps(old: Wording, new: Wording, slips: Mapping[str, str], shared: Collection[str], in_card: bool) -> bool:
    """Return whether the one wording only says more than the other, in the same order or turned round as a whole."""
    if old.asked and new.asked and old.asked != new.asked:
        return False
    if any(one.leads and not other.asked and one.asked in _NEEDED for one, other in ((old, new), (new, old))):
        return False
    before, after = [slips.get(word, word) for word in old.telling], list(new.telling)
    gone = {word for word in before if word not in shared}
    come = {word for word in after if word not in shared}
    if (gone - _RELATING and come - _RELATING) or (gone & _RELATING and come & _RELATING) or (gone | come) & _TELLING:
        return False
    said, is_bent = (
        content(shared),
        any(old.written.get(word, new.written[word]) != new.written[word] for word in shared),
    )
    if not said or (not in_card and ((is_bent and said < _BENT) or content(gone | come) >= said)):
        return False
    longer, extra = (old, gone) if gone - _RELATING else (new, come)
    if said < _SAFE and not _is_clause([slips.get(word, word) for word in longer.words], extra, shared):
        return False
    return _same_order([word for word in before if word in shared], [word for word in after if word in shared])


def content(words: Iterable[str]) -> float:
    """Return how many words these are worth; a character of a script without spaces is half of one."""
    words = [word for word in words if word not in _RELATING and word not in _ASKED]
    return fsum(0.5 if len(word) == 1 and not word.isascii() else 1.0 for word in words)


def _is_clause(words: Sequence[str], extra: Collection[str], shared: Collection[str]) -> bool:
    """Return whether what is `extra` stands in front of a question or is joined to its end.

    "A linked list" asks something else than "a list", and "What caused the war?" than "What was the war?".
    """
    added = {index for index, word in enumerate(words) if word in extra and word not in _RELATING | _ASKED}
    kept = [index for index, word in enumerate(words) if word in shared and word not in _RELATING | _ASKED]
    if any(kept[0] < index < kept[-1] for index in added):
        return False
    front, end = [index for index in added if index < kept[0]], [index for index in added if index > kept[-1]]
    return (not front or not _ASKED.isdisjoint(words[max(front) : kept[0]])) and (
        not end or not _JOINING.isdisjoint(words[kept[-1] : min(end)])
    )


def _same_order(before: list[str], after: list[str]) -> bool:
    """Return whether two orders are one, or one turned round as a whole: A to B is not B to A."""
    if "between" in before:
        return True
    before, after = [word for word in before if word not in _ASKED], [word for word in after if word not in _ASKED]
    turns = range(1, len(before) if len(before) > 2 else 0)
    return before == after or any(before[turn:] + before[:turn] == after for turn in turns)


def _slips(old: Wording, new: Wording, settled: Collection[str]) -> dict[str, str]:
    """Return which words of the old wording are others of the new one, misspelt."""
    gone = [word for word in old.telling if word not in new.telling and word not in settled]
    come = [word for word in new.telling if word not in old.telling]
    if not gone or len(gone) > 3 or len(come) > 12:
        return {}
    return {word: right for word in gone for right in come if _is_slip(word, right)}


def _is_slip(word: str, right: str) -> bool:
    """Return whether `word` is `right` misspelt: letters turned, doubled or left out within, a vowel, or s for z.

    Elsewhere one letter tells words apart: Iran and Iraq, alkane and alkene, afferent and efferent.
    """
    start = next((at for at, (one, other) in enumerate(zip(word, right, strict=False)) if one != other), 0)
    if not start or min(len(word), len(right)) < 5 or abs(len(word) - len(right)) > 1:
        return False
    if len(word) == len(right):
        if word[start + 1 :] == right[start + 1 :]:
            changed = {word[start], right[start]}
            return changed == {"s", "z"} or (changed <= set("aeiou") and len(word) >= 7 and start < len(word) - 3)
        turned = word[start + 1] + word[start] == right[start : start + 2] if len(word) > max(start + 1, 5) else False
        return turned and word[start + 2 :] == right[start + 2 :]
    longer, shorter = sorted((word, right), key=len, reverse=True)
    return longer[start + 1 :] == shorter[start:] and (len(longer) >= 7 or longer[start] in (longer[start - 1], "u"))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Return the form that inflections of an English word share, and words of one meaning."""
    word = _ALIKE.get(word, word)
    if word.isascii() and word.isalpha() and word not in _RELATING | _TELLING | _PLAIN | _NOT:
        for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
                word = word.removesuffix(ending) + instead
                if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "lse":
                    word = word[:-1]
                break
        word = word.removesuffix("e") if len(word) > 4 else word
    return _ALIKE.get(word, word)


def _is_number(word: str) -> bool:
    return not word.isalpha() and any(unicodedata.category(character).startswith("N") for character in word)
