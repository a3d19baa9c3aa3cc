"""Stories: pages that tell the same news, as reprints, rewritten versions or translations.

A story is told once. A later place is told only if it brings a matching passage that no earlier
place had. Which pages are one story is looked up (`indexer.stories`); beside it, reprints of the
last month are recognised by their shingles. Pages of one site follow the same patterns (prices of
the week, tenders), so there only what is all but identical is the same story, and a passage is
known only word for word; unless it is in another language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import sqlalchemy as sa

from indexer.query.evaluator import PassageMatch
from indexer.records.document import Passage, StoredDocument
from indexer.text.reprints import FEWEST, is_reprint
from indexer.text.shingles import containment, shingle_sample

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder

WINDOW = timedelta(days=30)
"""After so long without a new place, a text that comes again is news."""
KNOWN = 0.6
"""A passage is known if the story has so much of it."""


Retells: TypeAlias = Callable[[str, Iterable[str]], bool]
"""Whether one of some documents says, in words of its own, what a passage says."""


def retells_nothing(text: str, documents: Iterable[str]) -> bool:
    """Without an encoder no words but the same ones are recognised."""
    del text, documents
    return False


def retells_by(connection: sa.Connection, encoder: Encoder | None) -> Retells:
    """Compares passages by their meaning, where there is an encoder."""
    if encoder is None:
        return retells_nothing
    # numpy, which a run with nothing to compare does not need
    from indexer.stories.retellings import Retellings  # noqa: PLC0415

    return Retellings(connection, encoder).retells


class Place(NamedTuple):
    """A page that was matched."""

    document: str
    url: str
    story: str
    """Of the watch: the document of which it told first."""
    sample: frozenset[int]
    when: datetime
    lang: str | None = None
    shared: str | None = None
    """Name of the story that it tells, as `indexer.stories` has it."""


@dataclass(slots=True)
class _Story:
    places: list[Place] = field(default_factory=list)
    fingerprints: set[str] = field(default_factory=set)
    """Of passages that matched."""

    def has(self, passage: PassageMatch | Passage, place: Place, retells: Retells) -> bool:
        """Whether another place of the story says the same as this one.

        Within one site and language word for word: the price of this week differs from that of the
        last one in a number. Otherwise the title of a further place says nothing beside its text;
        one that a known place has changed may.
        """
        if passage.fingerprint in self.fingerprints:
            return True
        others = [other for other in self.places if other.document != place.document]
        if any(_site(p.url) == _site(place.url) and p.lang == place.lang for p in others):
            return False
        if passage.part == "title" and len(others) == len(self.places):
            return True
        own = shingle_sample(passage.text)
        known = frozenset().union(*(own & other.sample for other in self.places))
        return containment(own, known) >= KNOWN or retells(
            passage.text, [other.document for other in others]
        )


@dataclass(slots=True)
class MatchedTexts:
    """Samples of texts that were matched, by their shingles: the books of all watches share them,
    as many watches match the same page.
    """

    _known: dict[frozenset[int], frozenset[int]] = field(default_factory=dict)
    _by_shingle: dict[int, list[frozenset[int]]] = field(default_factory=dict)
    _asked: tuple[frozenset[int], list[frozenset[int]]] | None = None
    """The last text asked for, and what is near to it."""

    def add(self, sample: frozenset[int]) -> frozenset[int]:
        """Enter a text; returns the sample that all its places hold."""
        if sample not in self._known:
            self._known[sample] = sample
            self._asked = None
            for shingle in sample:
                self._by_shingle.setdefault(shingle, []).append(sample)
        return self._known[sample]

    def nearest(self, sample: frozenset[int]) -> list[frozenset[int]]:
        """Texts of which this one may be a reprint, those that share most of it first."""
        if self._asked is None or self._asked[0] != sample:
            shared: Counter[frozenset[int]] = Counter()
            for shingle in self._by_shingle.keys() & sample:
                shared.update(self._by_shingle[shingle])
            near = [text for text, _ in shared.most_common()]
            # What one site takes for a reprint, any two take for one.
            self._asked = sample, [t for t in near if is_reprint(t, sample, one_site=False)]
        return self._asked[1]


@dataclass(slots=True)
class StoryBook:
    """The stories that one watch has told of."""

    retells: Retells = retells_nothing
    follows: bool = False
    """The watch asks for a story by its name: it is told of every place."""
    texts: MatchedTexts = field(default_factory=MatchedTexts)
    """Of its places, and of those of other books."""
    _stories: dict[str, _Story] = field(default_factory=dict)
    _of_document: dict[str, str] = field(default_factory=dict)
    _by_sample: dict[frozenset[int], list[Place]] = field(default_factory=dict)
    _by_shared: dict[str, Place] = field(default_factory=dict)
    """The last place of each shared story."""

    def remember(self, place: Place, fingerprints: Sequence[str] = ()) -> None:
        """Enter a place that was matched."""
        sample = self.texts.add(place.sample)
        if sample is not place.sample:
            place = place._replace(sample=sample)
        story = self._stories.setdefault(place.story, _Story())
        story.places.append(place)
        story.fingerprints.update(fingerprints)
        self._of_document[place.document] = place.story
        if place.shared:
            self._by_shared[place.shared] = place
        self._by_sample.setdefault(place.sample, []).append(place)

    def enter(
        self, document: StoredDocument, fresh: Sequence[PassageMatch | Passage], when: datetime
    ) -> tuple[Place, bool]:
        """The place of a document that matches with fresh passages (where a query has no words:
        those that were added), and whether it is a later place of a story that has all of them.
        """
        page, shared = document.page, document.story
        sample = shingle_sample(page.text or "")
        name = (
            self._of_document.get(document.id)
            or self._sharing(shared, when)
            or self._resembling(document.url, sample, when)
            or document.id
        )
        place = Place(document.id, document.url, name, sample, when, page.lang, shared)
        story = self._stories.get(name)
        later = (
            story is not None
            and not self.follows
            and any(other.document != document.id for other in story.places)
            and all(story.has(passage, place, self.retells) for passage in fresh)
        )
        self.remember(place, [passage.fingerprint for passage in fresh])
        return place, later

    def story_of(self, document: str) -> str | None:
        """The story of a document, if it is in the book."""
        return self._of_document.get(document)

    def begin_anew(self, document: StoredDocument, before: str, name: str, when: datetime) -> None:
        """From now on a document tells another story than before: that of a place with the same
        text, or one with this name.
        """
        sample = shingle_sample(document.page.text or "")
        story = self._resembling(document.url, sample, when, other_than=before)
        self._of_document[document.id] = story or name

    def _sharing(self, shared: str | None, when: datetime) -> str | None:
        """The story with a place that tells the same news."""
        place = self._by_shared.get(shared or "")
        return place.story if place is not None and place.when >= when - WINDOW else None

    def _resembling(
        self, url: str, sample: frozenset[int], when: datetime, other_than: str | None = None
    ) -> str | None:
        """The story with the place that shares most of the text."""
        if len(sample) < FEWEST:
            return None
        near = (
            place
            for text in self.texts.nearest(sample)
            for place in self._by_sample.get(text, ())
            if place.when >= when - WINDOW and _is_same(place, url, sample)
        )
        return next((place.story for place in near if place.story != other_than), None)


def _is_same(place: Place, url: str, sample: frozenset[int]) -> bool:
    return is_reprint(place.sample, sample, one_site=_site(place.url) == _site(url))


@lru_cache(1_000)  # all watches ask of the same pages
def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
