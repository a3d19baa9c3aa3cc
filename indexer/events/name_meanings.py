"""What the words of an event's name mean, the same in each language that has a table of them.

By it a page in one language is known to tell of the event of a page in another: "Bergbaurat" and
"горный совет" are both on mining. The tables are `event_names` of the language files: subjects,
countries, and kinds of events (meeting, training …). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.text.folding import fold


class NameMeanings(NamedTuple):
    """Ids of what a name says; sorted."""

    subjects: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class MeaningTables:
    """Reads names by the tables of the languages; safe to share between threads."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._tables = {
            lang: {table: _read(words.get("event_names", {}).get(table, {})) for table in _TABLES}
            for lang, words in languages.items()
        }
        # Pages name the same events again and again.
        self._known = lru_cache(maxsize=20_000)(self._meanings_of)

    def read(self, words: Iterable[str], lang: str | None) -> NameMeanings:
        """What the folded words of a name say."""
        found = [self._known(word, lang or "") for word in words]
        return NameMeanings(
            *(tuple(sorted({one for of_word in found for one in of_word[n]})) for n in range(3))
        )

    def _meanings_of(self, word: str, lang: str) -> tuple[frozenset[str], ...]:
        tables = self._tables.get(lang, {})
        return tuple(
            frozenset(
                one for one, patterns in tables.get(table, {}).items() if _any(patterns, word)
            )
            for table in _TABLES
        )


_TABLES = NameMeanings._fields

_Pattern = tuple[str, bool, bool]
"""Letters, and whether others may stand before and behind them."""


def _read(table: Mapping[str, str]) -> dict[str, tuple[_Pattern, ...]]:
    return {
        one: tuple((fold(word.strip("*")), word[0] == "*", word[-1] == "*") for word in row.split())
        for one, row in table.items()
    }


def _any(patterns: Iterable[_Pattern], word: str) -> bool:
    for letters, before, behind in patterns:
        if letters not in word:  # most
            continue
        if before and behind:
            return True
        if word == letters or (behind and word.startswith(letters)):
            return True
        if before and word.endswith(letters):
            return True
    return False


GENERIC = frozenset({"business", "cooperation", "industry", "partnership", "technology"})
"""Subjects that many events of a town have in common."""
LOOSE = GENERIC | {"mining", "raw-materials", "metals"}
"""Subjects that one language puts for another: a Rohstoffforum is a minerals forum."""


def other_subject(one: NameMeanings, other: NameMeanings) -> bool:
    """Whether each name says something that the other doesn't: two subjects, or two countries."""
    return _each_has_more(set(one.subjects), set(other.subjects)) or _each_has_more(
        set(one.countries), set(other.countries)
    )


def _each_has_more(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours - theirs - LOOSE and theirs - ours - LOOSE)


def same_subject(one: NameMeanings, other: NameMeanings) -> bool:
    """Whether names say the same of what an event is about: a conference on mining, and one on
    safety in mining, are two.
    """
    ours, theirs = set(one.subjects), set(other.subjects)
    if not (ours & theirs) - GENERIC:
        alike = one.countries and one.countries == other.countries
        return bool(ours and alike) and ours == theirs
    return len(ours & theirs) > 1 or ours - GENERIC == theirs - GENERIC
