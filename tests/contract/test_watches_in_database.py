"""Watches in the database, through API, pages and command line."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from indexer.alerts.attempts import MOST_REFUSALS
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.delivery import deliver
from indexer.alerts.matching import Matcher
from indexer.alerts.message import Message
from indexer.alerts.stored_watches import free_id
from indexer.alerts.subscription_ledger import SubscriptionLedger
from indexer.alerts.subscriptions import ALL, Subscription, token_of
from indexer.alerts.watches import CHANGES, FILTERS, Watch, sync_watches
from indexer.database import tables
from indexer.database.engine import open_database, open_reader
from indexer.query import QueryCompiler
from indexer.records.document import Event, Page, Place
from indexer.records.errors import ConfigError, DeliveryError, QueryError
from indexer.records.reference import NO_REFERENCE
from radar.configuration.models import ChannelSettings
from radar.configuration.settings import load_settings
from radar.installation.delivery_terms import current_terms, language_of
from radar.installation.installation import Installation
from radar.installation.watch_desk import DatabaseWatchDesk
from radar.installation.watches import all_watches, compile_watch, read_watch, runnable
from search_api.access.rules import AccessRules, Admission
from search_api.app import create_app
from search_api.problems import WatchMistaken, WatchReadOnly
from tests.contract.test_api import problem
from tests.e2e.world import Ended, World
from tests.unit.indexer.record import HOME, Record
from tests.web.sample_site import SampleArchive, SampleStore, client, guarded_app
from tests.word_encoder import WordEncoder

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
TIN = {"name": "Tin", "query": "Zinn", "channels": ["feed"]}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DatabaseWatchDesk:
    """An installation with one watch in its configuration, and a night."""
    folder = tmp_path_factory.mktemp("watches")
    (folder / "watches").mkdir()
    (folder / "watches" / "w.yaml").write_text(
        "- {id: lead, name: Lead, query: Blei, channels: [feed]}\n"
    )
    settings = load_settings(folder, {}, home=folder)
    engine = open_database(settings.database)
    with engine.connect() as connection:
        record = Record(connection, NOW)
        sync_watches(connection, settings.watches, NOW)
        there = Place(city="Freiberg", country="DE")
        day = Event("Zinntag", start="2026-05-05", place=there)
        for path, events in (("/a", ()), ("/b", (day,))):
            record.fetch(path)
            text = f"Das Zinn von {path} wird knapp."
            record.read(Page(url=f"{HOME}{path}", lang="de", text=text, events=events))
        record.next_night()
    return DatabaseWatchDesk(Installation(settings), lambda: engine, lambda: NOW)


def desk_engine(desk: DatabaseWatchDesk) -> sa.Engine:
    engine = open_reader(desk.installation.settings.database)
    assert engine is not None
    return engine


@pytest.fixture
def night(desk: DatabaseWatchDesk) -> Callable[[], None]:
    """A night in which all watches look at what is new to them."""

    def match() -> None:
        settings, compiler = desk.installation.settings, desk.installation.compiler
        with desk_engine(desk).connect() as connection:
            watches = all_watches(settings, connection)
            Matcher(connection, 1, NOW).match(watches, compiler, progress=lambda number: None)

    return match


@pytest.fixture
def api(desk: DatabaseWatchDesk) -> Iterator[httpx.Client]:
    with client(create_app(SampleStore(), SampleArchive(), desk=desk)) as http:
        yield http
        for item in http.get("/api/watches").json()["items"]:
            if item["editable"]:
                assert http.delete(f"/api/watches/{item['id']}").status_code == 204


def test_two_people_who_save_a_watch_of_one_name_at_once_have_one_each(
    desk: DatabaseWatchDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []

    def save() -> None:
        saved.append(desk.add({**TIN, "name": "At once"}, None).watch.id)

    other = threading.Thread(target=save)

    def meanwhile(*arguments: Any) -> str:
        found = free_id(*arguments)
        if not other.ident:
            other.start()
            other.join(0.2)
        return found

    monkeypatch.setattr("radar.installation.watch_desk.free_id", meanwhile)
    save()
    other.join()
    for identifier in saved:
        desk.remove(identifier)
    assert saved == ["at-once", "at-once-2"]


def test_a_watch_is_made_read_changed_and_removed(api: httpx.Client) -> None:
    made = api.post("/api/watches", json=TIN)
    assert made.status_code == 201
    assert made.json() == {
        "id": made.json()["id"],
        **TIN,
        "cadence": "run",
        "timezone": None,
        "quiet": None,
        "report_nothing": False,
        "report_days": 0,
        "language": None,
        **{key: [] for key in FILTERS},
        "tell": list(CHANGES),
        "editable": True,
        "created": "2026-03-01T02:30:00Z",
        "changed": "2026-03-01T02:30:00Z",
        "author": None,
    }
    one = f"/api/watches/{made.json()['id']}"
    assert api.get(one).json().items() >= made.json().items()
    version = {"If-Match": made.headers["etag"]}
    daily = {**TIN, "cadence": "daily 07:30", "quiet": "22:00-06:00"}
    changed = api.put(one, json=daily, headers=version)
    assert (changed.json()["cadence"], changed.json()["quiet"]) == ("daily 07:30", "22:00-06:00")
    listed = api.get("/api/watches").json()
    assert (listed["total"], listed["next"]) == (2, None)
    assert [item["editable"] for item in listed["items"]] == [False, True]
    assert api.delete(one).status_code == 204
    assert problem(api.get(one), 404)["code"] == "not-found"
    assert problem(api.delete(one), 404)["code"] == "not-found"


def test_a_watch_is_narrowed_and_tells_less(api: httpx.Client, night: Callable[[], None]) -> None:
    """A new watch that reports the last days, of pages in German alone."""
    narrow = {key: value for key, value in TIN.items() if key != "query"}
    keys: dict[str, list[str]] = {"sources": ["partner"], "tell": ["new-document"]}
    for changed, told in (({}, 2), ({"sources": ["other"]}, 0), ({"tell": ["event-moved"]}, 0)):
        given = {**narrow, **keys, **changed, "report_days": 30}
        made = api.post("/api/watches", json=given).json()
        assert made["query"] == "*"
        assert {key: made[key] for key in keys} == {**keys, **changed}
        night()
        assert len(api.get(f"/api/watches/{made['id']}/matches").json()["items"]) == told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"query": None}, "query"),
        ({"languages": ["german"]}, "languages"),
        ({"countries": ["Mars"]}, "countries"),
        ({"topics": ["nothing"]}, "there is no topic"),
        ({"tell": ["everything"]}, "tell"),
        ({"query": "Zinn AND ("}, "query"),
        ({"query": "topic:nothing"}, "there is no topic"),
        ({"query": "commodity:unobtainium"}, "query"),
        ({"channels": ["ftp:x"]}, "is not a channel"),
        ({"channels": []}, "channels"),
        ({"cadence": "monthly"}, "is not a cadence"),
        ({"quiet": "22"}, "is not a span of time"),
        ({"timezone": "Mars"}, "is not a time zone"),
        ({"id": "lead"}, "already"),
        ({"id": "No Id"}, "is not an id"),
        ({"name": "n" * 201}, "name: is longer"),
        ({"id": "new"}, "no watch can be called 'new'"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_kept(
    api: httpx.Client, change: dict[str, object], said: str
) -> None:
    found = problem(api.post("/api/watches", json={**TIN, **change}), 422)
    assert found["code"] == "watch-mistaken"
    assert said in found["message"]
    assert api.get("/api/watches").json()["total"] == 1


def test_unknown_keys_and_what_is_no_watch_are_refused(api: httpx.Client) -> None:
    assert problem(api.post("/api/watches", json={**TIN, "chanels": []}), 422)
    assert problem(api.post("/api/watches", json=[]), 422)


def test_a_watch_asks_for_a_meaning_only_where_that_is_set(desk: DatabaseWatchDesk) -> None:
    settings, compiler = (
        desk.installation.settings,
        QueryCompiler(NO_REFERENCE, {}, WordEncoder()),
    )
    query = 'Zinn OR (Blei AND about:"scarce tin")'
    content = {**TIN, "id": "tin", "query": query}
    with pytest.raises(ConfigError, match="watches ask for a meaning"):
        read_watch(content, settings, compiler)
    with pytest.raises(QueryError, match="watches ask for a meaning"):
        compile_watch(query, settings, compiler)
    willing = replace(settings, meaning=replace(settings.meaning, watches=True))
    kept = read_watch(content, willing, compiler)
    assert runnable([kept], willing, compiler) == ([kept], [])
    none, (problem_,) = runnable([kept], settings, compiler)
    assert (none, "watch tin: query: watches ask" in problem_) == ([], True)


def test_a_watch_called_new_has_a_page(api: httpx.Client) -> None:
    made = api.post("/api/watches", json={**TIN, "name": "New"}).json()["id"]
    assert "New watch" not in api.get(f"/watches/{made}").text


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00"])
def test_a_moment_beyond_the_calendar_is_a_mistake(api: httpx.Client, until: str) -> None:
    assert problem(api.put("/api/watches/lead/snooze", json={"until": until}), 422)


def test_a_match_of_an_impossible_number_is_a_mistake(api: httpx.Client) -> None:
    assert problem(api.put(f"/api/watches/lead/matches/{10**30}", json={"mark": None}), 422)


def test_a_watch_of_the_configuration_is_changed_there(api: httpx.Client) -> None:
    refused = api.put("/api/watches/lead", json=TIN, headers={"If-Match": "*"})
    assert problem(refused, 409)["code"] == "watch-read-only"
    assert problem(api.delete("/api/watches/lead"), 409)["code"] == "watch-read-only"


def test_ids_come_from_names_and_belong_to_one_watch(api: httpx.Client) -> None:
    first, second = (api.post("/api/watches", json=TIN).json()["id"] for _ in range(2))
    lead = api.post("/api/watches", json={**TIN, "name": "Lead"}).json()["id"]
    assert first != second
    assert lead not in ("lead", first, second)


def test_a_back_test_says_what_would_have_been_told(api: httpx.Client) -> None:
    found = api.get("/api/backtest", params={"q": "Zinn"}).json()
    assert (found["query"], found["days"], found["alerts"], found["messages"]) == ("Zinn", 90, 2, 1)
    assert [item["url"][-2:] for item in found["items"]] == ["/a", "/b"]
    assert problem(api.get("/api/backtest", params={"q": "Zinn AND ("}), 400)["position"] == 10
    for tell, alerts in ((["event-moved"], 0), (["event-moved", "new-document"], 2)):
        told = api.get("/api/backtest", params={"q": "Zinn", "tell": tell}).json()
        assert told["alerts"] == alerts
    problem(api.get("/api/backtest", params={"q": "Zinn", "tell": "rain"}), 422)


def test_a_form_is_tried_before_it_is_saved(api: httpx.Client) -> None:
    page = api.get("/watches/new", params={"q": "Zinn"}).text
    token = re.search(r'name="form" value="([^"]+)"', page)
    assert token
    fields = {"form": token[1], "name": "Tin", "query": "Zinn", "channels": "feed\n"}
    tried = api.post("/watches/new", data={**fields, "action": "backtest"}).text
    assert "this would have sent: 2 alerts in 1 message." in tried
    assert api.get("/api/watches").json()["total"] == 1
    wrong = api.post("/watches/new", data={**fields, "query": "(", "action": "save"})
    assert (wrong.status_code, "Not saved" in wrong.text) == (422, True)
    weekly = {**fields, "often": "weekly", "day": "fri", "time": "16:00", "action": "save"}
    saved = api.post("/watches/new", data=weekly)
    assert saved.status_code == 303
    assert "weekly fri 16:00" in api.get(saved.headers["location"]).text
    edit = api.get(f"{saved.headers['location']}/edit").text
    assert '<option value="fri" selected>' in edit
    assert api.post(f"{saved.headers['location']}/remove", data=fields).status_code == 303
    assert api.get("/api/watches").json()["total"] == 1


def test_a_form_does_not_undo_what_another_has_changed_unseen(api: httpx.Client) -> None:
    one = f"/watches/{api.post('/api/watches', json=TIN).json()['id']}"

    def hidden() -> dict[str, str]:
        return dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', api.get(f"{one}/edit").text)
        )

    first, second = hidden(), hidden()
    fields = {"name": "Tin", "query": "Zinn", "channels": "feed", "action": "save"}
    changed = {**fields, **first, "query": "Zinn OR Blei"}
    assert api.post(f"{one}/edit", data=changed).status_code == 303
    refused = api.post(f"{one}/edit", data={**fields, **second, "name": "My tin"})
    assert (refused.status_code, "changed meanwhile" in refused.text) == (409, True)
    tried = api.post(f"{one}/edit", data={**fields, **second, "action": "backtest"})
    assert second["known"] in tried.text
    assert api.get(f"/api{one}").json()["query"] == "Zinn OR Blei"
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', refused.text))
    assert api.post(f"{one}/edit", data={**fields, **again}).status_code == 303
    assert api.get(f"/api{one}").json()["query"] == "Zinn"


def test_a_program_does_not_undo_what_another_has_changed_unseen(api: httpx.Client) -> None:
    one = f"/api/watches/{api.post('/api/watches', json=TIN).json()['id']}"
    first, second = (api.get(one).headers["etag"] for _ in range(2))
    changed = api.put(one, json={**TIN, "query": "Blei"}, headers={"If-Match": first})
    assert changed.status_code == 200
    lost = api.put(one, json={**TIN, "name": "Other"}, headers={"If-Match": second})
    assert problem(lost, 412)["code"] == "watch-changed"
    assert problem(api.put(one, json=TIN), 428)["code"] == "version-required"
    assert api.get(one).json()["query"] == "Blei"
    again = {"If-Match": f'"0", W/{changed.headers["etag"]}'}
    assert api.put(one, json={**TIN, "name": "Other"}, headers=again).status_code == 200
    assert api.put(one, json=TIN, headers={"If-Match": "*"}).json()["name"] == TIN["name"]


def test_matches_are_listed_marked_and_muted(api: httpx.Client, night: Callable[[], None]) -> None:
    made = api.post("/api/watches", json={**TIN, "report_days": 30}).json()["id"]
    one = f"/api/watches/{made}"
    night()
    (first, second) = api.get(f"{one}/matches").json()["items"]
    assert (first["url"][-2:], first["state"], first["mark"]) == ("/b", "pending", None)
    assert first["passages"][0]["text"] == "Das Zinn von /b wird knapp."
    where = f"{one}/matches/{first['match']}"
    assert api.put(where, json={"mark": "irrelevant"}).status_code == 204
    assert api.put(where, json={"muted": True}).status_code == 204
    assert api.put(f"{one}/matches/{second['match']}", json={"mark": "relevant"}).status_code == 204
    state = api.get(one).json()["state"]
    assert (state["precision"], state["relevant"], state["marked"]) == (0.5, 1, 2)
    (marked, _) = api.get(f"{one}/matches").json()["items"]
    assert (marked["mark"], marked["muted"]) == ("irrelevant", True)
    assert problem(api.put(f"{one}/matches/999", json={"mark": None}), 404)
    assert problem(api.put(where, json={"mark": "great"}), 422)
    assert problem(api.get("/api/watches/nothing/matches"), 404)
    page = api.get(f"/watches/{made}").text
    assert "1 of 2 marked matches are relevant" in page
    assert "its story is muted" in page
    assert page.count('<article lang="de" dir="auto">') == page.count(" · German · ") == 2
    token = re.search(r'name="form" value="([^"]+)"', page)
    assert token
    unmark = {"form": token[1], "action": "unmark"}
    assert api.post(f"/watches/{made}/matches/{first['match']}", data=unmark).status_code == 303
    assert api.get(one).json()["state"]["marked"] == 1
    assert "<b>" not in page


def test_a_match_by_its_event_alone_is_shown_with_it(
    api: httpx.Client, night: Callable[[], None]
) -> None:
    asked = {**TIN, "query": "has:event", "report_days": 30}
    made = api.post("/api/watches", json=asked).json()["id"]
    night()
    [event] = BeautifulSoup(api.get(f"/watches/{made}").text, "lxml").select("article p.event")
    assert event.get_text() == "event Zinntag · 5 May 2026 · Freiberg, Germany"
    assert event.select_one("bdi[lang=de]")


def test_a_watch_is_snoozed_and_goes_on(api: httpx.Client) -> None:
    one = f"/api/watches/{api.post('/api/watches', json=TIN).json()['id']}"
    until = "2026-03-08T02:30:00Z"
    assert api.put(f"{one}/snooze", json={"until": until}).status_code == 204
    state = api.get(one).json()["state"]
    assert (state["snoozed_until"], state["next_due"]) == (until, until)
    assert api.put(f"{one}/snooze", json={"until": None}).status_code == 204
    assert api.get(one).json()["state"]["snoozed_until"] is None
    assert problem(api.put(f"{one}/snooze", json={"until": "soon"}), 422)


def test_a_dead_letter_is_listed_and_sent_again(
    api: httpx.Client, desk: DatabaseWatchDesk, night: Callable[[], None]
) -> None:
    channel = "mailto:desk@desk.example"
    tin = {**TIN, "channels": [channel], "report_days": 30}
    made = api.post("/api/watches", json=tin).json()["id"]
    night()
    assert api.get("/api/dead-letters").json() == {"total": 0, "items": [], "next": None}

    class Refusing:
        def deliver(self, message: Message) -> None:
            raise DeliveryError("550 no such desk", answer=550, permanent=True)

    with desk_engine(desk).connect() as connection:
        for _ in range(MOST_REFUSALS):
            deliver(
                connection,
                lambda: NOW,
                lambda name: Refusing(),
                {},
                run=9,
                terms={(made, channel): DeliveryTerms(), (made, "feed"): DeliveryTerms()},
                everything=True,
            )
    (letter,) = api.get("/api/dead-letters").json()["items"]
    assert (letter["watch"], letter["channel"], letter["answer"]) == (made, channel, 550)
    assert letter["attempts"] == MOST_REFUSALS
    (health,) = api.get(f"/api/watches/{made}").json()["state"]["channels"]
    assert (health["error"], health["answer"]) == ("550 no such desk", 550)
    assert (health["waiting"], health["dead"]) == (0, 1)
    assert "Given up" in api.get(f"/watches/{made}").text
    again = f"/api/dead-letters/{letter['key']}/replay"
    assert api.put(again).status_code == 204
    assert problem(api.put(again), 404)
    (health,) = api.get(f"/api/watches/{made}").json()["state"]["channels"]
    assert (health["waiting"], health["dead"]) == (1, 0)


def test_an_address_takes_itself_off_with_one_click(
    tmp_path: Path, desk: DatabaseWatchDesk
) -> None:
    channel = "mailto:desk@desk.example"
    watch = desk.add({**TIN, "channels": [channel, "feed"]}, None).watch
    settings = desk.installation.settings
    with desk_engine(desk).connect() as connection:
        ledger = SubscriptionLedger(settings.subscriptions)
        token = token_of(connection, ledger, watch.id, channel, NOW)
        connection.commit()
        assert (watch.id, channel) in current_terms(settings, connection, NOW)
    strict = AccessRules(Admission.KEYS)
    with client(create_app(SampleStore(), SampleArchive(), desk=desk, rules=strict)) as http:
        page = http.get(f"/unsubscribe/{token}")
        assert (page.status_code, "Send no more" in page.text) == (200, True)
        assert desk.subscription(token) == Subscription(watch.id, channel, None)
        for code, button in (("de", "Nichts mehr senden"), ("ru", "Больше не отправлять")):
            own = http.get(f"/unsubscribe/{token}", headers={"Accept-Language": code}).text
            assert (button in own, "this address" in own) == (True, False)
        clicked = http.post(
            f"/unsubscribe/{token}", data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "x"}
        )
        assert (clicked.status_code, "Nothing more" in clicked.text) == (200, True)
        assert http.post("/unsubscribe/other").status_code == 404
        assert http.get("/watches").status_code in (303, 401)
    with desk_engine(desk).connect() as connection:
        left = [pair for pair in current_terms(settings, connection, NOW) if pair[0] == watch.id]
    assert left == [(watch.id, "feed")]
    assert desk.subscribe(watch.id, channel)
    desk.remove(watch.id)


def test_the_file_of_a_feed_goes_with_the_watch_or_its_channel(desk: DatabaseWatchDesk) -> None:
    feeds = desk.installation.settings.feeds
    feeds.mkdir(exist_ok=True)
    watch = desk.add(TIN, None).watch.id
    file = feeds / f"{watch}.atom"
    file.write_text("told")
    desk.change(watch, {**TIN, "name": "Zinn"}, None)
    assert file.exists()
    desk.change(watch, {**TIN, "channels": ["file:tin"]}, None)
    assert not file.exists()
    file.write_text("told")
    desk.remove(watch)
    assert not file.exists()


def test_no_watch_takes_the_id_of_one_that_a_mistake_keeps_from_being_known(
    tmp_path: Path,
) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")
    settings = load_settings(tmp_path, {}, home=tmp_path)
    engine = open_database(settings.database)
    with engine.begin() as connection:
        sync_watches(connection, settings.watches, NOW)
    file.write_text("- {id: lead, name: Lead, query: 'Blei AND (', channels: [feed]}\n")
    mistaken = load_settings(tmp_path, {}, home=tmp_path)
    desk = DatabaseWatchDesk(Installation(mistaken), lambda: engine, lambda: NOW)
    with pytest.raises(WatchMistaken, match="there is a watch 'lead' already"):
        desk.add({**TIN, "id": "lead"}, None)
    assert desk.add({**TIN, "id": "tin"}, None).watch.id == "tin"


def test_no_watch_of_the_database_takes_the_place_of_a_mistaken_one(tmp_path: Path) -> None:
    (tmp_path / "watches").mkdir()
    engine = open_database(load_settings(tmp_path, {}, home=tmp_path).database)

    def desk() -> DatabaseWatchDesk:
        installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
        return DatabaseWatchDesk(installation, lambda: engine, lambda: NOW)

    desk().add({**TIN, "id": "lead"}, None)
    written = "- {id: lead, name: Lead, query: 'Blei AND (', channels: [feed]}\n"
    (tmp_path / "watches" / "w.yaml").write_text(written)
    mistaken = desk()
    with engine.connect() as connection:
        assert all_watches(mistaken.installation.settings, connection) == ()
    with pytest.raises(WatchReadOnly):
        mistaken.change("lead", TIN, None)
    with pytest.raises(WatchReadOnly):
        mistaken.remove("lead")


def test_no_watch_is_made_with_the_id_of_a_mistaken_one_that_never_ran(tmp_path: Path) -> None:
    (tmp_path / "watches").mkdir()
    (tmp_path / "watches" / "w.yaml").write_text("- {id: tin, name: Tin, qurey: Zinn}\n")
    settings = load_settings(tmp_path, {}, home=tmp_path)
    engine = open_database(settings.database)
    desk = DatabaseWatchDesk(Installation(settings), lambda: engine, lambda: NOW)
    with pytest.raises(WatchMistaken, match="already"):
        desk.add({**TIN, "id": "tin"}, None)
    assert desk.add(TIN, None).watch.id != "tin"


@pytest.mark.parametrize("off", ["tin", ALL])
def test_no_sample_goes_to_who_took_himself_off(tmp_path: Path, off: str) -> None:
    world, desk = World(tmp_path), "mailto:desk@example.org"
    world.configure([], [{**TIN, "id": "tin", "channels": [desk, "file:tin"]}], files="out")
    assert world.radar("run", "--only", "match").code == 0
    engine = open_database(f"sqlite:///{world.home / 'radar.db'}")
    with engine.begin() as connection:
        row = {"watch": off, "channel": desk, "token": "t", "ended": NOW, "changed": NOW}
        connection.execute(sa.insert(tables.subscription).values(row))
    engine.dispose()
    ended = world.radar("watch", "test", "tin", "--json")
    assert ended.code == 1
    why = {line["channel"]: line["error"] for line in ended.lines}
    assert why == {
        desk: "it took itself off; `radar watch subscribe` sends to it again",
        "file:tin": None,
    }


def test_who_took_himself_off_all_watches_is_told_so_by_the_link_of_one(
    desk: DatabaseWatchDesk,
) -> None:
    ledger = SubscriptionLedger(desk.installation.settings.subscriptions)
    channel = "mailto:off@desk.example"
    with desk_engine(desk).connect() as connection:
        one, of_all = (
            token_of(connection, ledger, watch, channel, NOW) for watch in ("single", ALL)
        )
    with client(create_app(SampleStore(), SampleArchive(), desk=desk)) as http:
        assert "Send no more" in http.get(f"/unsubscribe/{one}").text
        assert "Nothing more of any watch" in http.post(f"/unsubscribe/{of_all}").text
        page = http.get(f"/unsubscribe/{one}").text
        assert ("Nothing more of any watch" in page, "Send no more" in page) == (True, False)
        # What is sent again of all watches does not bring this one back.
        assert http.post(f"/unsubscribe/{one}").status_code == 200
    assert desk.subscribe("another", channel)
    found = desk.subscription(one)
    assert found is not None
    assert (found.ended is not None, found.all_ended) == (True, False)


def test_a_token_opens_what_it_did_also_where_the_database_was_put_back(
    desk: DatabaseWatchDesk,
) -> None:
    ledger = SubscriptionLedger(desk.installation.settings.subscriptions)
    with desk_engine(desk).connect() as connection:
        token = token_of(connection, ledger, "sent-later", "mailto:desk@desk.example", NOW)
        mine = tables.subscription.c.watch == "sent-later"
        connection.execute(sa.delete(tables.subscription).where(mine))
        connection.commit()
    assert not desk.unsubscribe("other")
    assert desk.unsubscribe(token)
    found = desk.subscription(token)
    assert found is not None
    assert (found.watch, found.ended is not None) == ("sent-later", True)


def test_a_link_that_cannot_be_looked_up_says_so_and_stays_good(desk: DatabaseWatchDesk) -> None:
    path = desk.installation.settings.subscriptions
    with desk_engine(desk).connect() as connection:
        known, lost = (
            token_of(connection, SubscriptionLedger(path), watch, "mailto:x@desk.example", NOW)
            for watch in ("known", "lost")
        )
        mine = tables.subscription.c.token == lost
        connection.execute(sa.delete(tables.subscription).where(mine))
        connection.commit()
    kept = path.rename(path.with_suffix(".kept"))
    path.mkdir()
    with client(create_app(SampleStore(), SampleArchive(), desk=desk)) as http:
        for request in (http.get, http.post):
            answer = request(f"/unsubscribe/{lost}", headers={"Accept-Language": "de"})
            assert answer.status_code == 503
            assert "der Link bleibt gültig" in answer.text
            assert str(path) not in answer.text
        assert http.post(f"/unsubscribe/{known}").status_code == 200
        path.rmdir()
        kept.rename(path)
        assert http.post(f"/unsubscribe/{lost}").status_code == 200
    ended = [desk.subscription(token) for token in (known, lost)]
    assert all(found is not None and found.ended is not None for found in ended)


def test_changing_takes_a_key_that_may_write(tmp_path: Path) -> None:
    guarded = guarded_app(tmp_path)
    with client(guarded.app) as http:
        assert problem(http.post("/api/watches", json=TIN), 401)
        reading = http.post("/api/watches", json=TIN, headers=guarded.bearer("read"))
        assert problem(reading, 403)["code"] == "scope-missing"
        assert http.get("/watches/new", headers=guarded.bearer("read")).status_code == 403
        assert "Watch this search" not in http.get("/?q=tin", headers=guarded.bearer("read")).text
        assert "Watch this search" in http.get("/?q=tin", headers=guarded.bearer("write")).text


def test_the_command_line_adds_edits_and_removes(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.configure([])
    made = world.radar(
        *("watch", "add", "--name", "Tin", "--query", "Zinn", "--channel", "feed", "--json")
    ).summary
    assert (made["id"], made["channels"], made["editable"]) == ("tin", ["feed"], True)
    edited = world.radar("watch", "edit", "tin", "--cadence", "daily 07:30", "--json").summary
    assert (edited["cadence"], edited["query"]) == ("daily 07:30", "Zinn")
    assert "tin" in [line["id"] for line in world.radar("watch", "list", "--json").lines]
    assert "is not a cadence" in world.radar("watch", "edit", "tin", "--cadence", "x").err
    world.radar("watch", "remove", "tin")
    assert "no watch 'tin'" in world.radar("watch", "remove", "tin").err


def test_a_check_counts_the_addresses_of_watches_in_the_database(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.configure([])
    to = "mailto:desk@desk.example"
    world.radar("watch", "add", "--name", "Tin", "--query", "Zinn", "--channel", to)
    checked = world.radar("check")
    assert "todo  mail: not set, but watches write to 1 address\n" in checked.out


def test_a_watch_whose_topic_is_gone_for_a_while_misses_nothing(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.configure([])
    topics = world.config / "topics" / "own.yaml"
    topics.parent.mkdir()
    topics.write_text('[{id: own, name: Own, terms: {de: ["Zinn"]}}]')

    def read(number: int) -> Ended:
        page = {
            "url": f"https://grube.example/{number}",
            "title": f"Meldung {number}",
            "text": f"Aus Grube {number} kommt jetzt Zinn.",
        }
        (tmp_path / "pages.jsonl").write_text(json.dumps(page))
        return world.radar("import", str(tmp_path / "pages.jsonl"))

    assert read(0).code == 0
    world.radar("watch", "add", "--name", "T", "--query", "topic:own", "--channel", "feed")
    world.radar("watch", "snooze", "t")
    (snoozed,) = world.rows("select snoozed_until from watch")
    kept = topics.read_text()
    topics.unlink()
    assert "topic" in read(1).err
    assert "todo  watches: watch t: query: " in world.radar("check").out
    topics.write_text(kept)
    assert read(2).code == 0
    assert len(world.rows("select id from match")) == 2
    assert world.rows("select snoozed_until from watch") == [snoozed]


def test_mistakes_of_the_form_are_said_in_the_language_of_its_reader(api: httpx.Client) -> None:
    token = re.search(r'name="form" value="([^"]+)"', api.get("/watches/new").text)
    assert token
    fields = {
        "form": token[1],
        "name": "",
        "query": "Zinn AND",
        "channels": "pigeon",
        "often": "daily",
        "time": "25:00",
        "timezone": "Mars",
        "quiet": "22",
        "language": "xx",
        "report_days": "many",
    }
    german = BeautifulSoup(
        api.post("/watches/new", data=fields, headers={"Accept-Language": "de"}).text, "html.parser"
    )
    said = [item.get_text().partition(":")[0] for item in german.select(".notice li")]
    labels = ["Name", "Kanäle", "Zeit", "Zeitzone", "Ruhezeit", "Tage vor heute", "Sprache"]
    assert sorted(said) == sorted([*labels, "Hier fehlt ein Suchbegriff."])
    assert "is not a time zone" in api.post("/watches/new", data=fields).text


def test_a_watch_and_a_recipient_have_a_language(desk: DatabaseWatchDesk) -> None:
    settings = replace(
        desk.installation.settings,
        language="ru",
        channels=(ChannelSettings("mailto:a@desk.example", language="en"),),
    )
    watch = Watch("w", "W", "Zinn", ("feed", "mailto:a@desk.example", "mailto:b@desk.example"))
    for own, expected in (("de", ["de", "en", "de"]), (None, ["ru", "en", "ru"])):
        spoken = [language_of(settings, replace(watch, language=own), c) for c in watch.channels]
        assert spoken == expected


def test_the_list_says_what_each_watch_told_lately(
    api: httpx.Client, desk: DatabaseWatchDesk, night: Callable[[], None]
) -> None:
    made = api.post("/api/watches", json={**TIN, "report_days": 5})
    night()
    with desk_engine(desk).begin() as connection:
        connection.execute(sa.update(tables.match).values(state="sent"))
    row = api.get("/watches").text.partition(f'/watches/{made.json()["id"]}"')[2]
    assert "</span> 2</td>" in row.partition("</tr>")[0]
    lead, tin = (item["lately"] for item in api.get("/api/watches").json()["items"])
    assert lead == {"days": 30, "told": 0, "newest": None}
    assert tin == {"days": 30, "told": 2, "newest": "2026-03-01T02:30:00Z"}
    with desk_engine(desk).begin() as connection:
        connection.execute(sa.delete(tables.matched_passage))
        connection.execute(sa.delete(tables.match))


def test_the_list_says_that_files_have_changed_since_they_were_read(
    api: httpx.Client, desk: DatabaseWatchDesk
) -> None:
    said = "Files of watches or topics have changed"
    assert said not in api.get("/watches").text
    file = desk.installation.settings.folder / "watches" / "more.yaml"
    file.write_text("- {id: gold, name: Gold, query: Gold, channels: [feed]}\n")
    assert said in api.get("/watches").text
    file.unlink()
    assert said not in api.get("/watches").text


def test_what_no_reader_takes_for_a_change_of_files_is_none(desk: DatabaseWatchDesk) -> None:
    folder = desk.installation.settings.folder / "watches"
    (folder / ".#w.yaml").write_text("- {id: half, na")
    (folder / "sources.yaml.bak").write_text("")
    os.utime(folder / "w.yaml", (1, 1))
    assert not desk.has_new_files()


def test_files_that_change_before_there_is_a_desk_have_changed(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    settings = load_settings(tmp_path, {}, home=tmp_path)
    (tmp_path / "topics" / "own.yaml").mkdir()
    desk = DatabaseWatchDesk(Installation(settings), lambda: None, lambda: NOW)
    assert desk.has_new_files()
    (tmp_path / "topics" / "own.yaml").rmdir()
    assert not desk.has_new_files()
