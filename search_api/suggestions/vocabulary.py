"""The names that pages and tables have, to complete what is typed and to guess what was meant."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from indexer.records.reference import Reference
from indexer.stores.base import FacetValue
from indexer.text.folding import fold, surfaces_of
from indexer.text.romanisation import romanise
from indexer.text.stemming import is_cyrillic
from search_api.ports import SearchStore

FIELDS = ("commodity", "strategy", "series", "organisation", "person", "place", "country")
"""Facets whose values are suggested; of equal matches the earlier field comes first."""
AGAIN = 60.0
"""Seconds after which the names are read again: they change with runs."""
ALIKE = 0.8
"""Likeness (`difflib`) from which a word may have been meant by another: one slip in five letters,
two neighbours that changed places in seven.
"""
MOST_LONGER = 2
"""Letters that such a word may have more or less."""
SHORTEST = 4
"""Letters of a word that is looked for among similar ones."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that may be meant."""

    field: str
    value: str
    """Value of the filter."""
    label: str
    count: int
    """Pages that have it."""


_Owner: TypeAlias = tuple[str, str]
"""Field and value of a name."""
_Sound: TypeAlias = tuple[str, bool]
"""Romanised word, and whether it is written in Cyrillic letters."""


_Beginning: TypeAlias = tuple[str, int]
"""First letter and length of a word: others are not like it at all."""


@dataclass(frozen=True, slots=True)
class _Names:
    suggestions: Sequence[tuple[Suggestion, tuple[str, ...]]]
    """With what each begins with: its names from each of their words on, folded and romanised."""
    words: Mapping[_Sound, tuple[str, _Owner]]
    """The word as written, and whose name it stands in."""
    beginnings: Mapping[_Beginning, Sequence[_Sound]]
    """The same words by what they begin with as they sound and as they are written."""

    def near(self, *words: str) -> set[_Sound]:
        """All that may be like one of these."""
        return {
            sound
            for word in words
            for length in range(len(word) - MOST_LONGER, len(word) + MOST_LONGER + 1)
            for sound in self.beginnings.get((word[0], length), ())
        }


