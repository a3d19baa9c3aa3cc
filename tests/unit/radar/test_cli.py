"""What the command line says and answers, whatever a command meets."""

from __future__ import annotations

import errno
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from radar import cli


def test_a_pipe_that_is_closed_early_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "radar", "sources", "--home", str(tmp_path)],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("asked", ["run --help", "sources --json"])
def test_letters_that_a_terminal_lacks_end_no_command(tmp_path: Path, asked: str) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    entry = "{id: geo, name: Геологи 🪨, url: 'https://geo.example', country: RU, languages: [ru]}"
    (sources / "own.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "radar", *asked.split(), "--config", tmp_path, "--home", tmp_path],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = done.stdout.decode("latin-1")
    if asked.endswith("--json"):
        assert json.loads(told)["name"] == "Геологи 🪨"
    else:
        assert "[SOURCE]\\u2026" in told


@pytest.mark.parametrize("option", ["--config", "--home"])
def test_an_option_before_the_command_is_told_its_place(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([option, "folder", "sources"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert f"{option} stands behind the command, as in `radar run {option} …`." in told


def test_a_full_disk_comes_with_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command("fails")
    def fails() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(cli, "radar", fails)
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 3
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"error: {os.strerror(errno.ENOSPC)}"
    assert told[1].startswith("hint: free space")


def test_a_folder_with_blanks_is_quoted_where_it_is_to_be_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "für mich"
    with pytest.raises(SystemExit):
        cli.main(["init", str(folder)])
    line = next(o for o in capsys.readouterr().out.splitlines() if "export" in o)
    assert shlex.split(line) == ["export", f"RADAR_CONFIG={folder}"]
