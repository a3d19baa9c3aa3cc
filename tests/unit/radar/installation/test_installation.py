"""What an installation offers beside its stores."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from radar.configuration.settings import load_settings
from radar.installation.installation import Installation


@pytest.mark.parametrize(
    ("told", "workers"), [("3", 3), ("0", 1), ("default", None), ("", None), ("-1", None)]
)
def test_one_worker_for_each_core_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, workers: int | None
) -> None:
    monkeypatch.setenv("PYTHON_CPU_COUNT", told)
    installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
    assert installation.workers == (workers or len(os.sched_getaffinity(0)))
