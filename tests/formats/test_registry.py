"""Which format a source is in."""

from importlib import import_module
from typing import Any, cast

import pytest

from trainer.errors import TrainerError, UsageError
from trainer.formats import deck
from trainer.formats.found import Found
from trainer.formats.registry import MODULES, Format, choose_format, read_with


def test_every_format_has_what_the_registry_needs() -> None:
    assert "deck" in MODULES
    for name, module in MODULES.items():
        found = import_module(module)
        assert name == found.NAME
        assert found.sniff("x.nothing-known", b"\x00") is False
        assert callable(found.read)


def test_a_deck_file_is_found_by_its_ending() -> None:
    assert choose_format("x.toml", b"") is deck  # type: ignore[comparison-overlap]


def test_a_format_that_is_wanted_is_taken_whatever_the_name() -> None:
    assert choose_format("x.csv", b"", "deck") is deck  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("wanted", ["nothing-known", "", "Deck", "x" * 200])
def test_a_format_there_is_none_of_is_a_wrong_call(wanted: str) -> None:
    with pytest.raises(UsageError) as raised:
        choose_format("x.toml", b"", wanted)
    assert raised.value.message.startswith("There is no format ")
    assert len(raised.value.message) < 80
    assert raised.value.hint == f"There are: {', '.join(MODULES)}."


def test_a_source_of_no_known_format_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(TrainerError) as raised:
        choose_format("x.nothing-known", b"\x00")
    assert not isinstance(raised.value, UsageError)
    assert "x.nothing-known" in raised.value.message
    assert all(name in raised.value.hint for name in MODULES)


def test_a_format_is_told_only_the_options_it_takes() -> None:
    (found,) = read_with(cast(Format, deck), "x.toml", b'title = "T"\n', {"delimiter": ";"})
    assert found.deck.title == "T"
    told: list[Any] = []

    class Table:
        NAME = "table"
        OPTIONS = ("delimiter",)

        @staticmethod
        def sniff(name: str, data: bytes) -> bool:
            return True

        @staticmethod
        def read(name: str, data: bytes, delimiter: str = ",") -> list[Found]:
            told.append(delimiter)
            return []

    read_with(Table(), "x", b"", {"delimiter": ";", "columns": "a"})
    read_with(Table(), "x", b"", {})
    assert told == [";", ","]
