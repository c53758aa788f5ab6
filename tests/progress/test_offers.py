"""Conflict copies on offer: those that hold something new, whatever was remembered of them."""

import json
import os
from pathlib import Path

import pytest

from trainer.progress.lines import HEADER
from trainer.progress.offers import Offer, find_offers

FIRST = '20261120T093000118Z-aaaa01 = { card = "france", rating = "good" }\n'
SECOND = '20261120T093100118Z-aaaa01 = { card = "spain", rating = "hard" }\n'
THIRD = '20261120T093200118Z-aaaa01 = { card = "spain", suspend = true }\n'
COPY = "progress.sync-conflict-20261121-101112-ABCDEFG.toml"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of one event, with a copy of three beside it."""
    (tmp_path / COPY).write_text(f"{HEADER}\n{FIRST}{SECOND}{THIRD}")
    path = tmp_path / "progress.toml"
    path.write_text(f"{HEADER}\n{FIRST}")
    return path


def found(log: Path) -> list[tuple[str, int, int]]:
    """Return what is on offer, which is the same without the memory."""
    memory = log.with_name("cache") / "copies.json"
    offers = find_offers(log, memory)
    assert find_offers(log, memory) == offers
    assert find_offers(log, log.with_name("cache") / "other.json") == offers
    (log.with_name("cache") / "other.json").unlink(missing_ok=True)
    return [(offer.path.name, offer.answers, offer.new) for offer in offers]


def test_a_copy_is_on_offer_until_the_log_has_all_of_it(log: Path) -> None:
    assert found(log) == [(COPY, 1, 2)]
    with log.open("a") as file:
        file.write(SECOND)
    assert found(log) == [(COPY, 0, 1)]
    with log.open("a") as file:
        file.write(THIRD)
    assert found(log) == []
    with log.open("a") as file:
        file.write("20261121T093200118Z-aaaa01 = { undo = 'x' }\n")
    assert found(log) == []


def test_a_copy_that_changed_is_compared_anew(log: Path) -> None:
    log.write_text(f"{HEADER}\n{FIRST}{SECOND}{THIRD}")
    assert found(log) == []
    with (log.parent / COPY).open("a") as file:
        file.write(SECOND.replace("aaaa", "bbbb"))
    assert found(log) == [(COPY, 1, 1)]


def test_a_log_replaced_by_an_older_one_is_compared_anew(log: Path) -> None:
    older = log.read_text()
    log.write_text(f"{HEADER}\n{FIRST}{SECOND}{THIRD}")
    assert found(log) == []
    log.write_text(older)
    assert found(log) == [(COPY, 1, 2)]
    log.unlink()
    assert found(log) == [(COPY, 2, 3)]
    other = log.with_name("new")
    other.write_text("#" * 9999)
    other.rename(log)
    assert found(log) == [(COPY, 2, 3)]


def test_what_was_compared_is_not_read_again(log: Path) -> None:
    memory = log.with_name("cache") / "copies.json"
    offers = find_offers(log, memory)
    copy, stat = log.parent / COPY, (log.parent / COPY).stat()
    copy.write_bytes(copy.read_bytes().replace(b"spain", b"italy"))
    os.utime(copy, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert find_offers(log, memory) == offers
    log.write_bytes(log.read_bytes())
    assert find_offers(log, memory) == offers


@pytest.mark.parametrize(
    "memory",
    [b"", b"no", b"[]", b"{}", b'{"x": 1}', b"[" * 100_000, b"\xff", json.dumps({COPY: [0] * 8}).encode(),
     json.dumps({COPY: ["0"] * 8}).encode(), json.dumps({COPY: [0, 0]}).encode()],
    ids=range(10),
)  # fmt: skip
def test_a_memory_that_is_wrong_changes_nothing(log: Path, memory: bytes) -> None:
    log.with_name("cache").mkdir()
    (log.with_name("cache") / "copies.json").write_bytes(memory)
    assert found(log) == [(COPY, 1, 2)]


def test_where_nothing_can_be_remembered_it_is_found_all_the_same(log: Path) -> None:
    log.with_name("cache").write_text("in the way")
    assert [offer.new for offer in find_offers(log, log.with_name("cache") / "copies.json")] == [2]


def test_without_copies_nothing_is_written(log: Path) -> None:
    (log.parent / COPY).unlink()
    assert found(log) == []
    assert [path.name for path in log.parent.iterdir()] == [log.name]


def test_an_offer_in_words() -> None:
    assert Offer(Path("x"), 12, 20).words == "x holds 12 answers that are not in your log"
    assert Offer(Path("x"), 1, 2).words == "x holds 1 answer that is not in your log"
    assert Offer(Path("x"), 0, 1).words == "x holds 1 event that is not in your log"
