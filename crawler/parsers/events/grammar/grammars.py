"""Which grammar a language has: the one place that distinguishes languages."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.parsers.events.grammar.base import DefaultGrammar, Grammar
from crawler.parsers.events.grammar.english import EnglishGrammar
from crawler.parsers.events.grammar.german import GermanGrammar
from crawler.parsers.events.grammar.russian import RussianGrammar
from crawler.parsers.events.grammar.suffixed import HEAD_LAST, EzafeGrammar

_GRAMMARS: Mapping[str, Grammar] = {
    "de": GermanGrammar(),
    "en": EnglishGrammar(),
    "ru": RussianGrammar(),
    "tg": EzafeGrammar(),
    **HEAD_LAST,
}
_DEFAULT = DefaultGrammar()


def grammar_for(lang: str) -> Grammar:
    """The grammar of a language (ISO 639-1); the default one for languages without a module."""
    return _GRAMMARS.get(lang, _DEFAULT)
