"""The names that pages and tables have, to complete what is typed and to guess what was meant."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from indexer.records.reference import Reference
from indexer.stores.base import FacetValue
from indexer.stores.short_texts import ShortTexts
from indexer.text.folding import fold, surfaces_of
from indexer.text.romanisation import romanise
from indexer.text.stemming import is_cyrillic
from search_api.ports import SearchStore

FIELDS = ("commodity", "strategy", "series", "organisation", "person", "place", "country")
"""Facets whose values are suggested; of equal matches the earlier field comes first."""
AGAIN = 60.0
"""Seconds after which the names are read again: they change with runs."""
AT_ONCE = 2_000
"""Names after which what was found out about their words is forgotten."""
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
_Beginning: TypeAlias = tuple[str, int]
"""First letter and length of a word: others are not like it at all."""


class _Words:
    """The words of names: of those that sound the same in a script, the first one."""

    def __init__(self) -> None:
        self._sounds, self._written, self._owners = ShortTexts(), ShortTexts(), array("q")
        self._beginnings: dict[_Beginning, array[int]] = {}
        """Their numbers by what they begin with as they sound and as they are written."""
        self._heard: set[int] = set()

    def add(self, names: Iterable[str], owner: _Owner) -> None:
        """Take the words of whose names these are. Hashes tell one owner, and sound, from another:
        they take a fifth of the room.
        """
        for name in names:
            for word in surfaces_of(name):
                if len(word) >= SHORTEST and word.isalpha():
                    sound = romanise(word)
                    heard = hash((sound, is_cyrillic(word)))
                    if heard not in self._heard:
                        self._heard.add(heard)
                        self._append(word, sound, hash(owner))

    def _append(self, word: str, sound: str, owner: int) -> None:
        self._sounds.append(sound)
        self._written.append(word)
        self._owners.append(owner)

    def complete(self) -> None:
        """No more are added."""
        self._heard = set()
        for number in range(len(self._owners)):
            for form in {self._sounds[number], self._written[number]} - {""}:
                numbers = self._beginnings.setdefault((form[0], len(form)), array("I"))
                numbers.append(number)

    def has(self, word: str) -> bool:
        """Whether this word is among them, letter by letter."""
        numbers = self._beginnings.get((word[:1], len(word)), ())
        return any(self._written[number] == word for number in numbers)

    def near(self, *words: str) -> Iterator[tuple[str, str, int]]:
        """Sound, letters and owner of all that may be like one of these."""
        numbers = {
            number
            for word in words
            for length in range(len(word) - MOST_LONGER, len(word) + MOST_LONGER + 1)
            for number in self._beginnings.get((word[0], length), ())
        }
        for number in numbers:
            yield self._sounds[number], self._written[number], self._owners[number]


class _Names:
    """What is suggested, and the words of all names. Of 68,000 names it takes 11 MiB, where an
    object for each of their words took 84.
    """

    def __init__(self) -> None:
        self._fields, self._counts = bytearray(), array("I")
        self._values, self._labels = ShortTexts(), ShortTexts()
        self._starts = ShortTexts()
        """What each begins with: its names from each of their words on, folded and romanised; each
        with the end of a line before and behind it.
        """
        self.words = _Words()

    def add(self, known: Suggestion, starts: Iterable[str]) -> None:
        """Suggest this to who types one of its beginnings."""
        self._fields.append(FIELDS.index(known.field))
        self._counts.append(known.count)
        self._values.append(known.value)
        self._labels.append(known.label)
        self._starts.append("".join(f"\n{start}\n" for start in starts))

    def beginning_with(self, *wanted: str) -> list[int]:
        """Numbers of those that begin so: whole names first, then by their number of pages."""
        found = {number for text in wanted for number in self._starts.holding(f"\n{text}")}
        whole = {number for text in wanted for number in self._starts.holding(f"\n{text}\n")}
        return sorted(found, key=lambda n: (n not in whole, -self._counts[n], n))

    def __getitem__(self, number: int) -> Suggestion:
        """One of them."""
        return Suggestion(
            FIELDS[self._fields[number]],
            self._values[number],
            self._labels[number],
            self._counts[number],
        )


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
        self._looked_like: list[int] = []
        """A number of each field, to see whether its names have changed."""
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
        names = self._names()
        return [names[number] for number in names.beginning_with(*wanted)[:limit]]

    def knows(self, word: str) -> bool:
        """Whether a name has this word, letter by letter."""
        return self._names().words.has(fold(word))

    def similar(self, word: str) -> list[str]:
        """Words of names that are written much like this one, or the same in another script, the
        likest first: one of each concept, which is called by other words in other languages, in
        the script of this one if there is one.
        """
        typed, asked = fold(word), romanise(word)
        if len(asked) < SHORTEST:
            return []
        by_sound, by_letters = Likeness(asked), Likeness(typed)
        in_cyrillic, found = is_cyrillic(typed), []
        for romanised, written, owner in self._names().words.near(asked, typed):
            if written == typed:
                continue
            likeness, same_script = by_sound.of(romanised), is_cyrillic(written) == in_cyrillic
            if same_script:  # of "lihium" and "lithium" the letters are more alike than the sounds
                likeness = max(likeness, by_letters.of(written))
            if likeness >= ALIKE:
                found.append((not same_script, -likeness, written, owner))
        of_concepts: dict[int, tuple[float, str]] = {}
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
                self._read_again()
            return self._read or _Names()
        finally:
            self._lock.release()

    def _read_again(self) -> None:
        if self._read is None or [self._look(field) for field in FIELDS] != self._looked_like:
            names = _Names()
            for owner, of_table in self._tables.items():
                names.words.add(of_table, owner)
            self._looked_like = [self._look(field, names) for field in FIELDS]
            _forget_words()
            names.words.complete()  # what stays is made last: Python gives back whole MiB only
            self._read = names
        self._looked = self._clock()

    def _look(self, field: str, names: _Names | None = None) -> int:
        """A number that another state of the field's names hardly has; they go to `names`."""
        values = self._search.values(field)  # of one field at a time: they take room
        if names is not None:
            for number, value in enumerate(values):
                if number % AT_ONCE == 0:
                    _forget_words()
                own = self._names_of(field, value)
                names.words.add(own, (field, value.value))
                known = Suggestion(field, value.value, value.label, value.count)
                names.add(known, dict.fromkeys(start for name in own for start in _starts(name)))
        return hash(tuple([(v.value, v.label, v.count, tuple(v.forms)) for v in values]))

    def _names_of(self, field: str, value: FacetValue) -> list[str]:
        of_tables = self._tables.get((field, value.value), ())
        return list(dict.fromkeys((value.label, *value.forms, *of_tables)))


def _forget_words() -> None:
    """What is known of a hundred thousand words would take more room than the names do."""
    for remembered in (fold, surfaces_of, romanise):
        remembered.cache_clear()


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
