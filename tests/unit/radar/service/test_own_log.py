"""A service goes on where it can't say anything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from radar.service.own_log import note


def test_a_full_disk_behind_standard_error_ends_no_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full = Path("/dev/full").open("w")  # noqa: SIM115  # to close it fails, too
    monkeypatch.setattr(sys, "stderr", full)
    note("run 12: 40 pages")
    with pytest.raises(OSError, match="No space"):
        full.close()
    with (tmp_path / "log").open("w") as log:
        monkeypatch.setattr(sys, "stderr", log)
        note("run 13: 40 pages")
    assert (tmp_path / "log").read_text() == "run 13: 40 pages\n"
