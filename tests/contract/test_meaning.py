"""What every search store must do with the meaning of passages; each case runs against each."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path

import numpy as np
import pytest

from indexer.meaning.encoder import Encoder
from indexer.meaning.nearness import MOST, SAID, THRESHOLD, weight_of_said
from indexer.meaning.packing import DIMENSIONS
from indexer.meaning.passages import encode_pages
from indexer.meaning.vectors import cosine, in_context, quantised, unit_rows
from indexer.query import QueryCompiler, parse_query
from indexer.query import compiler as compiler_module
from indexer.query.evaluator import matches
from indexer.records.document import Page, PassageVector, StoredDocument, document_id
from indexer.records.errors import QueryError
from indexer.records.reference import NO_REFERENCE
from indexer.stores.base import Hit, SearchRequest, Store
from indexer.stores.meanings import WEIGHT
from search_api.near_meaning import near_in_meaning
from tests.contract.every_store import KINDS, StorePlace
from tests.sense_of_words import MODEL, TOPIC, SenseEncoder
from tests.word_encoder import WordEncoder

ENCODER = WordEncoder({"bergleute": "miners", "fehlen": "missing", "ausgebildete": "trained"})
COMPILER = QueryCompiler(NO_REFERENCE, {}, ENCODER)
SEEN = datetime(2026, 3, 1, tzinfo=UTC)

MISSING = "Trained miners are missing, and nobody knows where to look for them."
GERMAN = "Ausgebildete Bergleute fehlen."
OTHER = "The museum opens a hall of paintings."
QUERY = 'about:"trained miners missing"'


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = StorePlace(request.param, request, tmp_path, COMPILER).open()
    yield made
    made.close()


def document(number: int, *paragraphs: str, revision: int = 1, **more: object) -> StoredDocument:
    url = f"https://example.org/{number}"
    page = Page(url, **{"lang": "en", "text": "\n\n".join(paragraphs), **more})  # type: ignore[arg-type]
    return StoredDocument(document_id(url), url, "a", revision, SEEN, page)


def with_vectors(*documents: StoredDocument) -> list[StoredDocument]:
    vectors = encode_pages(ENCODER, [document.page for document in documents])
    return [
        dataclasses.replace(document, vectors=found)
        for document, found in zip(documents, vectors, strict=True)
    ]


def found(store: Store, query: str, **more: object) -> list[Hit]:
    return list(store.search(SearchRequest(query, **more)).hits)  # type: ignore[arg-type]


def numbers(hits: list[Hit]) -> list[int]:
    return [int(hit.url.rpartition("/")[2]) for hit in hits]


def test_passages_are_found_by_meaning_nearest_first(store: Store) -> None:
    store.write(with_vectors(document(1, OTHER), document(2, MISSING), document(3, GERMAN)))
    hits = found(store, QUERY)
    assert numbers(hits) == [3, 2]
    assert [hit.passages[0].text for hit in hits] == [GERMAN, MISSING]
    assert all(hit.passages[0].marks == () for hit in hits)
    assert hits[0].score is not None
    assert hits[0].score > (hits[1].score or 0) > 0


def test_the_reason_is_the_passage_that_is_near(store: Store) -> None:
    store.write(with_vectors(document(1, OTHER, GERMAN + " " * 20 + GERMAN, OTHER)))
    (hit,) = found(store, QUERY)
    assert hit.passages[0].text.startswith(GERMAN)


def test_meaning_is_combined_with_everything_else(store: Store) -> None:
    store.write(
        with_vectors(
            document(1, MISSING, published="2026-02-01"),
            document(2, GERMAN, lang="de", published="2026-02-03"),
            document(3, OTHER, published="2026-02-02"),
        )
    )
    assert numbers(found(store, f"{QUERY} lang:de")) == [2]
    assert numbers(found(store, f"{QUERY} nobody")) == [1]
    assert numbers(found(store, f"{QUERY} OR paintings", sort="newest")) == [2, 3, 1]
    assert numbers(found(store, f"NOT {QUERY}")) == [3]
    assert numbers(found(store, QUERY, filters={"lang": ("en",)})) == [1]
    assert numbers(found(store, QUERY, published_from="2026-02-02")) == [2]
    result = store.search(SearchRequest(QUERY, facets=True, timeline=True, limit=1))
    assert (result.total, {v.value: v.count for v in result.facets["lang"]}) == (
        2,
        {"en": 1, "de": 1},
    )
    (second,) = found(store, QUERY, limit=1, cursor=result.next)
    assert numbers([*result.hits, second]) == [2, 1]


def test_of_pages_that_are_as_near_those_come_first_that_say_more_of_the_question(
    store: Store,
) -> None:
    texts = ["Trained people.", "Trained miners are missing.", "Ausgebildete miners."]
    written = [document(number, text) for number, text in enumerate(texts, 1)]
    vectors = with_vectors(document(9, MISSING))[0].vectors
    store.write([dataclasses.replace(each, vectors=vectors) for each in written])
    hits = found(store, 'about:"miners missing"')
    assert numbers(hits) == [2, 3, 1]
    scores = [hit.score or 0.0 for hit in hits]
    weight = WEIGHT * weight_of_said(2)
    assert scores[0] - scores[2] == pytest.approx(weight, abs=1e-3)
    more_said = log(4 / 2.5) / log(16 / 3.75)  # the word that two of the three pages have
    assert scores[1] - scores[2] == pytest.approx(weight * more_said, abs=1e-3)


def test_a_page_that_says_what_is_asked_is_found_where_its_meaning_is_hardly_near(
    store: Store,
) -> None:
    wanted, other = unit_rows([COMPILER.meaning("trained miners"), *ENCODER.encode(["museum"])])
    (hardly,) = quantised((other + (0.03 - other @ wanted) * wanted).reshape(1, -1))
    assert 0.01 < cosine(hardly, COMPILER.meaning("trained miners")) < THRESHOLD - SAID / 2
    texts = ("Ausgebildete Bergleute.", "Miners who were trained.", "Miners sing.", OTHER)
    written = [
        dataclasses.replace(document(n, text), vectors=(PassageVector(0, hardly),))
        for n, text in enumerate(texts, 1)
    ]
    store.write(written)
    question = 'about:"trained miners"'
    (hit,) = hits = found(store, question)
    assert numbers(hits) == [2]
    assert hit.passages[0].text == "Miners who were trained."
    assert set(numbers(found(store, f"NOT {question}"))) == {1, 3, 4}
    assert found(store, "*", near=hardly)[0].score is not None
    assert store.search(SearchRequest(question, facets=True)).facets["lang"][0].count == 1
    compiler = QueryCompiler(NO_REFERENCE, {}, _Always(hardly, ENCODER))
    alone = compiler.compile(parse_query(question))
    assert [n for n, d in enumerate(written, 1) if matches(alone, compiler.view(d))] == [2]


def test_a_passage_is_shown_by_its_meaning_where_the_page_is_about_it_alone(store: Store) -> None:
    wanted, other = unit_rows([COMPILER.meaning("trained miners"), *ENCODER.encode(["museum"])])
    (hardly,) = quantised((other + (0.03 - other @ wanted) * wanted).reshape(1, -1))
    page = document(1, OTHER, "Entry is free.")
    store.write([dataclasses.replace(page, vectors=(PassageVector(1, hardly),))])
    (hit,) = found(store, 'hall OR about:"trained miners"')
    assert [passage.text for passage in hit.passages] == [OTHER]


class _Always(Encoder):
    """Of each page the same, of questions what another encoder says."""

    def __init__(self, vector: bytes, questions: WordEncoder) -> None:
        self._vector, self._questions = vector, questions

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        asked = all(text == "trained miners" for text in texts)
        return self._questions.encode(texts) if asked else [self._vector] * len(texts)


def test_pages_that_tell_the_same_are_ranked_by_each_other(store: Store) -> None:
    texts = (
        "Miners are missing now.",
        "Trained miners are missing.",
        "Trained miners sing.",
        "Miners sing old songs.",
    )
    written = with_vectors(*(document(number, text) for number, text in enumerate(texts, 1)))
    store.write(written)
    alone = found(store, QUERY)
    assert numbers(alone) == [2, 3, 1, 4]
    store.write(told("a", *(dataclasses.replace(each, revision=2) for each in written[2:])))
    together = found(store, QUERY)
    assert numbers(together) == [2, 1, 3, 4]
    before = [hit.score or 0.0 for hit in alone]
    mean = (before[1] + before[3]) / 2
    expected = [before[0], before[2], (before[1] + mean) / 2, (before[3] + mean) / 2]
    assert [hit.score for hit in together] == pytest.approx(expected, abs=1e-3)


def test_what_is_denied_twice_is_asked_for_without_points(store: Store) -> None:
    store.write(with_vectors(document(1, MISSING), document(2, GERMAN)))
    (_, alone), (asked,) = found(store, QUERY), found(store, f"{QUERY} text:trained")
    (denied,) = found(store, f"({QUERY}) -(-(text:trained))")
    assert alone.id == asked.id == denied.id
    assert denied.score == pytest.approx(alone.score)
    assert (denied.score or 0) < (asked.score or 0)


def test_what_is_written_again_or_removed_is_near_no_longer(store: Store) -> None:
    store.write(with_vectors(document(1, MISSING), document(2, MISSING), document(3, GERMAN)))
    store.write(with_vectors(document(1, OTHER, revision=2)))
    store.delete([document(2).id])
    assert numbers(found(store, QUERY)) == [3]
    store.write([document(3, GERMAN, revision=2)])
    assert found(store, QUERY) == []


def test_what_tells_news_no_longer_is_near_no_longer(store: Store) -> None:
    store.write(with_vectors(document(1, MISSING), document(2, MISSING), document(3, GERMAN)))
    assert numbers(found(store, QUERY))[0] == 3
    store.write(with_vectors(document(3, GERMAN, kind="listing", revision=2)))
    assert set(numbers(found(store, QUERY))) == {1, 2}
    assert numbers(found(store, f"{QUERY} kind:listing")) == [3]


def test_documents_without_vectors_are_found_by_their_words(store: Store) -> None:
    store.write([document(1, MISSING)])
    assert found(store, QUERY) == []
    assert numbers(found(store, f"{QUERY} OR trained")) == [1]


def test_no_question_finds_more_than_so_many(store: Store) -> None:
    near = with_vectors(*(document(number, GERMAN) for number in range(MOST + 5)))
    store.write(near)
    assert store.search(SearchRequest(QUERY)).total == MOST


def test_the_first_twenty_are_the_nearest_of_all_vectors(store: Store) -> None:
    """Every vector is compared in both stores, so both find the same."""
    chance = np.random.default_rng(5)
    shared = chance.standard_normal(DIMENSIONS)

    def vectors() -> tuple[PassageVector, ...]:
        rows = shared + chance.standard_normal((3, DIMENSIONS))
        return tuple(PassageVector(*each) for each in enumerate(quantised(rows.astype(np.float32))))

    written = [
        dataclasses.replace(document(number, "One.", "Two.", "Three."), vectors=vectors())
        for number in range(300)
    ]
    store.write(written)
    for asked in ("first", "second", "third"):
        direction = ENCODER.encode([asked])[0]
        (question,) = quantised(
            np.array([shared + np.frombuffer(direction, np.int8) / 60], np.float32)
        )
        nearest = {
            each.url: max(cosine(question, v.vector) for v in in_context(each.vectors))
            for each in written
        }
        ranked = sorted(nearest, key=nearest.__getitem__, reverse=True)[:20]
        hits = found(store, "*", near=question, limit=20)
        assert {hit.url for hit in hits} == set(ranked)


@pytest.fixture
def crowd(store: Store) -> Store:
    """More pages that are nearer than the limit, and a few on the edge, in another language."""
    edge = [
        document(1, f"{MISSING} {OTHER}", lang="fr", published="2026-02-01"),
        document(2, f"{MISSING} {OTHER}", lang="fr", published="2026-03-01", kind="event"),
    ]
    near = [document(number, GERMAN, lang="de") for number in range(10, MOST + 20)]
    store.write(with_vectors(*edge, *near))
    return store


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        (QUERY, {"filters": {"lang": ("fr",)}}, {1, 2}),
        (QUERY, {"filters": {"lang": ("fr",), "kind": ("event",)}}, {2}),
        (QUERY, {"published_to": "2026-02"}, {1}),
        (f"{QUERY} lang:fr", {}, {1, 2}),
        (f"museum (tin OR {QUERY})", {}, {1, 2}),
        (f"museum -{QUERY}", {}, set()),
        (f"{QUERY} published:2026-03", {}, {2}),
    ],
)
def test_filters_come_before_the_nearest(
    crowd: Store, query: str, more: dict[str, object], expected: set[int]
) -> None:
    assert set(numbers(found(crowd, query, **more))) == expected


def test_facets_of_a_meaning_count_what_choosing_them_gives(crowd: Store) -> None:
    result = crowd.search(SearchRequest(QUERY, filters={"lang": ("fr",)}, facets=True))
    assert result.total == 2
    assert {v.value: v.count for v in result.facets["lang"]} == {"fr": 2, "de": MOST}
    assert {v.value: v.count for v in result.facets["kind"]} == {"article": 1, "event": 1}


def test_a_document_by_itself_is_judged_as_the_store_does(store: Store) -> None:
    documents = with_vectors(document(1, OTHER, MISSING), document(2, GERMAN), document(3, OTHER))
    store.write(documents)
    compiled = COMPILER.compile(parse_query(QUERY))
    alone = {d.id: matches(compiled, COMPILER.view(d)) for d in documents}
    hits = {hit.id: hit for hit in found(store, QUERY)}
    assert hits.keys() == {identity for identity, why in alone.items() if why}
    for identity, hit in hits.items():
        why = alone[identity]
        assert why is not None
        assert why.terms == (QUERY,)
        assert why.passages[0].text == hit.passages[0].text


def test_vectors_of_any_kind_are_ranked_by_their_cosine(store: Store) -> None:
    chance = np.random.default_rng(3)
    (question,) = ENCODER.encode(["trained miners missing"])
    towards = np.frombuffer(question, np.int8) / 127
    rows = towards + chance.uniform(0.3, 3, (300, 1)) * chance.standard_normal((300, 512)) * 0.4
    vectors = quantised(rows.astype(np.float32))
    documents = [
        dataclasses.replace(document(number, OTHER), vectors=(PassageVector(0, vector),))
        for number, vector in enumerate(vectors)
    ]
    store.write(documents)
    by_cosine = sorted(range(300), key=lambda number: -cosine(question, vectors[number]))
    hits = numbers(found(store, QUERY))
    assert len(set(hits) & set(by_cosine[:20])) >= 0.98 * 20


def test_near_documents_come_first_and_the_others_stay(store: Store) -> None:
    written = with_vectors(document(1, OTHER), document(2, OTHER, MISSING), document(3, GERMAN))
    store.write(written)
    (question,) = ENCODER.encode(["trained miners missing"])
    hits = found(store, "*", near=question)
    assert numbers(hits) == [3, 2, 1]
    assert [hit.passages[0].text for hit in hits] == [GERMAN, MISSING, OTHER]
    assert hits[2].score == 0
    assert numbers(found(store, "museum", near=question)) in ([2, 1], [1, 2])
    assert numbers(found(store, "*", near=question, limit=1)) == [3]


def test_a_search_among_some_documents_finds_no_others(store: Store) -> None:
    written = [document(number, OTHER, published=f"2026-02-0{number}") for number in (1, 2, 3, 4)]
    store.write(written)
    only = (written[0].id, written[2].id, document(9).id)
    result = store.search(SearchRequest("*", sort="newest", only=only, facets=True))
    assert numbers(list(result.hits)) == [3, 1]
    assert (result.total, [v.count for v in result.facets["lang"]]) == (2, [2])
    assert numbers(found(store, "paintings", only=only, published_to="2026-02-02")) == [1]


def test_of_some_documents_those_are_told_that_a_query_finds(store: Store) -> None:
    store.write(
        [
            document(1, MISSING, published="2026-02-01"),
            document(2, GERMAN, lang="de", kind="listing"),
            document(3, OTHER),
            document(4, MISSING),
        ]
    )
    queries = ["trained OR Bergleute", '"nobody knows"', "(museum paintings)", "knows museum", "x*"]
    some = [document(number).id for number in (1, 2, 3, 9)]
    found = store.found_among([*queries[:4], "published:2026"], some)
    told = [{some[0], some[1]}, {some[0]}, {some[2]}, set(), {some[0]}]
    assert [*map(set, found)] == told
    many = store.found_among([*queries[:4], "published:2026"] * 6, some)  # in several requests
    assert [*map(set, many)] == told * 6
    assert [*map(list, store.found_among(queries[:2], ()))] == [[], []]
    assert list(store.found_among((), some)) == []
    with pytest.raises(QueryError):
        store.found_among(["(museum"], some)


def test_what_is_near_is_told_with_its_cosine_among_what_a_request_finds(store: Store) -> None:
    assert dict(store.nearest("trained miners missing", SearchRequest("*"))) == {}
    store.write(
        with_vectors(
            document(1, MISSING),
            document(2, GERMAN, lang="de"),
            document(3, OTHER),
            document(4, GERMAN, lang="de", kind="listing"),
        )
    )
    news = SearchRequest("*", news_only=True)
    near = store.nearest("trained miners missing", news)
    said = {document(1).id: weight_of_said(3), document(2).id: 0.0}
    scores = {hit.id: hit.score for hit in found(store, QUERY)}
    assert list(near) == [document(2).id, document(1).id]
    assert scores == {
        page: pytest.approx(WEIGHT * (cosine + said[page])) for page, cosine in near.items()
    }
    among = dataclasses.replace(news, query="nobody OR paintings")
    assert list(store.nearest("trained miners missing", among)) == [document(1).id]
    among = dataclasses.replace(news, filters={"kind": ("listing",)})
    assert list(store.nearest("trained miners missing", among)) == [document(4).id]


def test_of_some_documents_it_is_shown_what_a_query_finds_in_them(store: Store) -> None:
    written = with_vectors(
        document(1, OTHER, MISSING), document(2, GERMAN), document(3, OTHER), document(4, MISSING)
    )
    store.write([*told("a", written[0], written[1]), *written[2:]])
    some = [document(number).id for number in (1, 3, 9)]
    request = SearchRequest(f"{QUERY} OR paintings", stories="entries")
    shown = {hit.id: hit for hit in store.hits_of(request, some)}
    assert set(shown) == set(some[:2])
    first = shown[some[0]]
    assert [p.text for p in first.passages] == [OTHER, MISSING]
    assert [OTHER[a:b] for a, b in first.passages[0].marks] == ["paintings"]
    assert places([first]) == [(1, [2])]
    assert first.score is None
    assert [*store.hits_of(dataclasses.replace(request, query="vanished"), some[1:])] != []
    assert list(store.hits_of(request, ())) == []
    with pytest.raises(QueryError):
        store.hits_of(SearchRequest("(museum"), some)


def test_hits_without_marks_are_ids_and_scores(store: Store) -> None:
    store.write(with_vectors(*told("a", document(1, MISSING, published="2026-02-01"))))
    (marked,), (bare,) = (found(store, "miners", marked=marked) for marked in (True, False))
    assert marked.passages
    assert (bare.id, bare.score, bare.passages, bare.story) == (marked.id, marked.score, (), None)


WAYS = {"miners": ("miners", "bergleute"), "vanished": ("vanished", '"nobody knows"')}


def near(store: Store, query: str, **more: object) -> list[int]:
    request = SearchRequest(query, stories="entries", **more)  # type: ignore[arg-type]
    result = store.search(request)
    found = near_in_meaning(
        store, request, result, lambda words: [WAYS.get(word, (word,)) for word in words]
    )
    return numbers(list(found))


def test_both_stores_find_the_same_pages_near_a_query(store: Store) -> None:
    written = with_vectors(
        document(1, MISSING, published="2026-02-01"),
        document(2, GERMAN, lang="de", published="2026-02-02"),
        document(3, OTHER),
        document(4, "Bergleute singen in der Halle ein altes Lied.", lang="de"),
        document(5, GERMAN, lang="de", kind="listing"),
        document(6, MISSING),
        document(7, "Vanished: tin in the old halls."),
    )
    written[:1], written[5:6] = told("a", written[0]), told("a", written[5])
    store.write(written)
    query = "trained miners vanished"
    assert near(store, query) == [1, 2, 7, 4]
    assert near(store, query, filters={"lang": ("de",)}) == [2, 4]
    assert near(store, f"{query} published:2026-02-01") == [1]
    assert near(store, f"{query} tin") == [7, 1, 2, 4]
    assert near(store, "vanished tin") == [1]  # 7 is a hit
    assert near(store, f"{query} kind:listing") == [5]


def test_no_query_is_too_odd_to_look_for_pages_near_it(store: Store) -> None:
    store.write(with_vectors(document(1, MISSING), document(2, GERMAN, lang="de")))
    odd = [
        "a",
        "of the",
        "*",
        "тау-кен өндірісі",
        "lang:de",
        "x" * 1900,
        "' ´ miners",
        "miners -- x",
    ]
    for query in [*odd, " ".join(f"word{number}" for number in range(100)), "miners " * 90]:
        assert set(near(store, query)) <= {1, 2}


def test_without_the_extra_the_error_names_it() -> None:
    compiler = QueryCompiler(NO_REFERENCE, {})
    with pytest.raises(QueryError, match="extra `meaning`") as caught:
        compiler.compile(parse_query(f"lithium {QUERY}"))
    assert (caught.value.reason, caught.value.position) == ("no-meaning", 8)
    assert "pip install" in caught.value.hint


def told(story: str, *documents: StoredDocument) -> list[StoredDocument]:
    return [dataclasses.replace(document, story=document_id(story)) for document in documents]


def places(hits: list[Hit]) -> list[tuple[int, list[int]]]:
    return [
        (int(hit.url.rpartition("/")[2]), [int(p.url.rpartition("/")[2]) for p in hit.others])
        for hit in hits
    ]


def days(number: int, text: str, **more: object) -> StoredDocument:
    return document(number, text, published=f"2026-02-{number:02}", **more)  # type: ignore[arg-type]


@pytest.fixture
def shelf(store: Store) -> Store:
    store.write(
        [
            *told("a", days(1, "ore"), days(4, "ore and tin"), days(7, "Erz", lang="de")),
            *told("b", days(2, "ore"), days(6, "ore")),
            *told("c", days(3, "ore")),
            *(days(number, "ore") for number in (5, 8)),
        ]
    )
    return store


def test_a_story_is_one_entry_with_all_its_places(shelf: Store) -> None:
    hits = found(shelf, "ore", sort="newest", stories="entries")
    assert places(hits) == [(8, []), (6, [2]), (5, []), (4, [7, 1]), (3, [])]
    assert hits[1].story == document_id("b")
    assert hits[0].story == hits[0].id
    assert [hit.to_json()["places"] for hit in hits] == [1, 2, 1, 3, 1]


def test_totals_and_facets_count_documents(shelf: Store) -> None:
    request = SearchRequest("ore", sort="newest", stories="entries", facets=True)
    result = shelf.search(request)
    assert result.total == 7
    assert {v.value: v.count for v in result.facets["lang"]} == {"en": 7}


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_page_by_page_every_story_comes_once(shelf: Store, limit: int, sort: str) -> None:
    once = found(shelf, "ore", sort=sort, stories="entries", limit=0)
    request = SearchRequest("ore", sort=sort, stories="entries", limit=limit)  # type: ignore[arg-type]
    pages: list[Hit] = []
    while True:
        result = shelf.search(request)
        pages += result.hits
        assert 0 < len(result.hits) <= limit
        if result.next is None:
            break
        assert len(result.hits) == limit
        request = dataclasses.replace(request, cursor=result.next)
    assert places(pages) == places(once)
    assert len(once) == 5


def test_filters_decide_which_page_stands_for_a_story(shelf: Store) -> None:
    german = found(shelf, "*", filters={"lang": ("de",)}, stories="entries", sort="newest")
    assert places(german) == [(7, [4, 1])]
    story = found(shelf, f"story:{document_id('a')}", stories="entries", sort="newest")
    assert places(story) == [(7, [4, 1])]


def test_apart_each_page_is_a_hit_with_or_without_the_others(shelf: Store) -> None:
    apart = found(shelf, "tin OR Erz", sort="newest", stories="places")
    assert places(apart) == [(7, [4, 1]), (4, [7, 1])]
    assert places(found(shelf, "tin")) == [(4, [])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_for_a_topic_with_a_last_word_finds_what_a_watch_tells(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler_module, "find_sense", {"made-up": MODEL}.get)
    # Without reference tables a compound has no parts: it is judged by what it begins with.
    topic = dataclasses.replace(TOPIC, judged={"de": ("Cluster*",)})
    compiler = QueryCompiler(NO_REFERENCE, {"clusters": topic}, SenseEncoder())
    texts = {
        1: "Die Clusterpolitik gilt.",
        2: "Die Clusterpolitik schnurrt.",
        3: "Der Rat wünscht ein Cluster.",
        4: "Der Rat wünscht sich Ruhe.\n\nEin Cluster steht dort.",
    }
    documents = [document(number, text, lang="de") for number, text in texts.items()]
    store = StorePlace(kind, request, tmp_path, compiler).open()
    try:
        store.write(documents)
        assert sorted(numbers(found(store, "topic:clusters"))) == [1, 3]
        assert sorted(numbers(found(store, "-topic:clusters"))) == [2, 4]
    finally:
        store.close()
    query = compiler.compile(parse_query("topic:clusters"))
    told = [d for d in documents if matches(query, compiler.view(d)) is not None]
    assert [document.url[-1] for document in told] == ["1", "3"]
