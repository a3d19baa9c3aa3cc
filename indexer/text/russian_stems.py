"""Stems by which Russian words of one root are found: nouns of adjectives, and vowels that go."""

from __future__ import annotations

import re

from indexer.text.russian_compounds import LANGUAGE
from indexer.text.stemming import stem

_ADJECTIVE = re.compile(
    "[а-яё]{5,}(?:[ыи]й|[ыи]е|ой|[ая]я|[ое]е|[ое]го|[ое]му|[ыи]м|[ое]м|[ыи]х|[ыи]ми|ую|юю|ей)"
)
"""Words that may be adjectives: nouns among them are only found by a shorter beginning."""
_OF_NOUN = re.compile("(.{5,}?)(?:н|(?:ическ|ск)н?)")
"""The stem of an adjective with that of its noun, if that is long enough to be told by it."""
_FLEETING = re.compile("(.{2,})[ое](.)")


def noun_of_adjective(surface: str) -> str | None:
    """How the noun of an adjective begins (кластерная → кластер); none of what is none or short."""
    if not _ADJECTIVE.fullmatch(surface):
        return None
    noun = _OF_NOUN.fullmatch(stem(surface, LANGUAGE))
    return noun[1] if noun else None


def without_fleeting_vowel(noun: str) -> str | None:
    """The stem of a noun without its last vowel, which other forms and compounds may lack: уголь,
    угля, угледобыча; None if it has no such vowel.
    """
    told = _FLEETING.fullmatch(noun)
    return "".join(told.groups()) if told else None
