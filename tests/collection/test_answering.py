"""The user's own answers: kept beside the decks, found again under every id a card had, saved and brought along."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trainer.collection.answering import keep_answer, own_answer
from trainer.collection.collection import Collection
from trainer.collection.editing import change_cards
from trainer.errors import HomeError
from trainer.library.answers import answer_file, read_answer
from trainer.progress.backup_contents import backup_answers

STORY = "## Situation\n\nA launch, *late*.\n\n## Result\n\nIt held."


def test_an_answer_is_a_markdown_file_that_says_what_was_asked(collection: Collection) -> None:
    card = collection.library.cards["spain"]
    assert own_answer(collection, "spain") == ""
    assert keep_answer(collection, card, f"\n{STORY}\x1b\n") == ""
    path = collection.home.answers / "spain.md"
    assert path.read_text() == f"<!-- What is the capital of Spain? -->\n\n{STORY}\n"
    assert own_answer(collection, "spain") == STORY
    assert keep_answer(collection, card, " ") == STORY
    assert (own_answer(collection, "spain"), list(collection.home.answers.iterdir())) == ("", [])


def test_a_file_written_by_hand_is_read_as_it_is(collection: Collection) -> None:
    collection.home.answers.mkdir()
    (collection.home.answers / "spain.md").write_bytes(b"\xef\xbb\xbfMadrid.\r\n<!-- no -->\r\n\xff")
    assert own_answer(collection, "spain") == "Madrid.\n<!-- no -->\n\ufffd"


@pytest.mark.parametrize("card_id", ["../x", "A b", "x/y", ".x", "é", "-->", "con\u2028"])
def test_no_id_leads_elsewhere(card_id: str, collection: Collection) -> None:
    name = answer_file(card_id)
    assert os.path.basename(name) == name  # noqa: PTH119
    assert name[0] != "."
    card = replace(collection.library.cards["spain"], id=card_id, question="Q --> <!--")
    keep_answer(collection, card, "A")
    assert [path.name for path in collection.home.answers.iterdir()] == [name]
    assert read_answer(collection.home.answers, [card_id]) == "A"


def test_an_answer_follows_a_card_that_is_reworded(collection: Collection) -> None:
    card = collection.library.cards["spain"]
    path = collection.home.decks / "capitals.toml"
    path.write_text(path.read_text().replace('id = "spain"\n', ""))
    collection.refresh()
    (old,) = (each for each in collection.library.cards if each != "france")
    keep_answer(collection, collection.library.cards[old], STORY)
    done = change_cards(collection, {old: replace(card, id=old, question="Which town governs Spain?")})
    new = done.card_ids[old]
    assert new != old
    assert own_answer(collection, new) == STORY
    keep_answer(collection, collection.library.cards[new], "Madrid, I said.")
    assert [each.name for each in collection.home.answers.iterdir()] == [f"{new}.md"]


def test_a_folder_that_cannot_be_written_is_told(collection: Collection) -> None:
    collection.home.answers.write_text("no folder")
    with pytest.raises(HomeError, match="cannot be written"):
        keep_answer(collection, collection.library.cards["spain"], "A")
    assert own_answer(collection, "spain") == ""


def test_answers_are_in_the_backup_and_come_back(collection: Collection) -> None:
    keep_answer(collection, collection.library.cards["spain"], STORY)
    (collection.home.answers / "notes.txt").write_text("mine")
    collection.suspend(collection.library.cards["spain"])
    collection.backup.wait()
    (path,) = collection.home.backups.iterdir()
    assert {name: STORY.encode() in data for name, data in backup_answers(path).items()} == {"spain.md": True}


def test_restore_and_merge_bring_answers_that_are_not_here(collection: Collection, tmp_path: Path, capsys: Any) -> None:
    from trainer.cli.main import main

    for card_id in ("spain", "france"):
        keep_answer(collection, collection.library.cards[card_id], STORY)
    collection.suspend(collection.library.cards["spain"])
    collection.backup.wait()
    (collection.home.answers / "spain.md").unlink()
    (collection.home.answers / "france.md").write_text("newer")
    assert (
        main(["restore", collection.home.backups.glob("*.zip").__next__().stem, "--home", str(collection.home.folder)])
        == 0
    )
    out = capsys.readouterr().out
    assert "1 answer of your own put back.\n" in out
    assert "left as they are: france.md" in out
    assert own_answer(collection, "spain") == STORY
    other = tmp_path / "other"
    (other / "decks").mkdir(parents=True)
    assert main(["merge", str(collection.home.folder), "--home", str(other)]) == 0
    assert "2 answers of your own came along.\n" in capsys.readouterr().out
    assert (other / "answers" / "france.md").read_text() == "newer"
