"""The written forms of a name: cases, numbers and endings.

A table spells a name once, in the nominative; a text inflects it. Forms are made when the tables
are loaded, so that reading is one pass of an automaton. They may hold forms that no one writes;
those do no harm.
"""

from __future__ import annotations

import re

from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.grammar import grammar_of

_WORD_SPLIT = re.compile(r"[\s\N{NO-BREAK SPACE}]+")


def forms(name: str, language: str, *, plural: bool = False) -> set[str]:
    """The folded forms of a name; `plural`: a thing that has one (ores), not a proper name."""
    words = _WORD_SPLIT.split(name.strip())
    return {fold(form) for form in (name, *grammar_of(language).inflect(words, plural=plural))}


def adjective_forms(adjective: str, language: str) -> set[str]:
    """All forms of an adjective, folded."""
    return {fold(adjective), *map(fold, grammar_of(language).inflect_adjective(adjective))}
