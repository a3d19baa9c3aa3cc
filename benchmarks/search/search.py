"""Search speed: the embedded store beside raw tantivy over the same 50,000 generated documents.

Raw tantivy is what a program would write without us: title and text in a field for each language
with tantivy's own stemmer, dates and keywords as fast fields; for a search the query objects, the
count, the stored fields of 20 hits, and snippets by tantivy's generator. Both answer the same
questions in turn, and the ratio of the medians is printed for each kind of question.

    python -m benchmarks.search.search [--documents 50000] [--queries 200]
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
from functools import partial
from itertools import islice
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Order, Query

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query import QueryCompiler
from indexer.query.days import days_of, event_days
from indexer.query.fields import FACETS
from indexer.query.record import record_of
from indexer.records.document import StoredDocument
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore

HITS = 20
BATCH = 1000
KINDS = ("term", "boolean", "phrase", "prefix", "date order", "facets", "without hits")


@dataclass(frozen=True)
class Question:
    """The same question in our query language and as tantivy's query object."""

    text: str
    raw: Callable[[RawTantivy], Query]


STEMMERS = {"de": "german", "en": "english", "ru": "russian"}
FIELDS = [f"{part}_{lang}" for part in ("title", "text") for lang in STEMMERS]


class RawTantivy:
    """The index that tantivy makes of the same documents with its own analysis."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("url", stored=True, tokenizer_name="raw", index_option="basic")
        for field in FIELDS:
            builder.add_text_field(field, stored=True, tokenizer_name=field[-2:])
        for field in FACETS:
            builder.add_text_field(field, stored=True, tokenizer_name="raw", fast=True)
        builder.add_integer_field("published", stored=True, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.analyzers = {lang: _analyzer(stemmer) for lang, stemmer in STEMMERS.items()}
        for lang, analyzer in self.analyzers.items():
            self.index.register_tokenizer(lang, analyzer)
        self.writer = self.index.writer(48_000_000, 1)

    def write(self, documents: Iterable[StoredDocument]) -> None:
        """Add and commit a batch."""
        for stored in documents:
            record = record_of(stored)
            document = tantivy.Document()
            document.add_text("id", record.id)
            document.add_text("url", record.url)
            document.add_text(f"title_{record.lang}", record.title or "")
            document.add_text(
                f"text_{record.lang}", "\n\n".join(p.text for p in record.passages[1:])
            )
            for field in FACETS:
                for value in record.values.get(field, ()):
                    document.add_text(field, value)
            days = event_days(record.published, None)
            if days:
                document.add_integer("published", days[0])
            self.writer.add_document(document)
        self.writer.commit()
        self.index.reload()

    def search(self, query: Query, kind: str) -> int:
        """Count, 20 hits with their stored fields and snippets, facets where asked for."""
        searcher = self.index.searcher()
        order = "published" if kind == "date order" else None
        found = searcher.search(
            query, limit=HITS, count=True, order_by_field=order, order=Order.Desc
        )
        snippets: dict[str, tantivy.SnippetGenerator] = {}
        for _, address in found.hits:
            document = searcher.doc(address)
            field = f"text_{document.get_first('lang')}"
            if field not in snippets:
                snippets[field] = tantivy.SnippetGenerator.create(
                    searcher, query, self.schema, field
                )
            snippet = snippets[field].snippet_from_doc(document)
            _ = document.to_dict(), snippet.fragment(), snippet.highlighted()
        if kind == "facets":
            searcher.aggregate(query, {f: {"terms": {"field": f, "size": 10_000}} for f in FACETS})
        return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub

    def anywhere(self, word: str) -> Query:
        """A word in the title or text, by the stem in each language."""
        return Query.boolean_query(
            [
                (Occur.Should, Query.term_query(self.schema, field, stems[0]))
                for field in FIELDS
                if (stems := self.analyzers[field[-2:]].analyze(word))
            ]
        )

    def both(self, *words: str) -> Query:
        """All of the words."""
        return Query.boolean_query([(Occur.Must, self.anywhere(word)) for word in words])

    def either(self, *words: str) -> Query:
        """One of the words."""
        return Query.boolean_query([(Occur.Should, self.anywhere(word)) for word in words])

    def phrase(self, *words: str) -> Query:
        """The words side by side."""
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.phrase_query(
                        self.schema,
                        field,
                        list(self.analyzers[field[-2:]].analyze(" ".join(words))),
                    ),
                )
                for field in FIELDS
            ]
        )

    def prefix(self, start: str) -> Query:
        """A word that begins so."""
        return Query.boolean_query(
            [
                (Occur.Should, Query.regex_query(self.schema, field, f"{start.lower()}.*"))
                for field in FIELDS
            ]
        )

    def of_year(self, word: str, year: int) -> Query:
        """A word in documents of a year."""
        days = days_of(str(year)) or (0, 0)
        between = Query.range_query(self.schema, "published", FieldType.Integer, *days)
        return Query.boolean_query(
            [
                (Occur.Must, self.anywhere(word)),
                (Occur.Must, Query.const_score_query(between, 0.0)),
            ]
        )


def _analyzer(stemmer: str) -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer(stemmer))
        .build()
    )


def question(kind: str, maker: DocumentMaker, chance: random.Random) -> Question:
    """A question of a kind, with words as they stand in the documents."""
    lang = chance.choice(("de", "de", "en", "ru"))
    word, other, third = (_plain_word(maker, lang) for _ in range(3))
    year = chance.randint(2012, 2025)
    match kind:
        case "boolean":
            return Question(
                f"{word} ({other} OR {third})",
                lambda raw: Query.boolean_query(
                    [(Occur.Must, raw.anywhere(word)), (Occur.Must, raw.either(other, third))]
                ),
            )
        case "phrase":
            return Question(f'"{word} {other}"', lambda raw: raw.phrase(word, other))
        case "prefix":
            return Question(f"{word[:5]}*", lambda raw: raw.prefix(word[:5]))
        case "date order":
            return Question(f"{word} published:{year}", lambda raw: raw.of_year(word, year))
        case "without hits":
            return Question(f"{word} nowherewritten", lambda raw: raw.both(word, "nowherewritten"))
        case _:
            return Question(word, lambda raw: raw.anywhere(word))


def _plain_word(maker: DocumentMaker, lang: str) -> str:
    while True:
        word = maker.word(lang)
        if len(word) > 3 and word.isalpha():
            return word


def time_call(call: Callable[[], object]) -> float:
    """Milliseconds of processor time that a call takes: others on the machine do not count."""
    start = time.thread_time()
    call()
    return (time.thread_time() - start) * 1000


def fill(ours: EmbeddedStore, raw: RawTantivy, documents: Iterable[StoredDocument]) -> None:
    """Write the documents into both, batch by batch, and tell the speed of each."""
    spent = [0.0, 0.0]
    count = 0
    stream = iter(documents)
    while batch := list(islice(stream, BATCH)):
        spent[0] += time_call(partial(ours.write, batch))
        spent[1] += time_call(partial(raw.write, batch))
        count += len(batch)
        print(f"\r{count} documents", end="", file=sys.stderr)
    print(file=sys.stderr)
    print(
        f"indexing: {count / spent[0] * 1000:.0f} documents/s,"
        f" raw tantivy {count / spent[1] * 1000:.0f}"
    )


def _ask_raw(raw: RawTantivy, asked: Question, kind: str) -> int:
    return raw.search(asked.raw(raw), kind)


def measure(
    kind: str,
    ours: EmbeddedStore,
    raw: RawTantivy,
    questions: Sequence[Question],
) -> tuple[list[float], list[float]]:
    """Milliseconds of both for each question, asked in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for asked in questions:
        request = SearchRequest(
            asked.text,
            "newest" if kind == "date order" else "relevance",
            HITS,
            facets=kind == "facets",
        )
        times[0].append(time_call(partial(ours.search, request)))
        times[1].append(time_call(partial(_ask_raw, raw, asked, kind)))
    return times


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
        print(
            f"{'search':<14}{'ours ms':>10}{'raw ms':>10}{'ratio':>8}"
            f"   (p50 of processor time, {HITS} hits)"
        )
        every: tuple[list[float], list[float]] = ([], [])
        for kind in KINDS:
            questions = [question(kind, maker, chance) for _ in range(chosen.queries)]
            times = measure(kind, ours, raw, questions)
            _print(kind, *times)
            every[0].extend(times[0])
            every[1].extend(times[1])
        _print("all kinds", *every)
        ours.close()
        raw.writer.wait_merging_threads()


def _print(kind: str, ours: Sequence[float], raw: Sequence[float]) -> None:
    one, other = statistics.median(ours), statistics.median(raw)
    print(f"{kind:<14}{one:>10.2f}{other:>10.2f}{one / other:>8.2f}")


if __name__ == "__main__":
    main()
