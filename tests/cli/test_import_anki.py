"""`trainer import` of Anki packages: cards, reviews, again and again, and back."""

import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.formats.limits import LARGEST_PART

PACKAGES = Path(__file__).parents[1] / "formats" / "packages"
OLD, NEW = str(PACKAGES / "old.apkg"), str(PACKAGES / "new.apkg")
FRANCE = "anki-19d83c500b9dfc48"


def files(trainer: Any) -> dict[str, bytes]:
    folder = trainer.home.folder
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix == ".toml"}


def cards(trainer: Any) -> dict[str, dict[str, Any]]:
    return {card["id"]: card for card in trainer.json("cards")}


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Any], str]:
    """Write a package to a file, and return its name."""

    def write(package: Any, name: str = "deck.apkg") -> str:
        path = tmp_path / name
        path.write_bytes(package if isinstance(package, bytes) else package.data())
        return str(path)

    return write


@pytest.mark.parametrize("name", [OLD, NEW], ids=["old", "new"])
def test_cards_and_reviews_come_together(bare: Any, name: str) -> None:
    ran = bare("import", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:-1] == [
        "7 cards added to Travel.",
        "3 cards added to School: Languages.",
        "40 reviews taken over into the log.",
    ]
    assert bare("check").code == 0
    assert [deck["title"] for deck in bare.json("decks")] == ["School: Languages", "Travel"]


def test_a_dry_run_shows_what_is_question_and_what_is_answer_and_writes_nothing(bare: Any) -> None:
    ran = bare("import", NEW, "--dry-run")
    assert ran.lines[:3] == [
        "Basic (and reversed card), Card 1: the question is Front, the answer Back.",
        "Basic (and reversed card), Card 2: the question is Back, the answer Front.",
        "Basic (type in the answer): the question is Front, the answer Back.",
    ]
    assert ran.lines[-1] == "40 reviews would be taken over into the log."
    assert files(bare) == {}


def test_a_field_can_be_chosen(bare: Any) -> None:
    call = ("import", NEW, "--question-field", "Basic:Back", "--answer-field", "Basic:Front")
    assert bare(*call).code == 0
    assert cards(bare)[FRANCE]["question"] == "Paris"


def test_a_field_without_a_name_and_a_source_without_fields_are_wrong_calls(bare: Any, tmp_path: Path) -> None:
    assert bare("import", NEW, "--question-field", "Basic:").code == 2
    deck = tmp_path / "deck.toml"
    deck.write_text("[[cards]]\nquestion = 'Q'\nanswer = 'A'\n")
    ran = bare("import", str(deck), "--answer-field", "Back")
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"trainer: {deck} has no named fields.")


def test_the_log_says_what_happened_when_and_under_which_import(bare: Any) -> None:
    bare("import", NEW)
    events = dict(bare.events())
    ((key, event),) = [(key, event) for key, event in events.items() if "deck" in event]
    assert event == {"import": "new.apkg", "deck": "Travel, School: Languages", "cards": 10, "reviews": 40}
    assert all(each["import"] == key for each in events.values() if each is not event)
    of_france = [(key[:19], each) for key, each in sorted(events.items()) if each.get("card") == FRANCE]
    assert [(stamp, each.get("rating")) for stamp, each in of_france] == [
        ("20231114T221319999Z", None),
        ("20231114T221320000Z", "again"),
        ("20231117T221320000Z", "hard"),
        ("20231120T221320000Z", "good"),
        ("20231123T221320000Z", "easy"),
    ]
    newest = of_france[-1][1]
    assert {name: str(value) for name, value in newest.items() if name != "import"} == {
        "card": FRANCE,
        "day": "2023-11-23",
        "rating": "easy",
        "recalled": "['answer']",
        "seconds": "7",
        "due": "2023-12-24",
        "source": "anki:1700777600000",
    }
    assert sum("due" in each for each in events.values()) == 7


def test_states_come_along(bare: Any) -> None:
    bare("import", OLD)
    found = cards(bare)
    assert {card["question"]: card["state"] for card in found.values() if card["state"] != "review"} == {
        "der Hund": "suspended",
        "the dog": "new",  # it was made new in Anki after its reviews
        "Steps?": "new",
    }
    assert found[FRANCE]["due"] == "2023-12-24"
    assert (found[FRANCE]["reviews"], found[FRANCE]["lapses"]) == (4, 0)


def test_each_deletion_of_a_list_has_the_memory_of_its_own_card(bare: Any) -> None:
    bare("import", NEW)
    (steps,) = [card for card in cards(bare).values() if card["question"] == "Steps"]
    first, second = steps["key_points"]
    assert (first["id"], second["id"], steps["reviews"]) == ("c1", "c2", 8)
    assert first["stability"] != second["stability"]


