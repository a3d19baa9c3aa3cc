"""Commodities in a text: names of the table, German and Russian compounds, endings of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsers.entities.ambiguity import Ambiguity
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.folding import fold, has_inner_capital
from crawler.parsers.entities.lexicon.automaton import LexiconHit, keeps_capitals
from crawler.parsers.entities.lexicon.tables import AS_LISTED, COMMODITIES, WITH_SUFFIX, Tables
from crawler.parsers.entities.spans import EntityMatch, longest
from crawler.parsers.entities.table_names import suffix_pattern
from crawler.parsers.entities.text_languages import (
    AGGLUTINATING,
    TOLD_LANGUAGES,
    TextLanguages,
)

_SURE, _COMPOUND, _ADJECTIVE, _VAGUE = 0.95, 0.85, 0.8, 0.4
_VAGUE_IDS = frozenset({"solid-minerals"})
"""Minerals as such: worth finding, too wide to tag a page with."""


class CommodityFinder:
    """Finds commodities in the languages that the text may be in."""

    def __init__(
        self, tables: Tables, ambiguity: Ambiguity, languages: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._tables = tables
        self._ambiguity = ambiguity
        self._suffixes = suffix_pattern(languages)
        self._own_suffixes = {
            code: suffix_pattern({code: languages[code]}, own=True)
            for code in TOLD_LANGUAGES
            if code in languages
        }
        self._text_languages = TextLanguages(languages)
        found = {code: cues(languages, code) for code in languages}
        self._compounds = {
            code: _Compounds(words["commodity_compound_heads"])
            for code, words in found.items()
            if "commodity_compound_heads" in words
        }
        self._prefixed = {
            code: _PrefixedWords(words["commodity_compounds"])
            for code, words in found.items()
            if "commodity_compounds" in words
        }

    def find(self, text: str, language: str | None) -> list[EntityMatch]:
        """Finds with the id of the table as value; none overlaps another."""
        folded = fold(text)
        columns = self._text_languages.columns(text, language)
        found: list[EntityMatch] = []
        for column in sorted(columns):
            for hit in self._tables.commodities(column).find(text, folded):
                one = self._found(hit, text, folded, column)
                if one is not None:
                    found.append(one)
        for column in sorted(columns & self._prefixed.keys()):
            found.extend(self._prefixed[column].find(folded))
        return longest(found)

    def _found(self, hit: LexiconHit, text: str, folded: str, column: str) -> EntityMatch | None:
        word = folded[hit.start : hit.end] + hit.rest
        if hit.rest:
            if not self._continues(hit, text, column, word):
                return None
            rule = "table+compound" if column in self._compounds else WITH_SUFFIX
            return _made(hit, _COMPOUND, rule)
        words = (word, fold(hit.name.alias))
        if has_inner_capital(text[hit.start : hit.end]) and not has_inner_capital(hit.name.alias):
            return None  # MiCA
        if not self._ambiguity.allows(text, hit.start, hit.end, words, column):
            return None
        if hit.name.adjective:
            return _made(hit, _ADJECTIVE, "table+adjective")
        return _made(hit, _VAGUE if hit.name.value in _VAGUE_IDS else _SURE, AS_LISTED)

    def _continues(self, hit: LexiconHit, text: str, column: str, word: str) -> bool:
        """Whether the letters after the name are the head of a compound, or a suffix."""
        if column in self._compounds:
            return self._compounds[column].hold(word, hit.rest, capital=text[hit.start].isupper())
        return (
            column in AGGLUTINATING
            and (column in TOLD_LANGUAGES or self._text_languages.agglutinates(text, None))
            and self._own_suffixes.get(column, self._suffixes).fullmatch(hit.rest) is not None
            and keeps_capitals(hit.name.alias, text[hit.start : hit.end])
            and self._ambiguity.allows(
                text, hit.start, hit.end, (word, fold(hit.name.alias)), column
            )
        )


class _Compounds:
    """Compounds with a commodity as first part: Kupfererzlagerstätten."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        heads = any_of(re.escape(fold(head)) for head in words.get("de", ()))
        links = any_of(words.get("links", ()))
        endings = any_of(words.get("endings", ()))
        self._rest = re.compile(rf"{links}?{heads}(?:{links}?{heads})?{endings}?")
        self._small = tuple(words.get("small", ()))
        self._others = tuple(fold(word) for word in words.get("not", ()))

    def hold(self, word: str, rest: str, *, capital: bool) -> bool:
        """Whether `word` is one, and `rest` what stands behind the commodity in it."""
        return (
            not word.startswith(self._others)
            and (capital or any(head in rest for head in self._small))
            and self._rest.fullmatch(rest) is not None
        )


class _PrefixedWords:
    """Words that begin with the stem of a commodity: золотодобыча."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._prefixes: Mapping[str, str] = words.get("prefixes", {})
        prefixes, heads = "|".join(self._prefixes), "|".join(words.get("heads", ()))
        self._pattern = re.compile(
            rf"\b(?P<prefix>{prefixes}) ?(?:{heads})\w*" if prefixes and heads else r"(?!)"
        )

    def find(self, folded: str) -> Iterator[EntityMatch]:
        """Finds in a folded text."""
        for match in self._pattern.finditer(folded):
            yield EntityMatch(
                COMMODITIES,
                match.start(),
                match.end(),
                self._prefixes[match.group("prefix")],
                _ADJECTIVE,
                "compound",
            )


def _made(hit: LexiconHit, confidence: float, rule: str) -> EntityMatch:
    return EntityMatch(
        COMMODITIES, hit.start, hit.end + len(hit.rest), hit.name.value, confidence, rule
    )
