from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import pytest

from indexer.records.document import DocumentId
from indexer.records.errors import QueryError
from indexer.records.reference import load_reference
from indexer.stores.base import FacetValue, SearchRequest, SearchResult
from radar.commands.search import FEW as COMMAND_FEW
from search_api.language import speaking
from search_api.pages.record import Names
from search_api.parameters import SearchParameters
from search_api.problems import problem_of
from search_api.suggestions.empty_results import FEW, EmptyResults, corrected, parts_of, with_other
from search_api.suggestions.vocabulary import Vocabulary

SOURCES = {"steppe": "Steppe Mining Weekly", "bergamt": "Bergamt Süd, Nachrichten"}


class Pages:
    """A store in which some queries find something."""

    def __init__(self, **found: int) -> None:
        self.found = found
        self.requests: list[SearchRequest] = []

    def values(self, field: str, request: object = None) -> tuple[FacetValue, ...]:
        return (FacetValue("antimony", "antimony", 1),) if field == "commodity" else ()

    def found_among(self, queries: Sequence[str], documents: object) -> list[tuple[()]]:
        return [() for _ in queries]

    def nearest(self, text: str, request: SearchRequest) -> dict[DocumentId, float]:
        return {}

    def hits_of(self, request: SearchRequest, documents: object) -> tuple[()]:
        return ()

    def days(self, field: str, values: Sequence[str]) -> dict[str, dict[int, int]]:
        return {}

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        if request.query == "bad":
            raise QueryError("no", position=0, reason="empty")
        if request.query.endswith("kind:articel"):
            raise QueryError("no", position=0, reason="unknown", meant=("articel", "article"))
        if request.query.endswith("country:Kazakstan"):
            meant = ("Kazakstan", "Kazakhstan")
            raise QueryError("no", position=0, reason="unknown", meant=meant)
        return SearchResult(self.found.get(request.query.replace(" ", "_"), 0), ())


class OfTwo(Pages):
    """Has names of two raw materials."""

    def values(self, field: str, request: object = None) -> tuple[FacetValue, ...]:
        names = ("copper", "antimony") if field == "commodity" else ()
        return tuple(FacetValue(name, name, 1) for name in names)


def found(store: Pages, query: str, **values: object) -> tuple[list[str], list[str]]:
    help_ = EmptyResults(store, Vocabulary(store, None), lambda: SOURCES).help(
        SearchParameters.model_validate({"q": query, **values})
    )
    return [o.query for o in help_.meant], [o.query for o in help_.alone]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("lithium", ["lithium"]),
        (
            'lithium "rare earths" geo* country:KZ',
            ["lithium", '"rare earths"', "geo*", "country:KZ"],
        ),
        ('person:"Anna Weber" x', ['person:"Anna Weber"', "x"]),
        ("a AND (b OR c) NOT d a", ["a"]),
        ("a OR b", []),
        ("(a", []),
        ("copper, gold; tin.", ["copper", "gold", "tin"]),
        ("", []),
    ],
)
def test_parts_that_must_all_hold(query: str, parts: list[str]) -> None:
    assert parts_of(query) == parts


def test_what_alone_finds_something_is_told_with_the_same_filters() -> None:
    store = Pages(lithium=3)
    assert found(store, "lithium moonstone bad", lang=["de"]) == ([], ["lithium"])
    *asked, alone, with_it, _, without = store.requests
    assert all(r.filters == {"lang": ("de",)} and r.limit == 1 for r in (*asked, alone))
    assert alone.query == "*"  # no page has it, so what was meant is looked for
    assert (with_it.query, with_it.filters) == ("lithium moonstone bad lang:de", {})
    assert (without.query, without.filters) == ("lithium moonstone bad", {})


def test_a_slip_is_told_in_its_place() -> None:
    store = Pages(copper_antimony=2, copper=5)
    assert found(store, "copper antimnoy") == (["copper antimony"], ["copper"])
    assert found(Pages(antimony=1), "antimnoy") == (["antimony"], [])


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ('source:"Steppe Mining Weekly"', ["source:steppe"]),
        ("source:weekly", ["source:steppe"]),
        ("tin source:Sud", ["tin source:bergamt"]),
        ("source:bergamt", []),
        ("source:nobody", []),
        ("source:ministry", []),
        ("source:stepe", ["source:steppe"]),
        ("source:weekli", ["source:steppe"]),
    ],
)
def test_a_source_that_is_called_by_its_name_is_told_by_its_id(
    query: str, meant: list[str]
) -> None:
    store = Pages(**{"source:steppe": 3, "tin_source:bergamt": 2, "tin": 4})
    assert found(store, query)[0] == meant


