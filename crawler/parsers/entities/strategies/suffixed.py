"""Strategies and programmes in languages that put endings behind words: before a head («X»
бағдарламасы, Борбор Азия стратегиясы), in Tajik behind it (Барномаи «X»).

A name in quotes beside a head is the find, as in the other languages; without quotes a head needs
years or capitals of its own, and one that is an everyday word (`only_quoted`) stays without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.folding import Script, fold
from crawler.parsers.entities.grammar.suffixes import (
    ARGUMENTS,
    OWNERS,
    is_linked,
    noun_forms,
)
from crawler.parsers.entities.language_rules import SuffixedRules
from crawler.parsers.entities.lexicon.tables import PROGRAMMES, STRATEGIES
from crawler.parsers.entities.organisations.suffixed_words import TOKEN, WORD, is_quoted
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.entities.strategies.heads import (
    CAPITALS,
    QUOTED,
    WITH_YEARS,
    strategy_match,
)

_LISTS = (("strategy_heads", STRATEGIES), ("programme_heads", PROGRAMMES))
_STOPS = ("determiners", "name_stops", "name_links")
_MOST_ATTRIBUTES = 3
"""Words between quotes and the head that they name."""
_MOST_WORDS = 12
"""Words of a name without quotes, besides its head."""
_DASHES, _ENDS = "-–—", ".!?:"
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?\Z")
_TOKEN = re.compile(rf"(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?(?!\d)|{TOKEN.pattern}")

Found = tuple[tuple[int, int], float, str]
"""Where a name stands, how sure it is, and by what rule."""


class _SuffixedStrategies(SuffixedRules):
    """What both kinds of languages share."""

    _edge: ClassVar[int]
    """At which end of a name its head stands."""

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        for line in re.finditer(r"[^\n]+", text):
            tokens = list(_TOKEN.finditer(text, *line.span()))
            for at, token in enumerate(tokens):
                low = fold(token.group())
                if is_quoted(low) and (field := self._field_of(low[1:-1])):
                    span = (token.start() + 1, token.end() - 1)
                    yield strategy_match(text, span, field, QUOTED, "quoted")
                if low in self._last_words and (head := self._head(tokens, at)) is not None:
                    found = self._named(tokens, *head)
                    if found is not None:
                        span, sure, rule = found
                        yield strategy_match(text, span, self._heads[head[2]], sure, rule)

    def _named(
        self, tokens: Sequence[re.Match[str]], first: int, last: int, phrase: str
    ) -> Found | None:
        raise NotImplementedError

    def _field_of(self, name: str) -> str | None:
        """The field of a folded name in quotes that has a head where one stands in the language
        (“Шинэ сэргэлтийн бодлого”-ыг); None without one.
        """
        words = name.split()
        return self._heads.get(words[self._edge]) if len(words) > 1 else None

    def _head(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[int, int, str] | None:
        """The first and the last token of the longest head that ends at a token, and its words."""
        for size in (3, 2, 1):
            words = tokens[max(0, at + 1 - size) : at + 1]
            phrase = " ".join(fold(word.group()) for word in words)
            if len(words) == size and phrase in self._heads:
                return at + 1 - size, at, phrase
        return None

    @cached_property
    def _heads(self) -> Mapping[str, str]:
        """Forms of heads, folded, each with its field."""
        return {
            fold(form): field
            for key, field in _LISTS
            for head in self._cues.get(key, ())
            for form in noun_forms(head, self._language)
        }

    @cached_property
    def _last_words(self) -> frozenset[str]:
        return frozenset(head.rpartition(" ")[2] for head in self._heads)

    @cached_property
    def _only_quoted(self) -> frozenset[str]:
        words = self._cues.get("strategy_kinds", {}).get("only_quoted", ())
        return frozenset(fold(f) for word in words for f in noun_forms(word, self._language))

    @cached_property
    def _stops(self) -> frozenset[str]:
        joiners = frozenset(self._cues.get("name_joiners", ()))
        words = {word for key in _STOPS for word in self._cues.get(key, ())} - joiners
        return frozenset(map(fold, words))


class HeadLastStrategies(_SuffixedStrategies):
    """Those whose head closes their name."""

    _edge = -1

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], language: str, script: Script
    ) -> None:
        super().__init__(languages, language, script)
        self._of_verb = re.compile(rf"[\w'-]{{3,}}(?:{ARGUMENTS[language]})\Z")
        self._owner = re.compile(rf"[\w'-]{{3,}}(?:{OWNERS[language]})\Z")

    def _named(
        self, tokens: Sequence[re.Match[str]], first: int, last: int, phrase: str
    ) -> Found | None:
        if (quotes := self._quotes_before(tokens, first)) is not None:
            return (quotes.start() + 1, quotes.end() - 1), QUOTED, "quoted"
        if phrase in self._only_quoted:
            return None
        opens, years, capitals = self._reach(tokens, first)
        if years is not None:
            return (tokens[min(years, opens)].start(), tokens[last].end()), WITH_YEARS, "years"
        if capitals and opens < first:
            return (tokens[opens].start(), tokens[last].end()), CAPITALS, "capitals"
        return None

    def _quotes_before(self, tokens: Sequence[re.Match[str]], at: int) -> re.Match[str] | None:
        """The quotes before a head, attributes between them («X» мемлекеттік бағдарламасы)."""
        for back in range(at - 1, max(-1, at - 2 - _MOST_ATTRIBUTES), -1):
            word = tokens[back].group()
            if is_quoted(word):
                return tokens[back]
            low = fold(word)
            if not word.islower() or low in self._stops or self._owner.match(low):
                return None
        return None

    def _reach(self, tokens: Sequence[re.Match[str]], at: int) -> tuple[int, int | None, bool]:
        """Where the words before a head begin that qualify it: its outermost capital, a year before
        it, and whether a capital is that of a name.
        """
        opens, years, names = at, None, False
        for back in range(at - 1, max(-1, at - 1 - _MOST_WORDS), -1):
            word, low = tokens[back].group(), fold(tokens[back].group())
            if _YEAR.match(word):
                named = back > 1 and tokens[back - 1].group() in _DASHES
                years = back - 2 if named and tokens[back - 2].group()[0].isupper() else back
                break
            if not WORD.match(word) or (low in self._stops and not self._tells_years(tokens, back)):
                break
            if self._of_verb.match(low) and not self._tells_years(tokens, back):
                break
            if word[0].isupper():
                opens = back
                amid = back > 0 and tokens[back - 1].group() not in _ENDS
                names = names or (amid and not (word.isupper() or self._owner.match(low)))
        return opens, years, names

    def _tells_years(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        """Whether a year stands one or two words before a word (2030 жылға дейінгі)."""
        return any(_YEAR.match(token.group()) for token in tokens[max(0, at - 2) : at])


class EzafeStrategies(_SuffixedStrategies):
    """Those whose head opens their name; an ending links what follows."""

    _edge = 0

    def _named(
        self, tokens: Sequence[re.Match[str]], first: int, last: int, phrase: str
    ) -> Found | None:
        if not is_linked(phrase, self._language):
            return None
        end, names, years = last, False, False
        for at in range(last + 1, min(len(tokens), last + 1 + _MOST_WORDS)):
            word = tokens[at].group()
            if is_quoted(word):
                span = (tokens[at].start() + 1, tokens[at].end() - 1)
                return (span, QUOTED, "quoted") if at - last <= _MOST_ATTRIBUTES + 1 else None
            if _YEAR.match(word) and at > last + 1:
                end, years = at, True
                break
            low = fold(word)
            if not WORD.match(word) or (low in self._stops and low not in self._before_years):
                break
            if low not in self._before_years:
                end, names = at, names or (word[0].isupper() and not word.isupper())
            linked = is_linked(low, self._language) or low in self._before_years
            if not (linked or self._years_follow(tokens, at + 1)):
                break
        span = (tokens[first].start(), tokens[end].end())
        if years:
            return span, WITH_YEARS, "years"
        everyday = phrase in self._only_quoted
        return (span, CAPITALS, "capitals") if names and not everyday else None

    def _years_follow(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        return at < len(tokens) and fold(tokens[at].group()) in self._before_years

    @cached_property
    def _before_years(self) -> frozenset[str]:
        words = self._cues.get("year_span", {}).get("before", ())
        return frozenset(fold(word) for phrase in words for word in phrase.split())
