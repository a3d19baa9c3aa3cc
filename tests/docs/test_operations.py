"""The units for systemd and what docs/operations.md says of commands and states."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import click

from indexer.health.judgement import State
from radar.cli import COMMANDS, radar
from tests.e2e.world import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "docs" / "systemd").iterdir())


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    # its keys keep their capitals
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser


def parse(command: str) -> None:
    """Let the command line parse a command of the docs, without doing it."""
    name, *arguments = shlex.split(command)[1:]
    found = radar.get_command(click.Context(radar), name)
    assert found is not None, command
    found.make_context(name, arguments)


def test_the_units_call_commands_that_exist() -> None:
    services = {path.name: unit(path) for path in UNITS if path.suffix == ".service"}
    assert set(services) == {
        "rohstoffradar.service",
        "rohstoffradar-run.service",
        "rohstoffradar-backup.service",
    }
    for service in services.values():
        command = service["Service"]["ExecStart"]
        assert command.startswith("/opt/radar/bin/radar ")
        parse(command)
    timers = {
        path.stem: unit(path)["Timer"]["OnCalendar"] for path in UNITS if ".timer" in path.name
    }
    assert timers == {"rohstoffradar-run": "minutely", "rohstoffradar-backup": "05:30"}


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/radar/bin/radar", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
        # What systemd itself can be asked for only where it is installed.
        assert unit(tmp_path / path.name)["Unit"]["Description"].startswith("Rohstoffradar: ")
    tool = shutil.which("systemd-analyze")
    if tool is not None:
        verified = subprocess.run(
            [tool, "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))],
            capture_output=True,
            text=True,
            check=False,
        )
        assert [line for line in verified.stderr.splitlines() if "rohstoffradar" in line] == []


def test_the_commands_of_the_text_exist() -> None:
    commands = re.findall(r"^(radar [a-z].*|[\d*]+ [\d*]+ \* \* \* .*)$", OPERATIONS, re.MULTILINE)
    commands += [c for c in re.findall(r"`(radar [a-z]+[^`]*)`", OPERATIONS) if "SOURCE" not in c]
    for command in commands:
        parse(re.sub(r"^.*?\S*radar (?=[a-z])", "radar ", command))
    assert {c.split()[1] for c in commands} & set(COMMANDS)


def test_every_state_is_explained() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|", OPERATIONS, re.MULTILINE)
    assert sorted(told) == sorted(get_args(State))
