"""What a run loads before it does anything: it is started every night, and by every test of it."""

from __future__ import annotations

import subprocess
import sys

READERS = {"trafilatura", "htmldate", "extruct", "dateparser", "pypdfium2", "numpy", "bs4"}
"""What only the workers that read pages need."""


def test_the_process_of_a_run_loads_no_readers_of_pages() -> None:
    code = "import sys, radar.run.run, radar.commands.run; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not READERS & set(loaded)
