"""The pages in the languages of the interface: nothing in them stays English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from indexer.query import QueryCompiler, parse_query
from indexer.records.errors import QueryError
from indexer.records.reference import NO_REFERENCE, load_reference
from indexer.stores.base import SearchRequest, SearchResult
from search_api.app import create_app
from search_api.language import speaking
from search_api.middleware.interface_language import COOKIE
from search_api.pages.rendering import problem_message
from search_api.problems import problem_of
from tests.web.sample_site import (
    EVENTS,
    SOURCES,
    SampleArchive,
    SampleStore,
    SampleWatches,
    client,
    embedded_samples,
    empty_app,
    event_document,
    sample_app,
)

PATHS = (
    "/",
    "/?q=lithium&lang=de&from=2020&sort=newest",
    "/?q=nothing-at-all",
    "/?since=2026-03",
    "/?q=%28",
    "/?q=https://nobody.example/",
    f"/documents/{event_document()}",
    "/events",
    "/events?when=past",
    "/events?month=2099-05",
    "/events?q=%28",
    f"/events/{EVENTS[1].id}",
    "/people",
    "/people?q=nobody",
    "/people/Paula%20Sandberg",
    "/organisations",
    "/strategies",
    "/series/Erzforum%20Mittelasien",
    "/facets/commodity?q=lithium",
    "/facets/person?within=nobody",
    "/places",
    "/sources",
    "/watches",
    "/watches/new?q=lithium",
    "/watches/desk-only",
    "/no-such-page",
    "/people/nobody",
    "/events?limit=x",
    "/?q=tin&from=2027&to=2026",
    "/?from=2027-13",
    "/login",
)
CONTENT = "[dir=auto], bdi, code, textarea, q, mark, article, .languages, .url, .name, dd strong"
"""What pages show of others: names and texts."""
WORD = re.compile(r"[A-Za-z]{2,}")
SAME_IN_ALL = {
    *("Rohstoffradar", "API", "JSON", "CSV", "XLSX", "Atom", "Feed", "HTTP"),
    *("UTC", "radar", "robots", "txt"),
}
"""Names of formats and commands."""
NAMES = {word for s in SOURCES for word in WORD.findall(f"{s.name} {s.id}")}
CONCEPTS = {
    *("lithium", "tungsten", "copper", "Erze", "Paula", "Sandberg", "Institut", "Kammer"),
    *("Geologie", "Mittelasien"),
}
"""Values of filters: their labels are names of the tables."""


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with client(sample_app()) as made:
        yield made


def words_of(page: str, code: str) -> set[str]:
    """Latin words of the page's own, with those of its labels."""
    soup = BeautifulSoup(page, "html.parser")
    attributes = [
        str(tag[name]).partition(":")[0]  # a value may follow
        for tag in soup.find_all(True)
        if isinstance(tag, Tag)
        for name in ("aria-label", "title", "data-label")
        if tag.get(name) and tag.name != "link"
    ]
    for tag in soup.select(f"{CONTENT}, [lang]:not([lang={code}]), title"):
        tag.decompose()
    return set(WORD.findall(" ".join([soup.get_text(" "), *attributes])))


@pytest.mark.parametrize("path", PATHS)
def test_a_russian_page_has_no_english_word_of_its_own(http: httpx.Client, path: str) -> None:
    page = http.get(path, headers={"Cookie": f"{COOKIE}=ru"}).text
    assert '<html lang="ru">' in page
    left = words_of(page, "ru") - SAME_IN_ALL - NAMES - CONCEPTS
    content = WORD.findall(" ".join(e.name + (e.series or "") for e in EVENTS))
    assert sorted(left - set(content)) == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("code", ["de", "ru"])
def test_every_page_answers_as_in_english(http: httpx.Client, path: str, code: str) -> None:
    english, other = (http.get(path, headers={"Cookie": f"{COOKIE}={c}"}) for c in ("en", code))
    assert english.status_code == other.status_code
    tags = [
        [tag.name for tag in BeautifulSoup(a.text, "html.parser").find_all(True)]
        for a in (english, other)
    ]
    assert set(tags[0]) == set(tags[1])
    assert other.text != english.text


