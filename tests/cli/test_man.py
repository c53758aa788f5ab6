"""`trainer --man`: a manual page that troff prints without a complaint."""

import shutil
import subprocess
from importlib import import_module
from typing import Any

import pytest

from trainer.cli.main import COMMANDS


def test_the_manual_has_every_command_with_its_examples(fresh: Any) -> None:
    ran = fresh("--man")
    assert (ran.code, ran.err) == (0, "")
    plain = ran.out.replace(r"\-", "-").replace(r"\e", "\\").replace(r"\&", "")
    for name, module in COMMANDS.items():
        assert f'\n.SS "{name}"\n' in plain
        assert import_module(module).EXAMPLES in plain
    assert not fresh.home.folder.exists()


def test_troff_prints_it(fresh: Any) -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not on this machine")
    call = ["groff", "-man", "-Tutf8", "-ww", "-Kutf8"]
    printed = subprocess.run(call, input=fresh("--man").out, capture_output=True, text=True, timeout=60)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert "trainer review --plain --minutes 5" in printed.stdout.replace("‐", "-").replace("−", "-")
