"""Persons by words of a query, in every script: Tokobajew finds Токобаев, Bäcker finds Беккер.

Names of one person have one key, whatever their script (`indexer.text.name_keys`). Where the script
of a name leaves open which of several it is (е stands for e, ä and ö), a search finds all of them;
values do not: Bäcker and Becker stay two persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from indexer.query.compiled import AllOf, CompiledNode, TokenSequence, Words
from indexer.text.analysis import stem_tokens
from indexer.text.folding import fold, surfaces_of
from indexer.text.function_words import FUNCTION_WORDS
from indexer.text.german_names import umlauts_from_cyrillic, umlauts_in_cyrillic
from indexer.text.name_initials import is_initial, tokens_of_initial
from indexer.text.name_keys import person_key, words_of_person
from indexer.text.stemming import CYRILLIC_LANGUAGES, is_cyrillic

SHORTEST = 3
"""Letters of a word that is looked up as a name."""
SHORTEST_IN_SMALL_LETTERS = 4
"""Letters of one that is typed without a capital: eye and www sound like initials, том like Tom."""
_OF_THE_GRAMMAR = frozenset(chain.from_iterable(FUNCTION_WORDS.values()))
_SURNAME = re.compile(r"(?:[^\W\d_]|[-‐‑'’‘`ʻʼ])+")
LONGEST_SHORT_NAME = 5
"""Words of a name with initials: Leyen von der U. G."""


def person_of_word(word: str, term: str) -> Words | None:
    """Pages with a person of this name; None if the word is none by how it is written. In small
    letters names are typed, too: short words and those of the grammar are none then (there).
    """
    least = SHORTEST if word[:1].isupper() else SHORTEST_IN_SMALL_LETTERS
    if len(word) < least or not word.isalpha():
        return None
    if word.islower() and fold(word) in _OF_THE_GRAMMAR:
        return None
    return _words([TokenSequence("surface", _key(word)), *_otherwise(word)], term)


def person_otherwise(name: str, term: str) -> Words | None:
    """Pages with a person whose name is another one in this script and the same in another."""
    tokens = list(_otherwise(name))
    return _words(tokens, term) if tokens else None


class ShortName(NamedTuple):
    """A person as a query names one: A. Weber, Weber A. B., A Weber."""

    initial: str
    surname: str
    is_marked: bool
    """The initial has its point: it is no word of its own."""

    def persons(self, term: str) -> CompiledNode:
        """Pages with a person of this surname whose given name may begin so, in any script; of a
        double surname with each part.
        """
        each = [self._with(part, term) for part in words_of_person(self.surname)]
        return each[0] if len(each) == 1 else AllOf(tuple(each))

    def _with(self, surname: str, term: str) -> Words:
        names = [surname]
        if is_cyrillic(surname.lower()):
            names += umlauts_from_cyrillic(surname)
        tokens = (token for name in names for token in tokens_of_initial(self.initial, name))
        return _words([TokenSequence("surface", (token,)) for token in tokens], term)


def short_name(text: str) -> ShortName | None:
    """The person whom a text names by initials and surname; None if it is anything else."""
    words = re.sub(r"(?<=\.)-?", " ", text.rstrip(",")).split()
    initials = [
        word
        for word in words
        if (word.endswith(".") or len(word) == 1) and is_initial(word.removesuffix("."))
    ]
    others = [word for word in words if word not in initials]
    if not initials or not others or words not in ([*initials, *others], [*others, *initials]):
        return None
    *particles, surname = *others[:-1], others[-1].removesuffix(",")
    is_marked = all(word.endswith(".") for word in initials)
    if not (is_marked or words == [initials[0], *others]) or not all(map(str.islower, particles)):
        return None
    if len(surname) < SHORTEST - 1 or not (surname[0].isupper() and _SURNAME.fullmatch(surname)):
        return None
    return ShortName(initials[0].removesuffix("."), surname, is_marked)


def _words(tokens: Sequence[TokenSequence], term: str) -> Words:
    each = tuple(dict.fromkeys(tokens))
    return Words(("person",), each, term, len(each))


def _otherwise(name: str) -> Iterator[TokenSequence]:
    key, surfaces = _key(name), surfaces_of(name)
    if surfaces and is_cyrillic(surfaces[0]):
        others = map(_key, umlauts_from_cyrillic(name))
        yield from (TokenSequence("surface", other) for other in others if other != key)
    elif (sounded := _key(umlauts_in_cyrillic(name))) != key:
        # Only in pages of such a language: elsewhere it is another name.
        yield from (
            TokenSequence("stem", stem_tokens(sounded, lang)) for lang in CYRILLIC_LANGUAGES
        )


def _key(name: str) -> tuple[str, ...]:
    return surfaces_of(person_key(name))
