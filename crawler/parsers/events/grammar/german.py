"""The constructions of German."""

from __future__ import annotations

import re

from crawler.parsers.events.grammar.base import Grammar, inflect_last

_ENDINGS = ("", "s", "es", "e", "en", "n", "er", "ern", "se", "sen", "nen", "ses", "ss")
_ORDINAL_ENDINGS = ("en", "er", "es", "em")
_PLURALS = ("ungen", "nzen", "shops", "inare", "foren", "esse", "reisen", "messen")
"""Endings of heads in the plural."""
_PAPER_REACH = 6
"""Words between the day of a paper and the participle behind it."""


class GermanGrammar(Grammar):
    """German: nouns with capitals, compounds, participles at the end of a phrase."""

    # Words

    capitalises_nouns = True
    joins_compounds = True

    def forms(self, phrase: str) -> set[str]:
        """The plural and genitive forms."""
        return inflect_last(phrase, _ENDINGS)

    def ordinal_stem(self, word: str) -> str:
        """Without the last letter of a case ending (fünften, fünfter)."""
        return word[:-1] if word.endswith(_ORDINAL_ENDINGS) else word

    # Head nouns

    def is_plural(self, head: str, kind: str) -> bool:
        """By the ending; Gespräche and Verhandlungen, whose kind is weak, are one event."""
        return kind != "weak" and head.endswith(_PLURALS)

    # Dates

    def is_paper_behind(self, text: str, papers: re.Pattern[str]) -> bool:
        """A participle in the same clause (die am 5. Mai unterzeichnete Vereinbarung)."""
        words = re.split(r"[,;.!?]", text, maxsplit=1)[0].split()[:_PAPER_REACH]
        return any(papers.match(word) and not word.endswith("t") for word in words)
