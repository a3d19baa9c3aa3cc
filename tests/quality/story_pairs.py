"""Made-up news in three languages, of which is known which pages tell the same (`stories.yaml`).

Half of the groups are set aside by the SHA-256 of their names: rules and thresholds are chosen on
the others only, and single pages of the set-aside half are never printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Literal

import yaml

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.meaning.encoder import Encoder
from indexer.meaning.passages import encode_pages
from indexer.records.document import StoredDocument, document_id
from indexer.stories.same_story import CUT, story_score
from indexer.stories.traits import traits_of

Part = Literal["open", "aside"]

GROUPS = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text(encoding="utf-8"))
_SEEN = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the set; vectors are those of the encoder."""

    story: str
    part: Part
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class PairScores:
    """How pairs of pages of one part are judged."""

    pairs: int
    same: int
    """Pairs of one story."""
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.same


def part_of(group: str) -> Part:
    """Whether a group is set aside."""
    ranked = sorted((str(entry["group"]) for entry in GROUPS), key=_rank)
    return "aside" if group in ranked[: len(ranked) // 2] else "open"


def told_pages(reader: PageReader, encoder: Encoder) -> list[ToldPage]:
    """All pages of the set, each on a site of its own."""
    told = []
    for entry in GROUPS:
        for number, story in enumerate(entry["stories"]):
            for place, text in enumerate(story):
                name = f"{entry['group']}-{number}"
                url = f"https://{name}-{place}.example/news"
                raw = RawPage(
                    text=text["text"],
                    title=text["title"],
                    url=url,
                    lang=text["lang"],
                    published=str(text["day"]),
                )
                told.append((name, part_of(entry["group"]), url, reader.read(raw)))
    vectors = encode_pages(encoder, [page for *_, page in told])
    return [
        ToldPage(
            name, part, StoredDocument(document_id(url), url, "s", 1, _SEEN, page, None, of_page)
        )
        for (name, part, url, page), of_page in zip(told, vectors, strict=True)
    ]


def score_pairs(pages: Sequence[ToldPage], part: Part) -> PairScores:
    """All pairs of pages of one part, as `indexer.stories.same_story` judges them."""
    judged = [
        (page.story, traits_of(page.document, page.document.vectors[0].vector))
        for page in pages
        if page.part == part
    ]
    pairs = [
        (one == other, story_score(traits, of_other) >= CUT)
        for (one, traits), (other, of_other) in combinations(judged, 2)
    ]
    return PairScores(
        pairs=len(pairs),
        same=sum(same for same, _ in pairs),
        found=sum(found for _, found in pairs),
        right=sum(same and found for same, found in pairs),
    )


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
