"""What the command line says and answers, whatever a command meets."""

from __future__ import annotations

import errno
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from indexer.records.errors import ConfigError, StoreError
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


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_end_no_command_and_get_nothing_else(
    tmp_path: Path, closed: str
) -> None:
    """The next file that is opened would have the number of one: the database, say."""
    sources = ["-m", "radar", "sources", "--home", str(tmp_path)]
    opened = "from radar import cli; cli._open_closed_streams(); file = open('/dev/null')"
    for given in (sources, ["-c", f"{opened}; raise SystemExit(file.fileno() < 3)"]):
        line = f"exec {shlex.join([sys.executable, *given])} {closed}"
        assert subprocess.run(["sh", "-c", line], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("orjson.so: failed to map segment from shared object"),
        ImportError("libx.so: cannot allocate memory in static TLS block"),
    ],
)
def test_a_lack_of_memory_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    wrapped = ImportError("numpy can't be imported")
    for raised in (error, _caused(wrapped, error)):
        monkeypatch.setattr(cli.radar, "main", _raising(raised))
        with pytest.raises(SystemExit) as ended:
            cli.main(["run"])
        assert ended.value.code == 3
        assert capsys.readouterr().err.startswith("error: there is not enough memory\nhint: ")


def test_a_module_that_is_missing_is_no_lack_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.radar, "main", _raising(ImportError("No module named 'x'")))
    with pytest.raises(ImportError):
        cli.main(["run"])


def _caused(error: Exception, by: Exception) -> Exception:
    error.__cause__ = by
    return error


def _raising(error: Exception) -> Callable[..., object]:
    def main(**_: object) -> object:
        raise error

    return main


LONG = "the search index was made by another version, and is built again from the database by a run"


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (StoreError(LONG, hint=LONG), 4),
        (ConfigError(["a.yaml:3: " + LONG, "b.yaml:1: short"]), 3),
        (click.UsageError(LONG), 2),
        (click.UsageError(f"no such field\n{'tin ' * 24}(\n{' ' * 96}^\nhint: short"), 4),
    ],
)
def test_what_is_wrong_is_wrapped_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    lines: int,
) -> None:
    monkeypatch.setattr(cli.radar, "main", _raising(error))
    monkeypatch.setenv("COLUMNS", "80")
    told = []
    for is_terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda shown=is_terminal: shown)
        with pytest.raises(SystemExit):
            cli.main(["run"])
        told.append(capsys.readouterr().err)
    in_pipe, on_terminal = told
    assert " ".join(on_terminal.split()) == " ".join(in_pipe.split())
    shown = on_terminal.splitlines()
    assert len(shown) == lines
    assert all(len(line) <= 80 for line in shown) or shown[2].index("^") == shown[1].index("(")
    assert max(map(len, in_pipe.splitlines())) > 80


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


@pytest.mark.parametrize(
    ("number", "advice"), [(errno.ENOSPC, "free space"), (errno.EACCES, "run it as the owner")]
)
def test_a_failure_of_the_system_comes_with_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, advice: str
) -> None:
    @click.command("fails")
    def fails() -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(cli, "radar", fails)
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 3
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"error: {os.strerror(number)}"
    assert told[1].startswith(f"hint: {advice}")


def test_a_folder_with_blanks_is_quoted_where_it_is_to_be_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "für mich"
    with pytest.raises(SystemExit):
        cli.main(["init", str(folder)])
    line = next(o for o in capsys.readouterr().out.splitlines() if "export" in o)
    assert shlex.split(line) == ["export", f"RADAR_CONFIG={folder}"]
