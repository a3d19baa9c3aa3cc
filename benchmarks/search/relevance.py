"""Relevance: judged queries, answered by both of our stores and by engines with their own analysis.

- tantivy: title and text in one field each, its default tokenizer, BM25, any of the words;
- Elasticsearch: title and text with its analyzers for German, English and Russian, the best field
  counts, any of the words. Left out where there is no server to start.

Peers get what a person would type who knows neither fields nor `about:` (`plain`). With labelled
records (`--gold`) the labels ask, too: who finds the pages that are labelled with a name, a town,
a raw material or a day.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from babel import Locale
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from benchmarks.measuring.table import Section, Table
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.meaning.encoder import Encoder, find_encoder
from indexer.meaning.passages import encode_pages
from indexer.query import QueryCompiler, as_phrase
from indexer.query.other_words import OtherWords
from indexer.records.document import DocumentId, StoredDocument, document_id
from indexer.records.reference import Reference, load_reference
from indexer.stores.base import SearchRequest, Store
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.store import ElasticStore
from indexer.stores.embedded import EmbeddedStore
from tests.elasticsearch.archive import Missing, fetch
from tests.elasticsearch.node import node
from tests.quality.held_out import split
from tests.quality.relevance import (
    FIRST_FOR_RECALL,
    HANDS,
    PARTS,
    JudgedQuery,
    Part,
    Ranking,
    compound_queries,
    documents,
    judged_queries,
    pages_across,
    queries_across,
    queries_of_hand,
    score,
    shown,
)

_INDEX = "relevance"
_ANALYZERS = ("german", "english", "russian")
_SEEN = datetime(2026, 12, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COUNTRIES = Locale("en").territories


@dataclass(frozen=True, slots=True)
class Judged:
    """Pages, and queries with what each page is worth to them."""

    title: str
    documents: Sequence[StoredDocument]
    queries: Sequence[JudgedQuery]


def benchmark(gold: Path | None) -> Section:
    """Recall and gain of each program, by part and by kind of query."""
    reference, encoder = load_reference(), find_encoder()
    section = Section("relevance", "Relevance: judged queries, beside BM25 with the engines' words")
    with ExitStack() as stack:
        url = _cluster(stack)
        compiler = QueryCompiler(reference, {}, encoder)
        for number, judged in enumerate(_sets(reference, encoder, gold)):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stores: list[Store] = [EmbeddedStore(folder, compiler, writable=True)]
            if url is not None:
                connection = Connection(url, name=f"ours-{number}")
                stores.append(ElasticStore(connection, compiler, writable=True))
            ours = [_ours(store, judged.documents, encoder) for store in stores]
            programs = dict(zip(("ours", "ours, Elasticsearch"), ours, strict=False))
            programs["ours, as shown"] = partial(shown, stores[0], OtherWords(reference))
            programs["tantivy"] = _raw_tantivy(judged.documents)
            if url is not None:
                programs["Elasticsearch"] = _raw_elasticsearch(Elasticsearch(url), judged.documents)
                section.notes.append(_agreement(judged, *ours))
            section.parts.append(_table(judged, programs))
    section.notes.append(
        "Recall@20, and nDCG@10 after the stroke. Queries set aside are never looked at. Labels "
        "name countries that are spelled out; our searches find the countries of places, too."
    )
    if url is None:
        section.notes.append("Elasticsearch was left out: there is no server to start.")
    return section


def _sets(reference: Reference, encoder: Encoder | None, gold: Path | None) -> Iterator[Judged]:
    reader = PageReader(reference)
    pages = documents(reader, encoder)
    queries = judged_queries(list(pages))
    title = f"{len(queries)} judged queries, {len(pages)} made-up pages"
    yield Judged(title, list(pages.values()), queries)
    on_compounds = compound_queries(list(pages))
    title = f"{len(on_compounds)} judged queries on compounds, the same pages"
    yield Judged(title, list(pages.values()), on_compounds)
    for hand in HANDS:
        asked = queries_of_hand(hand, list(pages))
        title = f"{len(asked)} of the {hand} hand, the same pages"
        yield Judged(title, list(pages.values()), asked)
    more = pages | pages_across(reader)
    across = queries_across(list(more))
    title = f"{len(across)} judged queries on raw materials, answered in several languages"
    yield Judged(title, list(more.values()), across)
    for file in sorted(gold.glob("events*.jsonl")) if gold else ():
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for part, some in zip(PARTS, split(records), strict=True):
            labelled = list(_labelled(reader, encoder, some))
            asked = label_queries(some, part)
            title = f"{len(asked)} labels of {len(some)} pages, {file.stem}, {part} part"
            yield Judged(title, labelled, asked)


def _table(judged: Judged, programs: Mapping[str, Ranking]) -> Table:
    def cell(queries: Sequence[JudgedQuery], rank: Ranking) -> str:
        found = score(queries, rank)
        return f"{found.recall:.3f} / {found.gain:.3f}"

    parts = {part: [q for q in judged.queries if q.part == part] for part in PARTS}
    kinds = dict.fromkeys(query.kind for query in judged.queries)
    by_kind = {kind: [q for q in judged.queries if q.kind == kind] for kind in kinds}
    rows = [
        (f"{name} ({len(some)})", *(cell(some, rank) for rank in programs.values()))
        for name, some in (*parts.items(), *by_kind.items())
        if some
    ]
    return Table(("queries", *programs), tuple(rows), judged.title)


def _agreement(judged: Judged, one: Ranking, other: Ranking) -> str:
    """For how many queries two rankings are the same."""
    same = sum(one(query) == other(query) for query in judged.queries)
    return (
        f"{judged.title}: both of our stores give the same hits in the same order to {same} of "
        f"{len(judged.queries)}."
    )


def _ours(store: Store, listed: Sequence[StoredDocument], encoder: Encoder | None) -> Ranking:
    store.write(listed)

    def rank(query: JudgedQuery) -> list[str]:
        if encoder is None and query.kind == "paraphrase":
            return []
        return [hit.id for hit in store.search(SearchRequest(query.ask)).hits]

    return rank


def _raw_tantivy(listed: Sequence[StoredDocument]) -> Ranking:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        builder.add_text_field(field)
    index = tantivy.Index(builder.build())
    writer = index.writer(15_000_000, 1)
    for document in listed:
        made = tantivy.Document()
        made.add_text("id", document.id)
        made.add_text("title", document.page.title or "")
        made.add_text("text", f"{document.page.teaser or ''}\n{document.page.text}")
        writer.add_document(made)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(query: JudgedQuery) -> list[str]:
        words = re.sub(r"[^\w\s]", " ", query.plain)
        found = searcher.search(index.parse_query(words, ["title", "text"]), FIRST_FOR_RECALL)
        return [str(searcher.doc(address).get_first("id")) for _, address in found.hits]

    return rank


def _cluster(stack: ExitStack) -> str | None:
    try:
        fetch()
        return stack.enter_context(node(heap=512, tuned=True)).url
    except Missing as missing:
        print(f"without Elasticsearch: {missing}", file=sys.stderr)
        return None


def _raw_elasticsearch(client: Elasticsearch, listed: Sequence[StoredDocument]) -> Ranking:
    subfields = {name: {"type": "text", "analyzer": name} for name in _ANALYZERS}
    text: dict[str, Any] = {"type": "text", "index": False, "fields": subfields}
    client.indices.delete(index=_INDEX, ignore_unavailable=True)
    client.indices.create(index=_INDEX, mappings={"properties": {"title": text, "text": text}})
    bulk(
        client,
        (
            {
                "_index": _INDEX,
                "_id": document.id,
                "title": document.page.title,
                "text": f"{document.page.teaser or ''}\n{document.page.text}",
            }
            for document in listed
        ),
        refresh=True,
    )
    fields = [f"{field}.{name}" for field in ("title", "text") for name in _ANALYZERS]

    def rank(query: JudgedQuery) -> list[str]:
        match = {"multi_match": {"query": query.plain, "fields": fields}}
        answer = client.search(index=_INDEX, query=match, size=FIRST_FOR_RECALL)
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    return rank


def _labelled(
    reader: PageReader, encoder: Encoder | None, records: Sequence[Mapping[str, Any]]
) -> Iterator[StoredDocument]:
    pages = [
        reader.read(
            RawPage(
                text=record["text"],
                url=record["url"],
                title=record.get("title"),
                lang=record["lang"],
                published=record["published"],
            )
        )
        for record in records
    ]
    vectors = encode_pages(encoder, pages) if encoder else [()] * len(pages)
    for record, page, of_page in zip(records, pages, vectors, strict=True):
        yield StoredDocument(
            document_id(record["id"]), page.url or record["id"], "s", 1, _SEEN, page, None, of_page
        )


def label_queries(records: Sequence[Mapping[str, Any]], part: Part) -> list[JudgedQuery]:
    """A query for each value of a label; right are the pages that are labelled with it."""
    pages: dict[tuple[str, str, str], dict[DocumentId, int]] = defaultdict(dict)
    for record in records:
        for asked in _labels(record):
            pages[asked][document_id(record["id"])] = 2
    return [
        JudgedQuery(kind, ask, plain, part, judged) for (kind, ask, plain), judged in pages.items()
    ]


def _labels(record: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Kind, query, and the query for peers."""
    for commodity in record["commodities"]:
        yield "commodity", as_phrase(commodity["name"]), commodity["name"]
    for country in record["countries"]:
        code = country["code"]
        yield "country", f"country:{code}", _COUNTRIES.get(code, code)
    for event in record["events"]:
        if event["place"]["city"]:
            yield "town", f"place:{as_phrase(event['place']['city'])}", event["place"]["city"]
        if _DAY.fullmatch(event["start"] or ""):
            yield "day", f"event_date:{event['start']}", event["date_surface"] or event["start"]
        for person in event["persons"]:
            name = person.get("name_norm") or person["name"]
            yield "person", f"person:{as_phrase(name)}", name
