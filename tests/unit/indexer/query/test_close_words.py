"""What must stand close together, and the topics that ask for it."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import product

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledQuery, SamePassage
from indexer.query.evaluator import holds, matches
from indexer.query.near_miss import nearest_miss
from indexer.query.topics import Topic
from indexer.records.reference import load_reference
from tests.unit.indexer.query.test_same_passage import document, same_passage, view

TOPIC = Topic(
    "clusters",
    "Clusters",
    {"de": ("Clusterstrategie",)},
    {"de": ("Rechner",)},
    "sentence",
    {"de": ("lang:de AND Cluster AND (Strategie OR fördern)",)},
    {"de": ("Bergbau",)},
    near=1,
)
COMPILER = QueryCompiler(load_reference(), {TOPIC.id: TOPIC})
QUERY = COMPILER.compile(parse_query("topic:clusters"))


@pytest.mark.parametrize(
    ("query", "text", "gap", "expected"),
    [
        ("Cluster AND Strategie", "Eine Strategie für Cluster.", 1, True),
        ("Cluster AND Strategie", "Cluster und Strategie.", 1, True),
        ("Cluster AND Strategie", "Eine Strategie für viele Cluster.", 1, False),
        ("Cluster AND Strategie", "Die Clusterstrategie gilt.", 0, True),
        ("Cluster AND Strategie", "Cluster Strategie.", 0, True),
        ("Cluster AND Bergbau AND Strategie", "Strategie der Cluster im Bergbau.", 1, True),
        ("Cluster AND Bergbau AND Strategie", "Strategie der Cluster im alten Bergbau.", 1, False),
        ("Cluster AND Bergbau AND Strategie", "Cluster oder Strategie oder Bergbau.", 1, True),
        ("Cluster AND (Bergbau AND Strategie)", "Bergbau, Strategie, Cluster.", 0, True),
        ("Cluster AND Bergbau AND Strategie", "Cluster, Strategie, Cluster.", 1, False),
        ("Cluster AND (Bergbau OR Strategie)", "Bergbau, dann Strategie für Cluster.", 1, True),
        ("Cluster AND lang:de AND Strategie", "Eine Strategie für Cluster.", 1, True),
        ("Cluster AND Strategie -Rechner", "Eine Strategie für Cluster. Ein Satz.", 1, True),
        ("Clust* AND Strategie", "Eine Strategie für Clusterland.", 1, True),
        ("lang:de", "Ein Satz.", 1, False),
    ],
)
def test_so_many_words_may_stand_between(query: str, text: str, gap: int, expected: bool) -> None:
    node = SamePassage(same_passage(query).operand, gap=gap)
    assert holds(node, view(text)) is expected
    assert (matches(CompiledQuery(query, node), view(text)) is not None) is expected


def test_words_of_two_passages_are_never_close() -> None:
    node = SamePassage(same_passage("Cluster AND Strategie").operand, gap=5)
    assert not holds(node, view("Ein Cluster", "Strategie für alle"))


def test_it_finds_what_counting_the_words_finds() -> None:
    chance = random.Random(5)
    node = same_passage("Cluster AND Strategie").operand
    for _ in range(200):
        words = [
            chance.choice(("Cluster", "Strategie", "oder")) for _ in range(chance.randint(2, 9))
        ]
        gap = chance.randint(0, 3)
        places = (
            [n for n, word in enumerate(words) if word == w] for w in ("Cluster", "Strategie")
        )
        expected = any(abs(a - b) - 1 <= gap for a, b in product(*places))
        assert holds(SamePassage(node, gap=gap), view(" ".join(words))) is expected, (words, gap)


def test_a_page_full_of_the_words_is_matched_in_time() -> None:
    node = same_passage("Cluster AND Strategie AND Bergbau").operand
    crowded = view("Cluster Strategie Bergbau " * 20_000)
    crowded.passages  # noqa: B018  # its analysis is not what is timed
    began = time.process_time()
    assert holds(SamePassage(node, gap=20), crowded)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Eine Strategie für Cluster gilt.", ("Cluster",)),
        ("Die Clusterstrategie gilt.", ("Clusterstrategie",)),
        ("Eine Strategie sieht sechs Cluster im Bergbau vor.", ("Cluster",)),
        ("Eine Strategie sieht sechs Cluster vor. So lebt der Bergbau.", ("Cluster",)),
        ("Eine Strategie sieht sechs Cluster vor.", ()),
        ("Eine Strategie für Cluster im Rechner gilt.", ()),
        ("Der Cluster wächst. Eine Strategie hat der Bergbau.", ()),
    ],
)
def test_an_ambiguous_term_counts_beside_its_context_or_with_its_words_together(
    text: str, terms: tuple[str, ...]
) -> None:
    found = matches(QUERY, COMPILER.view(document(text)))
    assert (found.terms if found else ()) == terms


@pytest.mark.parametrize(
    ("ambiguous", "text", "expected"),
    [
        ("Cluster", "Ein Cluster gilt.", False),
        ("Cluster", "Ein Cluster im Bergbau gilt.", True),
        ("lang:de AND (Cluster OR Kluster*)", "Ein Kluster gilt.", False),
        ("Cluster -Rechner", "Ein Cluster gilt.", False),
        ("Cluster OR (Kluster AND Plan)", "Ein Cluster gilt.", False),
        ("Cluster OR (Kluster AND Plan)", "Ein Plan für Kluster gilt.", True),
        ('"alter Cluster"', "Ein alter Cluster gilt.", True),
    ],
)
def test_a_word_that_stands_alone_is_close_to_nothing(
    ambiguous: str, text: str, expected: bool
) -> None:
    topic = replace(TOPIC, ambiguous={"de": (ambiguous,)})
    compiler = QueryCompiler(load_reference(), {topic.id: topic})
    query = compiler.compile(parse_query("topic:clusters"))
    assert holds(query.root, compiler.view(document(text))) is expected


def test_what_is_too_far_apart_is_told() -> None:
    miss = nearest_miss(
        QUERY.root, COMPILER.view(document("Eine Strategie sieht sechs Cluster vor."))
    )
    assert miss is not None
    assert [lack.kind for lack in miss.lacks] == ["far"]
