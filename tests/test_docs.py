"""What the documentation shows is true: its examples load, the paths it names exist."""

import re
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from trainer.cli.main import COMMANDS, main, make_parser
from trainer.formats.registry import MODULES
from trainer.home import Home
from trainer.library.deck_format import read_deck
from trainer.library.style import advice
from trainer.progress.events import ReviewEvent, UndoEvent, WordingEvent
from trainer.progress.lines import HEADER, read_line
from trainer.settings import read_settings
from trainer.settings.schema import DECK_SETTINGS, SETTINGS
from trainer.tui.keymap import keymap_from

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def example(document: str, start: str) -> str:
    """Return the first TOML example of a document that begins so."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return next(block for block in blocks if block.startswith(start))


def blocks(*kinds: str) -> list[tuple[str, str, str]]:
    """Return every example of these kinds in any document: the document's name, the kind, the text."""
    found = []
    for document in DOCUMENTS:
        whole = document.read_text(encoding="utf-8")
        shown = re.findall(r"^ *```(\w+)\n(.*?)^ *```", whole, re.DOTALL | re.MULTILINE)
        found += [(document.name, kind, text) for kind, text in shown if kind in kinds]
    return found


@pytest.mark.parametrize(("document", "kind", "text"), blocks("toml"))
def test_every_toml_shown_is_read_without_a_problem(document: str, kind: str, text: str, tmp_path: Path) -> None:
    del document, kind
    if text.startswith("#"):
        read = [read_line(line.encode()) for line in text.splitlines()[1:]]
        assert all(whole and events for events, whole in read)
    elif "cards" in tomllib.loads(text):
        assert read_deck(text.encode(), "example.toml").problems == []
    else:
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        assert read_settings(tmp_path / "settings.toml")[1] == []


