"""Programs of the peers' environments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.measuring.peers import PROGRAMS
from indexer.garbage_collection import YOUNG

BENCHMARKS = PROGRAMS.parent
OURS = {"benchmarks", "crawler", "indexer", "radar", "search_api"}
READERS = BENCHMARKS / "pages" / "article_readers.py"
SCRIPTS = (
    *sorted(PROGRAMS.glob("*.py")),
    READERS,
    BENCHMARKS / "sites" / "site_readers.py",
)


def _imported(script: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.name))
def test_what_runs_in_an_environment_of_peers_needs_nothing_of_this_project(script: Path) -> None:
    imported = {name.partition(".")[0] for name in _imported(script)}
    assert imported
    assert not imported & OURS


def test_all_readers_of_articles_are_timed_as_ours_is() -> None:
    assert f"YOUNG = {YOUNG:_}\n" in READERS.read_text("utf-8")
