"""The tables of Anki's schema 11, and the one row that tells of note type and deck.

What the columns mean: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure
"""

import hashlib
import json
from typing import Any

from trainer.model import Deck

SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
  left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
_VERSION = 11
_TYPE = 1_763_000_000_001
"""The id of our note type: the same in every export, so that Anki has it once."""
_FIELDS = ("Question", "Answer", "Hint")
_QUESTION = "{{Question}}{{#Hint}}<br>{{hint:Hint}}{{/Hint}}"
_ANSWER = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Answer}}"
_STYLE = ".card { font-family: sans-serif; font-size: 20px; line-height: 1.4; }"


def collection_row(deck: Deck, made: int, now: int) -> tuple[Any, ...]:
    """Return the row of `col`; `made` is in seconds since 1970, `now` in milliseconds."""
    digest = hashlib.sha256(deck.title.encode("utf-8", "replace")).digest()
    own = _TYPE + 1 + int.from_bytes(digest[:5]) % 10**11
    title = deck.title.replace("::", ": ")
    decks = {"1": _deck(1, "Default", "", now), str(own): _deck(own, title, deck.about, now)}
    conf = {"schedVer": 2, "sched2021": True, "curDeck": own, "activeDecks": [own], "nextPos": len(deck.cards) + 1}
    documents: tuple[dict[str, Any], ...] = (conf, {str(_TYPE): _note_type(own, now)}, decks, {"1": _options()}, {})
    return (1, made, now, now, _VERSION, 0, 0, 0, *(json.dumps(each, ensure_ascii=False) for each in documents))


def _deck(key: int, name: str, about: str, now: int) -> dict[str, Any]:
    today = {f"{kind}Today": [0, 0] for kind in ("lrn", "rev", "new", "time")}
    shown = {"collapsed": False, "browserCollapsed": False, "extendNew": 0, "extendRev": 0}
    return {"id": key, "mod": now // 1000, "name": name, "usn": -1, "desc": about, "dyn": 0, "conf": 1} | today | shown


def _note_type(deck: int, now: int) -> dict[str, Any]:
    fields = [
        {"name": name, "ord": number, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for number, name in enumerate(_FIELDS)
    ]
    template = {"name": "Card 1", "ord": 0, "qfmt": _QUESTION, "afmt": _ANSWER, "bqfmt": "", "bafmt": "", "did": None}
    return {
        "id": _TYPE, "name": "Keypoint Trainer", "type": 0, "mod": now // 1000, "usn": -1, "sortf": 0, "did": deck,
        "tmpls": [template], "flds": fields, "css": _STYLE, "latexPre": "", "latexPost": "", "req": [[0, "any", [0]]],
        "tags": [], "vers": [],
    }  # fmt: skip


def _options() -> dict[str, Any]:
    """Return the options that every collection has; they do not come along when a deck is imported."""
    new = {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20}
    review = {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2}
    lapse = {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}
    head = {"id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0}
    return head | {"replayq": True, "new": new, "rev": review, "lapse": lapse, "dyn": False}
