"""Search speed: the embedded store beside raw tantivy over the same 50,000 generated documents.

Raw tantivy is what a program would write without us: one text field for the title and one for the
text, indexed by tantivy's own tokenizer, dates and keywords as fast fields, and for a search the
query objects, the count, the stored fields of 20 hits, and snippets by tantivy's generator. Both
answer the same questions in turn, so that the load of the machine falls on both; the ratio of the
medians is printed for each kind of question.

    python -m benchmarks.search [--documents 50000] [--queries 200]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Order, Query

from benchmarks.documents import DocumentMaker, Vocabulary
from indexer.document import StoredDocument
from indexer.query import QueryCompiler
from indexer.query.days import days_of
from indexer.query.fields import FACET_FIELDS
from indexer.query.record import record_of
from indexer.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore

HITS = 20
BATCH = 1000
KINDS = ("term", "boolean", "phrase", "prefix", "date order", "facets", "without hits")


@dataclass(frozen=True)
class Question:
    """The same question in our query language and as tantivy's query object."""

    text: str
    raw: Callable[[tantivy.Schema], Query]


class RawTantivy:
    """The index that tantivy makes of the same documents with its own analysis."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("url", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", stored=True)
        builder.add_text_field("text", stored=True)
        for field in FACET_FIELDS:
            builder.add_text_field(field, stored=True, tokenizer_name="raw", fast=True)
        builder.add_integer_field("published", stored=True, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.writer = self.index.writer(48_000_000, 1)

    def write(self, documents: Iterable[StoredDocument]) -> None:
        """Add and commit a batch."""
        for stored in documents:
            record = record_of(stored)
            document = tantivy.Document()
            document.add_text("id", record.id)
            document.add_text("url", record.url)
            document.add_text("title", record.title or "")
            document.add_text("text", "\n\n".join(p.text for p in record.passages[1:]))
            for field in FACET_FIELDS:
                for value in record.values.get(field, ()):
                    document.add_text(field, value)
            if record.published_days:
                document.add_integer("published", record.published_days[0])
            self.writer.add_document(document)
        self.writer.commit()
        self.index.reload()

    def search(self, query: Query, kind: str) -> int:
        """Count, 20 hits with their stored fields and snippets, facets where asked for."""
        searcher = self.index.searcher()
        by_date = (
            {"order_by_field": "published", "order": Order.Desc} if kind == "date order" else {}
        )
        found = searcher.search(query, limit=HITS, count=True, **by_date)
        snippets = tantivy.SnippetGenerator.create(searcher, query, self.schema, "text")
        for _, address in found.hits:
            document = searcher.doc(address)
            snippet = snippets.snippet_from_doc(document)
            _ = document.to_dict(), snippet.fragment(), snippet.highlighted()
        if kind == "facets":
            searcher.aggregate(
                query, {f: {"terms": {"field": f, "size": 10_000}} for f in FACET_FIELDS}
            )
        return int(found.count)


def _anywhere(schema: tantivy.Schema, word: str) -> Query:
    return Query.boolean_query(
        [
            (Occur.Should, Query.term_query(schema, field, word.lower()))
            for field in ("title", "text")
        ]
    )


def _all(schema: tantivy.Schema, *words: str) -> Query:
    return Query.boolean_query([(Occur.Must, _anywhere(schema, word)) for word in words])


def _phrase(schema: tantivy.Schema, words: Sequence[str]) -> Query:
    lower = [word.lower() for word in words]
    return Query.boolean_query(
        [
            (Occur.Should, Query.phrase_query(schema, field, list(lower)))
            for field in ("title", "text")
        ]
    )


def _prefix(schema: tantivy.Schema, start: str) -> Query:
    return Query.boolean_query(
        [
            (Occur.Should, Query.regex_query(schema, field, f"{start.lower()}.*"))
            for field in ("title", "text")
        ]
    )


def _published(schema: tantivy.Schema, word: str, year: int) -> Query:
    days = days_of(str(year)) or (0, 0)
    between = Query.range_query(schema, "published", FieldType.Integer, *days)
    return Query.boolean_query(
        [(Occur.Must, _anywhere(schema, word)), (Occur.Must, Query.const_score_query(between, 0.0))]
    )


def question(kind: str, maker: DocumentMaker, chance: random.Random) -> Question:
    """A question of a kind, with words as they stand in the documents."""
    lang = chance.choice(("de", "de", "en", "ru"))
    word, other = (_plain_word(maker, lang) for _ in range(2))
    year = chance.randint(2012, 2025)
    match kind:
        case "boolean":
            third = _plain_word(maker, lang)
            return Question(
                f"{word} ({other} OR {third})",
                lambda schema: Query.boolean_query(
                    [
                        (Occur.Must, _anywhere(schema, word)),
                        (
                            Occur.Must,
                            Query.boolean_query(
                                [(Occur.Should, _anywhere(schema, w)) for w in (other, third)]
                            ),
                        ),
                    ]
                ),
            )
        case "phrase":
            return Question(f'"{word} {other}"', lambda schema: _phrase(schema, (word, other)))
        case "prefix":
            return Question(f"{word[:5]}*", lambda schema: _prefix(schema, word[:5]))
        case "date order":
            return Question(
                f"{word} published:{year}", lambda schema: _published(schema, word, year)
            )
        case "without hits":
            return Question(
                f"{word} nowherewritten", lambda schema: _all(schema, word, "nowherewritten")
            )
        case _:
            return Question(word, lambda schema: _anywhere(schema, word))


def _plain_word(maker: DocumentMaker, lang: str) -> str:
    while True:
        word = maker.word(lang)
        if len(word) > 3 and word.isalpha():
            return word


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of a call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def fill(ours: EmbeddedStore, raw: RawTantivy, documents: Iterable[StoredDocument]) -> None:
    """Write the documents into both, batch by batch, and tell the speed of each."""
    spent = [0.0, 0.0]
    count = 0
    stream = iter(documents)
    while batch := list(islice(stream, BATCH)):
        spent[0] += timed(lambda batch=batch: ours.write(batch))
        spent[1] += timed(lambda batch=batch: raw.write(batch))
        count += len(batch)
        print(f"\r{count} documents", end="", file=sys.stderr)
    print(file=sys.stderr)
    print(
        f"indexing: {count / spent[0] * 1000:.0f} documents/s,"
        f" raw tantivy {count / spent[1] * 1000:.0f}"
    )


def measure(
    kind: str,
    ours: EmbeddedStore,
    raw: RawTantivy,
    questions: Sequence[Question],
) -> tuple[float, float]:
    """Median milliseconds of both, asked in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for asked in questions:
        request = SearchRequest(
            asked.text,
            "newest" if kind == "date order" else "relevance",
            HITS,
            facets=kind == "facets",
        )
        times[0].append(timed(lambda request=request: ours.search(request)))
        times[1].append(timed(lambda asked=asked: raw.search(asked.raw(raw.schema), kind)))
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Fill both indexes and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=50_000)
    options.add_argument("--queries", type=int, default=200)
    chosen = options.parse_args()
    reference = load_reference()
    maker = DocumentMaker(reference, Vocabulary.of(20_000))
    with tempfile.TemporaryDirectory() as folder:
        raw_folder = Path(folder, "raw")
        raw_folder.mkdir()
        raw = RawTantivy(raw_folder)
        ours = EmbeddedStore(Path(folder, "ours"), QueryCompiler(reference, {}), writable=True)
        fill(ours, raw, maker.documents(chosen.documents))
        chance = random.Random(3)  # noqa: S311  # reproducible, nothing secret
        print(f"{'search':<14}{'ours ms':>10}{'raw ms':>10}{'ratio':>8}   (p50, {HITS} hits)")
        medians = []
        for kind in KINDS:
            questions = [question(kind, maker, chance) for _ in range(chosen.queries)]
            medians.append(measure(kind, ours, raw, questions))
            _print(kind, *medians[-1])
        _print("all kinds", *(statistics.fmean(column) for column in zip(*medians, strict=True)))
        ours.close()
        raw.writer.wait_merging_threads()


def _print(kind: str, ours: float, raw: float) -> None:
    print(f"{kind:<14}{ours:>10.2f}{raw:>10.2f}{ours / raw:>8.2f}")


if __name__ == "__main__":
    main()
