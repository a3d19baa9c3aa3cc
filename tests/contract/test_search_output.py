"""`radar search`, `show`, `sources`, `watch` and `check` with --json: what other programs read."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.world import World, source

LINES = [
    {
        "text": "Kupfer aus dem Norden. Die Hütte in Freiberg kauft Erz, sagte Anna Berg.",
        "lang": "de",
        "published": "2024-05-02",
    },
    {
        "text": "Медь и литий нашли на севере. Добыча начнётся весной.",
        "lang": "ru",
        "published": "2023-11",
    },
    {
        "text": "Copper, copper, copper.\n\nThe forum takes place in Astana on 3 June 2027.",
        "lang": "en",
        "url": "https://a.example/3",
    },
    {"text": "Nothing of the kind.", "lang": "en", "published": "2025"},
]
HIT_KEYS = [
    *("id", "url", "title", "source", "lang", "kind", "published", "score", "passages"),
    *("story", "places", "event", "others", "commodities"),
]
PARSED = {
    *("id", "url", "lang", "published", "title", "teaser", "text", "authors", "kind", "events"),
    *("countries", "commodities", "strategies", "programmes", "contacts", "published_at", "parts"),
    *("dates", "mentions"),
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("output")
    world = World(folder)
    world.configure(
        [
            source("bote", "https://bote.example/"),
            source("off", "https://off.example/", enabled=False, reason="no"),
        ],
        [{"id": "silent", "name": "Still", "query": "copper", "channels": ["feed"]}],
    )
    lines = folder / "lines.jsonl"
    lines.write_text("\n".join(json.dumps({"id": n, **line}) for n, line in enumerate(LINES)))
    assert world.radar("import", str(lines), "--source", "bote").code == 0
    return world


def test_hits_have_the_keys_of_the_contract(world: World) -> None:
    hits = world.radar("search", "copper", "--json").lines
    assert len(hits) == 3  # Kupfer, Медь and copper
    for hit in hits:
        assert list(hit) == HIT_KEYS
        assert isinstance(hit["score"], float)
        assert hit["source"] == "bote"
        for passage in hit["passages"]:
            assert set(passage) == {"text", "marks"}
            for start, end in passage["marks"]:
                assert passage["text"][start:end].lower()[:3] in ("kup", "мед", "cop")


def test_order_and_limit(world: World) -> None:
    newest = world.radar("search", "*", "--sort", "newest", "--json").lines
    assert [hit["score"] for hit in newest] == [None] * 4
    dated = [hit["published"] for hit in newest if hit["published"]]
    assert dated == sorted(dated, reverse=True)
    by_event = world.radar("search", "*", "--sort", "event_date", "--json").lines
    assert by_event[0]["url"] == "https://a.example/3"
    assert by_event[0]["event"]["start"] == "2027-06-03"
    assert by_event[0]["event"]["city"] == "Astana"
    assert set(by_event[0]["event"]) == {"name", "start", "end", "city", "country", "status"}
    assert by_event[-1]["event"] is None
    for sort in ("upcoming", "past"):
        hits = world.radar("search", "*", "--sort", sort, "--json").lines
        assert {hit["id"] for hit in hits} == {hit["id"] for hit in by_event}
        assert hits[0]["event"]["start"] == "2027-06-03"
    assert len(world.radar("search", "*", "--limit", "1", "--json").lines) == 1
    assert len(world.radar("search", "*", "--limit", "0", "--json").lines) == 4


def test_people_get_titles_and_a_count(world: World) -> None:
    ended = world.radar("search", "copper")
    assert "Copper, copper" in ended.out
    assert "3 documents" in ended.err


def test_what_people_get_fits_80_columns_and_names_ids_and_whole_addresses(world: World) -> None:
    hit = world.radar("search", "forum", "--json").lines[0]
    for shown in (world.radar("search", "forum").out, world.radar("show", hit["id"]).out):
        lines = shown.splitlines()
        assert any(line.startswith(hit["id"]) for line in lines)
        assert hit["url"] in lines
        assert all(len(line) <= 80 for line in lines if line != hit["url"])
        assert "3 June 2027 · Astana, Kazakhstan" in shown


def test_what_is_told_of_a_mistake_fits_80_columns(world: World) -> None:
    told = world.radar("search", "comodity:tin").err
    assert "hint: fields: title, text" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_a_document_for_people_has_text_events_values_and_history(world: World) -> None:
    shown = world.radar("show", "https://a.example/3").out
    assert shown.index("Copper, copper, copper.") < shown.index("event: ")
    assert "commodities: copper" in shown
    assert "persons: Anna Berg\n" in world.radar("show", "--all").out
    assert "revision 1: " in shown


def test_a_command_with_a_slip_is_told_what_was_meant(world: World) -> None:
    ended = world.radar("serch", "x")
    assert ended.code == 2
    assert 'did you mean "search"?' in ended.err
    assert 'did you mean "bote"?' in world.radar("run", "botte").err


def test_documents_are_shown_by_id_and_address(world: World) -> None:
    hit = world.radar("search", "forum", "--json").lines[0]
    by_id = world.radar("show", hit["id"], "--json").lines
    by_address = world.radar("show", "https://a.example/3#x", "--json")
    assert by_id == world.radar("show", hit["url"], "--json").lines
    record = by_id[0]
    assert {
        *PARSED,
        "source",
        "revision",
        "first_seen",
        "last_seen",
        "last_outcome",
        "story",
    } <= set(record)
    assert (record["revision"], record["last_outcome"], record["story"]) == (1, "new", hit["id"])
    assert INSTANT.fullmatch(record["first_seen"])
    assert INSTANT.fullmatch(record["last_seen"])
    assert by_address.code in (0, 2)
    assert len(world.radar("show", "--all", "--json").lines) == 4


def test_a_document_that_is_missing_is_a_mistake(world: World) -> None:
    ended = world.radar("show", "https://nowhere.example/", "https://a.example/3", "--json")
    assert ended.code == 2
    assert "nowhere.example" in ended.err


def test_sources(world: World) -> None:
    told = {line["id"]: line for line in world.radar("sources", "--json").lines}
    assert set(told) == {"bote", "off"}
    for line in told.values():
        assert {
            "id",
            "name",
            "url",
            "country",
            "languages",
            "enabled",
            "reason",
            "state",
            "last_run",
            "newest",
        } <= set(line)
    assert told["off"]["state"] == "disabled"
    people = world.radar("sources").out
    assert "1 of 2 sources can be crawled" in people
    assert "off: no" in people
    described = people[people.index("1 of 2 sources") :].splitlines()
    assert all(len(line) <= 80 for line in described if "listings:" not in line)


def test_watches(world: World) -> None:
    listed = world.radar("watch", "list", "--json").lines
    [watch] = listed
    assert (watch["id"], watch["name"], watch["query"]) == ("silent", "Still", "copper")
    assert (watch["channels"], watch["cadence"]) == (["feed"], "run")
    matches = world.radar("watch", "matches", "silent", "--json").lines
    assert len(matches) == 3
    assert {m["state"] for m in matches} == {"sent"}
    assert {m["reason"] for m in matches} == {None}
    assert {m["change"] for m in matches} == {"new-document"}
    # `radar watch mark` and `mute` ask for the number.
    people = world.radar("watch", "matches", "silent").out
    assert all(f"{m['url']} (match {m['match']}: new-document, sent" in people for m in matches)


def test_what_people_said_of_a_watch_and_its_matches_is_listed(world: World) -> None:
    first, second, _ = world.radar("watch", "matches", "silent", "--json").lines
    assert (first["mark"], first["muted"]) == (None, False)
    world.radar("watch", "mark", "silent", str(first["match"]), "irrelevant")
    world.radar("watch", "mute", "silent", str(second["match"]))
    listed = world.radar("watch", "matches", "silent").out
    for match, said in ((first, "sent, irrelevant, run"), (second, "sent, muted, run")):
        assert f"{match['url']} (match {match['match']}: new-document, {said}" in listed
    world.radar("watch", "snooze", "silent", "--days", "3")
    assert re.search(r"→ feed \(snoozed until \d{4}-.*Z\)\n", world.radar("watch", "list").out)
    assert world.radar("watch", "list", "--json").summary["snoozed_until"]
    world.radar("watch", "snooze", "silent", "--days", "0")
    assert "snoozed" not in world.radar("watch", "list").out
    world.radar("watch", "mark", "silent", str(first["match"]), "none")
    world.radar("watch", "mute", "silent", str(second["match"]), "--off")
    assert "muted" not in world.radar("watch", "matches", "silent").out


def test_why_a_document_matches_a_watch(world: World) -> None:
    address = world.radar("watch", "matches", "silent", "--json").lines[0]["url"]
    [account] = world.radar("watch", "explain", "silent", address, "--json").lines
    assert set(account) == {
        *("watch", "url", "kind", "matches", "terms", "topics"),
        *("passages", "nearest_miss", "revisions"),
    }
    assert (account["watch"], account["url"], account["matches"]) == ("silent", address, True)
    assert account["topics"] == {}
    assert account["terms"][0] == {"term": "copper", "excluded": False, "found": True}
    assert account["revisions"][0]["verdict"] == "new-document, sent"
    people = world.radar("watch", "explain", "silent", address).out
    assert f"{address} matches silent" in people
    assert "found: copper" in people
    missing = world.radar("watch", "explain", "silent", "https://nowhere.example/")
    assert missing.code == 2
    assert world.radar("watch", "explain", "loud", address).code == 2


def test_what_a_watch_would_have_told(world: World) -> None:
    [result] = world.radar("watch", "backtest", "silent", "--json").lines
    assert set(result) == {
        *("watch", "query", "days", "since", "until"),
        *("alerts", "messages", "per_week", "too_broad", "items"),
    }
    assert (result["watch"], result["query"], result["days"]) == ("silent", "copper", 90)
    told = world.radar("watch", "matches", "silent", "--json").lines
    assert [item["url"] for item in result["items"]] == [match["url"] for match in told]
    assert (result["alerts"], result["messages"], result["too_broad"]) == (3, 1, False)
    [asked] = world.radar("watch", "backtest", "--query", "copper", "--json").lines
    assert (asked["watch"], asked["items"]) == (None, result["items"])
    people = world.radar("watch", "backtest", "silent").out
    assert people.startswith("in the last 90 days this would have sent 3 alerts in 1 message:")
    assert world.radar("watch", "backtest").code == 2
    assert world.radar("watch", "backtest", "silent", "--query", "copper").code == 2
    wrong = world.radar("watch", "backtest", "--query", "commodity:nonsense")
    assert wrong.code == 2


def test_a_sample_through_the_channels_of_a_watch(world: World) -> None:
    before = world.radar("watch", "matches", "silent", "--json").lines
    sent = world.radar("watch", "test", "silent", "--json")
    assert sent.code == 0
    assert sent.lines == [{"watch": "silent", "channel": "feed", "error": None}]
    assert world.radar("watch", "matches", "silent", "--json").lines == before
    assert world.radar("watch", "test", "loud").code == 2


def test_check(world: World) -> None:
    found = world.radar("check", "--json")
    assert found.code == 0
    assert all(set(line) == {"what", "level", "message"} for line in found.lines)


def test_what_the_run_says_is_the_time_in_utc(world: World, tmp_path: Path) -> None:
    summary = world.radar(
        "run", "--only", "match", "--json", "--now", "2026-03-02T02:30:00+05:00"
    ).summary
    assert summary["started"] == "2026-03-01T21:30:00Z"
    assert datetime.fromisoformat(summary["finished"]) >= datetime.fromisoformat(summary["started"])


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("copprr", ["0 documents", "did you mean: copper (3 documents)"]),
        ("copper zebra", ["0 documents", "alone: copper (3 documents)"]),
        ("zebra", ["0 documents"]),
        ("lang:fr", ["0 documents"]),
    ],
)
def test_where_nothing_is_found_it_says_what_would_be(
    world: World, query: str, lines: list[str]
) -> None:
    answer = world.radar("search", query)
    assert answer.code == 0
    assert answer.err.splitlines() == lines
    assert world.radar("search", query, "--json").err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "copper"],
        ["search", "zzz", "--json"],
        ["export", "copper", "--format", "csv"],
        ["export", "copper", "--format", "ics"],
        ["events", "copper"],
        ["show", "--all"],
        ["watch", "list"],
        ["runs"],
        ["check"],
    ],
    ids=" ".join,
)
def test_a_database_of_a_newer_version_is_refused_by_all_alike(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Searches went on, over an index of which this version knows as little."""
    home = shutil.copytree(world.home, tmp_path / "home")
    with closing(sqlite3.connect(home / "radar.db")) as database, database:
        database.execute("update alembic_version set version_num = 'later'")
    monkeypatch.setattr(world, "home", home)
    ended = world.radar(*arguments)
    assert ended.code == 3
    told = ended.out + ended.err
    assert "made by a newer version" in told
    assert "update Rohstoffradar" in told
