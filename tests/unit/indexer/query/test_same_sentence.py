"""What must stand in one sentence."""

from __future__ import annotations

import random

import pytest

from indexer.query.compiled import CompiledQuery, SamePassage
from indexer.query.evaluator import holds, matches
from tests.unit.indexer.query.test_same_passage import (
    COMPILER,
    WORDS,
    _random_node,
    document,
    same_passage,
    view,
)


@pytest.mark.parametrize(
    ("query", "paragraphs", "expected"),
    [
        ("Cluster AND Strategie", ("Eine Strategie für Cluster. Ein Satz.",), True),
        ("Cluster AND Strategie", ("Ein Cluster wächst. Eine Strategie für Radwege gilt.",), False),
        ("Cluster AND Strategie", ("Ein Cluster.", "Eine Strategie."), False),
        ("Cluster AND commodity:lithium", ("Ein Cluster für Lithium. Mehr.",), True),
        ("Cluster AND commodity:lithium", ("Ein Cluster. Das Lithium fehlt.",), False),
        ("Cluster AND lang:de", ("Ein Satz. Ein Cluster.",), True),
        ("Cluster AND lang:en", ("Ein Satz. Ein Cluster.",), False),
        ("Cluster -Rechner", ("Ein Cluster. Der Rechner.",), True),
        ("Cluster -Rechner", ("Ein Cluster im Rechner. Der Rechner.",), False),
        ('"Cluster im Bergbau"', ("Ein Cluster im Bergbau. Mehr.",), True),
        ("*", ("Ein Satz.",), True),
        ("-Cluster", ("Ein Cluster.",), False),
    ],
)
def test_a_sentence_is_a_document_of_its_own(
    query: str, paragraphs: tuple[str, ...], expected: bool
) -> None:
    node = SamePassage(same_passage(query).operand, sentence=True)
    seen = view(*paragraphs)
    assert holds(node, seen) is expected
    assert (matches(CompiledQuery(query, node), seen) is not None) is expected


@pytest.mark.parametrize(
    ("paragraph", "marked"),
    [
        ("Der Cluster wächst. Der Rechner rechnet.", ["Cluster"]),
        ("Der Rechner rechnet. Ein Cluster im Bergbau.", ["Cluster", "Bergbau"]),
    ],
)
def test_a_sentence_is_shown_though_another_one_has_what_it_must_not_have(
    paragraph: str, marked: list[str]
) -> None:
    query = "Bergbau OR (Cluster -Rechner)"
    node = SamePassage(same_passage(query).operand, sentence=True)
    found = matches(CompiledQuery(query, SamePassage(node)), view(paragraph))
    assert found is not None
    [passage] = found.passages
    assert [passage.text[start:end] for start, end in passage.marks] == marked
    assert sorted(found.terms) == sorted(marked)


def test_it_holds_where_one_of_the_sentences_is_a_passage_that_matches() -> None:
    chance = random.Random(4)
    pages = [
        [f"{chance.choice(WORDS)} und {chance.choice(WORDS)}." for _ in range(chance.randint(1, 4))]
        for _ in range(30)
    ]
    for _ in range(60):
        node = _random_node(chance)
        for sentences in pages:
            together = COMPILER.view(document(" ".join(sentences)))
            apart = COMPILER.view(document(*sentences))
            expected = holds(SamePassage(node), apart)
            assert holds(SamePassage(node, sentence=True), together) is expected, (node, sentences)
