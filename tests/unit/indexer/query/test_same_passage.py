from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    ExactValue,
    OneOf,
    SamePassage,
    Without,
)
from indexer.query.evaluator import holds, matches
from indexer.query.same_passage import decide, undecided
from indexer.query.topics import Topic
from indexer.query.view import PageView
from indexer.records.document import Mention, Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.text.passages import passages

COMPILER = QueryCompiler(load_reference(), {})
WORDS = ("Cluster", "Strategie", "Rechner", "Bergbau", "Lithium")


def document(*paragraphs: str, title: str = "", lang: str = "de") -> StoredDocument:
    text = "\n\n".join(paragraphs)
    url = f"https://a.example/{document_id(title + text)}"
    mentions = tuple(
        Mention("commodities", "text", place, place + len("Lithium"), "Lithium", "lithium")
        for place in range(len(text))
        if text.startswith("Lithium", place)
    )
    page = Page(url, lang=lang, title=title or None, text=text, mentions=mentions)
    return StoredDocument(document_id(url), url, "a", 1, datetime(2026, 1, 1, tzinfo=UTC), page)


def same_passage(query: str) -> SamePassage:
    return SamePassage(COMPILER.compile(parse_query(query)).root)


def view(*paragraphs: str, title: str = "") -> PageView:
    return COMPILER.view(document(*paragraphs, title=title))


@pytest.mark.parametrize(
    ("query", "paragraphs", "expected"),
    [
        ("Cluster AND Bergbau", ("Ein Cluster im Bergbau.",), True),
        ("Cluster AND Bergbau", ("Ein Cluster.", "Der Bergbau."), False),
        ("Cluster -Rechner", ("Ein Cluster.", "Der Rechner."), True),
        ("Cluster -Rechner", ("Ein Cluster im Rechner.", "Der Rechner."), False),
        ("Cluster -Rechner", ("Ein Cluster im Rechner.", "Das Cluster der Firmen."), True),
        ("Cluster AND commodity:lithium", ("Ein Cluster.", "Viel Lithium."), False),
        ("Cluster AND commodity:lithium", ("Ein Cluster für Lithium.",), True),
        ("Cluster AND lang:de", ("Ein Cluster.",), True),
        ("Cluster AND lang:en", ("Ein Cluster.",), False),
        ("Clust* AND Berg*", ("Cluster und Bergleute.", "Cluster."), True),
        ("*", ("Ein Satz.",), True),
        ("-Cluster", ("Ein Cluster.", "Anderes."), True),
    ],
)
def test_a_passage_is_a_document_of_its_own(
    query: str, paragraphs: tuple[str, ...], expected: bool
) -> None:
    seen = view(*paragraphs)
    node = same_passage(query)
    assert holds(node, seen) is expected
    assert (matches(CompiledQuery(query, node), seen) is not None) is expected


def test_the_title_is_a_passage() -> None:
    node = same_passage("Cluster AND Bergbau")
    assert holds(node, view("Ein Satz.", title="Cluster im Bergbau"))
    assert not holds(node, view("Mehr Bergbau.", title="Ein Cluster"))


def test_only_the_passages_that_match_are_marked() -> None:
    seen = view("Ein Cluster im Bergbau.", "Ein Cluster im Rechner.", "Lithium aus dem Cluster.")
    node = same_passage("(Cluster AND (Bergbau OR commodity:lithium)) -Rechner")
    found = matches(CompiledQuery("", node), seen)
    assert found is not None
    assert [p.text for p in found.passages] == [
        "Ein Cluster im Bergbau.",
        "Lithium aus dem Cluster.",
    ]
    assert found.terms == ("Cluster",)  # the others say which clusters are meant


def _random_documents(number: int) -> list[StoredDocument]:
    """Of paragraphs of up to three words, some of them sentences of their own."""
    chance = random.Random(3)
    return [
        document(
            *(
                chance.choice((" ", ". ")).join(
                    chance.choice(WORDS) for _ in range(chance.randint(1, 3))
                )
                for _ in range(chance.randint(1, 4))
            )
        )
        for _ in range(number)
    ]


def _random_node(chance: random.Random, depth: int = 0) -> CompiledNode:
    kind = chance.random()
    if depth < 3 and kind < 0.6:
        operands = tuple(_random_node(chance, depth + 1) for _ in range(chance.randint(1, 3)))
        return AllOf(operands) if kind < 0.3 else OneOf(operands)
    if kind < 0.75:
        return Without(_random_node(chance, depth + 1))
    word = chance.choice((*WORDS, "commodity:lithium", "lang:de", "text:Cluster"))
    return COMPILER.compile(parse_query(word)).root


