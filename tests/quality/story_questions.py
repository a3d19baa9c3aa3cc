"""Questions that share no word with the pages that answer them (`questions.yaml`), asked of a store
with all pages of `stories.yaml`: by words, by meaning, and by meaning with stories as entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.records.document import StoredDocument
from indexer.stores.base import Hit, SearchRequest, Store
from indexer.stories.shelf import ShelvedPage, StoryShelf
from indexer.stories.traits import traits_of
from tests.quality.judged_pairs import Part
from tests.quality.story_pairs import ToldPage, part_of
from tests.yaml_files import read_yaml

QUESTIONS = read_yaml(Path(__file__).with_name("questions.yaml"))
FIRST = 10
"""Hits that a reader looks at."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of the pages of a story among the first hits, over all questions of a part."""

    questions: int
    words: float
    meaning: float
    """Each page is a hit."""
    entries: float
    """Each story is a hit, which has all its pages."""


def with_their_stories(documents: Iterable[StoredDocument]) -> list[StoredDocument]:
    """The documents, each with the story that is found for it."""
    shelf = StoryShelf(lambda day: ())
    told = []
    for document in documents:
        traits = traits_of(document, document.vectors[0].vector if document.vectors else None)
        story = shelf.find(document.id, traits) or document.id
        shelf.add(ShelvedPage(document.id, story, traits))
        told.append(replace(document, story=story))
    return told


def words_of(question: str) -> list[str]:
    """The words of a question."""
    return re.findall(r"\w+", question)


def recall(store: Store, pages: Sequence[ToldPage], part: Part) -> Recall:
    """How well the questions of one part are answered."""
    asked = [q for q in QUESTIONS if part_of(q["story"].rpartition("-")[0]) == part]
    shares = [_shares(store, pages, question) for question in asked]
    words, meaning, entries = (sum(column) / len(asked) for column in zip(*shares, strict=True))
    return Recall(len(asked), words, meaning, entries)


def _shares(
    store: Store, pages: Sequence[ToldPage], question: dict[str, str]
) -> tuple[float, float, float]:
    wanted = {page.document.id for page in pages if page.story == question["story"]}
    about = SearchRequest(f'about:"{question["ask"]}"', limit=FIRST)
    words = SearchRequest(" OR ".join(words_of(question["ask"])), limit=FIRST)

    def share(request: SearchRequest) -> float:
        hits = store.search(request).hits
        return len(wanted & {identity for hit in hits for identity in _pages_of(hit)}) / len(wanted)

    return share(words), share(about), share(replace(about, stories="entries"))


def _pages_of(hit: Hit) -> list[str]:
    return [hit.id, *(place.id for place in hit.others)]
