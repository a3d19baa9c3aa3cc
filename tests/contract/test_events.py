"""Events: over HTTP from a real database, as calendar and table, and on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any, Self
from urllib.parse import quote
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from indexer.stores.base import SearchRequest, SearchResult
from indexer.stores.embedded import EmbeddedStore
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from search_api.app import create_app
from search_api.events.formats import FORMATS, EventFormat
from tests.e2e.world import World, source
from tests.web.sample_site import EVENTS, client, sample_app

LINES = [
    {
        "url": "https://bote.example/a",
        "text": "Das 3. Kupferforum findet am 12. und 13. Mai 2099 in Astana statt. "
        "Veranstalter ist die Kammer für Bergbau.",
        "lang": "de",
        "published": "2024-05-02",
    },
    {
        "url": "https://bote.example/b",
        "text": "The Lithium Conference took place in Berlin on 3 June 2024.",
        "lang": "en",
        "published": "2024-06-05",
    },
    {
        "url": "https://bote.example/c",
        "text": "The Tungsten Conference takes place in Almaty in October 2099.",
        "lang": "en",
        "published": "2024-06-06",
    },
    {"url": "https://bote.example/d", "text": "Nothing takes place.", "lang": "en"},
]
EVENT = {
    *("id", "name", "names", "series", "ordinal", "start", "end", "status", "place"),
    *("organisers", "theme", "persons", "documents"),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("events")
    made = World(folder)
    made.configure([source("bote", "https://bote.example/")], [])
    lines = folder / "lines.jsonl"
    lines.write_text("\n".join(json.dumps({"id": n, **line}) for n, line in enumerate(LINES)))
    assert made.radar("import", str(lines), "--source", "bote").code == 0
    return made


@pytest.fixture(scope="module")
def http(world: World) -> Iterator[httpx.Client]:
    opened = Installation(load_settings(world.config, home=world.home))
    engine = opened.open_reader()
    assert engine is not None
    with opened.store(writable=False) as store:
        zone, tables = ZoneInfo("Europe/Berlin"), opened.reference
        app = create_app(store, opened.catalogue(engine), zone=zone, reference=tables)
        with client(app) as served:
            yield served
    engine.dispose()


def starts(answer: httpx.Response) -> list[str | None]:
    assert answer.status_code == 200, answer.text
    return [item["start"] for item in answer.json()["items"]]


def test_an_event_has_the_keys_of_the_contract(http: httpx.Client) -> None:
    body = http.get("/api/events").json()
    assert set(body) == {"total", "items", "next", "instead", "coverage"}
    assert body["total"] == len(body["items"]) == 3
    for item in body["items"]:
        assert set(item) == EVENT
        assert set(item["place"]) == {"venue", "city", "country"}
        assert all(
            set(d) == {"id", "url", "title", "lang", "source", "role"} for d in item["documents"]
        )
    forum = next(item for item in body["items"] if item["start"] == "2099-05-12")
    assert (forum["end"], forum["place"]["city"], forum["ordinal"]) == ("2099-05-13", "Astana", 3)
    assert [d["url"] for d in forum["documents"]] == ["https://bote.example/a"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["2024-06-03", "2099-05-12", "2099-10"]),
        ({"sort": "latest"}, ["2099-10", "2099-05-12", "2024-06-03"]),
        ({"when": "upcoming"}, ["2099-05-12", "2099-10"]),
        ({"when": "past"}, ["2024-06-03"]),
        ({"from": "2099-10-31"}, ["2099-10"]),
        ({"to": "2098"}, ["2024-06-03"]),
        ({"from": "2099-05-13", "to": "2099-05-13"}, ["2099-05-12"]),
        ({"country": "kz"}, ["2099-05-12", "2099-10"]),
        ({"place": "astana"}, ["2099-05-12"]),
        ({"place": "Almaty", "when": "past"}, []),
        ({"organiser": "Kammer Bergbau"}, ["2099-05-12"]),
        ({"organiser": "nobody"}, []),
        ({"series": "Kupferforum"}, ["2099-05-12"]),
        ({"q": "lithium OR tungsten"}, ["2024-06-03", "2099-10"]),
        ({"q": "nowhere"}, []),
    ],
)
def test_events_are_narrowed(
    http: httpx.Client, parameters: dict[str, str], expected: list[str]
) -> None:
    assert starts(http.get("/api/events", params=parameters)) == expected


@pytest.mark.parametrize("order", ["soonest", "latest"])
def test_the_cursor_leads_through_all_events_once(http: httpx.Client, order: str) -> None:
    whole = starts(http.get("/api/events", params={"sort": order}))
    seen: list[str | None] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = http.get("/api/events", params={"sort": order, "limit": 1, "cursor": cursor})
        seen += starts(answer)
        cursor = answer.json()["next"]
    assert seen == whole


@pytest.mark.parametrize("asked", ["place=Астана", "place=astana", "country=Kasachstan"])
def test_events_are_asked_for_by_what_a_place_is_called_in_any_language(
    http: httpx.Client, asked: str
) -> None:
    (forum,) = http.get(f"/api/events?series=kupferforum&{asked}").json()["items"]
    assert forum["place"]["city"] == "Astana"
    assert not http.get("/api/events?series=kupferforum&place=Bonn").json()["items"]


@pytest.mark.parametrize("address", ["/api/events", "/events.csv", "/events.ics"])
def test_a_country_that_there_is_not_is_a_mistake(http: httpx.Client, address: str) -> None:
    answer = http.get(address, params={"country": "Kasachsten"})
    body = answer.json()
    assert (answer.status_code, body["code"], body["position"]) == (422, "unknown-country", None)
    (mistake,) = body["errors"]
    assert mistake["parameter"] == "country"
    assert mistake["message"] == "no country is called 'Kasachsten' (did you mean 'Kasachstan'?)"
    assert http.get(address, params={"country": "qq"}).status_code == 200  # may be a code


@pytest.mark.parametrize(
    ("lang", "said", "meant"),
    [
        ("en", "no country is called &#39;Kasachsten&#39;", "Kasachstan"),
        ("de", "Ein Land dieses Namens gibt es nicht.", "Kasachstan"),
        ("ru", "Страны с таким названием нет.", "Казахстан"),
    ],
)
def test_the_page_of_events_says_which_country_may_be_meant(
    http: httpx.Client, lang: str, said: str, meant: str
) -> None:
    asked = {"country": "Kasachsten", "when": "past"}
    page = http.get("/events", params=asked, headers={"Accept-Language": lang})
    assert page.status_code == 422
    assert said in page.text
    assert f'href="/events?country={quote(meant)}&amp;when=past">{meant}</a>' in page.text
    assert 'value="Kasachsten"' in page.text  # the form stays as it was filled
    nothing_like = http.get("/events?country=qqqqqq&month=2099-05")
    assert nothing_like.status_code == 422
    assert "<q>" not in nothing_like.text


@pytest.mark.parametrize("parameter", ["q", "place"])
def test_a_town_is_meant_in_the_language_of_the_page(http: httpx.Client, parameter: str) -> None:
    for lang, meant in (("en", "astana"), ("de", "Astana"), ("ru", "Астана")):
        page = http.get("/events", params={parameter: "Asatna"}, headers={"Accept-Language": lang})
        assert f">{meant}</a></q>" in page.text


def test_one_event_has_its_languages_and_changes(http: httpx.Client) -> None:
    (forum,) = http.get("/api/events?place=astana").json()["items"]
    one = http.get(f"/api/events/{forum['id']}").json()
    assert {key: one[key] for key in EVENT} == forum
    assert (one["languages"], one["changes"]) == (["de"], [])
    assert "Astana, Kazakhstan" in http.get(f"/events/{forum['id']}").text
    missing = http.get("/api/events/0000000000000000")
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")


def test_what_was_planned_and_not_reported_is_no_longer_planned(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled = [e for e in http.get("/api/events").json()["items"] if e["status"] == "scheduled"]
    assert scheduled
    said = "was scheduled; no page says that it was held"

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2100, 1, 1, tzinfo=tz)

    for event in scheduled:
        assert said not in http.get(f"/events/{event['id']}").text
        with monkeypatch.context() as patched:
            patched.setattr("search_api.events.pages.datetime", Later)
            assert said in http.get(f"/events/{event['id']}").text


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"when": "soon"}, 422),
        ({"from": "2015-13"}, 422),
        ({"from": "2016", "to": "2015"}, 422),
        ({"limit": "0"}, 422),
        ({"q": "zinc ("}, 400),
        ({"cursor": "made-up"}, 400),
        ({"cursor": "WzEsIDJd"}, 400),
    ],
)
@pytest.mark.parametrize("path", ["/api/events", "/events.ics", "/events.csv"])
def test_mistakes_are_problems(
    http: httpx.Client, path: str, parameters: dict[str, str], status: int
) -> None:
    answer = http.get(path, params=parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def entries(answer: httpx.Response) -> list[dict[str, str]]:
    """The entries of a calendar: name (with its parameters) → value."""
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    text = answer.content.replace(b"\r\n ", b"").decode()
    lines = text.split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "TZID:Europe/Berlin" in lines or "TZID:UTC" in lines
    found: list[dict[str, str]] = []
    inside = False
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        inside = inside or line == "BEGIN:VEVENT"
        if inside and line != "BEGIN:VEVENT":
            name, _, value = line.partition(":")
            found[-1][name] = value
        inside = inside and line != "END:VEVENT"
    return found


def test_events_are_a_calendar(http: httpx.Client) -> None:
    found = {entry["DTSTART;VALUE=DATE"]: entry for entry in entries(http.get("/events.ics"))}
    forum = found["20990512"]
    assert forum["DTEND;VALUE=DATE"] == "20990514"  # the day after the last one
    assert (forum["SEQUENCE"], forum["STATUS"]) == ("0", "CONFIRMED")
    assert forum["LOCATION"] == "Astana\\, Kazakhstan"
    assert forum["UID"].endswith("@rohstoffradar")
    vague = found["20991001"]
    assert (vague["DTEND;VALUE=DATE"], vague["STATUS"]) == ("20991101", "TENTATIVE")
    assert "October 2099" in vague["DESCRIPTION"]
    again = entries(http.get("/events.ics"))
    assert {entry["UID"] for entry in again} == {entry["UID"] for entry in found.values()}


def test_an_event_is_an_entry_of_a_calendar(http: httpx.Client) -> None:
    for expected in entries(http.get("/events.ics")):
        path = f"/events/{expected['UID'].partition('@')[0]}"
        answer = http.get(f"{path}.ics")
        assert entries(answer) == [expected]
        assert answer.headers["content-disposition"].endswith('.ics"')
        assert f'href="{path}.ics"' in http.get(path).text
    assert http.get("/events/0000000000000000.ics").status_code == 404


def test_any_search_is_a_calendar_of_its_events(http: httpx.Client) -> None:
    found = entries(http.get("/search.ics?q=lithium OR tungsten"))
    assert sorted(entry["DTSTART;VALUE=DATE"] for entry in found) == ["20240603", "20991001"]
    assert entries(http.get("/search.ics?q=nowhere")) == []


def test_a_cancelled_event_and_markup_in_a_calendar() -> None:
    with client(sample_app()) as http:
        found = {
            entry["UID"].partition("@")[0]: entry for entry in entries(http.get("/events.ics"))
        }
    cancelled = found[EVENTS[1].id]
    assert (cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCELLED", "2")
    assert cancelled["SUMMARY"].startswith("<b>Erzforum</b>\\; vierte\\, Sitzung\\\\ mit")
    assert EVENTS[3].id not in found  # a calendar has no place for what has no date
    with client(sample_app()) as http:
        assert ".ics" not in http.get(f"/events/{EVENTS[3].id}").text


def test_events_are_a_table(http: httpx.Client) -> None:
    lines = list(csv.DictReader(io.StringIO(http.get("/events.csv?when=upcoming").text)))
    assert [line["start"] for line in lines] == ["2099-05-12", "2099-10"]
    assert [line["languages"] for line in lines] == ["de", "en"]
    with ZipFile(io.BytesIO(http.get("/events.xlsx?when=upcoming").content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(line["id"] in sheet for line in lines)


def test_events_are_json_lines(http: httpx.Client) -> None:
    answer = http.get("/events.ndjson?sort=latest")
    items = [json.loads(line) for line in answer.text.splitlines()]
    assert items == http.get("/api/events?sort=latest").json()["items"]


@pytest.mark.parametrize("known", FORMATS.values(), ids=lambda known: known.suffix)
def test_accept_gives_the_same_events_as_the_suffix(http: httpx.Client, known: EventFormat) -> None:
    asked = http.get("/api/events?limit=2", headers={"Accept": known.media_type})
    named = http.get(f"/events.{known.suffix}?limit=2")
    assert asked.headers["content-type"] == named.headers["content-type"]
    assert asked.headers["content-type"].startswith(known.media_type)
    if known.suffix not in ("ics", "xlsx"):  # these two have the moment of their making in them
        assert asked.content == named.content
    assert http.get("/api/events?limit=2", headers={"Accept": "*/*"}).json()["total"] == 3


def test_events_say_which_sources_they_rest_on() -> None:
    line = "3 sources, 2 not reached since 2026-03-02"
    with client(sample_app()) as http:
        assert http.get("/api/events").json()["coverage"]["line"] == line
        assert http.get("/api/timeline").json()["coverage"]["line"] == line
        for known in FORMATS.values():
            answer = http.get(f"/events.{known.suffix}")
            assert answer.headers["rohstoffradar-coverage"] == line
        for page in ("/events", "/events?month=2026-05", "/people", "/places"):
            assert "3 sources, 2 not reached since 2 March 2026" in http.get(page).text, page


def test_hits_show_their_event(http: httpx.Client) -> None:
    hit = http.get("/api/search?q=Kupferforum&sort=event_date").json()["hits"][0]
    assert (hit["event"]["start"], hit["event"]["city"]) == ("2099-05-12", "Astana")
    shown = http.get("/?q=Kupferforum").text
    assert "12–13 May 2099 · Astana, Kazakhstan" in shown


def test_hits_come_with_events_to_come_or_past_ones_first(http: httpx.Client) -> None:
    days: dict[str, list[str]] = {}
    for sort in ("upcoming", "past"):
        hits = http.get("/api/search", params={"sort": sort, "group": "off"}).json()["hits"]
        days[sort] = [hit["event"]["start"] for hit in hits if hit["event"]]
    today = datetime.now(UTC).date().isoformat()
    to_come = sorted(day for day in days["upcoming"] if day >= today)
    over = sorted((day for day in days["upcoming"] if day < today), reverse=True)
    assert to_come
    assert over
    assert days == {"upcoming": to_come + over, "past": over + to_come}
    shown = http.get("/?sort=past").text
    assert '/?sort=upcoming">Events to come first</a>' in shown
    assert "past events first" in shown


def lines_of(world: World, *arguments: str) -> list[Any]:
    ended = world.radar("events", *arguments, "--json")
    assert ended.code == 0, ended.err
    return ended.lines


def test_events_on_the_command_line(world: World) -> None:
    assert [e["start"] for e in lines_of(world)] == ["2099-05-12", "2099-10"]
    assert [e["start"] for e in lines_of(world, "--past")] == ["2024-06-03"]
    assert len(lines_of(world, "--all")) == 3
    assert [e["start"] for e in lines_of(world, "lithium", "--all")] == ["2024-06-03"]
    assert [e["start"] for e in lines_of(world, "--from", "2024", "--to", "2024")] == ["2024-06-03"]
    assert len(lines_of(world, "--limit", "1")) == 1
    people = world.radar("events", "--place", "Astana")
    assert "12–13 May 2099 · Astana, Kazakhstan" in people.out
    assert all(len(line) <= 80 for line in people.out.splitlines())
    assert "1 event" in people.err
    mistaken = world.radar("events", "--from", "someday")
    assert mistaken.code == 2
    assert "Error: --from: should be a date such as 2015-06-08, 2015-06 or 2015" in mistaken.err
    reversed_ = world.radar("events", "--from", "2027", "--to", "2026")
    assert "Error: --from lies after --to" in reversed_.err
    both = world.radar("events", "--past", "--all")
    assert (both.code, both.out) == (2, "")
    assert "--past and --all" in both.err
    assert world.radar("events", "zinc (").code == 2


def test_what_there_is_to_say_of_a_list_reaches_the_terminal(world: World) -> None:
    # As a process of its own: while the index is open, what is written to its error stream is lost.
    assert world.child("events", "--limit", "1").err == (
        "more than 1: --limit 0 shows all\n1 event\n"
    )
    slip = world.child("events", "--place", "Astanna")
    assert (slip.code, slip.out) == (0, "")
    assert slip.err == "did you mean: --place astana (1 event)\n0 events\n"


@pytest.mark.parametrize(
    ("asked", "meant", "address"),
    [
        ("q=Kupferforun", "kupferforum", "/api/events?q=kupferforum"),
        ("place=Astanna", "astana", "/api/events?place=astana"),
        ("series=kupferforun&limit=1", "kupferforum", "/api/events?series=kupferforum&limit=1"),
        ("organiser=Kammer+Bergbou", "Kammer bergbau", "/api/events?organiser=Kammer+bergbau"),
    ],
)
def test_a_slip_in_a_name_is_told_where_no_event_has_it(
    http: httpx.Client, asked: str, meant: str, address: str
) -> None:
    answer = http.get(f"/api/events?{asked}").json()
    other = {"query": meant, "reason": "meant", "total": 1, "address": address}
    assert (answer["total"], answer["instead"]) == (0, [other])
    assert len(http.get(address).json()["items"]) == 1
    page = BeautifulSoup(http.get(f"/events?{asked}").text, "lxml")
    told = page.find("a", string=meant)
    assert isinstance(told, Tag)
    assert http.get(str(told["href"])).status_code == 200


def test_a_mistaken_list_offers_no_files(http: httpx.Client) -> None:
    assert "/events.csv" in http.get("/events?country=Kasachstan").text
    assert "/events.csv" not in http.get("/events?country=Kasachsten").text


@pytest.mark.parametrize(
    "query",
    [
        "has:event Xqzzv",
        "status:cancelled Xqzzv",
        "lang:deutsch Xqzzv",
        "strategy:kz-clustr",
        "place:Astanna",
        "organisation:Xqzzv AND NOT kind:listing",
        '"has event" (Xqzzv OR status)',
    ],
)
def test_a_query_that_finds_nothing_is_no_mistake(http: httpx.Client, query: str) -> None:
    answer = http.get("/api/events", params={"q": query})
    assert (answer.status_code, answer.json()["total"]) == (200, 0)
    assert http.get("/events", params={"q": query}).status_code == 200


def test_a_long_query_costs_a_bounded_number_of_searches(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = EmbeddedStore.search

    def counted(store: EmbeddedStore, request: SearchRequest) -> SearchResult:
        asked.append(request.query)
        return search(store, request)

    monkeypatch.setattr(EmbeddedStore, "search", counted)
    words = " ".join(f"kupferforun{letter}" for letter in "abcdefghijklmnopqrstuvw")
    assert http.get("/api/events", params={"q": words, "place": "Xqzzv"}).json()["total"] == 0
    assert 0 < len(asked) < 60


def test_a_mistaken_list_offers_no_others(http: httpx.Client) -> None:
    assert "events-month" in http.get("/events?country=Kasachstan").text
    assert "events-month" not in http.get("/events?country=Kasachsten").text


def test_nothing_is_told_of_a_name_that_is_like_no_other(http: httpx.Client) -> None:
    assert http.get("/api/events?place=Xqzzv").json()["instead"] == []
    assert http.get("/api/events?place=Astana").json()["instead"] == []


def test_countries_of_events_on_the_command_line(world: World) -> None:
    assert lines_of(world, "--country", "Kasachstan") == lines_of(world, "--country", "kz") != []
    unknown = world.radar("events", "--country", "Kasakstan")
    assert (unknown.code, unknown.out) == (2, "")
    assert "--country: no country is called 'Kasakstan' (did you mean" in unknown.err


def test_a_calendar_is_exported_on_the_command_line(world: World) -> None:
    written = world.radar("export", "lithium", "--format", "ics").out
    assert "DTSTART;VALUE=DATE:20240603" in written
