"""Pages by day, among which a page's story is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from indexer.meaning.packing import DIMENSIONS
from indexer.meaning.vectors import Rows, unit_rows
from indexer.records.document import DocumentId
from indexer.stories.same_story import CUT, LEAST_MEANING, WINDOW, story_score
from indexer.stories.traits import Traits

MOST_HELD = 20_000
"""Pages held in memory (some 10 kB each), unless the days about one page have more; other days are
read again when they are needed again.
"""


@dataclass(frozen=True, slots=True)
class ShelvedPage:
    """A page with its story."""

    document: DocumentId
    story: str
    traits: Traits


ReadDay: TypeAlias = Callable[[int], Iterable[ShelvedPage]]
"""The pages that came out on a day (ordinal)."""


@dataclass(slots=True)
class _Day:
    pages: list[ShelvedPage] = field(default_factory=list)
    by_shingle: dict[int, list[int]] = field(default_factory=dict)
    _units: Rows = field(default_factory=lambda: np.zeros((0, DIMENSIONS), np.float32))
    """Of the first `_filled` pages, with room for more."""
    _filled: int = 0

    def add(self, page: ShelvedPage) -> None:
        """Add a page; it may stand there already as it was before."""
        for shingle in page.traits.sample:
            self.by_shingle.setdefault(shingle, []).append(len(self.pages))
        self.pages.append(page)

    def candidates(self, traits: Traits) -> Iterator[ShelvedPage]:
        """Pages that share text or meaning with another one."""
        near = {number for s in traits.sample for number in self.by_shingle.get(s, ())}
        if traits.vector is not None and self.pages:
            cosines = self._unit_rows() @ unit_rows([traits.vector])[0]
            near.update(np.flatnonzero(cosines >= LEAST_MEANING).tolist())
        return (self.pages[number] for number in sorted(near))

    def _unit_rows(self) -> Rows:
        new, number = self.pages[self._filled :], len(self.pages)
        if number > len(self._units):
            room = np.zeros((number, DIMENSIONS), np.float32)
            self._units = np.concatenate([self._units[: self._filled], room])
        if new:
            nothing = bytes(DIMENSIONS)
            rows = unit_rows([page.traits.vector or nothing for page in new])
            self._units[self._filled : number] = rows
            self._filled = number
        return self._units[:number]


class StoryShelf:
    """Pages by the day on which they came out, read when a page of about that day is looked for."""

    def __init__(self, read_day: ReadDay) -> None:
        self._read_day = read_day
        self._days: dict[int, _Day] = {}
        self._held = 0

    def add(self, page: ShelvedPage) -> None:
        """Put a page among the others of its day, if that was read already."""
        day = self._days.get(page.traits.day)
        if day is not None:
            day.add(page)
            self._held += 1

    def find(self, document: DocumentId, traits: Traits) -> str | None:
        """The story of the page that most surely tells the same; None: it is news."""
        days = range(traits.day - WINDOW, traits.day + WINDOW + 1)
        if self._held > MOST_HELD:
            self._days = {day: found for day, found in self._days.items() if day in days}
            self._held = sum(len(found.pages) for found in self._days.values())
        best, story = CUT, None
        for day in days:
            for page in self._day(day).candidates(traits):
                score = story_score(page.traits, traits) if page.document != document else 0.0
                if score > best or (score == best and story is None):
                    best, story = score, page.story
        return story

    def _day(self, day: int) -> _Day:
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = _Day()
            for page in self._read_day(day):
                found.add(page)
                self._held += 1
        return found
