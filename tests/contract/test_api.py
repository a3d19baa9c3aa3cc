"""The contract of the search API: names, shapes and error answers that other programs rely on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI

from indexer.query.fields import FACETS
from indexer.records.document import DocumentId
from indexer.records.errors import (
    DatabaseError,
    ForeignData,
    IndexDamaged,
    SchemaMismatch,
    StoreUnavailable,
)
from indexer.records.source import Rights
from indexer.stores.base import SORTS, SearchRequest, SearchResult
from search_api.api.answers import ListedSourceAnswer
from search_api.app import create_app
from search_api.exports.formats import FORMATS
from search_api.name_kinds import KINDS as NAME_KINDS
from search_api.ports import ArchivedAnswer, DocumentArchive, SearchStore
from tests.web.sample_site import (
    HOSTILE,
    SEEN,
    SampleArchive,
    SampleStore,
    client,
    documents,
    embedded_samples,
    event_document,
    sample_app,
)

HIT = {
    *("id", "url", "title", "source", "lang", "kind", "published", "score", "passages"),
    *("story", "places", "event", "others", "commodities"),
}
DOCUMENT = {
    *("id", "url", "lang", "published", "title", "teaser", "text", "authors", "kind", "events"),
    *("countries", "commodities", "strategies", "programmes", "contacts", "published_at", "parts"),
    *("dates", "mentions", "source", "revision", "first_seen", "last_seen", "last_outcome"),
    "story",
}
ATOM = "application/atom+xml"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def api() -> Iterator[httpx.Client]:
    with client(sample_app()) as http:
        yield http


def failing(error: Exception) -> FastAPI:
    return create_app(SampleStore(error=error), SampleArchive(error=error))


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert {"type", "title", "detail", "code", "message", "position"} <= set(body)
    return body


def test_the_samples_satisfy_the_ports() -> None:
    store: SearchStore = SampleStore()
    archive: DocumentArchive = SampleArchive()
    assert store
    assert archive


def test_a_search_answers_total_hits_facets_and_next(api: httpx.Client) -> None:
    body = api.get("/api/search", params={"q": "lithium", "limit": 1}).json()
    keys = {"total", "hits", "near", "instead", "facets", "next", "incomplete", "coverage"}
    assert set(body) == keys
    assert body["coverage"]["line"] == "3 sources, 2 not reached since 2026-03-02"
    (never, lost) = body["coverage"]["not_reached"]
    assert (never["id"], never["since"]) == ("ore-weekly", None)
    assert (lost["id"], lost["state"]) == ("gornoe-vedomstvo", "unreachable")
    assert body["total"] == 3
    (hit,) = body["hits"]
    assert set(hit) == HIT
    assert all(set(p) == {"text", "marks"} for p in hit["passages"])
    start, end = hit["passages"][0]["marks"][0]
    assert hit["passages"][0]["text"][start:end] == "Lithium"
    assert all(set(v) == {"value", "label", "count"} for v in body["facets"]["commodity"])


def test_the_cursor_leads_through_all_hits_once(api: httpx.Client) -> None:
    seen = []
    cursor: str | None = ""
    while cursor is not None:
        body = api.get("/api/search", params={"q": "lithium", "limit": 1, "cursor": cursor}).json()
        seen += [hit["id"] for hit in body["hits"]]
        cursor = body["next"]
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    ("name", "value", "total"),
    [
        ("source", "ore-weekly", 1),
        ("lang", "de", 1),
        ("country", "KZ", 1),
        ("country", "kz", 1),
        ("commodity", "lithium", 2),
        ("strategy", "Erze 2040", 1),
        ("kind", "article", 2),
    ],
)
def test_each_filter_narrows(api: httpx.Client, name: str, value: str, total: int) -> None:
    assert api.get("/api/search", params={name: value}).json()["total"] == total


def test_the_store_gets_what_was_asked_for() -> None:
    store = SampleStore()
    with client(create_app(store, SampleArchive())) as http:
        http.get(
            "/api/search?q=+lithium+&lang=de&lang=ru&from=2015&to=2016-02&sort=event_date&limit=7"
        )
    request = store.requests[0]  # the others look for what would find something
    assert (request.query, request.sort, request.limit) == (" lithium ", "event_date", 7)
    assert request.filters == {"lang": ("de", "ru")}
    assert (request.published_from, request.published_to) == ("2015-01-01", "2016-02-29")
    assert request.cursor is None
    assert request.facets


def test_a_search_without_a_query_is_for_news() -> None:
    store = SampleStore()
    asked: dict[str, tuple[dict[str, tuple[str, ...]], bool]] = {
        "": ({}, True),
        "lang=de": ({"lang": ("de",)}, True),
        "kind=listing": ({"kind": ("listing",)}, True),
        "q=*": ({}, False),
        "q=lithium&sort=newest": ({}, False),
    }
    with client(create_app(store, SampleArchive())) as http:
        for parameters in asked:
            http.get(f"/api/search?{parameters}")
    made = [(r.filters, r.news_only) for r in store.requests if r.facets]
    assert made == list(asked.values())


def test_every_count_of_a_facet_is_what_choosing_it_gives(real: httpx.Client) -> None:
    for chosen in ({}, {"q": "lithium"}, {"lang": "de"}, {"q": "*", "kind": "not-an-article"}):
        facets = real.get("/api/search", params=chosen).json()["facets"]
        for field, values in facets.items():
            for value in values:
                narrowed = real.get("/api/search", params={**chosen, field: value["value"]})
                assert narrowed.json()["total"] == value["count"], (chosen, field, value)


def test_scores_are_null_when_sorted_by_date(api: httpx.Client) -> None:
    for sort, scored in ((sort, sort == "relevance") for sort in SORTS):
        hits = api.get("/api/search", params={"q": "lithium", "sort": sort}).json()["hits"]
        assert all((hit["score"] is not None) == scored for hit in hits)


def test_a_document_tells_of_its_past_and_of_what_other_pages_say(api: httpx.Client) -> None:
    body = api.get(f"/api/documents/{event_document()}").json()
    assert body["moved_from"] == ["https://old.example/1"]
    first, second = body["revisions"]
    assert (first["added"], first["removed"], first["text_removed"]) == (None, [], False)
    assert (second["added"], second["removed"]) == (["Neuer <b>Absatz</b>."], ["Alter Absatz."])
    assert (first["changes"], [p["kind"] for c in second["changes"] for p in c]) == (
        [],
        ["added", "removed"],
    )
    event, further = body["events"]
    assert set(event["linked"][0]) == {"id", "url", "title", "lang", "role"}
    assert (event["changes"][0]["old"], event["changes"][0]["new"]) == ("2024-05-12", "2024-06-03")
    assert (further["event"], further["linked"], further["changes"]) == (None, [], [])


def test_the_page_of_a_document_shows_them(api: httpx.Client) -> None:
    page = api.get(f"/documents/{event_document()}").text
    assert "Also reported in" in page
    assert "Forum &lt;1&gt;: moved from 12 May 2024 to 3 June 2024" in page
    assert "auf den <mark>&lt;3. Juni&gt;</mark>" in page
    assert "<ins>Neuer &lt;b&gt;Absatz&lt;/b&gt;.</ins>" in page
    assert "<del>Alter Absatz.</del>" in page
    assert "1 passage added, 1 passage removed" in page
    assert "no longer on its site" in page
    assert "https://old.example/1" in page


def test_a_document_has_every_field(api: httpx.Client) -> None:
    body = api.get(f"/api/documents/{event_document()}").json()
    assert set(body) >= DOCUMENT
    assert body["first_seen"] == "2026-03-02T03:15:00Z"
    assert body["story"] is None
    assert body["parts"]["url"] is None
    for found in body["mentions"]:
        whole = body["parts"].get(found["part"]) or body.get(found["part"])
        assert whole[found["start"] : found["end"]] == found["surface"]


def test_a_source_has_its_runs_and_what_was_learnt_of_its_sites(api: httpx.Client) -> None:
    source = api.get("/api/sources/erzkunde").json()
    listed = {s["id"]: s for s in api.get("/api/sources").json()["sources"]}["erzkunde"]
    assert set(listed) == set(ListedSourceAnswer.model_fields)
    assert {key: source[key] for key in listed} == listed
    assert [(run["run"], run["state"]) for run in source["runs"]] == [(2, "unreachable"), (1, "ok")]
    assert source["runs"][1]["outcomes"] == {"new": 1204, "http-error": 2}
    assert [(site["pages"], site["known"]) for site in source["sites"]] == [(12, True), (3, False)]
    assert problem(api.get("/api/sources/nobody"), 404)["code"] == "not-found"


def test_runs_are_listed_stretch_by_stretch(api: httpx.Client) -> None:
    first = api.get("/api/runs?limit=1").json()
    assert (first["total"], [run["run"] for run in first["items"]]) == (2, [2])
    assert (first["items"][0]["state"], first["items"][0]["seconds"]) == ("running", None)
    second = api.get(f"/api/runs?limit=1&cursor={first['next']}").json()
    (run,) = second["items"]
    assert (run["run"], run["matches"], second["next"]) == (1, 7, None)
    assert problem(api.get("/api/runs?cursor=x"), 400)["code"]
    assert problem(api.get("/api/runs?since=2026"), 422)["errors"]


def test_runs_and_sources_have_pages(api: httpx.Client) -> None:
    runs = api.get("/runs").text
    assert "1,204" in runs
    assert "61 s" in runs
    assert "source &lt;b&gt;x&lt;/b&gt;: not reached" in runs
    assert "No run yet" not in api.get("/runs?cursor=1").text
    shown, _, folded = runs.partition("<summary>6 more</summary>")
    assert (shown.count("not reached"), folded.count("not reached")) == (2, 6)
    source = api.get("/sources/erzkunde").text
    assert "www.erzkunde.example" in source
    assert "no answer &lt;b&gt;within&lt;/b&gt; 30 s" in source
    assert api.get("/sources/nobody").status_code == 404
    assert 'href="/sources/erzkunde"' in api.get("/sources").text


def test_sources_say_how_they_are_doing(api: httpx.Client) -> None:
    sources = {s["id"]: s for s in api.get("/api/sources").json()["sources"]}
    assert sources["erzkunde"]["last_run"]["outcomes"]["new"] == 3
    assert sources["gornoe-vedomstvo"]["last_run"]["reason"].startswith("no answer")
    ailing = sources["gornoe-vedomstvo"]
    assert (ailing["state"], ailing["overdue"]) == ("unreachable", True)
    assert ailing["state_reason"].startswith("no answer")
    assert ailing["since"] == "2026-03-02T03:15:00Z"
    assert ailing["next_try"] == "2026-03-02T15:15:00Z"
    assert "radar sources check" in ailing["advice"]
    assert sources["kupfer-verband"]["reason"] == "address is a guess"
    assert sources["ore-weekly"]["last_run"] is None


def test_health_answers(api: httpx.Client) -> None:
    answer = api.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "documents": 4,
        "indexed": 4,
        "sources": 3,
        "last_run": "2026-03-02T03:15:00Z",
        "problems": [],
    }


def test_health_tells_what_needs_a_person() -> None:
    archive = SampleArchive(problems=("one message was not delivered",))
    with client(create_app(SampleStore(), archive)) as http:
        assert http.get("/healthz").json()["status"] == "degraded"


def test_a_mistaken_query_has_code_message_and_position(api: httpx.Client) -> None:
    body = problem(api.get("/api/search", params={"q": "lithium (copper"}), 400)
    assert (body["code"], body["position"]) == ("unbalanced-bracket", 8)
    assert body["message"] == "a bracket is opened and never closed"
    assert body["hint"]


def test_a_query_of_2000_characters_is_taken_and_of_2001_refused(api: httpx.Client) -> None:
    assert api.get("/api/search", params={"q": "x" * 2000}).status_code == 200
    for length in (2001, 5000):
        body = problem(api.get("/api/search", params={"q": "x" * length}), 400)
        assert (body["code"], body["position"]) == ("too-long", 2000)


@pytest.mark.parametrize(
    ("parameters", "mistaken"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"sort": "best"}, "sort"),
        ({"from": "2015-13"}, "from"),
        ({"to": "2015-02-30"}, "to"),
        ({"to": "next week"}, "to"),
        ({"from": "2016", "to": "2015"}, ""),
    ],
)
def test_a_mistaken_parameter_is_named(
    api: httpx.Client, parameters: dict[str, str], mistaken: str
) -> None:
    body = problem(api.get("/api/search", params=parameters), 422)
    assert body["code"] == "parameters"
    assert [e["parameter"] for e in body["errors"]] == [mistaken]


def test_empty_parameters_count_as_not_given(api: httpx.Client) -> None:
    answer = api.get("/api/search?q=&source=&from=&to=&sort=&limit=&cursor=")
    assert answer.json()["total"] == 3  # of four pages one is no news


@pytest.mark.parametrize("path", ["/api/documents/0000000000000000", "/api/nothing"])
def test_what_does_not_exist_is_a_problem(api: httpx.Client, path: str) -> None:
    assert problem(api.get(path), 404)["code"] == "not-found"


def test_the_page_of_an_unknown_file_leads_to_pages_that_exist(api: httpx.Client) -> None:
    answer = api.get("/static/unknown.css")
    assert answer.status_code == 404
    parts = BeautifulSoup(answer.text, "lxml").select("link[rel=stylesheet], main a")
    assert [part["href"] for part in parts] == ["/static/style.css", "/"]


def test_another_method_is_a_problem(api: httpx.Client) -> None:
    answer = api.post("/api/search")
    assert problem(answer, 405)["code"] == "method-not-allowed"
    assert answer.headers["allow"] == "GET, HEAD"
    for path, methods in (
        ("/api/watches", "GET, HEAD, POST"),
        ("/api/watches/x", "GET, HEAD, PUT, DELETE"),
        ("/api/watches/x/snooze", "PUT"),
        ("/static/style.css", "GET, HEAD"),
        ("/static/", "GET, HEAD"),
    ):
        assert api.patch(path).headers["allow"] == methods


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StoreUnavailable("the store does not answer"), 503, "store-unavailable"),
        (SchemaMismatch("made by another version", hint="radar rebuild"), 503, "schema-mismatch"),
        (IndexDamaged("the engine failed on it", hint="radar rebuild"), 503, "index-damaged"),
        (ForeignData("of another installation", hint="move it away"), 503, "foreign-data"),
        (DatabaseError("the database is locked"), 503, "database"),
        (ZeroDivisionError("secret detail"), 500, "unexpected"),
    ],
)
@pytest.mark.parametrize("path", ["/api/search", "/search.atom", "/healthz", "/api/documents/x"])
def test_failures_are_problems_without_a_traceback(
    error: Exception, status: int, code: str, path: str
) -> None:
    with client(failing(error)) as http:
        answer = http.get(path)
    assert problem(answer, status)["code"] == code
    assert ("retry-after" in answer.headers) == (status == 503)
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"]


def test_a_failure_of_a_page_is_a_page() -> None:
    for error, status in ((StoreUnavailable("no answer"), 503), (ZeroDivisionError("secret"), 500)):
        with client(failing(error)) as http:
            answer = http.get("/")
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/html")
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("/", "; script-src 'self'; connect-src 'self'"),
        ("/events", "; script-src 'self'; connect-src 'self'"),
        ("/people", "; script-src 'self'; connect-src 'self'"),
        ("/facets/kind", "; script-src 'self'; connect-src 'self'"),
        ("/sources", "; script-src 'self'"),
        ("/docs", "; script-src 'self'"),
        ("/x", "; script-src 'self'"),
        ("/api/search", ""),
        ("/search.atom", ""),
        ("/healthz", ""),
        ("/static/style.css", ""),
        ("/static/keys.js", ""),
    ],
)
def test_every_answer_carries_the_security_headers(
    api: httpx.Client, path: str, scripts: str
) -> None:
    response = api.get(path)
    assert response.status_code < 500
    headers = response.headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'" + scripts
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/api/search", "/healthz", "/search.atom", "/nothing"])
def test_head_answers_like_get_without_a_body(api: httpx.Client, path: str) -> None:
    head, get = api.head(path), api.get(path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""


def test_any_search_is_an_atom_feed(api: httpx.Client) -> None:
    answer = api.get("/search.atom", params={"q": "lithium"})
    assert answer.headers["content-type"].startswith(ATOM)
    feed = feedparser.parse(answer.content, sanitize_html=False)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert {link.rel: link.href for link in feed.feed.links}["self"] == str(answer.url)
    assert len(feed.entries) == 3
    assert all(entry.id.startswith("urn:rohstoffradar:document:") for entry in feed.entries)
    assert all(entry.updated_parsed for entry in feed.entries)
    assert "<mark>Lithium</mark>" in feed.entries[0].summary
    assert "<script" not in "".join(entry.summary for entry in feed.entries)


def test_a_watch_is_an_atom_feed(api: httpx.Client) -> None:
    feed = feedparser.parse(api.get("/feeds/cluster-strategies.atom").content)
    assert not feed.bozo
    assert feed.feed.id == "urn:rohstoffradar:watch:cluster-strategies"
    assert len({entry.id for entry in feed.entries}) == 4
    assert [e.link for e in feed.entries if "file:" in e.link] == []
    looked = [e for e in feed.entries if e.get("tags")]
    assert [e.tags[0].term for e in looked] == ["first-look"]


def test_the_feed_of_a_watch_is_there_as_json_too(api: httpx.Client) -> None:
    answer = api.get("/feeds/cluster-strategies.feed.json")
    assert answer.headers["content-type"] == "application/feed+json"
    feed, atom = answer.json(), feedparser.parse(api.get("/feeds/cluster-strategies.atom").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/feeds/cluster-strategies.feed.json")
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]


@pytest.mark.parametrize("ending", ["atom", "feed.json"])
@pytest.mark.parametrize("watch", ["desk-only", "unknown"])
def test_a_watch_without_a_feed_is_not_found(api: httpx.Client, watch: str, ending: str) -> None:
    assert problem(api.get(f"/feeds/{watch}.{ending}"), 404)["code"] == "not-found"


def test_the_openapi_document_lists_every_operation(api: httpx.Client) -> None:
    document = api.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/search",
        "/api/documents/{id}",
        *("/api/sources", "/api/sources/{id}", "/api/runs"),
        "/healthz",
        *(known.path for known in FORMATS),
        "/feeds/{watch}.atom",
        *("/readyz", "/metrics", "/api/timeline"),
        *(
            "/api/events",
            "/api/events/{id}",
            "/events.ics",
            "/events.csv",
            "/events.ndjson",
            "/events.xlsx",
        ),
        "/events/{id}.ics",
        "/feeds/{watch}.feed.json",
        "/api/suggest",
        "/api/facets/{field}",
        *("/api/similar/{id}", "/archive/{id}", "/api/archive/{id}"),
        *(f"/api/{kind.path}" for kind in NAME_KINDS),
        *(f"/api/{kind.path}/{{id}}" for kind in NAME_KINDS),
        *("/api/watches", "/api/watches/{id}", "/api/watches/{id}/matches", "/api/backtest"),
        *("/api/watches/{id}/matches/{match}", "/api/watches/{id}/snooze"),
        *("/api/dead-letters", "/api/dead-letters/{key}/replay"),
    }
    search = document["paths"]["/api/search"]["get"]
    assert [p["name"] for p in search["parameters"]] == [
        "q",
        *FACETS,
        *("from", "to", "since", "sort", "limit", "cursor", "group"),
    ]
    assert {"source", "lang", "country", "commodity", "strategy", "kind"} <= FACETS.keys()
    assert PROBLEM in search["responses"]["400"]["content"]


def test_behind_a_proxy_every_link_keeps_the_path_before_it() -> None:
    with client(sample_app(), root="/radar") as http:
        page = http.get("/?q=lithium").text
        feed = http.get("/search.atom").text
        missing = http.get("/api/documents/x")
    links = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    assert links
    assert all(link.startswith("/radar/") for link in links)
    assert "/radar/search.atom" in feed
    assert problem(missing, 404)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The same documents in the embedded store."""
    with (
        embedded_samples(tmp_path_factory.mktemp("index")) as store,
        client(create_app(store, SampleArchive())) as http,
    ):
        yield http


