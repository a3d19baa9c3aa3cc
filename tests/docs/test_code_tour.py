"""What docs/code-tour.md names stands where it says."""

from __future__ import annotations

import ast
import re

import pytest

from tests.e2e.world import ROOT

TOUR = (ROOT / "docs" / "code-tour.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([\w/]+\.py): ([\w.]+)`", TOUR)
PATHS = [path for path in re.findall(r"`([\w/.]+)`", TOUR) if "/" in path]
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def defines(file: str, name: str) -> bool:
    """Whether a module has this class, function or method."""
    body: list[ast.stmt] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for part in name.split("."):
        found = [node for node in body if isinstance(node, DEFINITIONS) and node.name == part]
        if not found:
            return False
        body = found[0].body
    return True


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_the_tour_names_is_there(file: str, name: str) -> None:
    assert defines(file, name)


def test_the_paths_of_the_tour_exist() -> None:
    assert len(NAMED) > 30
    assert [path for path in PATHS if not (ROOT / path).exists()] == []
