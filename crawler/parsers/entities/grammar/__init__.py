"""What names and words for offices look like in each language: one module a language.

A language whose names stay as they are needs none: `NameGrammar` serves it.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.parsers.entities.grammar.base import NameGrammar
from crawler.parsers.entities.grammar.english import EnglishNames
from crawler.parsers.entities.grammar.french import FrenchNames
from crawler.parsers.entities.grammar.german import GermanNames
from crawler.parsers.entities.grammar.russian import RussianNames
from crawler.parsers.entities.grammar.suffixed import SuffixedNames
from crawler.parsers.entities.grammar.suffixes import SUFFIXED

__all__ = ["NameGrammar", "grammar_of"]

_PLAIN = NameGrammar()
_GRAMMARS: Mapping[str, NameGrammar] = {
    "de": GermanNames(),
    "en": EnglishNames(),
    "fr": FrenchNames(),
    "ru": RussianNames(),
    **{code: SuffixedNames(code) for code in SUFFIXED},
}


def grammar_of(language: str | None) -> NameGrammar:
    """The grammar of a language (ISO 639-1); the plain one where it has none of its own."""
    return _GRAMMARS.get(language or "", _PLAIN)