def test_the_embedded_store_answers_through_the_api(real: httpx.Client) -> None:
    body = real.get("/api/search", params={"q": "lithium", "country": "KZ"}).json()
    assert [hit["id"] for hit in body["hits"]] == [event_document()]
    assert {v["value"]: v["label"] for v in body["facets"]["country"]}["KZ"] == "Kazakhstan"
    russian = real.get("/api/search", params={"q": "lithium", "lang": "ru"}).json()
    passage = russian["hits"][0]["passages"][0]
    start, end = passage["marks"][0]
    assert passage["text"][start:end] == "лития"


def test_where_nothing_is_found_the_answer_says_what_would_be(real: httpx.Client) -> None:
    def instead(**asked: str) -> set[tuple[str, str, int]]:
        body = real.get("/api/search", params=asked).json()
        for other in body["instead"]:
            assert real.get(other["address"]).json()["total"] == other["total"] > 0
        return {(o["reason"], o["query"], o["total"]) for o in body["instead"]}

    assert instead(q="lithium") == set()
    assert ("meant", "lithium", 3) in instead(q="litihum")
    assert ("alone", "lithium", 3) in instead(q="lithium zzqqx")
    assert ("without", "lithium", 3) in instead(q="lithium", source="nobody")


def test_the_embedded_store_is_paged_through_the_api(real: httpx.Client) -> None:
    seen = []
    cursor: str | None = ""
    while cursor is not None:
        body = real.get("/api/search", params={"q": "*", "limit": 3, "cursor": cursor}).json()
        seen += [hit["id"] for hit in body["hits"]]
        cursor = body["next"]
    assert len(seen) == len(set(seen)) == 4


