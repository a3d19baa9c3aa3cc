"""`radar run` as it begins."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from radar.commands import options
from radar.commands import run as run_command
from radar.installation.installation import Installation


@pytest.fixture(autouse=True)
def ignored() -> Iterator[None]:
    """Signals are ignored, as by some that start programs, and for process 1 by the system."""
    before = {n: signal.signal(n, signal.SIG_IGN) for n in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_while_the_configuration_is_read_ends_the_run(
    number: signal.Signals, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = options.silent_installation

    def read_slowly(config: Path | None, home: Path | None) -> Installation:
        os.kill(os.getpid(), number)
        return read(config, home)

    monkeypatch.setattr(run_command, "silent_installation", read_slowly)
    monkeypatch.setenv("RADAR_MEANING", "off")
    (tmp_path / "config").mkdir()
    given = ["--config", str(tmp_path / "config"), "--home", str(tmp_path / "home")]
    assert run_command.command.main(given, standalone_mode=False) == code
