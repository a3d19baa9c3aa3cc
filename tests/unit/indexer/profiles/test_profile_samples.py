"""Which answers a site is learnt from."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from indexer.frontier.port import Link, Response
from indexer.profiles.profile_records import SiteKey, extract_again
from indexer.profiles.profile_samples import (
    newest_answers,
    outdated_sites,
    spread,
    stated_by_discovery,
    stated_of,
    waiting_pages,
)
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.stated import Stated
from tests.unit.indexer.record import HOME, Record

KEY = SiteKey("partner", "partner.example")


def paths(record: Record, since: int | None = None) -> list[str]:
    """Paths of the answers, the newest first; `since`: days before now."""
    moment = None if since is None else record.now - timedelta(days=since)
    return [
        fetch.final_url.removeprefix(HOME)
        for fetch in newest_answers(record.connection, KEY, moment)
    ]


def test_the_newest_answers_of_pages_that_were_read_or_wait(record: Record) -> None:
    for name in ("a", "b", "c"):
        record.fetch(f"/{name}")
    record.read("One.", "Two.", ParseError("no", reason="hostile-markup"))
    record.next_night()
    record.fetch("/a")
    record.fetch("/wall")
    record.read("One, again.", Page(url=f"{HOME}/wall", kind="consent-wall"))
    record.fetch("/d")
    assert paths(record) == ["/d", "/a", "/b"]
    assert paths(record, since=0) == ["/d", "/a"]
    assert newest_answers(record.connection, SiteKey("partner", "else.example"), None) == []
    assert newest_answers(record.connection, SiteKey("else", "partner.example"), None) == []


def test_the_same_answer_under_two_addresses_counts_once(record: Record) -> None:
    record.fetch("/a", body=b"same")
    record.fetch("/b", body=b"same")
    assert paths(record) == ["/b"]


def test_sites_with_pages_to_read(record: Record) -> None:
    record.fetch("/a")
    record.fetch("/b")
    [(key, fetches)] = waiting_pages(record.connection).items()
    assert key == KEY
    assert [fetch.url.removeprefix(HOME) for fetch in fetches] == ["/a", "/b"]
    record.read("One.", "Two.")
    assert waiting_pages(record.connection) == {}
    assert outdated_sites(record.connection, 1) == set()
    extract_again(record.connection, KEY, None)
    assert outdated_sites(record.connection, 1) == {KEY}


def test_every_kind_of_page_is_among_those_that_are_learnt_from(record: Record) -> None:
    for number in range(40):
        record.fetch(f"/news/{number}-title")
    for number in range(20):
        record.fetch(f"/termine/{number}")
    for name in ("kontakt", "karriere", "presse", "verein"):
        record.fetch(f"/{name}")
    [fetches] = waiting_pages(record.connection).values()
    chosen = spread(list(reversed(fetches)), 12)
    kinds = Counter(fetch.url.removeprefix(HOME).split("/")[1] for fetch in chosen)
    assert kinds == {"news": 4, "termine": 4, "kontakt": 1, "karriere": 1, "presse": 1, "verein": 1}
    assert chosen == sorted(chosen, key=lambda fetch: fetch.id, reverse=True)
    assert spread(fetches, 100) == fetches


def test_which_answers_are_taken_does_not_depend_on_the_order_in_which_they_came(
    record: Record,
) -> None:
    for number in range(40):
        record.fetch(f"/news/{number}-title")
    [fetches] = waiting_pages(record.connection).values()
    chosen = {fetch.id for fetch in spread(fetches, 12)}
    assert len(chosen) == 12
    for seed in range(5):
        came = random.Random(seed).sample(fetches, len(fetches))
        assert {fetch.id for fetch in spread(came, 12)} == chosen


def test_the_newest_answers_are_taken_first(record: Record) -> None:
    for number in range(30):
        record.fetch(f"/news/{number}-title")
    record.read(*(f"Text {number}." for number in range(30)))
    record.next_night()
    for number in range(30, 36):
        record.fetch(f"/news/{number}-title")
    answers = newest_answers(record.connection, KEY, None)
    chosen = {fetch.url.rpartition("/")[2] for fetch in spread(answers, 12)}
    assert chosen >= {f"{number}-title" for number in range(30, 36)}


def test_older_answers_are_read_only_where_newer_ones_are_of_other_sites(record: Record) -> None:
    for number in range(20):
        record.fetch(f"/{number}")
    with record.statements() as asked:
        newest = newest_answers(record.connection, KEY, None, at_most=4)
    assert [fetch.url for fetch in newest] == [f"{HOME}/{number}" for number in (19, 18, 17, 16)]
    assert len(asked) == 2  # of those that were read, and of those that wait: four at most
    assert all(" LIMIT " in statement and 4 in parameters for statement, parameters in asked)
    for number in range(20):
        record.fetch_from(f"https://else.example/{number}")
    assert newest_answers(record.connection, KEY, None, at_most=4) == newest


def test_what_discovery_states(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", "Zinc found", "2026-02-27"))
    record.ledger.add("partner", Link(f"{HOME}/b"))
    record.ledger.commit()
    urls = [f"{HOME}/a", f"{HOME}/b", f"{HOME}/c"]
    assert stated_by_discovery(record.connection, urls) == {
        f"{HOME}/a": Stated("2026-02-27", "Zinc found", seen=record.now.date()),
        f"{HOME}/b": Stated(seen=record.now.date()),
    }


def answer(asked: str, led_to: str) -> Response:
    """A page that was requested at one path and came from another."""
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    return Response(f"{HOME}{asked}", f"{HOME}{led_to}", 200, {}, moment, b"")


def test_what_is_stated_of_an_answer_is_of_where_it_came_from() -> None:
    known = {
        f"{HOME}/a": Stated("2026-02-27", "Zinc found"),
        f"{HOME}/b": Stated("2026-02-28", "Tin found"),
        f"{HOME}/news": Stated(),
    }
    assert stated_of(answer("/a", "/a"), known.get) == known[f"{HOME}/a"]
    assert stated_of(answer("/a", "/2026/a"), known.get) == known[f"{HOME}/a"]
    assert stated_of(answer("/a", "/b"), known.get) == known[f"{HOME}/b"]
    for elsewhere in ("/news", "/"):  # where removed pages lead
        assert stated_of(answer("/a", elsewhere), known.get) == Stated()
    assert stated_of(answer("/c", "/c"), known.get) == Stated()