@pytest.mark.parametrize(
    ("by", "buckets"),
    [
        ("day", [("2024-05-17", 1), ("2025-02-01", 1), ("2025-03-09", 1)]),
        ("week", [("2024-05-13", 1), ("2025-01-27", 1), ("2025-03-03", 1)]),
        ("month", [("2024-05-01", 1), ("2025-02-01", 1), ("2025-03-01", 1)]),
        ("year", [("2024-01-01", 1), ("2025-01-01", 2)]),
    ],
)
def test_a_search_has_a_timeline(
    real: httpx.Client, by: str, buckets: list[tuple[str, int]]
) -> None:
    body = real.get("/api/timeline", params={"q": "*", "by": by}).json()
    assert [(bucket["start"], bucket["count"]) for bucket in body["buckets"]] == buckets
    assert (body["total"], body["undated"]) == (4, 1)
    narrowed = real.get("/api/timeline", params={"q": "lithium", "lang": "de"}).json()
    assert narrowed["buckets"] == [{"start": "2024-05-01", "count": 1}]
    assert real.get("/api/timeline?by=decade").status_code == 422


@pytest.mark.parametrize(
    ("parameters", "code", "position"),
    [
        ({"q": "  lithium (copper"}, "unbalanced-bracket", 10),
        ({"q": "zinc colour:red"}, "unknown-field", 5),
        ({"q": "https://nobody.example/1"}, "address", 0),
        ({"q": '"open'}, "unbalanced-quote", 0),
        ({"q": "series:x sure:no"}, "unknown-value", 14),
        ({"q": "x", "cursor": "made-up"}, "bad-cursor", 0),
    ],
)
def test_mistakes_are_placed_where_the_query_has_them(
    real: httpx.Client, parameters: dict[str, str], code: str, position: int
) -> None:
    body = problem(real.get("/api/search", params=parameters), 400)
    assert (body["code"], body["position"]) == (code, position)
    page = real.get("/", params=parameters)
    assert page.status_code == 400
    assert body["message"] in html.unescape(page.text)


