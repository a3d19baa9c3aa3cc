"""Proper names of the tables in a text: countries, places, organisations, strategies,
nationalities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawler.parsers.entities.ambiguity import Ambiguity
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import fold, has_cyrillic
from crawler.parsers.entities.lexicon.automaton import LexiconHit, LexiconName
from crawler.parsers.entities.lexicon.tables import (
    AS_LISTED,
    COUNTRIES,
    NATIONALITIES,
    ORGANISATIONS,
    PLACES,
    WITH_SUFFIX,
    Tables,
)
from crawler.parsers.entities.spans import EntityMatch, Spans, longest_per_field
from crawler.parsers.entities.text_languages import TOLD_LANGUAGES, TextLanguages

_INITIALS = re.compile(
    # Not the last two letters of an abbreviation of three (U.S.A.).
    r"(?<!\w)(?<!\b[^\W\d_]\.)([^\W\d_]\.)[^\S\n]?([^\W\d_]\.)[^\S\n]?\Z"
)
_LONGEST_INITIALS = 6
_SURE, _SUFFIXED, _WITHIN = 0.95, 0.85, 0.7


class NameFinder:
    """Finds the names of the tables; agglutinating languages by their suffixes."""

    def __init__(
        self, tables: Tables, ambiguity: Ambiguity, languages: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self._tables = tables
        self._ambiguity = ambiguity
        self._text_languages = TextLanguages(languages)
        self._no_initials = frozenset(
            word for code in languages for word in cues(languages, code).get("no_initials", ())
        )
        self._suffixes = suffix_pattern(languages)
        self._own_suffixes = {
            code: _endings(own)
            for code, content in languages.items()
            if (own := content.get("cues", {}).get("own_name_suffixes"))
        }

    def find(self, text: str, language: str | None) -> list[EntityMatch]:
        """Finds of the five kinds; none overlaps another of its kind."""
        folded = fold(text)
        suffixes = self._text_languages.agglutinates(text, language)
        ending = self._own_suffixes.get(language or "", self._suffixes)
        hits = list(self._tables.latin_names.find(text, folded))
        if has_cyrillic(text):
            hits.extend(self._tables.cyrillic_names.find(text, folded))
        kept = longest_per_field(
            [
                self._found(hit)
                for hit in hits
                if _is_of(hit.name, language)
                and (not hit.rest or (suffixes and ending.fullmatch(hit.rest)))
                and (not hit.rest or _is_written_as_name(text, hit))
                and not (hit.name.kind == PLACES and self._is_surname(text, hit.start))
                and self._ambiguity.allows(
                    text, hit.start, hit.end, (fold(hit.name.alias), folded[hit.start : hit.end])
                )
            ]
        )
        return list(_drop_nested(list(kept)))

    def _is_surname(self, text: str, start: int) -> bool:
        """Whether the initials of two names stand before a place: towns are called by people, and
        so are many other things (имени К. И. Сатпаева).
        """
        initials = _INITIALS.search(text, max(0, start - _LONGEST_INITIALS), start)
        if initials is None:
            return False
        both = initials[1] + initials[2]
        return both.isupper() and both not in self._no_initials

    def _found(self, hit: LexiconHit) -> EntityMatch:
        rule = WITH_SUFFIX if hit.rest else AS_LISTED
        return EntityMatch(
            hit.name.kind,
            hit.start,
            hit.end + len(hit.rest),
            hit.name.value,
            _SUFFIXED if hit.rest else _SURE,
            rule,
        )


def _is_of(name: LexiconName, language: str | None) -> bool:
    """Whether a name may stand in a text: what only one language calls a country is a person or a
    people elsewhere (Герман, Франц).
    """
    own = name.kind == COUNTRIES and name.language in TOLD_LANGUAGES
    return not own or name.language == language


def _is_written_as_name(text: str, hit: LexiconHit) -> bool:
    """Whether a name before an ending has its capitals: an acronym all of them (not: Unda)."""
    surface = text[hit.start : hit.end]
    return surface.isupper() if hit.name.alias.isupper() else surface[0].isupper()


def suffix_pattern(
    languages: Mapping[str, Mapping[str, Any]], *, own: bool = False
) -> re.Pattern[str]:
    """The endings that a name may take in agglutinating languages: up to three in a row; `own`:
    those besides that only texts of the language have.
    """
    keys = ("name_suffixes", "own_name_suffixes") if own else ("name_suffixes",)
    endings = {
        fold(ending)
        for content in languages.values()
        for key in keys
        for ending in content.get("cues", {}).get(key, ())
    }
    return _endings(endings)


def _endings(endings: Iterable[str]) -> re.Pattern[str]:
    ranked = sorted(map(fold, endings), key=lambda e: (-len(e), e))
    return re.compile(f"(?:{'|'.join(map(re.escape, ranked))}){{1,3}}" if ranked else r"(?!)")


def _drop_nested(found: list[EntityMatch]) -> Iterator[EntityMatch]:
    """Countries, adjectives and bodies inside a longer place or country (the X valley, where a firm
    is called X) go; places inside organisations stay, less sure.
    """
    lands = Spans(f for f in found if f.field in (COUNTRIES, PLACES))
    organisations = Spans(f for f in found if f.field == ORGANISATIONS)
    for one in found:
        outer = lands.touching(one.start, one.end)
        if any(one.inside(o) for o in outer):
            continue
        if one.field == NATIONALITIES and any(one.overlaps(o.start, o.end) for o in outer):
            continue
        bodies = organisations.touching(one.start, one.end)
        if one.field == PLACES and any(one.inside(o) for o in bodies):
            yield EntityMatch(
                one.field, one.start, one.end, one.value, _WITHIN, "table+in-organisation"
            )
            continue
        yield one
