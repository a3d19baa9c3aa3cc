"""An index is built again beside a server that goes on, whatever becomes of that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from radar.service import background_rebuild
from radar.service.background_rebuild import BackgroundRebuild


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_rebuild, "PAUSE", -1.0)


def test_a_rebuild_that_can_not_be_started_is_told_and_fails_no_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    told: list[str] = []
    rebuild = BackgroundRebuild((), told.append)
    rebuild.start("the index is gone")
    rebuild.stop()
    assert told == [
        "the index is gone: it is built again in the background",
        "`radar rebuild` could not be started: Cannot allocate memory",
    ]


def test_the_next_try_says_that_the_last_one_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    told: list[str] = []
    rebuild = BackgroundRebuild((), told.append)
    rebuild.start("the index is gone")
    assert rebuild._process is not None
    rebuild._process.wait()
    rebuild.start("the index is gone")
    rebuild.stop()
    assert told[1] == (
        "the index is gone: it is built again in the background; the last try failed (code 1), "
        "`radar rebuild` says why"
    )
