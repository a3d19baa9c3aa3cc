import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import radar
from radar.commands.demo import program


def test_a_module_is_started_again_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(radar.__file__).parent
    monkeypatch.setattr(sys, "argv", [str(package / "__main__.py"), "demo"])
    ended = subprocess.run(
        [*shlex.split(program()), "--version"],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_a_script_is_started_again_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/opt/my tools/radar", "demo"])
    assert program() == "'/opt/my tools/radar'"
