"""What the tests of backups share: a small home, its backup, and what then lies in its folder."""

from datetime import date
from pathlib import Path

from trainer.progress.backups import make_backup

TODAY = date(2026, 11, 21)
LOG = b"# trainer progress 1.\n20261121T093012431Z-7f3a01 = { undo = 'x' }\n"
DECKS = {"one.toml": b"one", "Zwei: déjà vu.toml": b"zwei\r\n"}


def made_home(folder: Path) -> Path:
    """Return a home with a log and two decks, without a backup yet."""
    home = folder / "home"
    (home / "decks").mkdir(parents=True)
    (home / "progress.toml").write_bytes(LOG)
    for name, content in DECKS.items():
        (home / "decks" / name).write_bytes(content)
    return home


def backed_up(home: Path, day: date = TODAY) -> Path | None:
    """Make the backup of a day, and return where it is."""
    return make_backup(home / "progress.toml", home / "decks", home / "backups", day)


def files(home: Path) -> list[str]:
    """Return the names in the folder of the backups."""
    folder = home / "backups"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