@pytest.mark.parametrize("code", ["de", "ru"])
def test_an_empty_installation_says_what_to_do(code: str) -> None:
    with client(empty_app()) as http:
        page = http.get("/", headers={"Cookie": f"{COOKIE}={code}"}).text
    assert "radar run" in page
    assert "No page has been collected yet" not in page


def test_a_page_that_refuses_a_parameter_names_it() -> None:
    with client(sample_app()) as http:
        for code in ("de", "ru"):
            page = http.get("/events?monht=2026-05", headers={"Cookie": f"{COOKIE}={code}"}).text
            alert = BeautifulSoup(page, "lxml").select_one("[role=alert]")
            assert alert is not None
            assert [name.text for name in alert.select("code")] == ["monht"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/?year=abc", {"de": "Ohne einen Filter würde etwas finden: Jahr (3", "ru": "Год (3"}),
        ("/?country=XX", {"de": "würde etwas finden: Land (3", "ru": "Страна (3"}),
        ("/?country=Kazakstan", {"de": "country:Kasachstan (1", "ru": "country:Казахстан (1"}),
    ],
)
def test_a_filter_that_nothing_can_have_leads_on(
    tmp_path: Path, asked: str, told: dict[str, str]
) -> None:
    with embedded_samples(tmp_path / "index") as store:
        app = create_app(store, SampleArchive(), reference=load_reference())
        with client(app) as http:
            for code, words in told.items():
                page = http.get(asked, headers={"Accept-Language": code})
                assert page.status_code == 200
                text = " ".join(BeautifulSoup(page.text, "lxml").get_text(" ").split())
                assert words in text


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/search.csv?q=%28tin", 400, "Eine Klammer ist geöffnet und nicht"),
        ("/search.xlsx?limit=x", 422, "limit: muss eine ganze Zahl sein"),
        ("/events.ics?country=Qqqqqq", 422, "Ein Land dieses Namens gibt es nicht."),
        ("/events/nothing.ics", 404, "Unter dieser Adresse gibt es nichts"),
        ("/feeds/nothing.atom", 404, "Unter dieser Adresse gibt es nichts"),
    ],
)
def test_what_is_wrong_with_a_file_is_a_page_in_a_browser(
    address: str, status: int, told: str
) -> None:
    with client(create_app(RealQueries(), SampleArchive(), reference=load_reference())) as http:
        headers = {"Accept": BROWSER, "Accept-Language": "de"}
        answer = http.get(address, headers=headers)
        by_choice = http.get(address, headers={"Accept": BROWSER, "Cookie": f"{COOKIE}=ru"})
        assert (answer.status_code, answer.headers["content-language"]) == (status, "de")
        assert {"Accept", "Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))
        page = BeautifulSoup(answer.text, "lxml")
        assert told in " ".join(page.get_text(" ").split()).replace(" :", ":")
        assert by_choice.headers["content-language"] == "ru"
        switch = page.find("a", string="English")
        assert isinstance(switch, Tag)
        assert http.get(str(switch["href"]), headers=headers).headers["location"] == address
        for program in ({}, {"Accept": "*/*"}, {"Accept": BROWSER, "Authorization": "Bearer x"}):
            problem = http.get(address, headers={"Accept-Language": "de", **program})
            assert problem.headers["content-type"] == "application/problem+json"


def test_a_file_that_a_browser_opens_has_its_query_in_the_form_where_it_is_mistaken() -> None:
    with client(create_app(RealQueries(), SampleArchive())) as http:
        answer = http.get("/search.csv?q=(tin&lang=de", headers={"Accept": BROWSER})
    typed = BeautifulSoup(answer.text, "lxml").select("form.search input[value]")
    assert [(i["name"], i["value"]) for i in typed if i["value"]] == [("q", "(tin"), ("lang", "de")]


@pytest.mark.parametrize("asked", ["2026-13", "05.2026", "2026-05\n", "٢٠٢٦-05"])
def test_a_month_that_there_is_not_is_told_with_an_example(asked: str) -> None:
    with client(sample_app()) as http:
        answer = http.get("/events", params={"month": asked}, headers={"Cookie": f"{COOKIE}=de"})
    assert answer.status_code == 422
    alert = BeautifulSoup(answer.text, "lxml").select_one("[role=alert]")
    assert alert is not None
    assert "month: muss ein Monat sein wie 2015-06" in alert.text


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ({"from": "2027", "to": "2026"}, "„von“ liegt nach „bis“"),
        ({"from": "2027-13"}, "from: muss ein Datum sein wie 2015-06-08, 2015-06 oder 2015"),
        ({"since": "gestern"}, "muss ein Zeitpunkt sein wie"),
        ({"foo": "1"}, "foo: gibt es hier nicht; es gibt q,"),
        ({"qq": "1"}, "qq: gibt es hier nicht (gemeint: q?)"),
        ({"sort": "newst"}, "sort: möglich ist nur eines von 'relevance', 'newest', "),
        ({"limit": "9999"}, "limit: darf höchstens 100 sein"),
        ({"limit": "0"}, "limit: muss mindestens 1 sein"),
        ({"limit": "x"}, "limit: muss eine ganze Zahl sein"),
    ],
)
def test_a_mistaken_period_is_told_and_what_was_typed_stays(
    http: httpx.Client, period: dict[str, str], told: str
) -> None:
    asked = {"q": "tin", "country": ["KZ", "DE"]}
    page = BeautifulSoup(
        http.get("/", params={**asked, **period}, headers={"Cookie": f"{COOKIE}=de"}).text, "lxml"
    )
    alert = page.select_one("[role=alert]")
    assert isinstance(alert, Tag)
    assert told in " ".join(alert.get_text(" ").split()).replace(" :", ":")
    inputs = page.select("form.search input")
    typed = [(i["name"], i["value"]) for i in inputs if i.get("value")]
    kept = {name: value for name, value in period.items() if name in ("from", "to")}
    assert sorted(typed) == sorted(
        [("q", "tin"), ("country", "KZ"), ("country", "DE"), *kept.items()]
    )