class Stories(SampleStore):
    """The first two documents tell one story."""

    def search(self, request: SearchRequest) -> SearchResult:
        first, second, *_ = self.views
        result = super().search(replace(request, filters={}))
        hits = [
            hit._replace(story=first if hit.id in (first, second) else hit.id)
            for hit in result.hits
        ]
        wanted = request.filters.get("story")
        return replace(result, hits=tuple(h for h in hits if wanted is None or h.story in wanted))


def test_the_page_of_a_document_lists_the_other_places_of_its_story() -> None:
    views = documents()
    first, second, *_ = views
    archive = SampleArchive(views={key: replace(view, story=first) for key, view in views.items()})
    with client(create_app(Stories(), archive)) as http:
        page = http.get(f"/documents/{first}").text
        (section,) = re.findall(r"The same story elsewhere.*?</ul>", page, re.DOTALL)
        assert re.findall(r'href="/documents/(\w+)"', section) == [second]
    with client(create_app(SampleStore(error=StoreUnavailable("gone")), archive)) as http:
        assert http.get(f"/documents/{first}").status_code == 200


def test_similar_pages_are_hits_with_their_relation() -> None:
    views = documents()
    first, second, *_ = views
    archive = SampleArchive(views={key: replace(view, story=first) for key, view in views.items()})
    with client(create_app(Stories(), archive)) as http:
        body = http.get(f"/api/similar/{first}").json()
        assert [(hit["id"], hit["relation"]) for hit in body["hits"]][:1] == [(second, "story")]
        assert all(set(hit) == HIT | {"relation"} for hit in body["hits"])
        assert len(http.get(f"/api/similar/{first}", params={"limit": 1}).json()["hits"]) == 1
        problem(http.get("/api/similar/0000000000000000"), 404)
        problem(http.get(f"/api/similar/{first}", params={"limit": 0}), 422)


