"""What names and words for offices look like in each language: one module a language.

A language whose names stay as they are, or whose endings are cut off at match time (Kazakh,
Kyrgyz, Uzbek, …), needs none: `PlainGrammar` serves it.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.parsers.entities.grammar.base import NameGrammar, PlainGrammar
from crawler.parsers.entities.grammar.english import EnglishGrammar
from crawler.parsers.entities.grammar.french import FrenchGrammar
from crawler.parsers.entities.grammar.german import GermanGrammar
from crawler.parsers.entities.grammar.russian import RussianGrammar

__all__ = ["NameGrammar", "grammar_of"]

_PLAIN = PlainGrammar()
_GRAMMARS: Mapping[str, NameGrammar] = {
    "de": GermanGrammar(),
    "en": EnglishGrammar(),
    "fr": FrenchGrammar(),
    "ru": RussianGrammar(),
}


def grammar_of(language: str | None) -> NameGrammar:
    """The grammar of a language (ISO 639-1); the plain one where it has none of its own."""
    return _GRAMMARS.get(language or "", _PLAIN)
