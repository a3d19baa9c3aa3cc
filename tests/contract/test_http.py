"""What HTTP clients rely on: mistakes in parameters, conditional and compressed answers, probes."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from indexer.records.errors import DatabaseError, StoreUnavailable
from search_api.access.rules import AccessRules, Admission
from search_api.app import create_app
from search_api.middleware.conditional import last_modified
from search_api.ports import LastChanges
from tests.web.sample_site import (
    SOURCES,
    SampleArchive,
    SampleStore,
    SampleWatches,
    client,
    described_api,
    documents,
    guarded_app,
    sample_app,
)

PROGRAMS = (
    *("/api/search", "/api/sources", "/api/events", "/search.atom", "/search.feed.json"),
    *("/search.ndjson", "/search.csv", "/events.ics", "/events.csv"),
    "/feeds/cluster-strategies.atom",
)


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with client(sample_app()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("address", "parameter", "meant"),
    [
        ("/api/search?q=x&language=de", "language", "lang"),
        ("/api/search?querry=x&q=x", "querry", None),
        ("/api/search?comodity=lithium", "comodity", "commodity"),
        ("/api/search?Sort=newest", "Sort", "sort"),
        ("/search.csv?countrys=KZ", "countrys", "country"),
        ("/api/events?organizer=x", "organizer", "organiser"),
        ("/api/sources?x=1", "x", None),
        ("/api/search?key=secret", "key", None),
        ("/api/search?from_=2015", "from_", "from"),
    ],
)
def test_an_unknown_parameter_is_a_mistake(
    http: httpx.Client, address: str, parameter: str, meant: str | None
) -> None:
    answer = http.get(address)
    assert answer.status_code == 422
    (mistake,) = answer.json()["errors"]
    assert mistake["parameter"] == parameter
    if meant:
        assert f"did you mean '{meant}'?" in mistake["message"]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}#top", "{}&utm_source=mail"])
def test_an_address_in_place_of_a_query_leads_to_its_page(http: httpx.Client, typed: str) -> None:
    identity, view = next(iter(documents().items()))
    assert view.page.url is not None
    answer = http.get("/", params={"q": typed.format(view.page.url)})
    assert (answer.status_code, answer.headers["location"]) == (307, f"/documents/{identity}")


def test_pages_tell_of_it_too(http: httpx.Client) -> None:
    page = http.get("/?q=x&contry=KZ")
    assert page.status_code == 422
    assert "did you mean" in page.text
    assert http.get("/login?next=/sources").status_code == 200


def test_what_may_be_given_once_and_is_given_twice_is_a_mistake(http: httpx.Client) -> None:
    """One of two was taken in silence. All parameters of all addresses that have no id in them."""
    single, repeatable = list[tuple[str, str]](), list[tuple[str, str]]()
    for path, operations in described_api()["paths"].items():
        for one in operations.get("get", {}).get("parameters", []) if "{" not in path else ():
            forms = one["schema"].get("anyOf", [one["schema"]])
            some = repeatable if any(f.get("type") == "array" for f in forms) else single
            some.append((path, one["name"]))
    assert {("/api/search", "q"), ("/search.atom", "to"), ("/api/runs", "cursor")} <= {*single}
    assert {("/api/search", "country"), ("/api/backtest", "tell")} <= {*repeatable}
    for path, name in single:
        answer = http.get(path, params=[(name, "5"), (name, "5")])
        assert answer.status_code == 422, (path, name)
        told = {"parameter": name, "message": "may be given only once"}
        assert told in answer.json()["errors"], (path, name)
    for path, name in repeatable:
        assert "only once" not in http.get(path, params=[(name, "5"), (name, "6")]).text, (
            path,
            name,
        )


@pytest.mark.parametrize("address", ["/?q=tin&q=lead", "/events?q=tin&q="])
def test_pages_refuse_it_too_in_their_language(http: httpx.Client, address: str) -> None:
    answer = http.get(address, headers={"Accept-Language": "de"})
    assert answer.status_code == 422
    assert "darf nur einmal angegeben sein" in answer.text


def test_a_feed_key_is_no_unknown_parameter(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path / "g", AccessRules(Admission.OPEN))
    with client(guarded.app) as http:
        assert http.get("/search.atom", params={"key": "feed_wrong"}).status_code == 401


@pytest.mark.parametrize("path", PROGRAMS)
def test_who_has_an_answer_already_is_told_so(http: httpx.Client, path: str) -> None:
    first = http.get(path)
    tag = first.headers["etag"]
    again = http.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "content-security-policy" in again.headers
    assert http.get(path, headers={"If-None-Match": f'"other", {tag}'}).status_code == 304
    assert http.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_another_search_has_another_tag(http: httpx.Client) -> None:
    tag = http.get("/api/search?q=lithium").headers["etag"]
    answer = http.get("/api/search?q=copper", headers={"If-None-Match": tag})
    assert answer.status_code == 200


FEEDS = (
    *("/search.atom", "/search.feed.json", "/events.ics", "/feeds/cluster-strategies.atom"),
    *("/api/events", "/events.csv", "/api/people", "/api/places", "/api/runs"),
)
"""And lists."""
READING = (
    *((SampleArchive, "events"), (SampleArchive, "runs"), (SampleArchive, "watch_matches")),
    *((SampleStore, "search"), (SampleStore, "values")),
)
"""What feeds and lists are read by."""


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_and_lists_tell_when_they_have_changed(http: httpx.Client, path: str) -> None:
    changed = http.get(path).headers["last-modified"]
    assert changed.endswith(" GMT")
    since = {"If-Modified-Since": changed}
    assert http.get(path, headers=since).status_code == 304
    before = {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}
    assert http.get(path, headers=before).status_code == 200
    for nonsense in ("yesterday", "Mon, 04 May 99999999999 10:00:00 GMT"):
        assert http.get(path, headers={"If-Modified-Since": nonsense}).status_code == 200
    tag = {"If-None-Match": '"other"'}  # counts before the time
    assert http.get(path, headers={**since, **tag}).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("kind", ["run", "removal"])
def test_feeds_and_lists_have_changed_once_a_run_ended_or_something_was_forgotten(
    path: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = SampleArchive()
    with client(create_app(SampleStore(), archive, desk=SampleWatches())) as http:
        known = {"If-Modified-Since": http.get(path).headers["last-modified"]}
        assert http.get(path, headers=known).status_code == 304
        changes = replace(archive.last_changes(), **{kind: datetime.now(UTC)})
        monkeypatch.setattr(archive, "last_changes", lambda: changes)
        assert http.get(path, headers=known).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_what_changes_while_a_list_is_read_is_told_next_time(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [LastChanges(datetime.now(UTC) - timedelta(days=2))]
    monkeypatch.setattr(SampleArchive, "last_changes", lambda _: changes[-1])
    for owner, name in READING:
        read = getattr(owner, name)

        def reading(*given: Any, read: Callable[..., Any] = read, **named: Any) -> Any:
            answer = read(*given, **named)
            changes.append(LastChanges(datetime.now(UTC)))
            return answer

        monkeypatch.setattr(owner, name, reading)
    with client(create_app(SampleStore(), SampleArchive(), desk=SampleWatches())) as http:
        known = {"If-Modified-Since": http.get(path).headers["last-modified"]}
        assert len(changes) > 1
        assert http.get(path, headers=known).status_code == 200


def test_events_that_are_ahead_change_with_each_day(http: httpx.Client) -> None:
    changed = parsedate_to_datetime(http.get("/api/events").headers["last-modified"])
    assert datetime.now(UTC) - changed < timedelta(days=1, hours=1)


@pytest.mark.parametrize("path", FEEDS)
def test_nothing_is_counted_for_a_poll_of_a_feed(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = SampleArchive()
    monkeypatch.delattr(SampleArchive, "health")
    with client(create_app(SampleStore(), archive, desk=SampleWatches())) as http:
        assert http.get(path).status_code == 200


def test_a_feed_with_an_entry_of_a_clock_ahead_has_changed_each_time() -> None:
    """Nothing has changed later than now (RFC 9110, 8.8.2.1): it would be 304 for ever."""
    later = datetime.now(UTC) + timedelta(days=20_000)
    told = last_modified(later)["Last-Modified"]
    assert parsedate_to_datetime(told) <= datetime.now(UTC)


def test_what_changes_twice_in_a_second_has_changed() -> None:
    """The header has no parts of a second."""
    first = datetime.now(UTC)
    told = parsedate_to_datetime(last_modified(first)["Last-Modified"])
    second = datetime.now(UTC)
    assert told < second.replace(microsecond=0)


def test_last_modified_is_in_universal_time() -> None:
    past = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert last_modified(past) == {"Last-Modified": "Mon, 02 Mar 2026 02:30:00 GMT"}
    assert last_modified(None) == {}


def test_mistakes_and_pages_have_no_tag(http: httpx.Client) -> None:
    for path in ("/", "/api/search?q=(", "/nothing"):
        assert "etag" not in http.get(path).headers


def test_answers_are_compressed_for_who_takes_it(http: httpx.Client) -> None:
    http.cookies.clear()  # of the page on which to log in
    for path in ("/?q=lithium", "/api/search?q=lithium", "/search.csv?q=lithium"):
        with http.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        plain = http.get(path, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        if not path.startswith("/?"):  # a page says how long it took
            assert gzip.decompress(packed) == plain.content
        assert len(packed) < len(plain.content)


def test_a_part_of_a_page_is_asked_for_as_the_page(http: httpx.Client) -> None:
    for path in ("/?q=lithium&lang=de", "/events", "/people?q=pa"):
        part, page = http.get(path, headers={"HX-Request": "true"}), http.get(path)
        took = re.compile(r"\d+ ms")  # a page says how long it took
        assert took.sub("", part.text) == took.sub("", page.text)
        assert part.headers["vary"] == page.headers["vary"]
        assert "hx-" not in page.headers["vary"].lower()


def test_pages_of_who_sends_cookies_are_not_compressed(http: httpx.Client) -> None:
    answer = http.get("/?q=lithium", headers={"Accept-Encoding": "gzip", "Cookie": "a=b"})
    assert "content-encoding" not in answer.headers


def test_ready_is_who_can_answer(http: httpx.Client) -> None:
    assert http.get("/readyz").json() == {"status": "ready"}
    for store, archive in (
        (SampleStore(error=StoreUnavailable("no answer")), SampleArchive()),
        (SampleStore(), SampleArchive(error=DatabaseError("locked"))),
    ):
        with client(create_app(store, archive)) as failing:
            answer = failing.get("/readyz")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"


def test_probes_need_no_key_and_numbers_do(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path / "g")
    with client(guarded.app) as http:
        assert http.get("/readyz").status_code == 200
        assert http.get("/metrics").status_code == 401
        assert http.get("/metrics", headers=guarded.bearer()).status_code == 200


def test_health_tells_that_every_source_is_overdue() -> None:
    late = tuple(replace(source, overdue=True) for source in SOURCES)
    with client(create_app(SampleStore(), SampleArchive(configured=late))) as http:
        body = http.get("/healthz").json()
        numbers = http.get("/metrics").text.splitlines()
    assert body["status"] == "degraded"
    assert "no source was crawled for long" in body["problems"][0]
    assert f"rohstoffradar_problems {len(body['problems'])}" in numbers


def test_numbers_are_in_the_format_of_prometheus() -> None:
    with client(sample_app()) as http:
        http.get("/api/search?q=lithium")
        http.head("/documents/unknown")
        http.get("/made-up")
        answer = http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    numbers = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    described = {line.split(" ")[2] for line in lines if line.startswith("# TYPE")}
    assert all(
        name.partition("{")[0].removesuffix("_bucket").removesuffix("_sum").removesuffix("_count")
        in described
        for name in numbers
    )
    assert numbers["rohstoffradar_documents"] == "4"
    assert numbers['rohstoffradar_sources{state="unreachable"}'] == "1"
    total = "rohstoffradar_http_requests_total"
    assert numbers[f'{total}{{path="/api/search",status="200"}}'] == "1"
    assert numbers[f'{total}{{path="/documents/{{document}}",status="404"}}'] == "1"
    assert numbers[f'{total}{{path="other",status="404"}}'] == "1"
    seconds = "rohstoffradar_http_request_seconds"
    assert numbers[f'{seconds}_bucket{{path="/api/search",le="+Inf"}}'] == "1"
    assert float(numbers[f'{seconds}_sum{{path="/api/search"}}']) > 0


@pytest.mark.parametrize("path", ["/search", "/documents"])
def test_the_search_is_found_where_people_look_for_it(http: httpx.Client, path: str) -> None:
    answer = http.get(f"{path}?q=tin&lang=de&lang=ru", follow_redirects=False)
    assert answer.headers["location"] == "/?q=tin&lang=de&lang=ru"
    page = http.get(path, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, "/")
