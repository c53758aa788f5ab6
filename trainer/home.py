"""The home folder: where the user's decks, log and settings are, and its first run."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from trainer.errors import HomeError


class Home(NamedTuple):
    """The places of one home folder. Making the value touches no disk."""

    folder: Path

    @property
    def decks(self) -> Path:
        """The folder of the user's deck files."""
        return self.folder / "decks"

    @property
    def log(self) -> Path:
        """The log of everything that happened."""
        return self.folder / "progress.toml"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.folder / "settings.toml"

    @property
    def imports(self) -> Path:
        """What imports wrote, for taking them back."""
        return self.folder / "imports"

    @property
    def answers(self) -> Path:
        """The user's own answers, a file a card; it need not exist."""
        return self.folder / "answers"

    @property
    def deleted(self) -> Path:
        """Cards and decks that were removed in the app, as decks; it need not exist."""
        return self.folder / "deleted"

    @property
    def backups(self) -> Path:
        """The folder of the backups; it need not exist."""
        return self.folder / "backups"

    @property
    def cache(self) -> Path:
        """The folder of what can be worked out anew; it need not exist."""
        return self.folder / "cache"

    @property
    def places(self) -> dict[str, Path]:
        """Every place by its name, in the order in which the README lists them."""
        return {
            "home": self.folder,
            "decks": self.decks,
            "progress": self.log,
            "answers": self.answers,
            "imports": self.imports,
            "deleted": self.deleted,
            "settings": self.settings,
            "cache": self.cache,
            "backups": self.backups,
        }

    def prepare(self) -> bool:
        """Make the folders; a home without `decks/` gets the starter decks.

        Returns True on that first run. The decks appear at once or not at all,
        so an interrupted first run is made up for by the next.
        Raises HomeError when the folder cannot be made.
        """
        if os.path.isdir(self.decks):  # noqa: PTH112  (Path raises for a name that is too long)
            return False
        import shutil  # with all its kinds of archives

        copying = self.folder / f".decks-{os.getpid()}"
        try:
            copying.mkdir(parents=True, exist_ok=True)
            for deck in starter_decks():
                shutil.copyfile(deck, copying / deck.name)
            copying.rename(self.decks)
        except OSError as error:
            shutil.rmtree(copying, ignore_errors=True)
            if os.path.isdir(self.decks):  # noqa: PTH112
                return False
            raise HomeError(
                f"The home folder {self.folder} cannot be made: {error.strerror}.",
                "Name another with --home FOLDER or TRAINER_HOME.",
            ) from error
        return True


def find_home(named: str | None, environment: Mapping[str, str]) -> Home:
    """Return the home: the one named, else TRAINER_HOME, else the platform's place for user data."""
    folder = named or environment.get("TRAINER_HOME")
    if folder:
        try:
            return Home(Path(folder).expanduser().absolute())
        except RuntimeError:  # ~name of nobody
            raise HomeError(f"There is no user for {folder}.", "Name another with --home FOLDER.") from None
    import platformdirs  # 15 ms that a call with a home of its own need not pay

    return Home(platformdirs.user_data_path("keypoint-trainer", appauthor=False))


def starter_decks() -> list[Path]:
    """Return the deck files that come with the program, by name."""
    package = Path(__file__).parent
    for folder in (package / "starter", package.parent / "decks"):  # a wheel; a checkout
        if folder.is_dir():
            return sorted(folder.glob("*.toml"))
    return []
