"""Judged queries (`relevance_queries.yaml`, `_compounds`, `_across`, and one file for each hand
behind the first): how well searches rank the pages that answer them.

Pages are those of the demo, of `tests/golden`, of the open half of `stories.yaml`, and
`relevance_pages.yaml`: no publisher's text. A third of the queries is set aside by the SHA-256 of
what they ask, of the others a half: scored, and no ranking is chosen on them.

Measures: recall@20, the share of the pages judged 1 or 2 among the first 20; nDCG@10 with gains
2**judgement - 1 (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques",
2002).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from math import log2
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.meaning.encoder import Encoder
from indexer.meaning.passages import encode_pages
from indexer.records.document import DocumentId, Page, StoredDocument, document_id
from indexer.stores.base import SearchRequest, Store
from radar.demo.pages import load_site
from search_api.near_meaning import WaysToSay, near_in_meaning
from tests.quality.story_pairs import GROUPS, part_of
from tests.quality.story_questions import with_their_stories
from tests.yaml_files import read_yaml

Part = Literal["open", "aside"]
PARTS: tuple[Part, ...] = ("open", "aside")
Hand = Literal[
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
]
HANDS: tuple[Hand, ...] = get_args(Hand)
FIRST_FOR_RECALL, FIRST_FOR_GAIN = 20, 10

_HERE = Path(__file__).parent
_GOLDEN = _HERE.parent / "golden"
_SITES = {"association": "de", "ministry": "ru", "press": "en"}
_SEEN = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query, and what pages are worth to who asks it."""

    kind: str
    """compound, inflected, cross-lingual, phrase, field, date, person, paraphrase."""
    ask: str
    plain: str
    """For programs without fields and meaning."""
    part: Part
    judged: Mapping[DocumentId, int]
    """2: it answers the query; 1: it has something of it."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over queries."""

    queries: int
    recall: float
    gain: float
    """nDCG@10."""


Ranking: TypeAlias = Callable[[JudgedQuery], Sequence[str]]
"""Ids of the first pages that a program finds, best first."""


def documents(reader: PageReader, encoder: Encoder | None) -> dict[str, StoredDocument]:
    """Name → page, as the stores take it; with vectors if there is an encoder, and with the story
    that is found for it.
    """
    pages = _pages(reader)
    vectors = encode_pages(encoder, list(pages.values())) if encoder else [()] * len(pages)
    made = [
        StoredDocument(_identity(name), page.url or "", "s", 1, _SEEN, page, None, of_page)
        for (name, page), of_page in zip(pages.items(), vectors, strict=True)
    ]
    return dict(zip(pages, with_their_stories(made), strict=True))


def pages_across(reader: PageReader) -> dict[str, StoredDocument]:
    """Name → page of those that are judged for `queries_across` alone."""
    return {
        name: StoredDocument(_identity(name), page.url or "", "s", 1, _SEEN, page)
        for name, page in _read(reader, _load("relevance_across.yaml")["pages"])
    }


def judged_queries(names: Sequence[str]) -> list[JudgedQuery]:
    """The queries, judged for the pages with these names; ValueError where a name is of none."""
    return _judged("relevance_queries.yaml", names, one_aside_of=3)


def compound_queries(names: Sequence[str]) -> list[JudgedQuery]:
    """Those on compounds and the words that they are made of."""
    return _judged("relevance_compounds.yaml", names, one_aside_of=2)


def queries_of_hand(hand: Hand, names: Sequence[str]) -> list[JudgedQuery]:
    """Those of one of the hands behind the first, who asks for the same pages."""
    return _of_list(_load(f"relevance_{hand}.yaml"), names, one_aside_of=1)


def queries_across(names: Sequence[str]) -> list[JudgedQuery]:
    """Those on what is done with raw materials, which pages in other languages answer."""
    return _of_list(_load("relevance_across.yaml")["queries"], names, one_aside_of=2)


def _judged(file: str, names: Sequence[str], *, one_aside_of: int) -> list[JudgedQuery]:
    return _of_list(_load(file), names, one_aside_of=one_aside_of)


