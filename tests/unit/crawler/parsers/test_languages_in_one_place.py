"""A language is one place: readers neither compare languages nor hold words in Cyrillic script.

Words stand in `config/languages`, constructions in the modules of a language.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler

PACKAGES = Path(crawler.__file__).parents[1]
_BY_LANGUAGE = ("grammar", "german", "english", "french", "russian")
PLACES_OF_LANGUAGES = {
    "crawler/parsers/events": ("grammar",),
    "crawler/parsers": ("events", *_BY_LANGUAGE),
    "crawler/discovery": (),
    "indexer/text": (),
    "indexer/query": (),
}
"""Folder → those of its folders and modules that may know languages, or have a row of their own."""
EXCEPTIONS = {
    "crawler/parsers/scripts.py": "letters of alphabets",
    "crawler/parsers/article/publication/day_order.py": "regions that write the month first",
    "crawler/parsers/language.py": "codes that pages use wrongly, and the right ones",
    "indexer/text/folding.py": "letters that folding keeps",
    "indexer/text/function_words.py": "words that the stemmer of each language leaves alone",
    "indexer/text/german_names.py": "German names as Russian writes them: both sides are data",
    "indexer/text/name_initials.py": "letters of alphabets, and those that names begin with",
    "indexer/text/number_scales.py": "words of scale, on which what is kept depends",
    "indexer/text/romanisation.py": "letters of alphabets, and how they are romanised",
    "indexer/text/russian_stems.py": "endings and vowels of Russian words, a module of their own",
    "indexer/text/stemming.py": "the stemmer of each language, and the range of a script",
    "indexer/text/word_families.py": "endings of German and Russian forms, a module of their own",
    "indexer/text/words.py": "accents within words of all scripts",
}
"""Modules with properties of scripts, or with codes of languages as data."""

_LANGUAGE = re.compile(r"_*(?:lang|language|lang_code|language_code)\Z")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CODE = re.compile(r"[a-z]{2}\Z")


def problems(source: str) -> list[str]:
    """Where a module compares a language with a literal or holds a Cyrillic string."""
    tree = ast.parse(source)
    documentation = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [
        f"line {node.lineno}: {problem}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt) and id(node) not in documentation
        for problem in _problems_of(node)
    ]


def _problems_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(map(_is_language, sides)) and any(map(_is_literal, sides)):
            yield "a language is compared with a literal"
    elif isinstance(node, ast.Match) and _is_language(node.subject):
        yield "a language is matched with literals"
    elif isinstance(node, ast.Dict) and node.keys and all(map(_is_code, node.keys)):
        yield "a table has a row for each language"
    elif isinstance(node, ast.Constant) and _CYRILLIC.search(str(node.value)):
        yield f"a Cyrillic string {node.value!r}"


def _is_language(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return _LANGUAGE.match(name) is not None


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_literal, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


def _is_code(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and _CODE.match(str(node.value)) is not None


def modules() -> Iterator[str]:
    for folder, places in PLACES_OF_LANGUAGES.items():
        for path in sorted((PACKAGES / folder).rglob("*.py")):
            name = path.relative_to(PACKAGES).as_posix()
            parts = path.relative_to(PACKAGES / folder).with_suffix("").parts
            if not set(parts) & set(places) and name not in EXCEPTIONS:
                yield name


def test_every_place_exists() -> None:
    assert all((PACKAGES / name).exists() for name in (*PLACES_OF_LANGUAGES, *EXCEPTIONS))


@pytest.mark.parametrize("name", list(modules()))
def test_module_knows_no_language(name: str) -> None:
    assert problems((PACKAGES / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'if lang == "de": pass',
        'if self._lang != "de": pass',
        'if "ru" == page.lang: pass',
        'if language in ("de", "en"): pass',
        'wide = {"de", "en"} if vocabulary.lang not in {"kk"} else set()',
        'match page.lang:\n    case "de": pass',
        'longest = {"de": 3, "ru": 4}.get(lang, 1)',
        'pattern = "и|и так далее"',
        'pattern = f"{start}(?:по){end}"',
        'pattern = r"[А-Я]"',
    ],
)
def test_scan_finds(source: str) -> None:
    assert problems(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Заседание in a docstring."""',
        'x = 1\n"""Форум in the documentation of a constant."""',
        "x = 1  # форум in a comment",
        "if lang == other.lang: pass",
        "if lang in known: pass",
        'if kind == "de": pass',
        'places = {"place": 1}',
    ],
)
def test_scan_lets_pass(source: str) -> None:
    assert not problems(source)
