from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from indexer.meaning.encoder import Encoder
from indexer.query import QueryCompiler, parse_query
from indexer.query import compiler as compiler_module
from indexer.query.compiled import CompiledQuery
from indexer.query.document_batch import DocumentBatch
from indexer.query.evaluator import holds, matches
from indexer.query.near_miss import Lack, nearest_miss, term_states
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from tests.sense_of_words import MODEL, TOPIC, SenseEncoder
from tests.word_encoder import BrokenEncoder

REFERENCE = load_reference()


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler_module, "find_sense", {"made-up": MODEL}.get)


def asked(
    *paragraphs: str, lang: str = "de", encoder: Encoder | None = None, topic: Topic = TOPIC
) -> tuple[CompiledQuery, PageView]:
    compiler = QueryCompiler(REFERENCE, {"clusters": topic}, encoder)
    url = "https://a.example/1"
    page = Page(url, lang=lang, text="\n\n".join(paragraphs))
    document = StoredDocument(document_id(url), url, "a", 1, datetime(2026, 1, 1, tzinfo=UTC), page)
    return compiler.compile(parse_query("topic:clusters")), compiler.view(document)


@pytest.mark.parametrize(
    ("paragraphs", "terms_alone", "with_last_word"),
    [
        (("Die Clusterpolitik gilt.",), True, True),
        (("Die Clusterpolitik schnurrt.",), True, False),
        (("Die Clusterpolitik schnurrt.", "Die Clusterpolitik gilt."), True, True),
        (("Der Rat wünscht ein Cluster.",), False, True),
        (("Der Rat wünscht sich Ruhe.",), False, False),
        (("Der Rat wünscht sich Ruhe.", "Ein Cluster."), False, False),
        (("Ein Cluster steht dort.",), False, False),
    ],
)
def test_the_sense_of_a_passage_goes_before_its_terms(
    paragraphs: tuple[str, ...], *, terms_alone: bool, with_last_word: bool
) -> None:
    for encoder, expected in ((None, terms_alone), (SenseEncoder(), with_last_word)):
        query, view = asked(*paragraphs, encoder=encoder)
        assert holds(query.root, view) is expected
        assert (matches(query, view) is not None) is expected
        assert DocumentBatch([view]).matching(query) == [0] * expected


def test_terms_decide_in_a_language_without_labelled_passages() -> None:
    for paragraph, expected in (("Clusterpolitik schnurrt.", True), ("wünscht Cluster.", False)):
        query, view = asked(paragraph, lang="kk", encoder=SenseEncoder())
        assert holds(query.root, view) is expected


def test_passages_without_the_words_that_are_judged_keep_what_the_terms_say() -> None:
    """As those of a French term in a German page."""
    terms = {**TOPIC.terms, "fr": ("pôle",)}
    topic = replace(TOPIC, terms=terms)
    for paragraph, expected in (("Le pôle schnurrt.", True), ("Le pôle: Cluster schnurrt.", False)):
        query, view = asked(paragraph, encoder=SenseEncoder(), topic=topic)
        assert holds(query.root, view) is expected
        assert (matches(query, view) is not None) is expected


def test_the_reason_says_that_the_meaning_told_it() -> None:
    query, view = asked("Die Clusterpolitik gilt.", "Er wünscht Cluster.", encoder=SenseEncoder())
    told = matches(query, view)
    assert told is not None
    assert told.terms == ("Clusterpolitik", "Cluster (by its meaning)")
    assert len(told.passages) == 2


def test_what_has_another_sense_is_said_of_a_page_that_does_not_match() -> None:
    query, view = asked("Die Clusterpolitik schnurrt.", encoder=SenseEncoder())
    near = nearest_miss(query.root, view)
    assert near is not None
    assert near.lacks == (Lack("sense", ("Clusterpolitik",)),)
    states = [(state.term, state.excluded) for state in term_states(query.root, view)]
    assert states == [("Clusterpolitik", False), ("Cluster (by its meaning)", False)]


@pytest.mark.parametrize("judged", ["Cluster", "lang:de AND Cluster"])
@pytest.mark.parametrize(("end", "expected"), [("wünscht", True), ("gilt", False)])
def test_of_a_long_passage_what_stands_around_the_word_is_judged(
    end: str, judged: str, *, expected: bool
) -> None:
    topic = replace(TOPIC, judged={"de": (judged,)})
    long = "Der Tag war warm und hell, " * 40
    query, view = asked(f"{long} das Cluster {end} der Rat.", encoder=SenseEncoder(), topic=topic)
    assert holds(query.root, view) is expected
    text = f"Er wünscht. {long} Ein Cluster steht dort."
    query, view = asked(text, encoder=SenseEncoder(), topic=topic)
    assert not holds(query.root, view)


@pytest.mark.parametrize(
    ("text", "told"),
    [("Die Clusterpolitik schnurrt.", True), ("Der Rat wünscht ein Cluster.", False)],
)
def test_where_the_encoder_fails_terms_decide(text: str, told: bool) -> None:
    query, view = asked(text, encoder=BrokenEncoder())
    assert holds(query.root, view) == told


def test_where_the_encoder_fails_a_meaning_is_looked_for_by_its_words() -> None:
    compiler = QueryCompiler(REFERENCE, {}, BrokenEncoder())
    _, view = asked("Der Rat wünscht ein Cluster.")
    found = [
        holds(compiler.compile(parse_query(f'about:"{text}"')).root, view)
        for text in ("Cluster für den Markt", "Rat: Cluster")
    ]
    assert found == [False, True]
