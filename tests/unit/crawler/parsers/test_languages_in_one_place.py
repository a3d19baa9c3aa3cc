"""A language is one place: its words in config/languages, its constructions in modules of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler
import indexer
from indexer.records.reference import packaged_config

PACKAGES = Path(crawler.__file__).parents[1]
ROOMS = ("crawler/parsers", "crawler/discovery", "indexer/text", "indexer/query")
LANGUAGE_MODULES = frozenset({"german", "english", "french", "russian", "grammar"})
"""Names of modules and packages that hold the constructions of a language."""
UNFINISHED = tuple(f"crawler/parsers/events/{room}/" for room in ("assembly", "people", "values"))
ALPHABETS = {
    "crawler/parsers/scripts.py": "letters of scripts, for the readers",
    "indexer/text/folding.py": "letters that folding keeps, a property of the script",
    "indexer/text/stemming.py": "the range of the Cyrillic script",
    "indexer/text/words.py": "accents within words, of all scripts",
}
"""Modules with letters, and why."""
CODES = frozenset(path.stem for path in (packaged_config() / "languages").glob("*.yaml"))
CYRILLIC = re.compile("[\N{CYRILLIC CAPITAL LETTER IE WITH GRAVE}-\u052f]")


def _modules() -> Iterator[str]:
    assert Path(indexer.__file__).parents[1] == PACKAGES
    for room in ROOMS:
        for path in sorted((PACKAGES / room).rglob("*.py")):
            name = path.relative_to(PACKAGES).as_posix()
            names = {*path.relative_to(PACKAGES).parent.parts, path.stem}
            if not names & LANGUAGE_MODULES and not name.startswith(UNFINISHED):
                yield name


MODULES = list(_modules())


def _compared_languages(tree: ast.Module) -> Iterator[int]:
    """Lines that compare something with the code of a language, or with several."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                values = side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side]
                if any(isinstance(v, ast.Constant) and v.value in CODES for v in values):
                    yield node.lineno


def _cyrillic_literals(tree: ast.Module) -> Iterator[int]:
    """Lines with a Cyrillic string that is no docstring."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield from [node.lineno] if CYRILLIC.search(str(node.value)) else ()


def test_rooms_are_looked_through() -> None:
    assert {"de", "en", "ru", "kk"} <= CODES
    assert {name.rpartition("/")[0] for name in MODULES} >= set(ROOMS)
    assert all((PACKAGES / name).exists() for name in ALPHABETS)


@pytest.mark.parametrize("module", MODULES)
def test_no_code_is_compared_with_a_language(module: str) -> None:
    tree = ast.parse((PACKAGES / module).read_text("utf-8"))
    assert list(_compared_languages(tree)) == []


@pytest.mark.parametrize("module", [name for name in MODULES if name not in ALPHABETS])
def test_no_code_holds_cyrillic_words(module: str) -> None:
    tree = ast.parse((PACKAGES / module).read_text("utf-8"))
    assert list(_cyrillic_literals(tree)) == []


@pytest.mark.parametrize(
    "code",
    [
        'lang == "de"',
        'words.lang != "ru"',
        'lang in ("en", None)',
        '"kk" == lang',
    ],
)
def test_a_comparison_is_seen(code: str) -> None:
    assert list(_compared_languages(ast.parse(code))) == [1]


def test_a_literal_is_seen_and_a_docstring_is_not() -> None:
    tree = ast.parse('"""Слово."""\nWORD = "слово"\nPATTERN = rf"{WORD}|слова"\n')
    assert list(_cyrillic_literals(tree)) == [2, 3]