def test_two_slips_are_told_together() -> None:
    two = {"copper": "cooper", "antimony": "antimnoy"}
    store = OfTwo(copper_antimony=3)
    assert found(store, " ".join(two.values())) == (["copper antimony"], [])
    assert found(OfTwo(copper_antimnoy=3), " ".join(two.values()))[0] == ["copper antimnoy"]


@pytest.mark.parametrize(
    ("filters", "finds", "meant"),
    [
        ({"country": ["Kasachstan"]}, "country:Kasachstan", ["country:Kasachstan"]),
        ({"commodity": ["antimnoy"]}, "commodity:antimony", ["commodity:antimony"]),
        ({"person": ["A B"]}, 'person:"A_B"', ['person:"A B"']),
        ({"source": ["stepe"]}, "source:steppe", ["source:steppe"]),
        ({"kind": ["articel"]}, "kind:article", ["kind:article"]),
        ({"country": ["Kazakstan"]}, "country:Kazakhstan", ["country:Kazakhstan"]),
        ({"kind": ["article"]}, "other", []),
    ],
)
def test_what_was_meant_by_a_filter_is_told(
    filters: dict[str, list[str]], finds: str, meant: list[str]
) -> None:
    assert found(Pages(**{finds: 2}), "", **filters)[0] == meant
    with_words = Pages(**{f"tin_{finds}": 2})
    assert found(with_words, "tin", **filters)[0] == [f"tin {one}" for one in meant]
    both = Pages(**{f"(tin_OR_zinc)_{finds}": 2})
    assert found(both, "tin OR zinc", **filters)[0] == [f"(tin OR zinc) {one}" for one in meant]
    assert all("kind" not in r.filters for r in both.requests if finds in r.query)


class OfStrategies(Pages):
    """Has strategies of the table, and one that it does not know."""

    def values(self, field: str, request: object = None) -> tuple[FacetValue, ...]:
        known = ("kz-cluster", "Cluster strategy"), ("msp", "Partnership"), ("eiti", "Transparency")
        own = FacetValue("mpx", "MPX", 1, ("MPX",))
        found = (*(FacetValue(value, name, 1) for value, name in known), own)
        return found if field == "strategy" else ()


def test_a_slip_in_an_id_is_told() -> None:
    store, meant = OfStrategies(**{'strategy:"kz-cluster"': 2}), ['strategy:"kz-cluster"']
    assert found(store, "strategy:kz-clustr")[0] == meant
    assert found(store, "", strategy=["kz-clustr"])[0] == meant
    assert found(store, "strategy:us-coal")[0] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mps", "msp"), ("mspp", "msp"), ("eitu", "eiti"), ("Eitti", "eiti"), ("xyz", None)],
)
def test_a_slip_in_a_short_id_is_told(typed: str, meant: str | None) -> None:
    store = OfStrategies(**{"strategy:msp": 2, "strategy:eiti": 1, "strategy:mpx": 9})
    told = [f"strategy:{meant}"] if meant else []
    assert found(store, f"strategy:{typed}")[0] == told
    assert found(store, "", strategy=[typed])[0] == told


def test_what_was_meant_is_told_in_the_language_of_the_reader() -> None:
    store = Pages()
    names = Names(load_reference())
    help_ = EmptyResults(store, Vocabulary(store, None), called=names.called)
    for code, meant in (("de", "Antimon"), ("ru", "сурьма"), ("en", "antimony")):
        store.found[meant] = store.found[f"tin_commodity:{meant}"] = 2
        for before in ("", "tin commodity:"):
            with speaking(code):
                asked = SearchParameters.model_validate({"q": f"{before}antimnoy"})
                others = help_.help(asked).meant
            assert [other.query for other in others] == [f"{before}{meant}"]


@pytest.mark.parametrize(
    ("query", "total", "finds", "meant"),
    [
        ("antimnoy", 1, 5, ["antimony"]),
        ("antimnoy", FEW, FEW * FEW, []),  # not much more
        ("antimnoy", FEW + 1, 50, []),
        ("antimony", 1, 50, []),
        ("title:antimnoy", 1, 50, []),
    ],
)
def test_a_slip_that_some_page_has_is_told_if_there_is_much_more(
    query: str, total: int, finds: int, meant: list[str]
) -> None:
    store = Pages(**{"antimony": finds, query: total})
    help_ = EmptyResults(store, Vocabulary(store, None)).help(
        SearchParameters.model_validate({"q": query}), total
    )
    assert [other.query for other in help_.meant] == meant
    assert (help_.alone, help_.without) == ((), ())
    assert COMMAND_FEW == FEW