class Likeness:
    """How much words are written like one, from 0 to 1; 0 also for those that surely are not."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._matcher = SequenceMatcher(b=word, autojunk=False)

    def of(self, other: str) -> float:
        """Of words that begin with another letter it is 0."""
        if abs(len(other) - len(self._word)) > MOST_LONGER or other[0] != self._word[0]:
            return 0.0
        self._matcher.set_seq1(other)
        if self._matcher.real_quick_ratio() < ALIKE or self._matcher.quick_ratio() < ALIKE:
            return 0.0
        return self._matcher.ratio()


class Vocabulary:
    """Knows names; safe to share between threads. Errors are those of a search."""

    def __init__(
        self,
        search: SearchStore,
        reference: Reference | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._search = search
        self._tables = _names_of_tables(reference)
        self._clock = clock
        self._lock = threading.Lock()
        self._looked = 0.0
        self._values: list[Sequence[FacetValue]] = []
        self._read: _Names | None = None

    def complete(self, prefix: str, limit: int) -> list[Suggestion]:
        """Names of which a word begins with these letters, in any script: whole names first, then
        by their number of pages.
        """
        words = surfaces_of(prefix)
        # As typed too: of "sch" and "sc" only one is a sound.
        wanted = (" ".join(romanise(word) for word in words), " ".join(words))
        if not all(wanted):
            return []
        found = [
            (not any(start in wanted for start in starts), -known.count, number, known)
            for number, (known, starts) in enumerate(self._names().suggestions)
            if any(start.startswith(wanted) for start in starts)
        ]
        return [known for *_, known in sorted(found, key=lambda row: row[:3])[:limit]]

    def knows(self, word: str) -> bool:
        """Whether a name has this word, letter by letter."""
        typed = fold(word)
        written, _ = self._names().words.get((romanise(typed), is_cyrillic(typed)), ("", None))
        return written == typed

    def similar(self, word: str) -> list[str]:
        """Words of names that are written much like this one, or the same in another script, the
        likest first: one of each concept, which is called by other words in other languages, in
        the script of this one if there is one.
        """
        typed, asked = fold(word), romanise(word)
        if len(asked) < SHORTEST:
            return []
        by_sound, by_letters = Likeness(asked), Likeness(typed)
        in_cyrillic, found, names = is_cyrillic(typed), [], self._names()
        for sound in names.near(asked, typed):
            (romanised, cyrillic), (written, owner) = sound, names.words[sound]
            if written == typed:
                continue
            likeness, same_script = by_sound.of(romanised), cyrillic == in_cyrillic
            if same_script:  # of "lihium" and "lithium" the letters are more alike than the sounds
                likeness = max(likeness, by_letters.of(written))
            if likeness >= ALIKE:
                found.append((not same_script, -likeness, written, owner))
        of_concepts: dict[_Owner, tuple[float, str]] = {}
        for _, unlike, written, owner in sorted(found):
            of_concepts.setdefault(owner, (unlike, written))
        return [written for _, written in sorted(of_concepts.values())]

    def _names(self) -> _Names:
        """As they were at most a minute ago; while one asker reads them again, which takes seconds
        for a large index, the others have those from before.
        """
        known = self._read
        if known is not None and self._clock() - self._looked <= AGAIN:
            return known
        if known is None:
            self._lock.acquire()
        elif not self._lock.acquire(blocking=False):
            return known
        try:
            if self._read is None or self._clock() - self._looked > AGAIN:
                values = [self._search.values(field) for field in FIELDS]
                if self._read is None or values != self._values:
                    self._read = self._read_names(values)
                self._values, self._looked = values, self._clock()
            return self._read
        finally:
            self._lock.release()

    def _read_names(self, values: Iterable[Sequence[FacetValue]]) -> _Names:
        suggestions = []
        words: dict[_Sound, tuple[str, _Owner]] = {}
        for owner, names in self._tables.items():
            _add_words(words, names, owner)
        for field, several in zip(FIELDS, values, strict=True):
            for value in several:
                own = self._names_of(field, value)
                _add_words(words, own, (field, value.value))
                known = Suggestion(field, value.value, value.label, value.count)
                starts = dict.fromkeys(start for name in own for start in _starts(name))
                suggestions.append((known, tuple(starts)))
        beginnings: dict[_Beginning, list[_Sound]] = defaultdict(list)
        for sound, (written, _) in words.items():
            for form in {sound[0], written} - {""}:
                beginnings[form[0], len(form)].append(sound)
        return _Names(suggestions, words, beginnings)

    def _names_of(self, field: str, value: FacetValue) -> list[str]:
        of_tables = self._tables.get((field, value.value), ())
        return list(dict.fromkeys((value.label, *value.forms, *of_tables)))


def _add_words(
    words: dict[_Sound, tuple[str, _Owner]], names: Iterable[str], owner: _Owner
) -> None:
    for name in names:
        for word in surfaces_of(name):
            if len(word) >= SHORTEST and word.isalpha():
                words.setdefault((romanise(word), is_cyrillic(word)), (word, owner))


def _starts(name: str) -> Iterator[str]:
    """A name from each of its words on, folded and romanised."""
    for words in (surfaces_of(name), [romanise(word) for word in surfaces_of(name)]):
        yield from (" ".join(words[number:]) for number in range(len(words)))


def _names_of_tables(reference: Reference | None) -> dict[tuple[str, str], tuple[str, ...]]:
    """(facet, value) → its names in all languages."""
    if reference is None:
        return {}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    tables = (
        ("commodity", reference.commodities),
        ("organisation", reference.organisations),
        ("strategy", reference.strategies),
        ("series", reference.strategies),
    )
    for field, table in tables:
        for identity, entry in table.items():
            found[field, identity] = tuple(n for names in entry.names.values() for n in names)
    for place in reference.places.values():
        names = tuple(n for several in place.names.values() for n in several)
        country = place.kind == "country" and place.country
        found[("country", country) if country else ("place", place.id)] = names
    return found
