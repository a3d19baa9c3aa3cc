"""Where words find hardly a page, pages that mean the same are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest

from indexer.query.parser import MOST_LEAVES, parse_query
from indexer.records.document import DocumentId
from indexer.records.errors import MeaningUnavailable
from indexer.stores.base import FacetValue, Hit, Place, SearchRequest, SearchResult
from indexer.stores.meanings import WEIGHT
from search_api import near_meaning
from search_api.near_meaning import FEW, LEAST_COSINE, MOST, near_in_meaning


def hit(name: str, cosine: float = 0.5) -> Hit:
    return Hit(DocumentId(name), f"/{name}", name, "s", "de", "article", None, WEIGHT * cosine)


@dataclass
class Near:
    """A store that finds the same by every meaning."""

    hits: tuple[Hit, ...] = (hit("a"), hit("b"), hit("far", LEAST_COSINE - 0.01))
    asked: list[SearchRequest] = field(default_factory=list)
    """Searches for words."""
    meant: list[tuple[str, SearchRequest]] = field(default_factory=list)
    """Texts whose meaning was asked for, and among what."""
    shown_for: list[tuple[SearchRequest, list[DocumentId]]] = field(default_factory=list)
    """Of which pages what was asked for is shown."""
    has_encoder: bool = True
    with_words: tuple[Hit, ...] = ()
    with_some: tuple[Hit, ...] = ()
    """Of the words."""
    beginning: SearchResult = field(default_factory=partial(SearchResult, 0, ()))
    """Pages with a word that begins as the query does."""

    saying: Mapping[str, str] = field(default_factory=dict)
    """Query → the pages of those near that have one of its words, a letter for each."""

    def search(self, request: SearchRequest) -> SearchResult:
        parse_query(request.query)
        self.asked.append(request)
        if " OR " in request.query:
            return SearchResult(len(self.with_some), self.with_some)
        if request.query.endswith("*"):
            return self.beginning
        return SearchResult(len(self.with_words), self.with_words[: request.limit])

    def nearest(self, text: str, request: SearchRequest) -> dict[DocumentId, float]:
        parse_query(request.query)
        self.meant.append((text, request))
        if not self.has_encoder:
            raise MeaningUnavailable("no encoder")
        return {each.id: (each.score or 0.0) / WEIGHT for each in self.hits}

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> list[list[DocumentId]]:
        return [[d for d in documents if d in self.saying.get(query, "")] for query in queries]

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> list[Hit]:
        parse_query(request.query)
        self.shown_for.append((request, [*documents]))
        known = {each.id: each for each in (*self.hits, *self.with_some)}
        return [known[page]._replace(score=None) for page in reversed(documents) if page in known]

    def values(self, field: str, request: SearchRequest | None = None) -> tuple[FacetValue, ...]:
        raise NotImplementedError

    def days(self, field: str, values: object) -> dict[str, dict[int, int]]:
        raise NotImplementedError


NOTHING = SearchResult(0, ())


def as_asked(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [(word,) for word in words if word != "of"]


def found(store: Near, request: SearchRequest, result: SearchResult = NOTHING) -> list[str]:
    return [each.id for each in near_in_meaning(store, request, result, as_asked)]


def test_words_that_find_nothing_are_looked_for_by_meaning_with_the_same_filters() -> None:
    store, filters = Near(), {"lang": ("de",)}
    request = SearchRequest("arid mine", filters=filters, facets=True, timeline=True)
    assert found(store, request) == ["a", "b"]
    assert [(text, among.query, among.news_only) for text, among in store.meant] == [
        ("arid mine", "*", True)
    ]
    assert [asked.query for asked in store.asked] == ["arid OR mine"]
    for asked in (*store.asked, store.meant[0][1], store.shown_for[0][0]):
        assert asked.filters == filters
        assert not asked.facets
        assert not asked.timeline


def test_only_pages_that_are_shown_are_read() -> None:
    store = Near(tuple(hit(str(n)) for n in range(4 * MOST)), with_some=(hit("x"),))
    request = SearchRequest("arid mine", stories="entries")
    near = near_in_meaning(store, request, NOTHING, as_asked)
    assert len(near) == MOST
    ((asked, pages),) = store.shown_for
    assert asked.query == 'about:"arid mine" OR arid OR mine'
    assert asked.marked
    assert asked.stories == "entries"
    assert MOST <= len(pages) < 2 * MOST
    assert not any(request.marked for request in store.asked)


def test_what_is_near_has_how_near_it_is_as_its_score() -> None:
    store = Near((hit("a", 0.4), hit("b", 0.3)), saying={"arid": "b", "mine": "b"})
    near = near_in_meaning(store, SearchRequest("arid mine"), NOTHING, as_asked)
    assert [(each.id, each.score) for each in near] == [("b", 10.5), ("a", 4.0)]


def test_of_a_story_with_many_pages_others_follow() -> None:
    story = tuple(Place(DocumentId(str(n)), "/", "", "s", "en", None) for n in range(40))
    told = tuple(hit(str(n), 0.9)._replace(others=story) for n in range(40))
    assert found(Near((*told, hit("a"), hit("b"))), SearchRequest("dry")) == ["0", "a", "b"]


def test_what_says_more_of_what_is_asked_comes_first() -> None:
    store = Near(
        (hit("a"), hit("b"), hit("c")),
        with_some=(hit("x", 9.0), hit("y", 9.0)),
        saying={"arid": "bcx", "mine": "bx"},
    )
    assert found(store, SearchRequest("arid mine")) == ["b", "x", "c", "a", "y"]


def test_what_few_of_the_pages_say_weighs_more() -> None:
    store = Near((), with_some=tuple(map(hit, "abcd")), saying={"arid": "abc", "mine": "d"})
    assert found(store, SearchRequest("arid mine")) == ["d", "a", "b", "c"]


def test_a_thing_may_be_said_in_several_ways() -> None:
    def ways(words: Sequence[str]) -> list[tuple[str, ...]]:
        return [(word, f"other{word}") for word in words]

    store = Near((hit("a"), hit("b")), saying={"arid OR otherarid": "b"})
    near = near_in_meaning(store, SearchRequest("arid mine"), NOTHING, ways)
    assert [each.id for each in near] == ["b", "a"]
    assert store.asked[-1].query == "arid OR otherarid OR mine OR othermine"


def test_a_class_of_raw_materials_is_said_by_its_name_rather_than_by_what_is_such() -> None:
    named = "(precious metals) OR edelmetall"
    such = "commodity:gold", "commodity:silver"
    things = [("(precious metals)", "edelmetall", *such), ("jobs",)]
    saying = {named: "e", " OR ".join((named, *such)): "abcdef", "jobs": "ghi"}
    store = Near(tuple(map(hit, "abcdefghij")), saying=saying)
    near = near_in_meaning(store, SearchRequest("precious"), NOTHING, lambda _: things)
    assert [each.id for each in near] == [*"eghi", *"abcdf", "j"]
    saying[named] = ""  # where no page names it, what is such says it
    near = near_in_meaning(store, SearchRequest("precious"), NOTHING, lambda _: things)
    assert [each.id for each in near] == [*"ghi", *"abcdef", "j"]


def test_no_more_is_looked_for_than_a_query_may_ask_for() -> None:
    def ways(words: Sequence[str]) -> list[tuple[str, ...]]:
        return [tuple(f"{word}{number}" for number in range(30)) for word in words]

    store = Near(with_some=(hit("x"),))
    near = near_in_meaning(store, SearchRequest("arid mine pit ore"), NOTHING, ways)
    assert [each.id for each in near] == ["a", "b", "x"]
    parse_query(f"({store.asked[-1].query}) country:KZ published:2026")
    assert "mine29" in store.asked[-1].query


@pytest.mark.parametrize(("total", "expected"), [(1, ["x", "a", "b"]), (1000, ["a", "b"])])
def test_a_long_word_finds_the_few_pages_with_its_first_half(
    total: int, expected: list[str]
) -> None:
    word, half = "Bohrkernlager", "Bohrke*"
    store = Near(beginning=SearchResult(total, ()), with_some=(hit("x"),))
    store.saying = {f"{word} OR {half}": "x"}
    assert found(store, SearchRequest(word)) == expected
    assert store.asked[0].query == half


def test_what_is_near_in_meaning_is_told_though_ways_to_say_it_are_no_query() -> None:
    def ways(words: Sequence[str]) -> list[tuple[str, ...]]:
        return [tuple(f"{word}{number}" for number in range(MOST_LEAVES)) for word in words]

    store = Near()
    near = near_in_meaning(store, SearchRequest("arid mine"), NOTHING, ways)
    assert [each.id for each in near] == ["a", "b"]


def test_a_story_is_told_once() -> None:
    twin = Place(DocumentId("b"), "/b", "b", "s", "en", None)
    store = Near((hit("a")._replace(others=(twin,)), hit("c")), with_some=(hit("b"), hit("d")))
    assert found(store, SearchRequest("arid mine")) == ["a", "c", "d"]


def test_a_story_stands_where_the_nearest_of_its_pages_does() -> None:
    one, other = (Place(DocumentId(name), f"/{name}", name, "s", "en", None) for name in "ab")
    store = Near(
        (hit("x"), hit("a", 0.3)._replace(others=(other,))),
        with_some=(hit("y"), hit("b")._replace(others=(one,))),
        saying={"arid": "b", "mine": "b"},
    )
    assert found(store, SearchRequest("arid mine")) == ["b", "x", "y"]


def test_words_that_say_nothing_are_looked_for_by_meaning_alone() -> None:
    store = Near()
    assert found(store, SearchRequest("of")) == ["a", "b"]
    assert store.asked == []
    assert store.shown_for[0][0].query == 'about:"of"'


def test_pages_that_are_hits_or_of_their_story_are_not_told_again() -> None:
    twin = Place(DocumentId("b"), "/b", "b", "s", "en", None)
    shown = (hit("a")._replace(others=(twin,)),)
    assert found(Near(), SearchRequest("dry mine"), SearchResult(1, shown)) == []


def test_hits_that_come_on_the_next_stretch_are_not_told_either() -> None:
    store = Near(with_words=(hit("far"), hit("b")))
    first = SearchResult(2, store.with_words[:1], next="x")
    assert found(store, SearchRequest("dry mine", limit=1), first) == ["a"]


def test_at_most_so_many_are_told() -> None:
    store = Near(tuple(hit(str(number)) for number in range(3 * MOST)))
    known = (hit("0"), hit("1"))
    expected = [str(number) for number in range(2, MOST + 2)]
    assert found(store, SearchRequest("dry"), SearchResult(2, known)) == expected


@pytest.mark.parametrize(
    ("query", "beside"),
    [
        ("arid country:KZ mine", "country:KZ"),
        ("arid AND published:[2026-01 TO *] AND mine", "published:[2026-01 TO *]"),
        ('title:"open pit" arid mine place:Ast*', 'place:Ast* title:"open pit"'),
        ("has:event AND arid mine", "has:event"),
    ],
)
def test_what_is_near_has_the_values_that_are_asked_beside_the_words(
    query: str, beside: str
) -> None:
    store = Near(hits=())
    found(store, SearchRequest(query))
    assert [(text, among.query) for text, among in store.meant] == [("arid mine", beside)]
    assert [asked.query for asked in store.asked] == [f"(arid OR mine) -(-({beside}))"]


@pytest.mark.parametrize(
    ("query", "words", "beside"),
    [
        ('"dry mine"', "dry mine", "*"),
        ('arid "open pit" country:KZ', "arid open pit", "country:KZ"),
        ('organisation:"Dry Mines"', "Dry Mines", "*"),
        ("place:Navoi commodity:gold", "Navoi", "commodity:gold"),
        ('person:Weber series:"Ore Forum"', "Weber Ore Forum", "*"),
    ],
)
def test_phrases_and_names_that_few_pages_have_are_looked_for_by_their_words(
    query: str, words: str, beside: str
) -> None:
    store = Near()
    assert found(store, SearchRequest(query)) == ["a", "b"]
    assert [(text, among.query) for text, among in store.meant] == [(words, beside)]


def test_where_few_pages_have_several_subjects_others_have_some_of_them() -> None:
    store = Near(saying={"country:KZ": "b", "commodity:tin": "b"})
    request = SearchRequest("commodity:tin country:KZ published:2026")
    assert found(store, request) == ["b", "a"]
    assert [(text, among.query) for text, among in store.meant] == [("tin KZ", "published:2026")]
    assert [asked.query for asked in store.asked] == [
        "(commodity:tin OR country:KZ) -(-(published:2026))"
    ]


def test_where_few_pages_have_events_of_some_months_others_name_these() -> None:
    november = (
        '"november 2026" OR "ноября 2026" OR "ноябрь 2026" OR '
        "((november OR ноября OR ноябрь) published:[2026-05 TO 2026-11])"
    )
    december = '"december 2026"'
    store = Near(with_some=(hit("x"), hit("y")), saying={november: "y"}, has_encoder=False)
    request = SearchRequest("event_date:[2026-11-20 TO 2026-12]")
    assert found(store, request) == ["y", "x"]
    (asked, _) = store.shown_for[0]
    assert asked.query.startswith(f"{november} OR {december} OR ")
    assert store.meant == []


def test_pages_that_name_a_month_have_the_values_beside_it() -> None:
    store = Near(with_some=(hit("x"),), has_encoder=False)
    assert found(store, SearchRequest("country:KG kind:article event_date:2026-10")) == ["x"]
    (asked,) = store.asked
    assert asked.query.endswith(" -(-(kind:article country:KG))")
    assert found(store, SearchRequest("event_date:2026-10 -country:KG")) == []


def test_what_is_no_month_by_itself_is_looked_for_with_its_year_alone() -> None:
    store = Near(with_some=(hit("x"),), has_encoder=False)
    found(store, SearchRequest("event_date:2027-05"))
    (asked,) = store.asked
    assert '"may 2027"' in asked.query
    assert "((mai OR мая OR май) published:[2026-11 TO 2027-05])" in asked.query


def test_pages_that_name_many_months_are_not_looked_for() -> None:
    store = Near()
    open_ends = ("event_date:[2026-11 TO *]", "event_date:[* TO 2026-11]", "event_date:[* TO *]")
    for query in ("event_date:2026", *open_ends, "published:2026-11"):
        assert found(store, SearchRequest(query)) == []
    assert store.asked == []


@pytest.mark.parametrize(
    "query",
    ["*", "dry OR mine", "dry -mine", "country:KZ", "geolog*", "place:Ast*"],
)
def test_what_is_more_than_words_is_taken_as_it_is_written(query: str) -> None:
    store = Near()
    assert found(store, SearchRequest(query)) == []
    assert store.asked == []
    assert store.meant == []


def test_nothing_is_looked_for_beside_enough_pages_further_ones_or_an_order_by_day() -> None:
    store, request = Near(), SearchRequest("dry mine")
    assert found(store, request, SearchResult(FEW + 1, ())) == []
    assert found(store, replace(request, cursor="x")) == []
    assert found(store, replace(request, sort="newest")) == []
    assert store.asked == []
    assert store.meant == []


def test_ways_to_say_it_that_fill_a_query_are_asked_but_not_marked() -> None:
    store = Near(with_some=(hit("x"),))
    near = near_in_meaning(
        store, SearchRequest("arid mine"), NOTHING, lambda words: [("m" * 990, "o" * 990)]
    )
    assert [each.id for each in near] == ["a", "b", "x"]
    assert [asked.query for asked, _ in store.shown_for] == ['about:"arid mine"']


def test_a_text_that_is_as_long_as_a_query_may_be_has_nothing_near() -> None:
    assert found(Near(), SearchRequest(" ".join(["m" * 20] * 95))) == []


class _AnswersFirst(ThreadPoolExecutor):
    """The other thread is done before this one goes on."""

    def submit(self, *asked: Any, **named: Any) -> Future[Any]:
        future = super().submit(*asked, **named)
        wait([future])
        return future


def test_without_an_encoder_there_is_nothing_and_no_words_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(near_meaning, "ThreadPoolExecutor", _AnswersFirst)
    store = Near(has_encoder=False)
    assert found(store, SearchRequest("dry mine")) == []
    assert store.asked == []
