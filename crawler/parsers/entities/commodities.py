"""Commodities in a text: names of the table, German and Russian compounds, Kazakh endings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsers.entities.ambiguity import Ambiguity
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.lexicon.automaton import LexiconHit, capitals_kept
from crawler.parsers.entities.lexicon.languages import agglutinates, table_languages
from crawler.parsers.entities.lexicon.tables import COMMODITIES, Tables
from crawler.parsers.entities.spans import EntityMatch, longest
from crawler.parsers.entities.table_names import suffix_pattern

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
        heads = languages.get("de", {}).get("cues", {}).get("commodity_compound_heads", {})
        self._heads = _head_pattern(heads.get("de", ()))
        self._not_compounds = tuple(fold(word) for word in heads.get("not", ()))
        prefixes = languages.get("ru", {}).get("cues", {}).get("commodity_compounds", {})
        self._prefixes: Mapping[str, str] = prefixes.get("prefixes", {})
        self._russian = _prefix_pattern(self._prefixes, prefixes.get("heads", ()))

    def find(self, text: str, language: str | None) -> list[EntityMatch]:
        """Finds with the id of the table as value; none overlaps another."""
        folded = fold(text)
        columns = table_languages(text, language)
        found: list[EntityMatch] = []
        for column in sorted(columns):
            for hit in self._tables.commodities(column).find(text, folded):
                one = self._found(hit, text, folded, column)
                if one is not None:
                    found.append(one)
        if "ru" in columns:
            found.extend(self._russian_compounds(folded))
        return longest(found)

    def _found(self, hit: LexiconHit, text: str, folded: str, column: str) -> EntityMatch | None:
        word = folded[hit.start : hit.end] + hit.rest
        if hit.rest:
            if not self._continues(hit, text, column, word):
                return None
            return _made(hit, _COMPOUND, "table+compound" if column == "de" else "table+suffix")
        words = (word, fold(hit.name.alias))
        if not self._ambiguity.allows(text, hit.start, hit.end, words, column):
            return None
        if hit.name.adjective:
            return _made(hit, _ADJECTIVE, "table+adjective")
        return _made(hit, _VAGUE if hit.name.value in _VAGUE_IDS else _SURE, "table")

    def _continues(self, hit: LexiconHit, text: str, column: str, word: str) -> bool:
        """Whether the letters after the name are the head of a compound, or a suffix."""
        if column == "de":
            return (
                not word.startswith(self._not_compounds)
                and (text[hit.start].isupper() or "haltig" in hit.rest)
                and self._heads.fullmatch(hit.rest) is not None
            )
        return (
            column == "kk"
            and agglutinates(text, None)
            and self._suffixes.fullmatch(hit.rest) is not None
            and capitals_kept(hit.name.alias, text[hit.start : hit.end])
        )

    def _russian_compounds(self, folded: str) -> Iterator[EntityMatch]:
        for match in self._russian.finditer(folded):
            if match.group("prefix") in self._prefixes:
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


def _head_pattern(heads: tuple[str, ...]) -> re.Pattern[str]:
    """`s|n|en|e`, one or two heads and an ending: what follows the stem in Kupfererzlagerstätten."""
    if not heads:
        return re.compile(r"(?!)")
    ranked = "|".join(sorted((re.escape(fold(h)) for h in heads), key=lambda h: (-len(h), h)))
    return re.compile(
        rf"(?:s|n|en|e)?(?:{ranked})(?:(?:s|n|en|e)?(?:{ranked}))?(?:e|en|er|ern|n|s|es|em)?"
    )


def _prefix_pattern(prefixes: Mapping[str, str], heads: tuple[str, ...]) -> re.Pattern[str]:
    if not prefixes or not heads:
        return re.compile(r"(?!)")
    return re.compile(rf"\b(?P<prefix>{'|'.join(prefixes)}) ?(?:{'|'.join(heads)})\w*")
