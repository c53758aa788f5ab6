"""Readers of imports under atheris, by hand: `fuzz_readers.py TARGET [options of libFuzzer]`.

    .venv/bin/pip install atheris
    .venv/bin/python tests/fuzz/fuzz_readers.py database -max_total_time=300

A target is a format of `trainer/formats/registry.py`; or `database` (the bytes of an Anki collection within an
honest archive), `squeezed` (what zstd unpacks), `markup` (HTML, deletions, templates, lists). What is found goes to a
folder of its own; the committed corpus is only read. Any error but a TrainerError is a crash.
"""

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["trainer"]):
    from trainer.errors import TrainerError
    from trainer.formats import html, lists, zstd
    from trainer.formats.anki import cloze, package, template
    from trainer.formats.registry import MODULES

    READERS = {name: import_module(module) for name, module in MODULES.items()}

CORPUS = Path(__file__).parent / "corpus"


def reader(name: str) -> Callable[[bytes], None]:
    """Return a target that reads bytes as a format."""

    def target(data: bytes) -> None:
        READERS[name].sniff("x.bin", data)
        try:
            READERS[name].read("x.bin", data)
        except TrainerError:
            return

    return target


def database(data: bytes) -> None:
    """Read bytes as Anki's collection."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("collection.anki21", data)
    try:
        package.read("x.apkg", archive.getvalue())
    except TrainerError:
        return


def squeezed(data: bytes) -> None:
    """Unpack bytes as zstd."""
    try:
        list(zstd.unpacked([data], 1 << 20))
    except (ValueError, OverflowError):
        return


def markup(data: bytes) -> None:
    """Take text apart in every way that notes are."""
    text = data.decode("utf-8", "replace")
    lists.split_list(html.to_markdown(text))
    html.to_plain(text)
    parts = cloze.parse(text)
    for number in cloze.numbers(parts):
        cloze.with_gap(parts, number)
        cloze.left_out(parts, number)
    template.answer_part(text)
    try:
        template.Side(text).fill({"Front": text[:50]}, lambda value: value, typed=False)
    except ValueError:
        return


TARGETS = {"database": database, "squeezed": squeezed, "markup": markup, **{name: reader(name) for name in MODULES}}


def main() -> None:
    """Run one target."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"Name a target: {', '.join(TARGETS)}.")
    name = sys.argv.pop(1)
    seeds = [str(CORPUS / name)] if (CORPUS / name).is_dir() else []
    found = tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    atheris.Setup([sys.argv[0], *sys.argv[1:], f"-artifact_prefix={found}/", found, *seeds], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
