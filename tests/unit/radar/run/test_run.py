"""What commands load before they do anything: a run is started every night, and by every test."""

from __future__ import annotations

import subprocess
import sys

READERS = {"trafilatura", "htmldate", "extruct", "dateparser", "pypdfium2", "numpy", "bs4", "re2"}
"""What only the workers that read pages need, or who reads patterns of addresses."""


def test_the_process_of_a_run_loads_no_readers_of_pages() -> None:
    assert not READERS & loaded_by("radar.run.run, radar.commands.run")


def test_neither_a_server_nor_a_search_loads_numpy_before_it_is_needed() -> None:
    loaded = loaded_by("radar.commands.serve, radar.commands.search, indexer.meaning.encoder")
    assert "numpy" not in loaded


def test_an_export_loads_neither_the_web_interface_nor_what_shows_progress() -> None:
    assert not {"fastapi", "starlette", "jinja2", "rich"} & loaded_by("radar.commands.export")


def loaded_by(modules: str) -> set[str]:
    code = f"import sys, {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
