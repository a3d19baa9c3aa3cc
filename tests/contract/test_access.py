"""Who is let in: keys, scopes, the login page, feeds, hosts, limits, and what is written down."""

from __future__ import annotations

import dataclasses
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import Depends
from fastapi.routing import APIRoute

from indexer.access.keys import feed_key_of, remove_key
from indexer.access.scope import Scope
from indexer.access.sessions import ROTATION
from search_api.access.audit import REFUSALS
from search_api.access.gate import FAILURES, LARGEST_BODY
from search_api.access.hosts import AllowedHosts
from search_api.access.rate_limit import RateLimit
from search_api.access.rules import AccessRules, Admission
from search_api.access.visitor import requires
from search_api.static_files import HTMX
from tests.web.sample_site import Guarded, client, guarded_app

PROBLEM = "application/problem+json"
PUBLIC = ("/login", "/healthz", "/readyz")
UNSUBSCRIBE = "/unsubscribe/x"
OPEN = AccessRules(Admission.OPEN)
DIRECT = AccessRules(Admission.DIRECT)
PROXIED = {"X-Forwarded-For": "203.0.113.9"}
FEED = "/feeds/cluster-strategies.atom"


class Clock:
    """A clock that a test turns."""

    now = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    return guarded_app(tmp_path_factory.mktemp("guarded"))


@pytest.fixture(scope="module")
def stranger(guarded: Guarded) -> Iterator[httpx.Client]:
    with client(guarded.app) as http:
        yield http


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """For limits of new applications: however slow the machine is, nothing is due again."""
    monkeypatch.setattr(RateLimit.__init__, "__defaults__", (lambda: 0.0,))


@contextmanager
def browser(guarded: Guarded) -> Iterator[httpx.Client]:
    """A client that keeps cookies, of a served application of its own."""
    with client(guarded.app) as http:
        yield http


def form_token(page: str) -> str:
    found = re.search(r'name="form" value="([0-9a-f]{64})"', page)
    assert found is not None, page
    return found[1]


def log_in(http: httpx.Client, key: str, target: str = "/") -> httpx.Response:
    token = form_token(http.get("/login").text)
    return http.post("/login", data={"form": token, "key": key, "next": target})


def code_of(answer: httpx.Response) -> Any:
    assert answer.headers["content-type"] == PROBLEM, answer.text
    return answer.json()["code"]


def paths(guarded: Guarded) -> list[str]:
    """Every path that the application answers by GET, filled in."""
    found = [route.path for route in _routes(guarded.app.routes)]
    return [re.sub(r"\{[^}]*\}", "x", path) for path in found]


def _routes(routes: list[Any]) -> Iterator[Any]:
    for route in routes:
        if hasattr(route, "methods"):
            if "GET" in route.methods:
                yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


def test_nothing_is_readable_without_a_key(guarded: Guarded, stranger: httpx.Client) -> None:
    asked = [path for path in paths(guarded) if path not in (*PUBLIC, UNSUBSCRIBE)]
    assert {"/", "/api/search", "/documents/x", "/docs", "/openapi.json", FEED} <= {*asked, FEED}
    for path in [*asked, FEED, "/no-such-page", "/login/", "/static", "/api/search/"]:
        answer = stranger.get(path)
        assert answer.status_code in (401, 303), path
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/login?next=")
            assert not answer.content
        else:
            assert code_of(answer) == "key-required"
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_guessed_token_of_a_mail_opens_nothing(stranger: httpx.Client) -> None:
    for path in (UNSUBSCRIBE, "/unsubscribe/", "/unsubscribe/x/y", "/unsubscribe/%2e%2e/watches"):
        assert (stranger.get(path).status_code, stranger.post(path).status_code) == (404, 404), path
    assert stranger.get("/unsubscribe").status_code in (401, 303)


def test_every_route_is_covered_by_the_list_of_paths(guarded: Guarded) -> None:
    served = {route.path for route in _routes(guarded.app.routes)}
    assert {"/", "/api/search", "/healthz", "/search.atom", "/login", "/sources"} <= served
    assert all(
        isinstance(route, APIRoute) or route.path == "/openapi.json"
        for route in _routes(guarded.app.routes)
    )


def test_strangers_see_the_login_page_its_style_and_whether_all_is_well(
    stranger: httpx.Client,
) -> None:
    page = stranger.get("/login")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert stranger.get("/static/style.css").status_code == 200
    assert stranger.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