@pytest.mark.parametrize(("document", "kind", "text"), blocks("csv", "tsv", "json", "markdown", "html", "text"))
def test_every_other_format_shown_is_imported_whole(
    document: str, kind: str, text: str, tmp_path: Path, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / f"{document}.{ {'markdown': 'md', 'text': 'txt'}.get(kind, kind) }"
    source.write_text(text, encoding="utf-8")
    assert main(["--home", str(home.folder), "import", str(source), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "left out" not in said.err
    assert re.search(r"^[1-9]\d* cards? would be added", said.out, re.MULTILINE)


def shown_calls() -> list[str]:
    lines = [line.strip() for _, _, text in blocks("sh") for line in text.splitlines()]
    return [line for line in lines if line.startswith("trainer ")]


@pytest.mark.parametrize("call", shown_calls())
def test_every_call_shown_is_taken(call: str) -> None:
    make_parser().parse_args(shlex.split(call, comments=True)[1:])


def test_what_the_tour_shows_of_a_command_is_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    text = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n\$ trainer (.*?)\n(.*?)```", text, re.DOTALL)
    assert shown
    for call, output in shown:
        assert main(shlex.split(call)) == 0
        assert capsys.readouterr().out.startswith(output)


def test_every_picture_kept_is_shown_and_small() -> None:
    kept = {path.name for path in (ROOT / "docs" / "images").iterdir()}
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    assert kept == {name for text in texts for name in re.findall(r"images/([\w-]+\.svg)\)", text)}
    for name in kept:
        picture = (ROOT / "docs" / "images" / name).read_bytes()
        assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
        assert len(picture) < 60_000


def test_a_film_has_each_part_once_and_shows_it_in_its_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    film = import_module("film")
    first = film.Frame(("<text>both</text>", "<text>first</text>"), "#000000", 1)
    second = film.Frame(("<text>both</text>", "<text>second</text>"), "#000000", 3)
    picture = film.film([first, second], (80, 24), still=1)
    groups = {
        group.get("class"): [each.text for each in group] for group in ET.fromstring(picture).iter() if len(group)
    }
    assert (groups["f10"], groups["f01"]) == (["first"], ["second"])
    assert picture.count("both") == 1
    assert "@keyframes k10 { 0.00% { visibility: visible } 25.00% { visibility: hidden } }" in picture
    assert (".f10 { visibility: hidden }" in picture, ".f01 { visibility: visible }" in picture) == (True, True)


@pytest.mark.parametrize("document", ["README.md", "docs/deck-format.md"])
def test_the_deck_shown_is_a_deck_without_problems(document: str) -> None:
    content = read_deck(example(document, "format = 1").encode(), "example.toml")
    assert content.problems == []
    assert content.deck is not None
    assert len(content.deck.cards) == 1


def test_of_the_card_shown_twice_the_second_follows_the_advice() -> None:
    text = (ROOT / "docs/writing-decks.md").read_text(encoding="utf-8")
    before, after = (
        read_deck(block.encode(), "example.toml") for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    )
    assert before.problems == after.problems == []
    assert before.deck is not None
    assert after.deck is not None
    assert advice(after.deck, lambda _: 1) == []
    said = " ".join(problem.message for problem in advice(before.deck, lambda _: 1))
    for found in ("has 18 words", "two ideas", "asks for a figure", "no hint, follow-ups, `why` or tags"):
        assert found in said


@pytest.mark.parametrize("document", ["README.md", "docs/deck-format.md"])
def test_the_points_shown_hold_one_idea_each(document: str) -> None:
    deck = read_deck(example(document, "format = 1").encode(), "example.toml").deck
    assert deck is not None
    assert [problem.message for problem in advice(deck, lambda _: 1) if "ideas" in problem.message] == []


def test_the_log_shown_is_read_event_by_event() -> None:
    header, *lines = example("docs/log-format.md", "#").splitlines()
    assert header == HEADER
    events = [read_line(line.encode()) for line in lines]
    assert all(whole and len(found) == 1 for found, whole in events)
    kinds = [type(found[0]) for found, _ in events]
    assert kinds == [WordingEvent, ReviewEvent, ReviewEvent, UndoEvent]
    assert not any(found[0].novel for found, _ in events)


def test_the_settings_shown_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(example("docs/settings.md", "desired"), encoding="utf-8")
    settings, problems = read_settings(path)
    assert problems == []
    assert settings.is_paused("Leading product marketing")
    assert settings.retention_of("Leading product marketing") == 0.85
    assert keymap_from(settings.keys)[1] == {}


@pytest.mark.parametrize("number", [0, 1], ids=["general", "deck"])
def test_the_settings_listed_are_those_of_the_schema(number: int) -> None:
    tables = (ROOT / "docs/settings.md").read_text(encoding="utf-8").split("| setting |")[1:]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \|$", tables[number], re.MULTILINE)
    schema = (SETTINGS, DECK_SETTINGS)[number].values()
    assert rows == [(each.name, each.said(each.default), each.kind.takes, each.means) for each in schema]


def test_the_format_shown_reads_files_once_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs/importing.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in source.splitlines() if line.strip()]) <= 30
    (tmp_path / "colons_format.py").write_text(source, encoding="utf-8")
    (tmp_path / "sea.colons").write_text("What is a reef? :: Rock, or coral.\n\n:: nothing\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(MODULES, "colons", "colons_format")
    assert main(["--home", str(home.folder), "import", str(tmp_path / "sea.colons")]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("1 card added to Sea.\nTo take all of it back: trainer undo ")
    assert ":3: left out: :: nothing: A question and an answer must stand by the colons." in said.err


def test_the_formats_named_are_those_there_are() -> None:
    names = ", ".join(f"`{name}`" for name in MODULES)
    assert f"`--format` names one: {names}." in (ROOT / "docs/importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    linked = [document.parent / link for link in re.findall(r"\]\(([\w./-]+)\)", text)]
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|json))`", text)
    missing = [path for path in linked if not path.exists()]
    missing += [Path(name) for name in named if not any((room / name).exists() for room in (ROOT, ROOT / "trainer"))]
    assert missing == []


def test_the_files_of_the_architecture_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there = {path.name for path in (ROOT / "trainer").rglob("*.py")}
    named = re.findall(r"\b(\w+\.py)\b", text)
    assert len(named) > 30
    assert sorted({*named} - there) == []
    rooms = re.findall(r"^(\w+)/ ", text, re.MULTILINE)
    assert {room for room in rooms if not (ROOT / "trainer" / room).is_dir()} == set()


def test_the_readme_lists_the_places_of_a_home_as_the_command_does(home: Home) -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## Where things are")[1].split("\n\n")[2]
    listed = re.findall(r"^\| `([\w.-]+)", table, re.MULTILINE)
    assert listed == [path.name for path in home.places.values() if path != home.folder]


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`trainer {name}" not in text] == []


def test_ci_runs_the_test_line_of_the_readme() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.endswith("-m pytest")]) == 1
    assert "grep -m1 -- '-m pytest$' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_questions_to_the_log_that_need_nothing_installed_are_answered(tmp_path: Path) -> None:
    text = (ROOT / "docs/statistics.md").read_text(encoding="utf-8")
    log = example("docs/log-format.md", "#")
    (tmp_path / "progress.toml").write_text(log, encoding="utf-8")
    counts, card = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    (script,) = (each for each in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "pandas" not in each)
    calls = (["sh", "-c", counts], ["sh", "-c", card.replace("hard call", "card")], [sys.executable, "-c", script])
    said = [subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=True).stdout for call in calls]
    reviews = log.count("rating =")
    assert sum(int(line.split()[0]) for line in said[0].splitlines()) == reviews
    assert said[1].count("rating =") == reviews
    assert "answers" in said[2]