class RealQueries(SampleStore):
    """A store that knows the query language."""

    def search(self, request: SearchRequest) -> SearchResult:
        QueryCompiler(NO_REFERENCE, {}).compile(parse_query(request.query))
        return super().search(request)


class MistakenStore(SampleStore):
    """A store that knows no country of this spelling."""

    def search(self, request: SearchRequest) -> SearchResult:
        raise QueryError(
            "country: does not know 'Kazakstan'",
            position=request.query.index("country"),
            reason="unknown-value",
            meant=("Kazakstan", "Kazakhstan"),
        )


@pytest.mark.parametrize(
    ("code", "country"), [("de", "Kasachstan"), ("en", "Kazakhstan"), ("ru", "Казахстан")]
)
def test_a_mistaken_query_leads_to_what_may_have_been_meant(code: str, country: str) -> None:
    asked = {"q": "tin country:Kazakstan", "kind": "event"}
    archive, desk = SampleArchive(), SampleWatches()
    app = create_app(MistakenStore(), archive, desk=desk, reference=load_reference())
    with client(app) as http:
        answer = http.get("/", params=asked, headers={"Cookie": f"{COOKIE}={code}"})
    link = BeautifulSoup(answer.text, "lxml").select_one("main q a")
    assert isinstance(link, Tag)
    assert link.get_text() == f"tin country:{country}"
    better = {"q": f"tin country:{country}", "kind": "event"}
    assert dict(parse_qsl(urlsplit(str(link["href"])).query)) == better


@pytest.mark.parametrize(
    ("query", "de", "ru"),
    [
        ("tin)", "Diese Klammer ist nirgends geöffnet.", "Эта скобка нигде не открыта."),
        ("(tin", "Eine Klammer ist geöffnet und nicht", "Скобка открыта и не закрыта."),
        ("published:[2016 TO 2015]", "endet, bevor er beginnt", "заканчивается раньше"),
        ("published:[2016 to", "Der Bereich ist falsch", "Неверный промежуток"),
        ("tin ()", "Diese Klammer ist leer.", "В этих скобках ничего нет."),
    ],
)
def test_mistakes_of_a_query_are_told_apart(query: str, de: str, ru: str) -> None:
    with pytest.raises(QueryError) as caught:
        QueryCompiler(NO_REFERENCE, {}).compile(parse_query(query))
    problem = problem_of(caught.value)
    for code, told in (("de", de), ("ru", ru)):
        with speaking(code):
            assert told in problem_message(problem)
