"""The constructions of English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.parsers.events.grammar.base import Grammar, inflect_last
from crawler.parsers.events.grammar.job_titles import EnglishJobTitles
from crawler.parsers.events.grammar.tails import Step, TailReader

if TYPE_CHECKING:
    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_ENDINGS = ("", "s", "es")
_QUOTED_BEFORE = re.compile(r"[“\"][^“”\"\n]{3,60}[”\"]\s\Z")
_SINGLE_QUOTES = re.compile(
    r"(?<![\w'’])['‘]([A-Z](?:[^'‘’“”\"\n]|['’](?=[a-z])){1,100}(?<=\S))['’](?!\w)"
)
"""Single quotes around words that a capital opens, with apostrophes amid words."""
_SERIES = re.compile(r",\s(?:[A-Z][\w-]*,?\s){1,5}(?:and|&)\s[A-Z]")
"""A comma within a name: Exploration, Use and Protection."""


_BARE_LINKS = frozenset({"and", "&", "the"})
_UP_TO_VERB = _BARE_LINKS | {"to"}


class _EnglishTail(TailReader):
    """An infinitive and a further clause are no part of a name."""

    _before = ""
    _links: frozenset[str] = frozenset()
    _follows_name = True
    """Whether the word before a link is the head, or one with a capital."""

    def judge(self, text: str, low: str) -> Step:
        """A link is remembered for the small word behind it."""
        before, self._before = self._before, low
        if low in self.words.name_links:
            self._links |= {low}
            return super().judge(text, low)
        if text[0].islower() and self._opens_clause(before, low):
            return "stop"
        self._follows_name = not text[0].islower()
        return super().judge(text, low)

    def _opens_clause(self, before: str, low: str) -> bool:
        """Whether the word behind "to" is a verb (Tin Expo | to share …), no plural (visit to
        mines), or "and the" joins no subjects of the event (visit Leeds | and the prices …). What
        something else than the event is "to" is a noun (access to raw materials), and so is where
        a trip goes (visit to a mine).
        """
        if before == "the":
            return self._links <= _BARE_LINKS
        plural = low.endswith("s") and not low.endswith("ss")
        gathers = self._follows_name and self._links <= _UP_TO_VERB and not self.of_trip
        return before == "to" and not plural and gathers


class EnglishGrammar(Grammar):
    """English: no case endings, nouns in rows, the determiner on the left."""

    # Words

    writes_ordinal_dots = False

    def even_signs(self, text: str) -> str:
        """With double quotes for single ones, which many papers and agencies set ('Green Ore')."""
        if "'" not in text and "‘" not in text:
            return text
        return _SINGLE_QUOTES.sub(r"“\1”", text)

    def forms(self, phrase: str) -> set[str]:
        """The singular and the plural."""
        return inflect_last(phrase, _ENDINGS)

    tells_past_by_form = False

    def is_past(self, word: str) -> bool:
        """By the ending of weak verbs (discussed), but not need or indeed."""
        low = word.casefold()
        return len(low) > 4 and low.endswith("ed") and not low.endswith("eed")

    # Head nouns

    has_noun_adjuncts = True

    def is_plural(self, head: str, kind: str, left: Sequence[str] = ()) -> bool:
        """By the ending; talks and negotiations, whose kind is weak, are one event."""
        low = head.casefold()
        ends = low.endswith("s") and not low.endswith("ss")  # congress, masterclass
        return ends and kind == "gathering"

    # Noun phrases

    joins_in_names = ("and", "of", "for", "on")
    prepositions_amid_names = frozenset({"in"})
    parting_prepositions = frozenset({"of", "for", "on"})

    def quoted_start(self, text: str, floor: int, start: int) -> int:
        """Quoted words before a phrase open it (the "X" investment forum)."""
        found = _QUOTED_BEFORE.search(text, floor, start)
        return found.start() if found else start

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """That of English."""
        return _EnglishTail(words, linked=linked)

    def is_series_comma(self, text: str, at: int) -> bool:
        """A comma of a row of capitals that ends in "and"."""
        return _SERIES.match(text, at) is not None

    # Job titles and bodies

    def helps_something_else(self, before: str, cue: str, words: EventVocabulary) -> bool:
        """A participle right behind a noun that is no event."""
        last = before.split()[-1:]
        if not last or cue.partition(" ")[0].casefold() not in words.helping:
            return False
        noun = last[0].isalpha() and last[0].islower() and not last[0].endswith("ly")
        return noun and last[0] not in words.not_helped and not words.head_of(last[0])

    job_titles = EnglishJobTitles
    capitals_show_bodies = True