def test_importing_twice_changes_nothing(bare: Any) -> None:
    bare("import", OLD)
    before = files(bare)
    for name in (OLD, NEW):
        ran = bare("import", name)
        assert (ran.code, ran.out, ran.err) == (0, "Nothing new: the home has all of it already.\n", "")
        assert files(bare) == before


def test_json_tells_how_many_reviews_come_along(bare: Any) -> None:
    document = bare.json("import", NEW, "--dry-run")
    assert (document["reviews"], len(document["cards"]), document["decks"]) == (40, 10, ["Travel", "School: Languages"])
    bare("import", NEW)
    assert bare.json("import", NEW)["reviews"] == 0


# A newer export


def test_a_newer_export_adds_what_is_new_and_updates_what_changed_keeping_memory(
    bare: Any, package: Any, save: Callable[..., str]
) -> None:
    package.note("Colours?", "<ul><li>Red</li><li>Green</li></ul>")
    package.reviews = [(1_700_000_000_000, 10, 3, 2500, 4000, 1)]
    bare("import", save(package))
    (before,) = cards(bare).values()
    package.notes[0] = (1, ("Which colours?", "<ul><li>Red!</li><li>Blue</li><li>Green ones</li></ul>"), "new", (0,))
    package.note("More?", "Yes")
    package.reviews.append((1_700_500_000_000, 10, 4, 2500, 4000, 1))
    ran = bare("import", save(package))
    assert ran.lines[:-1] == [
        "1 card added to Deck.",
        "1 card brought up to date.",
        "1 review taken over into the log.",
    ]
    after = cards(bare)[before["id"]]
    assert (after["question"], after["tags"], after["reviews"]) == ("Which colours?", ["new"], 2)
    points = {point["text"]: point for point in after["key_points"]}
    assert list(points) == ["Red!", "Blue", "Green ones"]
    assert points["Red!"]["id"] == before["key_points"][0]["id"]
    assert points["Green ones"]["id"] == before["key_points"][1]["id"]
    assert points["Blue"]["last_day"] == "2023-11-20"  # asked with the others in the second review
    assert bare("check").code == 0


def test_what_was_changed_here_is_kept(bare: Any, package: Any, save: Callable[..., str]) -> None:
    package.note("Q?", "A")
    bare("import", save(package))
    deck = bare.home.decks / "deck.toml"
    deck.write_text(deck.read_text().replace('answer = "A"', 'answer = "Mine"') + "\n# a remark\n")
    before = deck.read_text()
    assert bare("import", save(package)).out == "Nothing new: the home has all of it already.\n"
    package.notes[0] = (1, ("Q?", "B"), "", (0,))
    ran = bare("import", save(package))
    assert "It was changed both here and in the source; yours is kept." in ran.err
    assert deck.read_text() == before


def test_a_card_that_was_moved_to_another_deck_is_updated_there(
    bare: Any, package: Any, save: Callable[..., str]
) -> None:
    package.note("Q?", "A")
    bare("import", save(package))
    (bare.home.decks / "deck.toml").rename(bare.home.decks / "mine.toml")
    mine = bare.home.decks / "mine.toml"
    mine.write_text("# mine\n" + mine.read_text().replace('title = "Deck"', 'title = "Mine"'))
    package.notes[0] = (1, ("Q?", "B"), "", (0,))
    assert bare("import", save(package)).lines[:-1] == ["1 card brought up to date."]
    assert 'answer = "B"' in mine.read_text()
    assert mine.read_text().startswith("# mine\n")


def test_reviews_made_here_stay_and_older_ones_come_before_them(
    bare: Any, package: Any, save: Callable[..., str]
) -> None:
    package.note("Q?", "A")
    bare("import", save(package))
    bare.review("", "good")
    package.reviews = [(1_700_000_000_000, 10, 1, 2500, 4000, 1)]
    bare("import", save(package))
    (card,) = cards(bare).values()
    assert (card["reviews"], card["key_points"][0]["last_day"]) == (2, "2026-11-21")


def test_a_card_taken_up_again_here_is_not_suspended_by_the_next_import(
    bare: Any, package: Any, save: Callable[..., str]
) -> None:
    package.note("Q?", "A")
    package.states[10] = (2, -1, 5)
    bare("import", save(package))
    (card,) = cards(bare)
    taken_up = f'20261121T120500000Z-aaaaaa = {{ card = "{card}", suspend = false }}'
    bare.log(*bare.home.log.read_text().splitlines(), taken_up)
    assert bare("import", save(package)).out == "Nothing new: the home has all of it already.\n"
    assert cards(bare)[card]["state"] == "new"


