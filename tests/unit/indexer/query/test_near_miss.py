from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.query.near_miss import Lack, TermState, nearest_miss, term_states
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

TOPIC = Topic(
    "clusters",
    "Clusters",
    {"de": ("Clusterpolitik", "Cluster AND (Bergbau OR Industrie)")},
    {"de": ("Rechner",)},
)
COMPILER = QueryCompiler(load_reference(), {"clusters": TOPIC})


def view(*paragraphs: str) -> PageView:
    url = "https://a.example/1"
    page = Page(url, lang="de", text="\n\n".join(paragraphs))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return COMPILER.view(StoredDocument(document_id(url), url, "a", 1, now, page))


def lacks(query: str, *paragraphs: str) -> tuple[str | None, list[Lack]]:
    near = nearest_miss(COMPILER.compile(parse_query(query)).root, view(*paragraphs))
    assert near is not None
    return near.passage, list(near.lacks)


def test_words_that_stand_in_different_sentences_are_told() -> None:
    topic = Topic("clusters", "Clusters", {"de": ("Cluster AND Bergbau",)}, within="sentence")
    compiler = QueryCompiler(load_reference(), {"clusters": topic})
    root = compiler.compile(parse_query("topic:clusters")).root
    near = nearest_miss(root, view("Ein Cluster wächst. Der Bergbau ruht."))
    assert near is not None
    assert near.lacks == (Lack("apart", ("Cluster", "Bergbau")),)
    assert nearest_miss(root, view("Ein Cluster im Bergbau. Mehr.")) is None
    absent = nearest_miss(root, view("Ein Cluster wächst. Mehr."))
    assert absent is not None
    assert absent.lacks == (Lack("absent", ("Bergbau",)),)


def test_of_several_terms_the_words_of_one_that_stand_apart_are_told_and_what_is_excluded() -> None:
    terms: dict[str, tuple[str, ...]] = {
        "de": ("Cluster AND Bergbau", "Cluster AND Wetter", "Sonne AND Mond")
    }
    topic = Topic("clusters", "Clusters", terms, {"de": ("Rechner",)}, within="sentence")
    compiler = QueryCompiler(load_reference(), {"clusters": topic})
    root = compiler.compile(parse_query("topic:clusters")).root
    near = nearest_miss(root, view("Ein Cluster wächst. Der Bergbau ruht. Die Sonne scheint."))
    assert near is not None
    assert near.lacks == (Lack("apart", ("Cluster", "Bergbau")),)
    excluded = nearest_miss(root, view("Ein Cluster im Bergbau hat Rechner."))
    assert excluded is not None
    assert excluded.lacks == (Lack("excluded", ("Rechner",)),)
    assert nearest_miss(root, view("Ein Cluster im Bergbau. Er hat Rechner.")) is None


def test_of_a_document_that_matches_nothing_is_lacking() -> None:
    root = COMPILER.compile(parse_query("topic:clusters")).root
    assert nearest_miss(root, view("Clusterpolitik.")) is None


@pytest.mark.parametrize(
    ("query", "paragraphs", "passage", "expected"),
    [
        ("Bergbau AND Wetter", ("Bergbau.",), None, [Lack("absent", ("Wetter",))]),
        ("Bergbau OR Wetter", ("Ein Satz.",), None, [Lack("absent", ("Bergbau", "Wetter"))]),
        ("Bergbau -Wetter", ("Bergbau und Wetter.",), None, [Lack("excluded", ("Wetter",))]),
        (
            "topic:clusters",
            ("Ein Cluster.", "Der Bergbau."),
            "Ein Cluster.",
            [Lack("absent", ("Bergbau", "Industrie"))],
        ),
        (
            "topic:clusters",
            ("Ein Cluster im Rechner.", "Cluster und Bergbau am Rechner."),
            "Cluster und Bergbau am Rechner.",
            [Lack("excluded", ("Rechner",))],
        ),
        (
            "topic:clusters AND commodity:lithium",
            ("Das Cluster.",),
            "Das Cluster.",
            [Lack("absent", ("Bergbau", "Industrie")), Lack("absent", ("commodity:lithium",))],
        ),
    ],
)
def test_the_fewest_changes_are_named(
    query: str, paragraphs: tuple[str, ...], passage: str | None, expected: list[Lack]
) -> None:
    assert lacks(query, *paragraphs) == (passage, expected)


def test_without_any_of_its_words_no_passage_comes_nearest() -> None:
    passage, found = lacks("topic:clusters", "Ein Satz.")
    assert passage is None
    assert found == [Lack("absent", ("Clusterpolitik",))]


def test_a_term_is_there_if_any_form_of_it_is() -> None:
    root = COMPILER.compile(parse_query("Lithium OR Cluster")).root
    assert [s.found for s in term_states(root, view("Lithium.")) if s.term == "Lithium"] == [True]


def test_every_term_is_listed_once_with_what_it_is() -> None:
    root = COMPILER.compile(parse_query("topic:clusters AND Cluster -Wetter")).root
    assert term_states(root, view("Cluster und Wetter.")) == [
        TermState("Clusterpolitik", excluded=False, found=False),
        TermState("Cluster", excluded=False, found=True),
        TermState("Bergbau", excluded=False, found=False),
        TermState("Industrie", excluded=False, found=False),
        TermState("Rechner", excluded=True, found=False),
        TermState("Wetter", excluded=True, found=True),
    ]


def test_what_is_lacking_is_enough() -> None:
    """With the absent words written down and the excluded ones taken away, it matches."""
    chance = random.Random(4)
    words = ("Alpha", "Beta", "Gamma", "Delta")
    for _ in range(200):
        terms = [chance.choice(("", "", "-")) + word for word in chance.sample(words, 3)]
        query = f"{terms[0]} {chance.choice(('AND', 'OR'))} ({terms[1]} OR {terms[2]})"
        root = COMPILER.compile(parse_query(query)).root
        there = [word for word in words if chance.random() < 0.5] or ["Satz"]
        near = nearest_miss(root, view(" ".join(there)))
        if near is None:
            continue
        changed = [w for w in there if not any(w in x.terms for x in near.lacks)]
        changed += [lack.terms[0] for lack in near.lacks if lack.kind == "absent"]
        assert holds(root, view(" ".join(changed) or "Satz")), (query, there, near)
