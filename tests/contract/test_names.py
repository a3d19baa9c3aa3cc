"""Persons, organisations, strategies, series and places: over HTTP, from real pages."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from indexer.records.reference import load_reference
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from search_api.app import create_app
from search_api.name_kinds import KINDS
from tests.e2e.world import World, source
from tests.web.sample_site import client

LINES = [
    {
        "text": "Das 3. Kupferforum Mittelasien findet am 12. und 13. Mai 2099 in Astana statt. "
        "Dr. Askar Tokobajew, Leiter des Instituts für Geologie, eröffnet es.",
        "lang": "de",
        "published": "2024-05-02",
    },
    {
        "text": "Das 6. Kupferforum Mittelasien fand am 3. Juni 2024 in Berlin statt.",
        "lang": "de",
        "published": "2024-07-05",
    },
    {
        "text": "Министр Аскар Токобаев подписал стратегию развития кластеров в Астане.",
        "lang": "ru",
        "published": "2024-06-06",
    },
    {
        "text": "Стратегия развития кластеров принята. Аскар Токобаев доволен.",
        "lang": "ru",
        "published": "2024-06-07",
    },
    {
        "text": "Das 4. Zinnforum findet am 3. Mai 2099 in Freiberg statt. "
        "Dr. A. Weber, Präsidentin der BGR, eröffnet es.",
        "lang": "de",
        "published": "2024-08-02",
    },
    {
        "text": "The 5th Tin Forum takes place in Freiberg on 4 May 2098. "
        "Anna Weber, President of BGR, opens it.",
        "lang": "en",
        "published": "2024-08-03",
    },
]
ITEM = {"id", "name", "forms", "documents", "months", "lat", "lon", "country"}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    made = World(tmp_path_factory.mktemp("names"))
    made.configure([source("bote", "https://bote.example/")], [])
    lines = made.home / "lines.jsonl"
    lines.parent.mkdir(exist_ok=True)
    given = [{"id": n, "url": f"https://bote.example/{n}", **line} for n, line in enumerate(LINES)]
    lines.write_text("\n".join(json.dumps(line) for line in given))
    assert made.radar("import", str(lines), "--source", "bote").code == 0
    opened = Installation(load_settings(made.config, home=made.home))
    engine = opened.open_reader()
    assert engine is not None
    with opened.store(writable=False) as store:
        app = create_app(store, opened.catalogue(engine), reference=load_reference())
        with client(app) as served:
            yield served
    engine.dispose()


def answered(http: httpx.Client, path: str, **parameters: object) -> dict[str, Any]:
    answer = http.get(path, params={k: str(v) for k, v in parameters.items()})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.parametrize("kind", [kind.path for kind in KINDS])
def test_a_list_and_its_entries_have_the_keys_of_the_contract(
    http: httpx.Client, kind: str
) -> None:
    body = answered(http, f"/api/{kind}")
    assert set(body) == {"total", "items", "next", "coverage", "instead"}
    assert body["instead"] == []
    assert body["coverage"]["sources"] > 0
    assert body["total"] == len(body["items"]) > 0
    for item in body["items"]:
        assert set(item) == ITEM
        entry = answered(http, f"/api/{kind}/{item['id']}")
        assert {key: entry[key] for key in ITEM} == item
        assert sum(month["count"] for month in entry["months"]) == item["documents"]
        assert sum(found["count"] for found in entry["sources"]) == item["documents"]
        assert http.get(f"/{kind}/{item['id']}").status_code == 200
    assert http.get(f"/{kind}").status_code == 200


def test_a_person_is_one_in_all_scripts(http: httpx.Client) -> None:
    (person,) = answered(http, "/api/people", q="tokob")["items"]
    assert person["documents"] == 3
    assert person["name"] == "Askar Tokobajew"  # programs read English
    assert set(person["forms"]) == {"Аскар Токобаев", "Askar Tokobajew"}
    assert person["months"] == [
        {"start": "2024-05-01", "count": 1},
        {"start": "2024-06-01", "count": 2},
    ]
    entry = answered(http, "/api/people/Tokobayev Askar")
    assert entry["id"] == person["id"]
    marked = [p["text"][a:b] for h in entry["hits"] for p in h["passages"] for a, b in p["marks"]]
    assert set(marked) == {"Аскар Токобаев", "Askar Tokobajew"}
    found = answered(http, "/api/search", person=person["id"])
    assert found["total"] == 3


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("people", "Askar Tokobajwe", "Askar tokobajew"),
        ("people", "аскар токобаве", "аскар токобаев"),
        ("series", "Kupferform", "kupferforum"),
        ("places", "Astnaa", "astana"),
    ],
)
def test_a_list_that_has_none_says_which_word_may_have_been_meant(
    http: httpx.Client, kind: str, typed: str, meant: str
) -> None:
    body = answered(http, f"/api/{kind}", q=typed)
    assert body["total"] == 0
    (other,) = body["instead"]
    assert (other["query"], other["reason"]) == (meant, "meant")
    assert http.get(other["address"]).json()["total"] == other["total"] > 0
    page = http.get(f"/{kind}", params={"q": typed}).text
    assert other["address"].removeprefix("/api") in html.unescape(page)
    assert "Did you mean" in page


@pytest.mark.parametrize(
    ("code", "meant"), [("en", "freiberg"), ("de", "Freiberg"), ("ru", "Фрайберг")]
)
def test_a_name_of_a_table_is_meant_in_the_language_of_the_page(
    http: httpx.Client, code: str, meant: str
) -> None:
    asked = {"q": "Freibreg"}
    page = http.get("/places", params=asked, headers={"Accept-Language": code}).text
    assert f">{meant}</a></q>" in page
    assert (
        ">tokobajew</a></q>"
        in http.get("/people", params={"q": "Tokobajwe"}, headers={"Accept-Language": code}).text
    )


def test_a_list_names_no_word_that_it_would_not_find(http: httpx.Client) -> None:
    assert answered(http, "/api/people", q="Astnaa")["instead"] == []


def test_an_initial_stands_for_the_person_of_the_same_body(http: httpx.Client) -> None:
    people = {i["name"]: i["documents"] for i in answered(http, "/api/people")["items"]}
    assert people["Anna Weber"] == 2
    assert "A. Weber" not in people
    assert answered(http, "/api/search", person="Anna Weber")["total"] == 2
    assert answered(http, "/api/search", q='person:"A. Weber"')["total"] == 1
    assert {p["name"] for p in answered(http, "/api/people", q="weber")["items"]} == {"Anna Weber"}


@pytest.mark.parametrize("surname", ["Токобаев", "Tokobajew", "tokobayev"])
def test_a_surname_leads_to_the_one_who_has_it(http: httpx.Client, surname: str) -> None:
    assert answered(http, f"/api/people/{surname}")["name"] == "Askar Tokobajew"


@pytest.mark.parametrize("spelling", ["«Аскар» Токобаев", '"Askar" Tokobajew', "Askar Tokobajew»"])
def test_a_spelling_may_have_quotation_marks(http: httpx.Client, spelling: str) -> None:
    assert answered(http, f"/api/people/{spelling}")["documents"] == 3


@pytest.mark.parametrize("name", ["*", "%20", ",,,", "«", "x" * 1900, "[", "AND", "a(b"])
def test_what_is_no_name_is_not_found(http: httpx.Client, name: str) -> None:
    for kind in KINDS:
        assert http.get(f"/api/{kind.path}/{name}").status_code == 404
        assert http.get(f"/{kind.path}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "total"), [("tokob", 1), ("ТОКОБ", 1), ("tokob ask", 1), ("x", 0)]
)
def test_a_list_is_searched_within_in_any_script(
    http: httpx.Client, asked: str, total: int
) -> None:
    assert answered(http, "/api/people", q=asked)["total"] == total


@pytest.mark.parametrize("asked", ["kz-cluster", "kasachische cluster", "концепция формирования"])
def test_a_list_knows_what_the_tables_call_its_names(http: httpx.Client, asked: str) -> None:
    items = answered(http, "/api/strategies", q=asked)["items"]
    assert [item["id"] for item in items] == ["kz-cluster"]


def test_inflected_strategies_are_one(http: httpx.Client) -> None:
    names = {item["name"]: item["documents"] for item in answered(http, "/api/strategies")["items"]}
    assert [count for name, count in names.items() if "cluster" in name] == [2]
    for name in ("стратегия развития кластеров", "стратегию развития кластеров", "kz-cluster"):
        assert answered(http, f"/api/strategies/{name}")["id"] == "kz-cluster"
        assert answered(http, "/api/search", q=f'strategy:"{name}"')["total"] == 2


def test_a_series_tells_its_editions_and_their_gaps(http: httpx.Client) -> None:
    body = answered(http, "/api/series/Kupferforum Mittelasien")
    editions = [(e["ordinal"], e["event"] and e["event"]["start"]) for e in body["editions"]]
    assert editions == [(3, "2099-05-12"), (4, None), (5, None), (6, "2024-06-03")]
    page = http.get(f"/series/{body['id']}").text
    assert page.count("no page tells of it") == 2


def test_places_have_positions_and_a_map(http: httpx.Client) -> None:
    for spelling in ("Astana", "Астана", "ASTANA"):
        assert answered(http, f"/api/places/{spelling}")["id"] == "astana"
    assert http.get("/api/places/Atlantis").status_code == 404
    astana = next(i for i in answered(http, "/api/places")["items"] if i["id"] == "astana")
    assert (round(astana["lat"]), round(astana["lon"]), astana["country"]) == (51, 71, "KZ")
    assert astana["forms"] == []
    page = http.get("/map", follow_redirects=True).text
    assert "<circle" in page
    assert 'href="/places/astana"' in page


@pytest.mark.parametrize("letters", ["tokob", "токоб", "аскар", "ASK"])
def test_names_are_suggested_in_any_script(http: httpx.Client, letters: str) -> None:
    items = answered(http, "/api/suggest", q=letters)["items"]
    (item,) = items
    assert (item["field"], item["label"], item["count"]) == ("person", "Аскар Токобаев", 3)
    found = answered(http, "/api/search", **{item["field"]: item["value"]})
    assert found["total"] == 3


def test_suggestions_know_the_names_of_the_tables(http: httpx.Client) -> None:
    items = answered(http, "/api/suggest", q="целиногр")["items"]
    assert [(i["field"], i["value"]) for i in items] == [("place", "astana")]
    assert len(answered(http, "/api/suggest", q="k", limit=1)["items"]) == 1
    assert answered(http, "/api/suggest", q="qpqp") == {"items": []}


def test_an_empty_result_says_what_would_find_something(http: httpx.Client) -> None:
    page = http.get("/", params={"q": "Kupferforum Mondgestein"}).text
    assert "Alone would find something:" in page
    assert 'href="/?q=Kupferforum"' in page
    page = http.get("/", params={"q": "Asatna"}).text
    assert "Did you mean:" in page
    assert 'href="/?q=astana"' in page


def test_a_list_is_read_in_stretches(http: httpx.Client) -> None:
    whole = [item["id"] for item in answered(http, "/api/organisations", limit=100)["items"]]
    seen: list[str] = []
    cursor: str | None = None
    while cursor is not None or not seen:
        more = {"cursor": cursor} if cursor else {}
        body = answered(http, "/api/organisations", limit=1, **more)
        seen += [item["id"] for item in body["items"]]
        cursor = body["next"]
    assert seen == whole


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/people/nobody", 404, "not-found"),
        ("/api/people?cursor=x", 400, "bad-cursor"),
        ("/api/people?limit=0", 422, "parameters"),
        ("/api/people?query=x", 422, "parameters"),
        ('/api/people/a"b', 404, "not-found"),
    ],
)
def test_mistakes_are_told(http: httpx.Client, path: str, status: int, code: str) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    page = http.get(path.removeprefix("/api"))
    assert page.status_code == status
    assert "<h1>" in page.text