def test_a_slip_in_a_name_of_a_field_is_told_with_the_field() -> None:
    store = Pages(**{"series:antimony": 2, "tin": 1})
    assert found(store, "series:antimnoy")[0] == ["series:antimony"]
    assert found(store, "tin place:antimnoy")[0] == []
    assert found(store, "title:antimnoy") == ([], [])


class Filtered(Pages):
    """Finds something where a request lacks these filters."""

    lacking: frozenset[str] = frozenset()

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        period = {"period"} if request.published_from else set()
        return SearchResult(0 if self.lacking & (request.filters.keys() | period) else 4, ())


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({"country"}, [("Country", {"lang": "de", "from": "2026"})]),
        ({"period"}, [("Published", {"country": "KZ", "lang": "de"})]),
        ({"country", "lang"}, [("", {})]),
    ],
)
def test_without_which_filter_something_is_found_is_told(
    lacking: set[str], told: list[tuple[str, dict[str, str]]]
) -> None:
    store = Filtered()
    store.lacking = frozenset(lacking)
    given = {"q": "tin", "country": ["KZ"], "lang": ["de"], "from": "2026"}
    parameters = SearchParameters.model_validate(given)
    help_ = EmptyResults(store, Vocabulary(store, None)).help(parameters)
    shown = [
        (label, dict(parse_qsl(urlsplit(other.address).query))) for label, other in help_.without
    ]
    assert shown == [(label, {"q": "tin", **left}) for label, left in told]
    assert (
        EmptyResults(store, Vocabulary(store, None))
        .help(SearchParameters.model_validate({"q": "tin"}))
        .without
        == ()
    )


def test_nothing_is_told_that_finds_nothing() -> None:
    assert found(Pages(), "copper antimnoy") == ([], [])


def test_a_long_query_asks_for_a_dozen_searches_at_most() -> None:
    store = Pages()
    found(store, " ".join(f"antimon{letter}" for letter in "abcdefghijklmnop"))
    assert len(store.requests) <= 12


def test_words_that_bind_others_are_not_tried_alone() -> None:
    store = Pages(of=9, tin=2)
    assert found(store, "shortage of tin") == ([], ["tin"])
    assert "of" not in {request.query for request in store.requests}


def test_one_word_beside_one_that_binds_is_told_alone() -> None:
    assert found(Pages(tin=2), "of tin") == ([], ["tin"])
    assert found(Pages(tin=2), "tin") == ([], [])


def test_a_day_is_meant_as_that_of_an_event_or_of_the_page() -> None:
    store = Pages(**{"event_date:2027-01-14_tin": 1, "published:2027-01-14_tin": 2, "tin": 9})
    meant, alone = found(store, "14.1.2027 tin")
    assert meant == ["event_date:2027-01-14 tin", "published:2027-01-14 tin"]
    assert alone == ["tin"]
    assert found(Pages(), "14.1.2027") == ([], [])


@pytest.mark.parametrize(
    ("query", "wrong", "right", "position", "better"),
    [
        ("tin country:Kazakstan", "Kazakstan", "Kazakhstan", 4, "tin country:Kazakhstan"),
        ('country:"Kazakstan" tin', "Kazakstan", "Kazakhstan", 0, 'country:"Kazakhstan" tin'),
        ("commodity:rare-erth", "rare-erth", "rare earths", 0, 'commodity:"rare earths"'),
        ("tin Lang:Germn", "germn", "german", 4, "tin Lang:german"),
        ("tin comodity:tin", "comodity", "commodity", 4, "tin commodity:tin"),
        ("tin", "zinc", "tin", 0, ""),
    ],
)
def test_a_mistaken_query_is_told_with_what_may_have_been_meant(
    query: str, wrong: str, right: str, position: int, better: str
) -> None:
    error = QueryError("no", position=position, reason="unknown-value", meant=(wrong, right))
    assert corrected(query, problem_of(error)) == better


def test_nothing_is_meant_by_what_is_like_nothing() -> None:
    assert corrected("(tin", problem_of(QueryError("no", position=0, reason="bracket"))) == ""


@pytest.mark.parametrize(
    ("query", "word", "changed"),
    [
        ("coppers copper", "copper", "coppers tin"),
        ("copper-ore copper", "copper-ore", "tin copper"),
        ("kind:copper copper copper", "copper", "kind:copper tin copper"),
        ("copper:x (copper OR zinc)", "copper", "copper:x (tin OR zinc)"),
        ('place:"copper"', 'place:"copper"', "tin"),
        ("copper", "gold", "copper"),
    ],
)
def test_a_word_is_replaced_where_it_stands_alone(query: str, word: str, changed: str) -> None:
    assert with_other(query, word, "tin") == changed