def test_an_archived_answer_comes_in_a_sandbox(api: httpx.Client) -> None:
    first, second, third, *_ = documents()
    page = api.get(f"/archive/{first}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow-" not in policy
    assert "script-src" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.text == HOSTILE
    assert "content-language" not in page.headers, "it is not in the language of our pages"
    file = api.get(f"/archive/{second}")
    assert file.headers["content-type"] == "application/octet-stream"
    name = f'attachment; filename="{SEEN:%Y-%m-%d}-{second}.pdf"'
    assert file.headers["content-disposition"] == name
    about = api.get(f"/api/archive/{second}").json()
    assert set(about) == {"url", "content_type", "bytes", "fetched_at", "truncated"}
    assert (about["content_type"], about["bytes"]) == ("application/pdf", len(HOSTILE.encode()))
    assert api.get(f"/archive/{third}").status_code == 404
    problem(api.get(f"/api/archive/{third}"), 404)
    assert f'href="/archive/{first}"' in api.get(f"/documents/{first}").text


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("text/html; charset=утф-8", "text/html"),
        ('Text/HTML ;\tcharset = "UTF-8"; x=\ufffd', "text/html; charset=UTF-8"),
        ("text/html; charset=windows-1251; x=\x01", "text/html; charset=windows-1251"),
        ("text/plain\x01", "application/octet-stream"),
    ],
)
def test_a_type_that_no_header_can_hold_is_cleaned(given: str, sent: str) -> None:
    class Archive(SampleArchive):
        def archived(self, document: DocumentId) -> ArchivedAnswer:
            return ArchivedAnswer("https://a.example/", given, b"<p>x", SEEN)

    with client(create_app(SampleStore(), Archive())) as http:
        answer = http.get("/archive/0123456789abcdef")
        assert (answer.status_code, answer.headers["content-type"]) == (200, sent)


