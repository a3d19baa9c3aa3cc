"""Stories: pages of several sites that print the same text, more or less edited.

A story is told once. A later place is told only if it brings a matching passage that no earlier
place had. Pages of one site follow the same patterns (prices of the week, tenders), so there only
what is all but identical is the same story, and a passage is known only word for word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.query.evaluator import PassageMatch
from indexer.records.document import StoredDocument
from indexer.text.reprints import FEWEST, is_reprint
from indexer.text.shingles import containment, shingle_sample

WINDOW = timedelta(days=30)
"""After so long without a new place, a text that comes again is news."""
KNOWN = 0.6
"""A passage is known if the story has so much of it."""


class Place(NamedTuple):
    """A page that was matched."""

    document: str
    url: str
    story: str
    sample: frozenset[int]
    when: datetime


@dataclass(slots=True)
class _Story:
    places: list[Place] = field(default_factory=list)
    fingerprints: set[str] = field(default_factory=set)
    """Of passages that matched."""

    def has(self, passage: PassageMatch, url: str, document: str) -> bool:
        """Whether another place of the story than this document says the same.

        Within one site word for word: the price of this week differs from that of the last one in
        a number. Between sites a title says nothing beside its text.
        """
        if passage.fingerprint in self.fingerprints:
            return True
        if any(_site(p.url) == _site(url) for p in self.places if p.document != document):
            return False
        if passage.part == "title":
            return True
        own = shingle_sample(passage.text)
        whole = frozenset().union(*(place.sample for place in self.places))
        return containment(own, whole) >= KNOWN


@dataclass(slots=True)
class StoryBook:
    """The stories that one watch has told of."""

    _stories: dict[str, _Story] = field(default_factory=dict)
    _of_document: dict[str, str] = field(default_factory=dict)
    _by_shingle: dict[int, list[Place]] = field(default_factory=dict)

    def remember(self, place: Place, fingerprints: Sequence[str] = ()) -> None:
        """Enter a place that was matched."""
        story = self._stories.setdefault(place.story, _Story())
        story.places.append(place)
        story.fingerprints.update(fingerprints)
        self._of_document[place.document] = place.story
        for shingle in place.sample:
            self._by_shingle.setdefault(shingle, []).append(place)

    def enter(
        self, document: StoredDocument, fresh: Sequence[PassageMatch], when: datetime
    ) -> tuple[Place, bool]:
        """The place of a document that matches with fresh passages, and whether it is a later place
        of a story that has all of them.
        """
        sample = shingle_sample(document.page.text or "")
        name = self._of_document.get(document.id) or self._resembling(document.url, sample, when)
        story = self._stories.get(name or "")
        later = (
            story is not None
            and any(place.document != document.id for place in story.places)
            and all(story.has(passage, document.url, document.id) for passage in fresh)
        )
        place = Place(document.id, document.url, name or document.id, sample, when)
        self.remember(place, [passage.fingerprint for passage in fresh])
        return place, later

    def story_of(self, document: str) -> str:
        """The story of a document; its own id if it has none yet."""
        return self._of_document.get(document, document)

    def _resembling(self, url: str, sample: frozenset[int], when: datetime) -> str | None:
        """The story with the place that shares most of the text."""
        if len(sample) < FEWEST:
            return None
        shared: Counter[Place] = Counter()
        for shingle in sample:
            shared.update(p for p in self._by_shingle.get(shingle, ()) if p.when >= when - WINDOW)
        near = (place for place, _ in shared.most_common() if _is_same(place, url, sample))
        return next((place.story for place in near), None)


def _is_same(place: Place, url: str, sample: frozenset[int]) -> bool:
    return is_reprint(place.sample, sample, one_site=_site(place.url) == _site(url))


def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