def test_one_taken_up_again_in_anki_is_taken_up_here(bare: Any, package: Any, save: Callable[..., str]) -> None:
    package.note("Q?", "A")
    package.states[10] = (2, -1, 5)
    bare("import", save(package))
    package.states[10] = (2, 2, 5)
    bare("import", save(package))
    (card,) = cards(bare).values()
    assert card["state"] == "new"


def test_undoing_the_import_takes_its_reviews_back_and_a_later_one_brings_them_again(bare: Any) -> None:
    bare("import", NEW)
    known = {card["question"]: card["reviews"] for card in cards(bare).values()}
    ((key, _),) = [(key, event) for key, event in bare.events() if "deck" in event]
    assert bare("undo", key).code == 0
    assert {card["reviews"] for card in cards(bare).values()} <= {0}
    bare.at("2026-11-22T12:00:00+00:00")
    ran = bare("import", NEW)
    assert "40 reviews taken over into the log." in ran.out
    assert {card["question"]: card["reviews"] for card in cards(bare).values()} == known
    assert bare("check").code == 0


# Times


def test_a_review_belongs_to_the_local_day_it_was_made_on(
    bare: Any, package: Any, save: Callable[..., str], zone: Callable[[str], None]
) -> None:
    zone("Asia/Tokyo")
    package.note("Q?", "A")
    package.reviews = [(1_700_000_000_000, 10, 3, 2500, 4000, 1), (1_700_000_000_000 - 86_400_000 // 2, 10, 3, 0, 0, 1)]
    bare("import", save(package))
    assert [str(each["day"]) for each in bare.reviews()] == ["2023-11-14", "2023-11-15"]


def test_what_was_no_answer_is_left_out(bare: Any, package: Any, save: Callable[..., str]) -> None:
    package.note("Q?", "A")
    times = 1_700_000_000_000
    package.reviews = [
        (times, 10, 3, 2500, 4000, 1),
        (times + 1, 10, 0, 2500, 0, 4),
        (times + 2, 10, 0, 2500, 0, 5),
        (times + 3, 99, 3, 2500, 0, 1),
        (times + 4, 10, 7, 2500, 0, 1),
        (-5, 10, 3, 2500, 0, 1),
        (9_000_000_000_000_000, 10, 3, 2500, 0, 1),
    ]
    bare("import", save(package))
    assert len(bare.reviews()) == 1


def test_three_buttons_of_the_first_scheduler_are_read_as_they_were_meant(
    bare: Any, package: Any, save: Callable[..., str]
) -> None:
    package.conf = {}
    package.note("Q?", "A")
    package.reviews = [(1_700_000_000_000 + number, 10, ease, 0, 0, 0) for number, ease in enumerate((1, 2, 3))]
    package.reviews.append((1_700_900_000_000, 10, 2, 0, 0, 1))
    bare("import", save(package))
    assert [each["rating"] for each in bare.reviews()] == ["again", "good", "easy", "hard"]


# Without the extra


@pytest.mark.parametrize(("name", "module"), [(OLD, "html_to_markdown"), (NEW, "backports")])
def test_without_the_extra_it_says_what_to_install(
    bare: Any, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    ran = bare("import", name)
    if sys.version_info >= (3, 14) and module == "backports":
        assert ran.code == 0
        return
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("trainer: Reading this needs ")
    assert ran.err.endswith('Run: pip install "keypoint-trainer[anki]"\n')
    assert files(bare) == {}


# Strangers


def test_a_large_archive_is_mapped_and_not_read_whole(bare: Any, package: Any, save: Callable[..., str]) -> None:
    package.note("Q?", "A")
    name = save(package)
    with zipfile.ZipFile(name, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("0", bytes(LARGEST_PART + 1))
    assert bare("import", name).lines[0] == "1 card added to Deck."


def test_nothing_is_written_and_no_trace_is_left(bare: Any, tmp_path: Path, zip_of: Any, package: Any) -> None:
    package.extra = "CREATE VIEW v AS SELECT 1"
    bad = tmp_path / "bad.apkg"
    for data in (package.data(), zip_of({"../x": b"y"}), b"PK\x03\x04", zlib.compress(bytes(10_000))):
        bad.write_bytes(data)
        ran = bare("import", str(bad))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"trainer: {bad} ")
        assert len(ran.err.splitlines()) == 2
        assert list(bare.home.decks.iterdir()) == []
        assert not bare.home.log.exists()


def test_a_failure_is_json_where_json_is_asked_for(bare: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.colpkg"
    bad.write_bytes(b"PK")
    ran = bare("import", str(bad), "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["error"]["message"] == f"{bad} is cut short or damaged."