def test_a_key_in_the_header_lets_programs_read(
    guarded: Guarded, stranger: httpx.Client, scope: str
) -> None:
    answer = stranger.get("/api/search", headers=guarded.bearer(scope))
    assert answer.json()["total"] == 3  # and one that is no news
    assert answer.headers["cache-control"] == "no-store"
    assert stranger.get("/healthz", headers=guarded.bearer(scope)).json()["documents"] == 4


@pytest.mark.parametrize("wrong", ["Bearer", "Bearer x", "Basic eDp5", "Bearer radar_é", "x"])
def test_anything_else_in_the_header_lets_nobody_in(stranger: httpx.Client, wrong: str) -> None:
    answer = stranger.get("/api/search", headers={b"Authorization": wrong.encode()})
    assert (answer.status_code, code_of(answer)) == (401, "key-required")


def test_files_are_kept_by_who_is_logged_in_and_pages_in_their_place_are_not(
    guarded: Guarded,
) -> None:
    with browser(guarded) as http:
        log_in(http, guarded.keys["read"])
        answer = http.get(f"/static/{HTMX}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        # A page with the token of a form and what the address says: its length would tell of both.
        missing = http.get("/static/no-such-file?x=words", headers={"Accept-Encoding": "gzip"})
        assert missing.status_code == 404
        assert form_token(missing.text)
        assert missing.headers["cache-control"] == "no-store"
        assert "content-encoding" not in missing.headers


def test_a_program_gets_a_problem_and_a_person_the_login_page(stranger: httpx.Client) -> None:
    assert stranger.get("/", headers={"Authorization": "Bearer x"}).status_code == 401
    assert stranger.get("/", headers={"Authorization": "Basic eDp5"}).status_code == 303


def test_a_key_that_was_removed_opens_nothing_from_then_on(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        assert log_in(http, guarded.keys["read"]).status_code == 303
        assert http.get("/sources").status_code == 200
        feed = f"{FEED}?key={feed_key_of(guarded.keys['read'])}"
        assert http.get(feed).status_code == 200
        engine = sa.create_engine(guarded.database)
        with engine.begin() as connection:
            remove_key(connection, "read")
        engine.dispose()
        assert http.get("/sources").status_code == 303
        assert http.get(feed).status_code == 401
        assert http.get("/api/search", headers=guarded.bearer()).status_code == 401


def test_a_route_takes_more_than_reading_by_a_dependency(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    admin = [Depends(requires(Scope.ADMIN))]
    guarded.app.add_api_route("/api/settings", lambda: "done", dependencies=admin)
    guarded.app.add_api_route("/api/changes", lambda: "done", methods=["POST"])
    with client(guarded.app) as http:
        for scope, read, write in (("read", 403, 403), ("write", 403, 200), ("admin", 200, 200)):
            headers = guarded.bearer(scope)
            assert http.get("/api/settings", headers=headers).status_code == read
            assert http.post("/api/changes", headers=headers).status_code == write
        refused = http.post("/api/changes", headers=guarded.bearer("read"))
        assert code_of(refused) == "scope-missing"
        assert http.post("/api/changes").status_code == 401
    written = [
        (line["who"], line["status"]) for line in guarded.audit() if line["path"] == "/api/changes"
    ]
    assert written == [("read", 403), ("write", 200), ("admin", 200), ("read", 403), (None, 401)]


def test_people_log_in_and_out(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        sent = http.get("/documents/x?a=b")
        assert sent.headers["location"] == "/login?next=%2Fdocuments%2Fx%3Fa%3Db"
        answer = log_in(http, f" {guarded.keys['read']} ", "/sources")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie
        assert guarded.keys["read"] not in cookie
        page = http.get("/sources")
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        token = form_token(page.text)
        answer = http.post("/logout", data={"form": token})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert "Max-Age=0" in answer.headers["set-cookie"]
        stolen = {"Cookie": cookie.partition(";")[0]}
        assert http.get("/sources", headers=stolen).status_code == 303
    assert [(line["who"], line["result"]) for line in guarded.audit()] == [
        (None, "key-required"),
        ("read", "logged-in"),
        ("read", "logged-out"),
        (None, "key-required"),
    ]
    told = (guarded.log / "audit.jsonl").read_text()
    assert all(key not in told for key in guarded.keys.values())


def test_over_https_cookies_are_secure_and_of_this_host_alone(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path, AccessRules(Admission.KEYS, public_url="https://127.0.0.1"))
    with browser(guarded) as http:
        page = http.get("/login")
        cookie = page.headers["set-cookie"]
        assert cookie.startswith("__Host-radar-form=")
        assert "Secure" in cookie
        headers = {"Cookie": cookie.partition(";")[0]}
        data = {"form": form_token(page.text), "key": guarded.keys["read"]}
        answer = http.post("/login", data=data, headers=headers)
        assert answer.headers["set-cookie"].startswith("__Host-radar=")
        assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""],
)
def test_after_the_login_one_stays_here(guarded: Guarded, target: str) -> None:
    with browser(guarded) as http:
        assert log_in(http, guarded.keys["read"], target).headers["location"] == "/"


def test_a_wrong_key_is_told_and_a_feed_key_is_none(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        for wrong in ("radar_wrong", "", feed_key_of(guarded.keys["admin"])):
            answer = log_in(http, wrong)
            assert answer.status_code == 401
            assert "not known here" in answer.text
            assert http.get("/sources").status_code == 303
    assert {line["result"] for line in guarded.audit()} == {"wrong-key", "key-required"}


@pytest.mark.parametrize("path", ["/login", "/logout"])
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_without_its_token_is_not_accepted(
    guarded: Guarded, path: str, token: str | None
) -> None:
    with browser(guarded) as http:
        log_in(http, guarded.keys["admin"])
        data = {"key": guarded.keys["admin"]} | ({} if token is None else {"form": token})
        answer = http.post(path, data=data)
        assert answer.status_code == 403
        assert http.get("/sources").status_code == 200


def test_a_token_of_somebody_else_is_not_accepted(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        before = form_token(http.get("/login").text)
        log_in(http, guarded.keys["read"])
        assert http.post("/logout", data={"form": before}).status_code == 403


def test_a_form_that_another_site_sends_is_not_accepted(guarded: Guarded) -> None:
    with browser(guarded) as http:
        log_in(http, guarded.keys["read"])
        token = form_token(http.get("/sources").text)
        evil = {"Origin": "https://evil.example"}
        assert http.post("/logout", data={"form": token}, headers=evil).status_code == 403
        own = {"Origin": str(http.base_url).rstrip("/")}
        assert http.post("/logout", data={"form": token}, headers=own).status_code == 303


def test_sessions_get_new_ids(tmp_path: Path) -> None:
    clock = Clock()
    guarded = guarded_app(tmp_path, clock=clock)
    with browser(guarded) as http:
        log_in(http, guarded.keys["read"])
        first = http.cookies["radar"]
        assert "set-cookie" not in http.get("/sources").headers
        clock.now += ROTATION
        assert http.get("/sources").status_code == 200
        second = http.cookies["radar"]
        assert second != first
        clock.now += timedelta(minutes=2)
        assert http.get("/sources").status_code == 200
        stale = {"Cookie": f"radar={first}"}
        assert httpx.get(f"{http.base_url}/sources", headers=stale).status_code == 303


def test_a_feed_key_opens_feeds_and_nothing_else(guarded: Guarded, stranger: httpx.Client) -> None:
    feed_key = feed_key_of(guarded.keys["admin"])
    for path in (FEED, "/search.atom?q=lithium"):
        address = f"{path}{'&' if '?' in path else '?'}key="
        assert stranger.get(address + feed_key).status_code == 200
        for wrong in ("", "x", guarded.keys["admin"]):
            assert stranger.get(address + wrong).status_code == 401
    for path in ("/", "/api/search", "/sources", "/documents/x", "/openapi.json"):
        assert stranger.get(f"{path}?key={feed_key}").status_code in (401, 303)
        bearer = {"Authorization": f"Bearer {feed_key}"}
        assert stranger.get(path, headers=bearer).status_code == 403
    assert feed_key not in (guarded.log / "audit.jsonl").read_text()
    assert feed_key not in stranger.get(f"/search.atom?key={feed_key}").text


def test_who_is_logged_in_finds_addresses_for_a_feed_reader(guarded: Guarded) -> None:
    with browser(guarded) as http:
        log_in(http, guarded.keys["read"])
        for page in ("/watches", "/?q=lithium"):
            found = re.findall(r'href="([^"]*\.atom\?[^"]*)"', http.get(page).text)
            assert found
            for address in found:
                plain = httpx.get(str(http.base_url) + address.replace("&amp;", "&"))
                assert plain.status_code == 200, address


@pytest.mark.parametrize("rules", [DIRECT, OPEN, AccessRules(Admission.KEYS)])
def test_other_names_are_not_answered(tmp_path: Path, rules: AccessRules) -> None:
    named = dataclasses.replace(rules, hosts=AllowedHosts(frozenset({"radar.example.org"})))
    guarded = guarded_app(tmp_path, named)
    with client(guarded.app) as http:
        for host in ("evil.example", "evil.example:80", "192.0.2.7", "a b", ""):
            answer = http.get("/healthz", headers={"Host": host})
            assert (answer.status_code, code_of(answer)) == (400, "unknown-host")
        for host in ("radar.example.org", "localhost:1", "[::1]:80"):
            assert http.get("/healthz", headers={"Host": host}).status_code == 200


def test_on_this_machine_no_key_is_needed_until_there_is_one(tmp_path: Path) -> None:
    with client(guarded_app(tmp_path / "a", DIRECT, scopes=()).app) as http:
        assert http.get("/api/search").status_code == 200
        assert http.get("/api/search", headers=PROXIED).status_code == 401
        assert http.get("/api/search", headers={"Authorization": "Bearer x"}).status_code == 401
    with client(guarded_app(tmp_path / "b", DIRECT).app) as http:
        assert http.get("/api/search").status_code == 401


def test_whoever_is_let_in_without_a_key_reads_and_changes_nothing(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path, OPEN)
    guarded.app.add_api_route("/api/changes", lambda: "done", methods=["POST"])
    with client(guarded.app) as http:
        assert http.get("/api/search", headers=PROXIED).status_code == 200
        assert http.post("/api/changes").status_code == 401
        assert http.post("/api/changes", headers=guarded.bearer("write")).status_code == 200


@pytest.mark.usefixtures("no_time_passes")
def test_requests_are_limited_by_key_and_by_address(tmp_path: Path) -> None:
    rules = AccessRules(Admission.KEYS, requests_per_minute=30)
    guarded = guarded_app(tmp_path, rules)
    with client(guarded.app) as http:
        for headers in ({}, guarded.bearer("read")):
            answers = [http.get("/healthz", headers=headers) for _ in range(11)]
            assert [a.status_code for a in answers] == [200] * 10 + [429]
            assert 1 <= int(answers[-1].headers["retry-after"]) <= 2
            assert code_of(answers[-1]) == "too-many-requests"
        assert http.get("/healthz", headers=guarded.bearer("admin")).status_code == 200
        assert http.get("/healthz", headers=PROXIED).status_code == 200


@pytest.mark.usefixtures("no_time_passes")
def test_wrong_keys_are_limited_more_tightly_and_the_right_one_still_opens(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        wrong = {"Authorization": "Bearer radar_x"}
        for _ in range(FAILURES.burst - 1):
            assert http.get("/api/search", headers=wrong).status_code == 401
        assert log_in(http, "radar_wrong").status_code == 401
        for answer in (http.get("/api/search", headers=wrong), log_in(http, "radar_wrong")):
            assert answer.status_code == 429
            assert 1 <= int(answer.headers["retry-after"]) <= 10
        assert http.get("/api/search", headers={**wrong, **PROXIED}).status_code == 401
        assert log_in(http, guarded.keys["read"]).status_code == 303


def test_large_bodies_are_refused(guarded: Guarded, stranger: httpx.Client) -> None:
    for content in (b"x" * (LARGEST_BODY + 1), iter([b"x" * LARGEST_BODY, b"x"])):
        answer = stranger.post("/login", content=content)
        assert answer.status_code == 413


@pytest.mark.usefixtures("no_time_passes")
def test_logins_that_fail_don_t_fill_the_audit_log(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with browser(guarded) as http:
        data = {"form": form_token(http.get("/login").text), "key": "radar_wrong"}
        for _ in range(REFUSALS.burst + 20):
            http.post("/login", data=data)
        data["key"] = guarded.keys["read"]
        assert http.post("/login", data=data).status_code == 429
    assert len(guarded.audit()) == REFUSALS.burst


def test_a_client_that_leaves_in_the_middle_of_a_form_is_no_failure(
    guarded: Guarded, stranger: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    address = (stranger.base_url.host, stranger.base_url.port or 0)
    with socket.create_connection(address) as connection:
        connection.sendall(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nf")
    assert stranger.get("/login").status_code == 200
    assert not caplog.records
