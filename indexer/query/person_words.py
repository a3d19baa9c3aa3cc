"""Persons by words of a query, in every script: Tokobajew finds Токобаев, Bäcker finds Беккер.

Names of one person have one key, whatever their script (`indexer.text.name_keys`). Where the script
of a name leaves open which of several it is (е stands for e, ä and ö), a search finds all of them;
values do not: Bäcker and Becker stay two persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.query.compiled import TokenSequence, Words
from indexer.text.analysis import stem_tokens
from indexer.text.folding import surfaces_of
from indexer.text.german_names import umlauts_from_cyrillic, umlauts_in_cyrillic
from indexer.text.name_keys import person_key
from indexer.text.stemming import CYRILLIC_LANGUAGES, is_cyrillic

SHORTEST = 3
"""Letters of a word that is looked up as a name."""


def person_of_word(word: str, term: str) -> Words | None:
    """Pages with a person of this name; None if the word is none by how it is written."""
    if len(word) < SHORTEST or not (word.isalpha() and word[0].isupper()):
        return None
    return _words([TokenSequence("surface", _key(word)), *_otherwise(word)], term)


def person_otherwise(name: str, term: str) -> Words | None:
    """Pages with a person whose name is another one in this script and the same in another."""
    tokens = list(_otherwise(name))
    return _words(tokens, term) if tokens else None


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