def test_no_link_to_what_may_not_be_kept() -> None:
    first, views = next(iter(documents())), documents()
    kept = replace(views[first], rights=Rights(archive=True))
    not_kept = replace(views[first], rights=Rights(archive=False))
    for view, linked in ((kept, True), (not_kept, False)):
        with client(create_app(SampleStore(), SampleArchive(views={first: view}))) as http:
            assert ("/archive/" in http.get(f"/documents/{first}").text) is linked


def test_the_page_of_a_document_leads_back_to_the_results_that_one_comes_from(
    api: httpx.Client,
) -> None:
    document, base = event_document(), str(api.base_url).rstrip("/")

    def back(referer: str) -> list[str]:
        answer = api.get(f"/documents/{document}", headers={"Referer": referer})
        assert answer.status_code == 200
        return re.findall(r'href="([^"]*#hit-[^"]*)"', answer.text)

    assert f'id="hit-{document}"' in api.get("/?q=lithium").text
    assert back(f"{base}/?q=lithium&lang=de") == [f"/?q=lithium&amp;lang=de#hit-{document}"]
    assert back(f"{base}/") == [f"/#hit-{document}"]
    assert back(f'{base}/?q="><script>') == [f"/?q=&#34;&gt;&lt;script&gt;#hit-{document}"]
    for other in ("https://elsewhere.example/?q=lithium", f"{base}/events?q=x", "", "//["):
        assert back(other) == []
