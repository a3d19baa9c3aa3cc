"""Made-up news in three languages, of which is known which pages tell the same (`stories.yaml`).

Half of the groups are set aside by the SHA-256 of their names: rules and thresholds are chosen on
the others only, and single pages of the set-aside half are never printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.meaning.encoder import Encoder
from indexer.meaning.passages import encode_pages
from indexer.records.document import StoredDocument, document_id
from indexer.stories.same_story import CUT, story_score
from indexer.stories.traits import traits_of
from tests.quality import judged_pairs
from tests.quality.judged_pairs import PairScores, Part, scores_of
from tests.yaml_files import read_yaml

_HERE = Path(__file__).parent
GROUPS = read_yaml(_HERE / "stories.yaml")
SECOND_GROUPS = read_yaml(_HERE / "stories_second.yaml")
"""Told less alike; all open."""
_SEEN = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the set; vectors are those of the encoder."""

    story: str
    part: Part
    document: StoredDocument


def part_of(group: str) -> Part:
    """Whether a group is set aside."""
    return judged_pairs.part_of(group, GROUPS, share=2)


def told_pages(reader: PageReader, encoder: Encoder) -> list[ToldPage]:
    """All pages of the set, each on a site of its own."""
    return _told(reader, encoder, GROUPS, part_of)


def second_pages(reader: PageReader, encoder: Encoder) -> list[ToldPage]:
    """All pages of the second set."""
    return _told(reader, encoder, SECOND_GROUPS, lambda _: "open")


def _told(
    reader: PageReader,
    encoder: Encoder,
    groups: Sequence[Mapping[str, Any]],
    part: Callable[[str], Part],
) -> list[ToldPage]:
    told = []
    for entry in groups:
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
                told.append((name, part(entry["group"]), url, reader.read(raw)))
    vectors = encode_pages(encoder, [page for *_, page in told])
    return [
        ToldPage(
            name, half, StoredDocument(document_id(url), url, "s", 1, _SEEN, page, None, of_page)
        )
        for (name, half, url, page), of_page in zip(told, vectors, strict=True)
    ]


def score_pairs(pages: Sequence[ToldPage], part: Part) -> PairScores:
    """All pairs of pages of one part, as `indexer.stories.same_story` judges them."""
    judged = [
        (page.story, traits_of(page.document, page.document.vectors[0].vector))
        for page in pages
        if page.part == part
    ]
    return scores_of(
        (one == other, story_score(traits, of_other) >= CUT)
        for (one, traits), (other, of_other) in combinations(judged, 2)
    )
