"""The constructions of English."""

from __future__ import annotations

from crawler.parsers.events.grammar.base import Grammar, inflect_last

_ENDINGS = ("", "s", "es")


class EnglishGrammar(Grammar):
    """English: no case endings, nouns in rows, the determiner on the left."""

    # Words

    writes_ordinal_dots = False

    def forms(self, phrase: str) -> set[str]:
        """The singular and the plural."""
        return inflect_last(phrase, _ENDINGS)

    # Head nouns

    has_noun_adjuncts = True

    def is_plural(self, head: str, kind: str) -> bool:
        """By the ending; talks and negotiations, whose kind is weak, are one event."""
        low = head.casefold()
        return low.endswith("s") and kind == "gathering" and low != "congress"
