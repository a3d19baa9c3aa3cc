from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from indexer.meaning.nearness import MOST, Nearness, weight_of_said
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    ExactValue,
    Interval,
    Near,
    OneOf,
    SamePassage,
    Without,
)
from indexer.query.naming import Naming
from indexer.records.document import DocumentId
from indexer.stores.base import SearchRequest
from indexer.stores.meanings import _IN_STORIES, FindNear, with_meanings_found
from indexer.stores.request_checks import NEWS, restrict
from tests.word_encoder import WordEncoder

FOUND = {DocumentId("a"): Nearness(0.5, 1)}
WIDER = {DocumentId("b"): Nearness(0.7, 0)}
ABOUT = About(b"question", "about:x", WordEncoder())
LITHIUM = ExactValue("commodity", ("lithium",), "lithium")
COBALT = ExactValue("commodity", ("cobalt",), "cobalt")


def answered(root: CompiledNode, request: SearchRequest, find: FindNear) -> CompiledNode:
    compiled = CompiledQuery("q", root)
    return with_meanings_found(compiled, restrict(root, request, Naming()), request, find).root


def test_each_question_is_asked_wherever_it_stands() -> None:
    asked: list[bytes] = []

    def find(question: bytes, among: CompiledNode) -> dict[DocumentId, Nearness]:
        del among
        asked.append(question)
        return FOUND

    root = AllOf((OneOf((ABOUT, Everything())), Without(ABOUT), SamePassage(ABOUT)))
    near = Near(FOUND, "about:x")
    assert answered(root, SearchRequest("q"), find) == AllOf(
        (OneOf((near, Everything())), Without(near), SamePassage(near))
    )
    assert asked == [b"question"] * 3


def test_what_says_more_of_a_question_comes_first() -> None:
    pages = [DocumentId(name) for name in "abc"]
    found = {page: Nearness(0.5 - 0.02 * place, 0) for place, page in enumerate(pages)}
    asked: list[object] = []

    def say(documents: object, things: object) -> list[list[DocumentId]]:
        asked.append((documents, things))
        return [[pages[2], pages[1]], [pages[2]]]

    about = replace(ABOUT, things=lambda: (LITHIUM, COBALT))
    compiled = CompiledQuery("q", about)
    request = SearchRequest("q")
    restricted = restrict(about, request, Naming())
    root = with_meanings_found(compiled, restricted, request, lambda *_: found, say).root
    assert isinstance(root, Near)
    said = {page: near.said for page, near in root.found.items()}
    weight, share = weight_of_said(2), log(4 / 2.5) / log(16 / 3.75)
    assert said == {"c": weight, "b": pytest.approx(weight * share), "a": 0.0}
    assert list(root.found) == ["c", "b", "a"]
    assert root.found[pages[2]].score == pytest.approx(0.46 + weight)
    assert root.found[pages[1]].score == pytest.approx(0.48 + weight * share)
    assert asked == [(pages, (LITHIUM, COBALT))]
    assert with_meanings_found(compiled, restricted, request, lambda *_: {}, say).root == Near(
        {}, "about:x"
    )
    assert len(asked) == 1


def test_what_stands_beside_a_question_still_tells_by_its_first_operand_why_it_matches() -> None:
    topic = SamePassage(OneOf((LITHIUM, COBALT), by_first=True))
    root = answered(AllOf((topic, ABOUT)), SearchRequest("q"), lambda *_: FOUND)
    assert root == AllOf((topic, Near(FOUND, "about:x")))


def test_a_question_is_asked_among_what_the_conditions_beside_it_leave() -> None:
    asked: list[CompiledNode] = []

    def find(question: bytes, among: CompiledNode) -> dict[DocumentId, Nearness]:
        del question
        asked.append(among)
        return FOUND

    inner = AllOf((LITHIUM, OneOf((ABOUT, COBALT))))
    root = AllOf((Without(COBALT), SamePassage(Without(LITHIUM)), inner))
    request = SearchRequest("q", filters={"lang": ("de",)}, published_from="2026")
    answered(root, request, find)
    (among,) = asked
    assert isinstance(among, AllOf)
    period, *others = among.operands
    assert isinstance(period, Interval)
    filters = (ExactValue("lang", ("de",), "lang"), NEWS)
    # What must hold within one passage is left to the engine: any page may have such a passage.
    assert tuple(others) == (*filters, Without(COBALT), Everything(), LITHIUM)


def test_for_a_facet_without_its_filter_what_is_near_without_it_is_found_too() -> None:
    asked: list[CompiledNode] = []
    lang = ExactValue("lang", ("de",), "lang")

    def find(question: bytes, among: CompiledNode) -> dict[DocumentId, Nearness]:
        del question
        asked.append(among)
        assert isinstance(among, AllOf)
        return FOUND if lang in among.operands else wider  # without a filter for the language

    wider = WIDER
    request = SearchRequest("q", filters={"lang": ("de",)}, facets=True)
    root = answered(ABOUT, request, find)
    # Without one of both at most: no list was full.
    lacking = OneOf((AllOf((NEWS,)), AllOf((lang,))))
    assert asked == [AllOf((lang, NEWS)), AllOf((lacking,))]
    assert isinstance(root, Near)
    assert list(root.found) == ["b", "a"]
    asked.clear()
    wider = {DocumentId(f"{n:016x}"): Nearness(0.7, 0) for n in range(MOST)}
    answered(ABOUT, request, find)
    assert asked[2:] == [AllOf((NEWS,)), AllOf((lang,))]
    asked.clear()
    answered(ABOUT, SearchRequest("q", facets=True), find)
    assert len(asked) == 2  # at once: in whichever order
    assert AllOf(()) in asked
    assert AllOf((NEWS,)) in asked


def test_pages_that_tell_the_same_are_ranked_by_each_other() -> None:
    pages = [DocumentId(name) for name in "abcd"]
    found = {
        page: Nearness(near, 0) for page, near in zip(pages, (0.5, 0.4, 0.3, 0.2), strict=True)
    }
    asked: list[object] = []

    def stories(documents: object) -> dict[DocumentId, str]:
        asked.append(documents)
        return {pages[0]: "s", pages[3]: "s", pages[2]: "other"}

    request = SearchRequest("q")
    restricted = restrict(ABOUT, request, Naming())
    compiled = CompiledQuery("q", ABOUT)
    root = with_meanings_found(
        compiled, restricted, request, lambda *_: found, stories=stories
    ).root
    assert isinstance(root, Near)
    assert asked == [pages]
    scores = {page: near.score for page, near in root.found.items()}
    assert list(scores) == ["a", "b", "c", "d"]
    assert scores == pytest.approx({"a": 0.425, "b": 0.4, "c": 0.3, "d": 0.275})
    assert with_meanings_found(
        compiled, restricted, request, lambda *_: {}, stories=stories
    ).root == Near({}, "about:x")


def test_only_the_nearest_are_ranked_with_their_stories() -> None:
    found = {DocumentId(str(n)): Nearness(0.9 - n / 500, 0) for n in range(_IN_STORIES + 1)}
    root = with_meanings_found(
        CompiledQuery("q", ABOUT),
        restrict(ABOUT, SearchRequest("q"), Naming()),
        SearchRequest("q"),
        lambda *_: found,
        stories=lambda documents: dict.fromkeys(documents, "s"),
    ).root
    assert isinstance(root, Near)
    (last,) = (page for page, near in root.found.items() if near.of_story is None)
    assert last == str(_IN_STORIES)
