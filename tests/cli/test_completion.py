"""What the shells complete: each script is run by the shell it is for, beside the program it asks for titles."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DECKS = ("Start here", "Stars", "Capitals of 'the' $HOME")
BASH = """
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_shtab_trainer
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = 'source $argv[1]; complete -C "$argv[2]" | string replace -r "\\t.*" ""'


@pytest.fixture
def complete(bare: Any, tmp_path: Path, write_deck: Callable[..., Path]) -> Callable[..., list[str]]:
    """Return what a shell offers for the last of these words."""
    for number, title in enumerate(DECKS):
        write_deck(f'title = "{title}"', f"{number}.toml")
    program = tmp_path / "bin" / "trainer"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m trainer "$@"\n', encoding="utf-8")
    program.chmod(0o755)

    def complete_(shell: str, *words: str) -> list[str]:
        path = shutil.which(shell)
        if path is None:
            pytest.skip(f"{shell} is not on this machine")
        script = tmp_path / "script"
        script.write_text(bare("completion", shell).out, encoding="utf-8")
        call = [path, "-c", BASH, shell, script, *words] if shell == "bash" else [path, "-c", FISH, script, *words]
        surroundings = {
            "PATH": f"{program.parent}:/usr/bin:/bin", "TRAINER_HOME": str(bare.home.folder), "HOME": str(tmp_path),
        }  # fmt: skip
        ran = subprocess.run(call, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
        assert ran.stderr == ""
        return sorted(ran.stdout.split("\n")[:-1])

    return complete_


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("trainer", "ca"), ["card", "cards"]),
        (("trainer", "review", "--mi"), ["--minutes"]),
        (("trainer", "review", "star"), ["Stars", r"Start\ here"]),
        (("trainer", "review", r"start\ h"), [r"Start\ here"]),
        (("trainer", "cards", "--deck", '"start h'), ["Start here"]),
        (("trainer", "export", "c"), [r"Capitals\ of\ \'the\'\ \$HOME"]),
        (("trainer", "completion", ""), ["bash", "fish", "zsh"]),
    ],
    ids=str,
)
def test_bash_completes(complete: Callable[..., list[str]], words: tuple[str, ...], offered: list[str]) -> None:
    assert complete("bash", *words) == offered


def test_fish_completes(complete: Callable[..., list[str]]) -> None:
    assert complete("fish", "trainer ca") == ["card", "cards"]
    assert complete("fish", "trainer review Start") == ["Start here"]


def test_zsh_takes_its_script(bare: Any, tmp_path: Path) -> None:
    shell = shutil.which("zsh")
    if shell is None:
        pytest.skip("zsh is not on this machine")
    (tmp_path / "_trainer").write_text(bare("completion", "zsh").out, encoding="utf-8")
    load = f'autoload -U compinit; compinit -u -D; eval "$(<{tmp_path}/_trainer)"; print $_comps[trainer]'
    ran = subprocess.run([shell, "-fc", load], capture_output=True, text=True, timeout=60)
    assert (ran.stdout, ran.stderr) == ("_shtab_trainer\n", "")


def test_titles_are_asked_for_without_making_a_home(fresh: Any) -> None:
    ran = fresh("completion", "--titles", "")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert not fresh.home.folder.exists()


@pytest.mark.parametrize("call", [[], ["tcsh"], ["bash", "--titles", "a"]], ids=" ".join)
def test_what_is_no_shell_is_told(bare: Any, call: list[str]) -> None:
    ran = bare("completion", *call)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("`trainer completion --help` shows what it takes.\n")
