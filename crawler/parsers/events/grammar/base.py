"""What a language is to the event reader: its constructions, each with what holds by default.

Here belongs how a language builds words, phrases and sentences. Its words stand in
`config/languages`. The defaults serve the languages that have no module of their own; a method that
needs words takes the vocabulary of the page.
"""

from __future__ import annotations

import re
from typing import Protocol

from crawler.parsers.entities.russian.dictionary import readings


class Grammar(Protocol):
    """The constructions of one language; `german.py` and its neighbours override the defaults."""

    # Words

    capitalises_nouns: bool = False
    """Every noun has a capital, so that a capital shows no proper name, and a head has one."""
    joins_compounds: bool = False
    """A head also counts as the last part of a longer word (Rohstoffkonferenz)."""
    hyphenates_heads: bool = True
    """A head also counts as the last part of a hyphenated word (Online-Forum)."""
    writes_ordinal_dots: bool = True
    """A dot behind a number makes it an ordinal (5. Mai) and ends no sentence."""

    def forms(self, phrase: str) -> set[str]:
        """The case and number forms of a noun phrase, case folded."""
        return {phrase.casefold()}

    def ordinal_stem(self, word: str) -> str:
        """An ordinal word without the ending that the vocabulary does not list."""
        return word

    # Head nouns

    has_noun_adjuncts: bool = False
    """A noun may stand right before the noun that it qualifies (meeting participants)."""

    def is_plural(self, head: str, kind: str) -> bool:
        """Whether a head, as written, stands for several events; `kind` as in HEAD_KINDS.

        By the Russian morphology, from which the languages without a module borrow such words. A
        weak head (переговоры) is one event.
        """
        if kind == "weak":
            return False
        numbers = {r.tag.number for r in readings(head.casefold()) if r.tag.POS == "NOUN"}
        return numbers == {"plur"}

    # Dates

    def is_paper_behind(self, text: str, papers: re.Pattern[str]) -> bool:
        """Whether a word behind a date says that a paper is of that day."""
        return False


def inflect_last(phrase: str, endings: tuple[str, ...]) -> set[str]:
    """A phrase with each of the endings on its last word."""
    words = phrase.casefold().split()
    return {" ".join([*words[:-1], words[-1] + e]) for e in endings}


class DefaultGrammar(Grammar):
    """A language without a module of its own."""
