"""The folders and names below tests/unit mirror the packages and modules that they test."""

from __future__ import annotations

import ast
import re
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

UNIT = Path(__file__).parent
ROOT = UNIT.parents[1]
TOGETHER = {
    "crawler/parsers/test_languages_in_one_place.py": "no module of the parsers names a language",
}
"""Test modules that belong to no single module, each with what its modules do together."""

MANY = 20
"""Modules side by side from which on a reader wants to be told which one to open."""
ONE_EACH = {"radar/commands", "indexer/migrations/versions"}
"""Packages of equals: a module for each command, for each step."""
CROWDED = sorted(
    door.parent.relative_to(ROOT).as_posix()
    for name in ("crawler", "indexer", "radar", "search_api")
    for door in (ROOT / name).rglob("__init__.py")
    if len([*door.parent.glob("*.py")]) > MANY  # the door itself is none
)

BENCHMARKS = ROOT / "benchmarks"
WITHOUT_MODULES = {"training", "peer_programs"}
"""Folders of the benchmarks that hold labelled pages, and programs of other environments."""

TESTS = sorted(file.relative_to(UNIT).as_posix() for file in UNIT.glob("*/**/test_*.py"))


def subjects(folder: Path) -> AbstractSet[str]:
    """What a test module may be named after: a package, its modules and its packages."""
    modules = {file.stem for file in folder.glob("*.py")}
    packages = {inner.parent.name for inner in folder.glob("*/__init__.py")}
    return {folder.name} | modules | packages


@pytest.mark.parametrize("name", TESTS)
def test_a_test_module_stands_beside_what_it_tests(name: str) -> None:
    file = Path(name)
    folder = ROOT / file.parent
    assert any(folder.glob("*.py")), f"{name}: no package {file.parent}"
    about = file.stem.removeprefix("test_")
    named = any(about == s or about.startswith(f"{s}_") for s in subjects(folder))
    assert named != (name in TOGETHER), f"{name}: name it after a module, or say why not"


def test_what_several_modules_do_together_is_still_tested() -> None:
    assert TOGETHER.keys() <= set(TESTS)


@pytest.mark.parametrize("package", [name for name in CROWDED if name not in ONE_EACH])
def test_a_package_of_many_modules_says_what_each_is_there_for(package: str) -> None:
    door = ROOT / package / "__init__.py"
    told = ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))) or ""
    modules = {file.stem for file in door.parent.glob("*.py")} - {"__init__"}
    assert sorted(modules - set(re.findall(r"`(\w+)`", told))) == [], f"name it in {package}"


def test_what_lies_at_the_top_of_the_benchmarks_is_run_by_its_name() -> None:
    programs = {file: file.read_text(encoding="utf-8") for file in BENCHMARKS.glob("*.py")}
    parts = [file.stem for file, text in programs.items() if '__name__ == "__main__"' not in text]
    assert parts == [], "give it a room"


def test_a_room_of_the_benchmarks_says_what_each_module_is_there_for() -> None:
    rooms = {
        folder: {file.stem for file in folder.glob("*.py")} - {"__init__", "__main__"}
        for folder in BENCHMARKS.iterdir()
        if folder.is_dir() and folder.name not in WITHOUT_MODULES | {"__pycache__"}
    }
    for room, modules in rooms.items():
        door = (room / "__init__.py").read_text(encoding="utf-8")
        told = ast.get_docstring(ast.parse(door)) or ""
        assert sorted(modules - set(re.findall(r"`(\w+)`", told))) == [], f"name it in {room.name}"


def test_a_benchmark_that_is_named_is_there() -> None:
    packages = ("benchmarks", "crawler", "indexer", "radar", "search_api", "docs")
    texts = [file for name in packages for file in (ROOT / name).rglob("*.py")]
    texts += [*(ROOT / "docs").glob("*.md"), *(ROOT / name for name in ("Makefile", "NOTICE"))]
    texts += [ROOT / "CONTRIBUTING.md", BENCHMARKS / "training" / "README.md"]
    named = {
        (file.relative_to(ROOT).as_posix(), name.replace("/", "."))
        for file in texts
        for name in re.findall(
            r"\bbenchmarks(?:\.\w+)+\b|\bbenchmarks(?:/\w+)+(?=\.py)", file.read_text("utf-8")
        )
        if not name.endswith(".md")
    }
    assert ("Makefile", "benchmarks.watches") in named
    assert sorted((file, name) for file, name in named if not is_there(name)) == []


def is_there(name: str) -> bool:
    """Whether it names a module or a room, or what stands in one."""
    path = ROOT.joinpath(*name.split("."))
    return (
        path.is_dir()
        or path.with_suffix(".py").is_file()
        or path.parent.with_suffix(".py").is_file()
    )
