"""Whether a line asks something, and the question it asks without numbers, quotes and marks around it."""

import re

from trainer.formats.document.markup import plain

_WORDS = (
    r"what(?:'s|’s)?|why|how|when|where|who(?:m|se)?|which|can|could|do|does|did|is|are|was|were|will|would|should|"
    r"have|has|"
    r"may|might|am|in what|in which|for what|at what|to what|on what|under what|with what|by what|from what|of what"
)
_ORDERS = (
    r"tell (?:me|us)|describe|explain|share|give|walk|talk|name|list|discuss|compare|contrast|differentiate|"
    r"distinguish|"
    r"define|write|design|implement|imagine|suppose|convince|sell|pitch|show|demonstrate|outline|estimate|illustrate|"
    r"mention|state|differences? between|(?:the )?difference|true or false|create|find|prove|identify|calculate|rate|"
    r"introduce|think of|recall|take me|teach|please|you(?:'re|’re| are| have|'ve|’ve)|let's say|let’s say|if|given|"
    r"advantages|disadvantages|pros and cons|types of|use of|purpose of"
)
_ASKING = re.compile(rf"(?:{_WORDS}|{_ORDERS})\b", re.IGNORECASE)
_PROMPT = re.compile(
    r"(?:tell (?:me|us)|describe|explain|walk (?:me|us)|talk (?:me|us|about)|share (?:an?|your)|give (?:me|us|an)|"
    r"discuss|imagine|suppose|convince|sell me|pitch|take me|teach me|design|recall|think of)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\?[\"'”’»)\]*_.\s]*$|(?<=\S)\?[\"”’)]* [^?]{0,60}[^?:]$|\? ?\([^()]*\)\W*$")
_RHETORICAL = re.compile(
    r"(?:but|so|and|or|well|now|then|yet|ready|interested|want|wanna|looking|need|curious|confused|stuck|sound|sounds|"
    r"wondering|still|not sure|found|enjoy(?:ed)?|like what|got|here|because|since)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:q|question|ques)\s*[.#-]?\s*(\d{0,4})\s*(?:[.:)\]–—-]|(?<=\d)\s)\s*(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\d{1,3}\.)*\d{1,3}\.(\d{1,4})\s+(?=\D)|\(?(\d{1,4})\s*[.):]\s*(?=\D)|(\d{1,4})[\t–—-]\s*(?=\D)"
)
_QUOTES = {'"': '"', "“": "”", "‘": "’", "«": "»", "„": "“", "'": "'"}
_ENDS = re.compile(r"[\s☆★⭐️👶🚀🌟✅❓❔🔥↥⬆️]+$")
_CONTENT = re.compile(r"[^\W\d_]{2}")
LONGEST = 600
"""Characters of the longest question."""


def without_number(text: str) -> tuple[str, int | None, bool]:
    """Return a line without "12." and "Q3:" before it, the number, and whether a Q stood there."""
    number, prefixed = None, False
    for _ in range(2):
        if found := _PREFIX.match(text):
            prefixed = True
            number = int(found[1]) if found[1] else number
        elif found := _NUMBER.match(text):
            number = int(found[1] or found[2] or found[3])
        else:
            break
        text = text[found.end() :]
    return text.strip(), number, prefixed


def unquoted(text: str) -> str | None:
    """Return what stands within quotes that go round the whole line, else None."""
    text = text.strip()
    if len(text) < 3 or text[0] not in _QUOTES:
        return None
    body = text[1:].rstrip(".,")
    closing = _QUOTES[text[0]]
    if body[-1:] in (closing, '"') and not any(mark in body[:-1] for mark in (text[0], closing) if mark not in "'’‘"):
        return body[:-1].strip()
    return None


def question_text(text: str) -> str:
    """Return the question of a line of Markdown: no emphasis, number, Q, quotes round it or marks behind it."""
    said, _, _ = without_number(_ENDS.sub("", plain(text)))
    inner = unquoted(said)
    if inner is not None:
        said = inner
    return _ENDS.sub("", said).strip()


def asks(text: str) -> bool:
    """Return whether a line reads like a question or like the order to answer something."""
    said = question_text(text)
    if not _CONTENT.search(said) or len(said) > LONGEST:
        return False
    return is_marked(said) or (" " in said and bool(_ASKING.match(said)))


def begins_asking(said: str) -> bool:
    """Return whether a question begins with a word that asks, or with an order."""
    return bool(_ASKING.match(said))


def is_marked(text: str) -> bool:
    """Return whether a line ends with a question mark, or with a short request behind one."""
    return bool(_MARKED.search(text))


def asks_alone(text: str) -> bool:
    """Return whether a line in the flow of a text reads like a question by itself, not like talk to the reader."""
    said = question_text(text)
    if not 8 <= len(said) <= LONGEST or _RHETORICAL.match(said) or said[:1].islower():
        return False
    return bool(_CONTENT.search(said)) and (is_marked(said) or (bool(_PROMPT.match(said)) and said[-1:] not in ":;,"))


def is_talk(said: str) -> bool:
    """Return whether a question is talk to the reader: "Want to know more?"."""
    return bool(_RHETORICAL.match(said)) and is_marked(said)


def in_title_case(text: str) -> bool:
    """Return whether a line is written like a title: its longer words behind the first begin with capitals."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text)[1:] if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
