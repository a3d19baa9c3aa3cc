"""Documents, topics and queries that the cases of search stores share."""

from __future__ import annotations

import random
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledNode
from indexer.query.evaluator import PageView, holds
from indexer.query.fields import FACETS
from indexer.query.topics import Topic
from indexer.records.document import (
    Mention,
    Page,
    StoredDocument,
    document_id,
)
from indexer.records.reference import load_reference
from indexer.stores.base import FacetValue, SearchRequest, Store
from indexer.stores.facets import most_values
from indexer.stores.request_checks import RestrictedQuery, restrict

REFERENCE = load_reference()


TOPIC = Topic(
    "cluster",
    "Clusters",
    {"de": ("Clusterstrategie", '"Cluster Politik"'), "ru": ("кластер*",)},
    {"en": ("Kupferprojekt",)},
)


def random_topics(number: int) -> dict[str, Topic]:
    """Topics whose terms ask for words beside each other, and exclude others."""
    chance = random.Random(5)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)

    def word() -> str:
        return maker.word(chance.choice(("de", "en", "ru")))

    def term() -> str:
        return chance.choice(
            (
                word(),
                f"{word()} AND {word()}",
                f"{word()} -{word()}",
                f"({word()} OR {word()}) AND NOT ({word()} AND {word()})",
                f"commodity:lithium AND {word()}",
                f"{word()} AND (kind:event OR lang:de)",
            )
        )

    return {
        f"random-{n}": Topic(
            f"random-{n}",
            f"Topic {n}",
            {"de": tuple(term() for _ in range(chance.randint(1, 4)))},
            {"de": tuple(term() for _ in range(chance.randint(0, 3)))},
            within="sentence" if n % 4 == 3 else "passage",
        )
        for n in range(number)
    }


TOPICS = random_topics(20)


COMPILER = QueryCompiler(REFERENCE, {"cluster": TOPIC, **TOPICS})


def document(
    text: str, lang: str | None = "de", *, number: int = 0, **page: object
) -> StoredDocument:
    url = f"https://example.org/{number}"
    given: dict[str, object] = {"title": "Meldung", **page}
    return StoredDocument(
        document_id(url),
        url,
        "example",
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        Page(url=url, text=text, lang=lang, **given),  # type: ignore[arg-type]
    )


def float_bits(number: str) -> int:
    return int.from_bytes(struct.pack(">d", float(number)))


def found(store: Store, query: str, **request: object) -> list[str]:
    result = store.search(SearchRequest(query, limit=0, **request))  # type: ignore[arg-type]
    assert result.total == len(result.hits)
    return [hit.url.rsplit("/", 1)[1] for hit in result.hits]


def named(number: int, lang: str, field: str, text: str) -> StoredDocument:
    mention = Mention(field, "text", 0, len(text), text, text)
    return document(text, lang, number=number, mentions=(mention,))


# -- the same answers as the reference evaluator


def random_query(chance: random.Random, maker: DocumentMaker, depth: int = 0) -> str:
    """A query of any kind that the grammar has."""
    kind = chance.random()
    if depth < 3 and kind < 0.35:
        left, right = (random_query(chance, maker, depth + 1) for _ in range(2))
        return f"({left}{chance.choice((' ', ' AND ', ' OR ', ' OR '))}{right})"
    if kind < 0.42:
        return f"-{random_leaf(chance, maker)}"
    if kind < 0.5:
        return f"({random_leaf(chance, maker)} sure:yes)"
    return random_leaf(chance, maker)


def random_leaf(chance: random.Random, maker: DocumentMaker) -> str:
    lang = chance.choice(("de", "en", "ru"))
    word = maker.word(lang)
    year = chance.randint(2011, 2026)
    name = chance.choice([n for p in REFERENCE.places.values() for n in p.names.get(lang, ())])
    commodity = chance.choice([n for c in REFERENCE.commodities.values() for n in c.names["ru"]])
    return chance.choice(
        (
            word,
            word,
            f'"{word} {maker.word(lang)}"',
            f"{word[:3]}*" if len(word) > 3 and word[:3].isalpha() else word,
            f"title:{word}",
            f"text:{word}",
            name.replace("(", "").replace(")", ""),
            commodity,
            f'commodity:"{commodity}"',
            f"country:{chance.choice(('KZ', 'Deutschland', 'kg'))}",
            f"lang:{lang}",
            f"kind:{chance.choice(('event', 'article'))}",
            f"status:{chance.choice(('held', 'scheduled'))}",
            f"published:{year}",
            f"published:[{year}-03 TO {year + 1}]",
            f"published:[* TO {year}-02-28]",
            f"event_date:{year}-{chance.randint(1, 12):02d}",
            f"event_date:[{year}-10-05 TO *]",
            f"has:{chance.choice(('event', 'commodity', 'person', 'place', 'strategy'))}",
            f"event:{word}",
            f"person:{maker.word(lang)}",
            "place:Astana",
            "sure:yes",
            "topic:cluster",
            "Clusterstrategie",
            "Rohstoff-Dialog",
            "source:source-07",
            "*",
        )
    )


def by_evaluator(request: SearchRequest, views: Sequence[PageView]) -> list[PageView]:
    root = _restricted(request).whole()
    return [view for view in views if holds(root, view)]


def _restricted(request: SearchRequest) -> RestrictedQuery:
    return restrict(COMPILER.compile(parse_query(request.query)).root, request, COMPILER.naming)


def assert_facets(
    facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, views: Sequence[PageView]
) -> None:
    """Each field is counted over what the evaluator finds without the field's own filter."""
    query = _restricted(request)
    evaluated: list[tuple[CompiledNode, list[PageView]]] = []
    for field in FACETS:
        root = query.whole(field)
        # Fields that nothing is filtered by have one query, which is evaluated once.
        without = next((found for of, found in evaluated if of == root), None)
        if without is None:
            without = [view for view in views if holds(root, view)]
            evaluated.append((root, without))
        counts = Counter(value for v in without for value in v.record.values.get(field, ()))
        counts.update(dict.fromkeys(request.filters.get(field, ()), 0))
        found = {f.value: f.count for f in facets[field]}
        left_out = [counts.pop(value) for value in {*counts} - {*found}]
        assert found == counts, (request, field)
        if left_out:  # of names, the most frequent are counted, and those chosen
            assert len(found) >= most_values(field)
            assert max(left_out) <= sorted(found.values())[-most_values(field)]