def _of_list(
    listed: Sequence[Mapping[str, Any]], names: Sequence[str], *, one_aside_of: int
) -> list[JudgedQuery]:
    ranked = sorted((entry["ask"] for entry in listed), key=_rank)
    aside = set(ranked[: len(ranked) // one_aside_of])
    return [
        JudgedQuery(
            entry.get("kind", "compound"),
            entry["ask"],
            entry.get("plain", entry["ask"]),
            "aside" if entry["ask"] in aside else "open",
            dict(_judgements(entry, names)),
        )
        for entry in listed
    ]


def shown(store: Store, ways_to_say: WaysToSay, query: JudgedQuery) -> list[str]:
    """The pages that a page of results shows: hits, the other places of their stories, and below
    them what is near in meaning or words, with its places.
    """
    request = SearchRequest(query.ask, stories="entries")
    result = store.search(replace(request, stories="places"))
    near = near_in_meaning(store, request, result, ways_to_say)
    listed = [hit.id for hit in result.hits]
    listed += [place.id for hit in result.hits for place in hit.others]
    for hit in near:
        listed += [hit.id, *(place.id for place in hit.others)]
    return list(dict.fromkeys(listed))


def score(queries: Sequence[JudgedQuery], rank: Ranking) -> Score:
    """How well a program ranks."""
    recalls, gains = zip(*(_of_query(query.judged, rank(query)) for query in queries), strict=True)
    return Score(len(queries), sum(recalls) / len(queries), sum(gains) / len(queries))


def _of_query(judged: Mapping[DocumentId, int], found: Sequence[str]) -> tuple[float, float]:
    """Recall and gain of one query."""
    recall = len(judged.keys() & set(found[:FIRST_FOR_RECALL])) / len(judged)
    got = [judged.get(DocumentId(identity), 0) for identity in found[:FIRST_FOR_GAIN]]
    best = sorted(judged.values(), reverse=True)[:FIRST_FOR_GAIN]
    return recall, _gain(got) / _gain(best)


def _gain(judgements: Sequence[int]) -> float:
    return sum((2.0**judged - 1) / log2(place + 2) for place, judged in enumerate(judgements))


def _judgements(entry: Mapping[str, Any], names: Sequence[str]) -> Iterator[tuple[DocumentId, int]]:
    for asked, judged in entry["pages"].items():
        meant = [asked] if asked in names else [n for n in names if n.startswith(f"{asked}-")]
        if not meant:
            raise ValueError(f"{entry['ask']}: there is no page {asked}")
        for name in meant:
            yield _identity(name), judged


@cache
def _pages(reader: PageReader) -> Mapping[str, Page]:
    """Name → page: read once for all that are judged for them."""
    return dict(_every_page(reader))


def _every_page(reader: PageReader) -> Iterator[tuple[str, Page]]:
    for case in sorted(path.parent for path in _GOLDEN.glob("*/*/expected.json")):
        meta = json.loads((case / "meta.json").read_text())
        body = (case / "page.html").read_bytes()
        page = reader.read(RawPage(body, url=meta["url"], content_type=meta["content_type"]))
        if page.kind in ("article", "event", "paywalled"):
            yield case.parent.name, page
    yield from _read(reader, (*_of_the_demo(), *_of_stories(), *_load("relevance_pages.yaml")))


def _read(reader: PageReader, several: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Page]]:
    for told in several:
        raw = RawPage(
            text=told["text"],
            title=told["title"],
            url=f"https://{told['id']}.example/news",
            lang=told["lang"],
            published=str(told["day"]),
        )
        yield told["id"], reader.read(raw)


_LATER = frozenset({"1321", "bishkek-german-kyrgyz-forum"})
"""Pages of the demo that were written after queries had been judged."""


def _of_the_demo() -> Iterator[Mapping[str, Any]]:
    """Named by the last part of the path."""
    for site, lang in _SITES.items():
        for page in load_site(site, 2).pages:
            name = page.path.strip("/").rpartition("/")[2]
            if page.kind == "article" and name not in _LATER:
                yield {
                    "id": name,
                    "lang": lang,
                    "day": page.published,
                    "title": page.title,
                    "text": "\n\n".join([page.teaser, *(block.text for block in page.blocks)]),
                }


def _of_stories() -> Iterator[Mapping[str, Any]]:
    """Those of the open half, named by group, story and place."""
    for group in GROUPS:
        if part_of(group["group"]) == "open":
            for number, story in enumerate(group["stories"]):
                for place, told in enumerate(story):
                    yield {**told, "id": f"{group['group']}-{number}-{place}"}


def _identity(name: str) -> DocumentId:
    return document_id(f"https://{name}.example/news")


def _load(name: str) -> Any:
    return read_yaml(_HERE / name)


def _rank(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
