"""A batch tells of many queries at once what the reference evaluator tells of each."""

from __future__ import annotations

import gc
import random
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledQuery
from indexer.query.document_batch import (
    MOST_CHARACTERS,
    MOST_DOCUMENTS,
    DocumentBatch,
    explain_each,
    in_batches,
)
from indexer.query.evaluator import matches
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

REFERENCE = load_reference()
MARKET = Topic(
    "market",
    "Market",
    {"de": ("Markt", "Preis")},
    exclude={"de": ("Wochenmarkt",)},
    ambiguous={"de": ("Zinn",)},
    context={"de": ("knapp",)},
)
COMPILER = QueryCompiler(REFERENCE, {MARKET.id: MARKET})
FORMS = (
    "{0}",
    "-{0}",
    "{0} {1}",
    '"{0} {1}"',
    '"{0} {1}" OR {2}',
    '-"{0} {1}" {2}',
    "{0} -{1}",
    "{0} -({1} OR {2})",
    "{0} -({1} {2})",
    "({0} OR {1}) {2}",
    "({0} {1}) OR {2}",
    "({0} -{1}) OR {2}",
    "({0} -{1}) ({2} OR {1})",
    "title:{0}",
    "text:{0} -title:{1}",
    "lang:de {0}",
    "-lang:de {0}",
    "kind:event OR {0}",
    "country:KZ -{0}",
    "has:event {0}",
    "commodity:lithium {0}",
    "person:{0} OR {1}",
    "event:{0} {1}",
    "published:2015 {0}",
    "-published:2015 ({0} OR {1})",
    "ver* {1}",
    "sure:yes country:KZ",
    "*",
)
URL = "https://a.example/1"


def view(text: str, title: str = "") -> PageView:
    page = Page(url=URL, lang="de", title=title, text=text)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return COMPILER.view(StoredDocument(document_id(URL), URL, "a", 1, now, page))


def compiled(queries: Sequence[str]) -> dict[str, CompiledQuery]:
    return {query: COMPILER.compile(parse_query(query)) for query in queries}


def made_up(number: int) -> tuple[dict[str, CompiledQuery], list[StoredDocument]]:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(80), length=25)
    chance = random.Random(2)
    queries = []
    for place in range(20 * len(FORMS)):
        words = [maker.word(chance.choice(("de", "en", "ru"))) for _ in range(3)]
        queries.append(FORMS[place % len(FORMS)].format(*words))
    return compiled(queries), list(maker.documents(number))


def test_matches_and_reasons_are_those_of_the_reference_evaluator() -> None:
    queries, documents = made_up(30)
    explained = explain_each(queries, [COMPILER.view(document) for document in documents])
    found = 0
    for document, why in zip(documents, explained, strict=True):
        for name, query in queries.items():
            expected = matches(query, COMPILER.view(document))  # a view that knows nothing yet
            assert why.get(name) == expected, (name, document.url)
            found += expected is not None
    assert 400 < found < len(queries) * len(documents)


def test_words_and_values_tell_of_most_documents() -> None:
    queries, documents = made_up(70)
    batch = DocumentBatch([COMPILER.view(document) for document in documents])
    needless = spared = 0
    for query in queries.values():
        may, does = batch.candidates(query), batch.matching(query)
        assert set(does) <= set(may)
        needless += len(may) - len(does)
        spared += len(documents) - len(may)
    assert spared > len(queries) * len(documents) / 4
    assert needless < spared / 20


def test_a_topic_is_decided_within_passages() -> None:
    texts = (
        "Der Markt ist ruhig.",
        "Wochenmarkt am Samstag.\n\nDer Preis fällt.",
        "Auf dem Wochenmarkt ist der Preis hoch.",
        "Zinn wird knapp.",
        "Zinn.\n\nKohle wird knapp.",
    )
    query = COMPILER.compile(parse_query("topic:market -Samstag"))
    batch = DocumentBatch([view(text) for text in texts])
    assert batch.matching(query) == [0, 3]
    assert batch.candidates(query) == [0, 2, 3, 4]


def test_names_and_words_of_the_text_are_told_apart() -> None:
    queries = compiled(("organisation:Testwerk", "title:Testwerk", "text:Testwerk", "Testwerk"))
    (found,) = explain_each(queries, [view("Das Testwerk in Altdorf ruht.", "Nichts Neues")])
    assert set(found) == {"text:Testwerk", "Testwerk"}


def test_only_what_is_wanted_is_explained() -> None:
    queries = compiled(("Zinn", "Blei"))
    views = [view("Zinn und Blei."), view("Zinn.")]
    wanted = explain_each(queries, views, lambda name, number: (name, number) != ("Zinn", 0))
    assert [list(found) for found in wanted] == [["Blei"], ["Zinn"]]
    assert explain_each(queries, []) == []
    assert explain_each({}, views) == [{}, {}]


def test_the_same_words_are_explained_once_for_a_page() -> None:
    (found,) = explain_each(compiled(("Zinn OR Gold", "Zinn OR Kupfer")), [view("Zinn ist knapp.")])
    one, other = found.values()
    assert one is other
    assert [passage.marks for passage in one.passages] == [((0, 4),)]


def test_garbage_is_collected_again_after_a_failure() -> None:
    def fail(name: str, number: int) -> bool:
        assert not gc.isenabled()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        explain_each(compiled(("Zinn",)), [view("Zinn.")], fail)
    assert gc.isenabled()


def test_batches_are_bounded_by_documents_and_by_characters() -> None:
    sizes = [1] * (MOST_DOCUMENTS + 1) + [MOST_CHARACTERS + 1, 5]
    batches = list(in_batches(sizes, lambda size: size))
    assert [len(batch) for batch in batches] == [MOST_DOCUMENTS, 2, 1]
    assert [size for batch in batches for size in batch] == sizes
    assert list(in_batches([], len)) == []