def test_it_holds_where_one_of_the_passages_alone_matches() -> None:
    chance = random.Random(8)
    documents = _random_documents(40)
    for _ in range(60):
        node = _random_node(chance)
        for one in documents:
            alone = (COMPILER.view(one, [p]) for p in passages(one.page))
            expected = any(holds(node, small) for small in alone)
            assert holds(SamePassage(node), COMPILER.view(one)) is expected, (node, one.page.text)


def test_a_store_that_knows_only_documents_comes_to_the_same_answer() -> None:
    """Over random trees with `SamePassage` anywhere in them."""
    chance = random.Random(9)
    views = [COMPILER.view(one) for one in _random_documents(40)]

    def find(node: CompiledNode) -> Iterator[PageView]:
        return (seen for seen in views if _holds_in_a_store(node, seen))

    for _ in range(150):
        inner = SamePassage(
            _random_node(chance),
            sentence=chance.random() < 0.3,
            gap=chance.choice((None, None, 0, 1)),
        )
        root = chance.choice(
            (
                inner,
                Without(inner),
                AllOf((inner, _random_node(chance, 2))),
                OneOf((Without(inner), _random_node(chance, 2))),
                SamePassage(AllOf((inner, _random_node(chance, 2)))),
            )
        )
        decided = decide(root, find)
        for seen in views:
            assert _holds_in_a_store(decided, seen) is holds(root, seen), root


def _holds_in_a_store(node: CompiledNode, seen: PageView) -> bool:
    """As an engine answers: by whole documents and ids."""
    match node:
        case AllOf(operands):
            return all(_holds_in_a_store(operand, seen) for operand in operands)
        case OneOf(operands):
            return any(_holds_in_a_store(operand, seen) for operand in operands)
        case Without(operand):
            return not _holds_in_a_store(operand, seen)
        case SamePassage():
            raise undecided(node)
        case ExactValue("id", values):
            return seen.record.id in values
        case _:
            return holds(node, seen)


def test_only_doubtful_documents_are_read() -> None:
    """A word that must not stand beside another: only documents that have both."""
    views = [view("Ein Cluster."), view("Ein Cluster.", "Der Rechner."), view("Der Rechner.")]
    read: list[PageView] = []

    def find(node: CompiledNode) -> Iterator[PageView]:
        for seen in views:
            if holds(node, seen):
                read.append(seen)
                yield seen

    decide(same_passage("Cluster -Rechner"), find)
    assert read == [views[1]]
    read.clear()
    decide(same_passage("Cluster OR Rechner"), find)
    assert read == []


def test_what_is_asked_once_of_a_document_is_not_looked_for_again() -> None:
    """A hundred watches that ask for one topic cost little more than one of them."""
    topic = Topic("t", "T", {"de": ("Cluster AND Strategie",)}, within="sentence")
    compiler = QueryCompiler(load_reference(), {"t": topic})
    first, second = (compiler.compile(parse_query(q)) for q in ("topic:t", "topic:t AND Bergbau"))
    view = compiler.view(document("Eine Strategie für Cluster im Bergbau.", "Cluster."))
    assert matches(first, view) is not None
    looked_up = len(view.in_passages), len(view.in_sentences)
    assert min(looked_up) > 0
    explanation = matches(second, view)
    assert explanation is not None
    assert [p.text for p in explanation.passages] == ["Eine Strategie für Cluster im Bergbau."]
    assert (len(view.in_passages), len(view.in_sentences)) == looked_up
    assert matches(first, compiler.view(document("Cluster."))) is None


def test_a_passage_that_a_term_of_a_topic_tells_is_not_explained_by_ambiguous_ones() -> None:
    topic = Topic(
        "t",
        "T",
        {"de": ("Clusterstrategie",)},
        ambiguous={"de": ("Cluster AND Förderung",)},
        context={"de": ("Bergbau",)},
        within="sentence",
    )
    compiler = QueryCompiler(load_reference(), {"t": topic})
    query = compiler.compile(parse_query("topic:t"))
    certain = "Die Clusterstrategie nennt die Förderung von Cluster und Bergbau."
    ambiguous = "Förderung für Cluster im Bergbau."
    explanation = matches(query, compiler.view(document(certain, ambiguous)))
    assert explanation is not None
    marked = [[p.text[a:b] for a, b in p.marks] for p in explanation.passages]
    assert marked == [["Clusterstrategie"], ["Cluster"]], "context tells the sense, and is no find"
    assert explanation.terms == ("Clusterstrategie", "Cluster")
