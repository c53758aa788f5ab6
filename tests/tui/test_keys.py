import re
from pathlib import Path

from trainer.tui.keys import KEYS, keys_of, screens

README = Path(__file__).parents[2] / "README.md"


def test_ids_are_unique() -> None:
    ids = [key.id for key in KEYS]
    assert len(ids) == len(set(ids))


def test_no_key_does_two_things_on_one_screen() -> None:
    for screen in screens():
        pressed = [each for key in keys_of(screen) for each in key.keys.split(",")]
        assert len(pressed) == len(set(pressed)), screen


def test_the_readme_lists_the_keys_of_a_review_from_the_table() -> None:
    table = README.read_text(encoding="utf-8").split("### Keys in a review")[1].split("\n\n")[1]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    listed = [row for row in rows if row[0] not in ("key", "---")]
    assert listed == [(key.written, key.does) for key in KEYS if key.screen == "review"]
