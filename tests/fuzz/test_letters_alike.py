"""Letters that ignoring case takes for one another and lower case keeps apart, in all known words.

A pattern that ignores case finds "bu yıl" (Turkish) where the lexicon has "bu yil" (Uzbek); whoever
then looks the found words up in the lexicon fails, and with it the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from crawler.parsers.page import RawPage
from indexer.records.reference import Reference, load_reference
from tests.page_reader import packaged_reader

pytestmark = pytest.mark.fuzz

ALIKE = {
    "i": "ıİ",
    "I": "ıİ",
    "s": "ſ",
    "k": "\N{KELVIN SIGN}",
    "å": "\N{ANGSTROM SIGN}",
    "ß": "ẞ",
    "σ": "ς",
    "в": "ᲀ",
    "о": "ᲂ",
    "с": "ᲃ",
    "т": "ᲄ",
    "ъ": "ᲆ",
}
LANGUAGES = ("de", "en", "ru", "tr", "az", "kk", "uz", "el", "lt", None)


@cache
def reference() -> Reference:
    return load_reference()


@cache
def words() -> SearchStrategy[str]:
    """All words and phrases of the language files that have a letter with a double."""
    found = {word for language in reference().languages.values() for word in _strings(language)}
    return st.sampled_from(sorted(word for word in found if set(word) & set(ALIKE)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(str(key))
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


@st.composite
def disguised(draw: DrawFn) -> str:
    """A known word with some letters replaced by their doubles."""
    word = draw(words())
    replace = draw(st.integers(0, 2 ** min(len(word), 30) - 1))
    return "".join(
        ALIKE[letter][replace % len(ALIKE[letter])]
        if letter in ALIKE and replace >> (place % 30) & 1
        else letter
        for place, letter in enumerate(word)
    )


@given(
    st.lists(st.tuples(disguised(), st.sampled_from([" ", " 5 ", ". ", " 2024 "])), min_size=1),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=2 * settings().max_examples)
def test_no_page_is_lost_to_letters_that_look_alike(
    parts: list[tuple[str, str]], lang: str | None
) -> None:
    text = "".join(word + behind for word, behind in parts)
    assert (
        packaged_reader().read(RawPage(text=text, lang=lang, published="2026-03-01")).text == text
    )
    packaged_reader().read(RawPage(html=f"<h1>{parts[0][0]}</h1><p>{text}</p>", lang=lang))
