"""Keys by which names of persons, bodies, strategies and series are compared. Pure.

Equal keys: one name, whatever its case, number, script and romanisation. A key depends on nothing
but the name, so that the order in which pages are read changes nothing, and the key of a key is the
key itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.text.folding import fold
from indexer.text.romanisation import romanise, romanise_person
from indexer.text.stemming import CUT, is_cyrillic, stem
from indexer.text.words import is_hyphenated, spans

_PATRONYMIC = re.compile(r".+[oe](vikh|vna)|.+inikhna|.+([ou]gli|kisi|uli)")
"""Romanised endings: Petrowitsch, Petrovich, Петровна; Azerbaijani and Uzbek ones."""
_MARK_WITHIN = re.compile(r"(?<=[^\W\d_oOgG])['’‘`](?!s\b)(?=[^\W\d_])")
"""A break of the voice, or a word joined to a name, written or not: Jum'a, Juma;
D'Angelo. That of Uzbek oʻ and gʻ belongs to the letter.
"""
_FEWEST = 3
"""Words of a name of which one can be the father's."""


@lru_cache(maxsize=50_000)
def person_key(name: str) -> str:
    """Key of a person's name: its words without titles and the father's name, in alphabetical
    order, for surnames come first as well as last.
    """
    words = [romanise_person(word) for word in words_of_person(name)]
    words = [word for word in words if word]
    return " ".join(sorted(without_patronymics(words))) or name.casefold().strip()


def without_patronymics(words: Sequence[str]) -> Sequence[str]:
    """Words of a person's name without the father's, where enough others are left."""
    if len(words) < _FEWEST:
        return words
    return [word for word in words if not _PATRONYMIC.fullmatch(romanise_person(word))] or words


def words_of_person(name: str) -> Iterator[str]:
    """Words of a person's name but those cut short (Dr., Prof.); an initial stays."""
    name = _MARK_WITHIN.sub("", name)
    for _, end, word in spans(name):
        if len(word) == 1 or name[end : end + 1] != ".":
            yield word


@lru_cache(maxsize=50_000)
def phrase_key(name: str) -> str:
    """Key of another name: its words by their stems; parts that a hyphen joins are one word.

    A name has no language that all pages agree on, so its script decides on the stemmer: the German
    one knows the inflections of Latin names that matter, and takes the s off English plurals.
    """
    words = [_reduced(word) for word in _joined_words(name)]
    return " ".join(word for word in words if word) or name.casefold().strip()


def _joined_words(name: str) -> Iterator[str]:
    joined, last = "", 0
    for start, end, word in spans(name):
        if joined and not is_hyphenated(name, last, start):
            yield joined
            joined = ""
        joined, last = joined + word, end
    if joined:
        yield joined


def _reduced(word: str) -> str:
    before, reduced = "", fold(word)
    while reduced != before:
        before = reduced
        shorter = stem(reduced, "ru" if is_cyrillic(reduced) else "de")
        reduced = romanise(shorter.removesuffix(CUT))
    return reduced
