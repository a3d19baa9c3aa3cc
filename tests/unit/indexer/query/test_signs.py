"""Alternatives that are left out because a page has none of their words match nowhere in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import AllOf, CompiledNode, OneOf, SamePassage, Without
from indexer.query.same_passage import passages_with
from indexer.query.same_sentence import Sentences
from indexer.query.signs import possible
from indexer.query.view import FEW_QUESTIONS, PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})
URL = "https://a.example/1"
TEXTS = {
    "de": ["Die Clusterstrategie", "Bergbau in Sachsen.", "Lithiumgruben und Kupfer", "Es regnet."],
    "ru": ["Добыча меди растёт.", "кластерная политика", "Стратегия развития", "Идёт дождь."],
    "kk": ["Мыс өндіру", "кластерлік саясат", "Даму стратегиясы.", "Жаңбыр жауып тұр."],
    None: ["Copper mining", "cluster policy", "The strategy.", "It rains."],
}
ASKED = (
    "Strategie",
    "Cluster",
    "Kupfer*",
    '"Bergbau in Sachsen"',
    "lithium",
    "медь",
    '"кластерная политика"',
    "стратегия*",
    "саясат",
    '"даму стратегиясы"',
    "mining",
    '"cluster policy"',
    "Zinn",
    "(Zinn strategy)",
    "(Kupfer OR Zinn)",
    "(Regen -Zinn)",
    "lang:ru",
)


def view(lang: str | None, *texts: str) -> PageView:
    page = Page(URL, lang=lang, title=texts[0], text="\n\n".join(texts[1:]))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return COMPILER.view(StoredDocument(document_id(URL), URL, "a", 1, now, page))


def alternatives(node: CompiledNode) -> Iterator[OneOf]:
    match node:
        case OneOf(operands) | AllOf(operands):
            if isinstance(node, OneOf):
                yield node
            for operand in operands:
                yield from alternatives(operand)
        case SamePassage(operand) | Without(operand):
            yield from alternatives(operand)
        case _:
            pass


@pytest.mark.parametrize("lang", list(TEXTS))
def test_what_is_left_out_matches_nowhere(lang: str | None) -> None:
    left_out = 0
    chance = random.Random(20260517)
    for _ in range(40):
        asked = " OR ".join(chance.sample(ASKED, FEW_QUESTIONS + 2))
        query = COMPILER.compile(parse_query(asked))
        page = view(lang, *chance.sample(TEXTS[lang], 3))
        for node in alternatives(query.root):
            for operand in {*node.operands}.difference(possible(node, page)):
                left_out += 1
                assert passages_with(operand, page) == set()
                assert Sentences(page).matching(operand) == set()
    assert left_out > 40


def test_a_few_alternatives_of_a_page_that_was_not_asked_much_are_all_asked_for() -> None:
    query = COMPILER.compile(parse_query("Zinn OR Kobalt"))
    (node, *_) = alternatives(query.root)
    assert possible(node, view("de", "Es regnet.")) == node.operands
