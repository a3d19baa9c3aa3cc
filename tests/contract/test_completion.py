"""`radar completion`: what it prints completes commands."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from radar.cli import COMMANDS


def radar(*arguments: str, **environment: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "radar", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_what_to_ask(shell: str) -> None:
    script = radar("completion", shell)
    assert f"_RADAR_COMPLETE={shell}_complete" in script


def test_commands_are_completed() -> None:
    asked = {"COMP_WORDS": "radar ", "COMP_CWORD": "1", "_RADAR_COMPLETE": "bash_complete"}
    offered = [line.partition(",")[2] for line in radar(**asked).splitlines()]
    assert offered == list(COMMANDS)
