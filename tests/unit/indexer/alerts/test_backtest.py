"""A watch that would have been there: what it would have told is what one that was there told."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
import sqlalchemy as sa

from indexer.alerts.backtest import Backtest, PastAlert, backtest
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.events.queries import changes_after, documents_of_event, newest_change
from indexer.query import QueryCompiler, parse_query
from indexer.records.document import Event, Kind, Mention, Page, Place
from indexer.records.reference import load_reference
from tests.unit.indexer.record import Record


@cache
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), {})


def past_of(record: Record, query: str, days: int = 90) -> Backtest:
    return backtest(record.connection, compiler().compile(parse_query(query)), compiler(), days)


def night(record: Record, *pages: tuple[str, str]) -> None:
    for path, _ in pages:
        record.fetch(path)
    record.read(*(text for _, text in pages))


def test_an_installation_without_a_page_told_nothing(record: Record) -> None:
    result = past_of(record, "Cluster*")
    assert (result.alerts, result.messages, result.too_broad) == ((), 0, False)


def test_each_run_is_a_message_and_first_looks_one_of_their_own(record: Record) -> None:
    night(record, ("/a", "Ein Cluster."), ("/b", "Wetter."))
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    night(record, ("/c", "Cluster zwei."), ("/d", "Cluster drei."), ("/a", "Ein Cluster.\n\nNeu."))
    record.next_night()
    night(record, ("/b", "Wetter.\n\nEin Cluster."))
    result = past_of(record, "Cluster*")
    assert [(a.url.rsplit("/", 1)[1], a.change, a.first_look) for a in result.alerts] == [
        ("a", "new-document", True),
        ("c", "new-document", False),
        ("d", "new-document", False),
        ("b", "added-passage", False),
    ]
    assert result.messages == 3
    assert result.per_week == 3


def test_a_source_is_told_by_its_name(record: Record) -> None:
    night(record, ("/a", "Ein Cluster."))
    query = compiler().compile(parse_query("Cluster*"))
    names = {"partner": "Ministerium der Hügel"}
    named = backtest(record.connection, query, compiler(), 90, source_names=names)
    for result, name in ((named, names["partner"]), (past_of(record, "Cluster*"), "partner")):
        [alert] = result.to_json()["items"]
        assert (alert["source"], alert["source_name"]) == ("partner", name)


def test_pages_of_a_story_are_told_by_its_name(record: Record) -> None:
    night(record, ("/a", "Ein Cluster wird gebaut."), ("/b", "A plant opens."), ("/c", "Wetter."))
    first, second, _ = record.connection.execute(
        sa.select(tables.document.c.id).order_by(tables.document.c.url)
    ).scalars()
    for document in (first, second):
        row = {"document": document, "revision": 1, "story": first}
        record.connection.execute(sa.insert(tables.document_story).values(row))
    assert {a.url[-2:] for a in past_of(record, f"story:{first}").alerts} == {"/a", "/b"}


def test_what_was_told_at_an_old_address_is_not_told_at_the_new_one(record: Record) -> None:
    chance = random.Random(4)
    rest = " ".join(f"wort{chance.randint(0, 300)}" for _ in range(120))
    watch = Watch("w", "W", "Alpha", ("feed",))
    sync_watches(record.connection, [watch], record.now)
    told = f"Alpha eins.\n\n{rest}"
    added = f"{told}\n\nAlpha zwei."
    for to, text in (("/a", told), ("/a", rest), ("/b", told), ("/b", added)):
        record.fetch("/a", to=to)
        record.read(text)
        matcher = Matcher(record.connection, record.run.id, record.now)
        matcher.match([watch], compiler(), progress=lambda count: None)
        record.next_night()
    alerts = past_of(record, "Alpha").alerts
    assert [(alert.url[-2:], alert.change) for alert in alerts] == [
        ("/a", "new-document"),
        ("/b", "added-passage"),
    ]
    assert list(map(_content, alerts)) == _told(record, "w")


def test_only_the_last_days_count(record: Record) -> None:
    night(record, ("/a", "Ein Cluster."))
    record.next_night(days=40)
    night(record, ("/b", "Noch ein Cluster."))
    assert [a.url[-2:] for a in past_of(record, "Cluster", days=30).alerts] == ["/b"]
    assert len(past_of(record, "Cluster", days=60).alerts) == 2


def test_a_run_of_a_clock_that_was_ahead_hides_nothing(record: Record) -> None:
    record.next_night(days=20_000)
    record.next_night(days=-20_000)
    night(record, ("/a", "Ein Cluster."))
    result = past_of(record, "Cluster", days=30)
    assert [alert.url[-2:] for alert in result.alerts] == ["/a"]
    assert result.until == record.now


def test_more_than_fifty_a_week_are_too_many(record: Record) -> None:
    night(record, ("/a", "Ein Cluster."))
    result = past_of(record, "Cluster")
    alert = replace(result.alerts[0], first_look=False)
    assert not replace(result, alerts=(alert,) * 50).too_broad
    assert replace(result, alerts=(alert,) * 51).too_broad
    assert not replace(result, alerts=(replace(alert, first_look=True),) * 60).too_broad


def forum(day: str, *more: str) -> Page:
    event = Event(
        "Kupferforum",
        "upcoming",
        start=day,
        place=Place(city="Astana", country="KZ", geonameid=1526273),
    )
    mention = Mention("events[0].start", "text", 3, 13, day, day)
    text = "\n\n".join((f"Am {day} tagt das Forum.", *more))
    return Page(url=None, lang="de", text=text, events=(event,), mentions=(mention,))


def test_changes_of_events_are_told_to_whom_the_event_was_told(record: Record) -> None:
    """With the added passage where there is one, and by whichever page says so."""
    watch = Watch("w", "W", "Alpha", ("feed",))
    sync_watches(record.connection, [watch], record.now)
    for pages in (
        {"/a": forum("2026-05-12", "Alpha."), "/b": forum("2026-05-12", "Beta.")},
        {"/b": forum("2026-06-03", "Beta.")},
        {"/a": forum("2026-06-10", "Alpha.", "Mehr Alpha.")},
    ):
        for path in pages:
            record.fetch(path)
        record.read(*pages.values())
        matcher = Matcher(record.connection, record.run.id, record.now)
        matcher.match([watch], compiler(), progress=lambda count: None)
        record.next_night()
    result = past_of(record, "Alpha")
    assert [alert.change for alert in result.alerts] == [
        "new-document",
        "event-moved",
        "event-moved",
    ]
    assert list(map(_content, result.alerts)) == _told(record, "w")


def test_an_event_is_looked_for_among_any_number_of_pages(record: Record) -> None:
    """The database takes so many values in one statement, and no more."""
    told = frozenset(f"{number:016x}" for number in range(300_000))
    assert documents_of_event(record.connection, "0" * 16, told) == []


def test_changes_of_events_belong_to_the_story_of_their_page(record: Record) -> None:
    for day in ("2026-05-12", "2026-06-03"):
        record.fetch("/a")
        record.read(forum(day))
        record.next_night()
    document = record.connection.execute(sa.select(tables.document.c.id)).scalar_one()
    row = {"document": document, "revision": 1, "story": "0" * 16}
    record.connection.execute(sa.insert(tables.document_story).values(row))
    changes = changes_after(record.connection, 0, newest_change(record.connection))
    assert [change.document.story for change in changes] == ["0" * 16]


def test_reprints_are_one_alert_there_too(record: Record) -> None:
    watch = Watch("w", "W", "Alpha", ("feed",))
    sync_watches(record.connection, [watch], record.now)
    chance = random.Random(2)
    story = " ".join(f"wort{chance.randint(0, 300)}" for _ in range(120))
    for url, text in (
        ("https://one.example/a", f"Alpha: {story}"),
        ("https://two.example/b", f"Alpha: {story}\n\nEnde."),
        ("https://three.example/c", f"Alpha: {story}\n\nUnd noch viel mehr von Alpha hier."),
    ):
        record.fetch_from(url)
        record.read(text)
        matcher = Matcher(record.connection, record.run.id, record.now)
        matcher.match([watch], compiler(), progress=lambda count: None)
        record.next_night()
    alerts = past_of(record, "Alpha").alerts
    assert [alert.url for alert in alerts] == ["https://one.example/a", "https://three.example/c"]
    told = sa.select(tables.match.c.id).where(tables.match.c.state == "pending")
    assert len(record.connection.execute(told).all()) == 2


WORDS = ("Alpha", "Beta", "Gamma", "Delta", "Kupfer", "Lithium")


def random_page(chance: random.Random) -> Page:
    paragraphs = (
        " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))
        for _ in range(chance.randint(1, 3))
    )
    kinds: tuple[Kind, ...] = ("article", "article", "listing")
    kind = chance.choice(kinds)
    return Page(url=None, lang="de", kind=kind, text="\n\n".join(paragraphs))


def random_query(chance: random.Random) -> str:
    one, two = chance.sample(WORDS, 2)
    return chance.choice(
        (one, f"{one} {two}", f"{one} OR {two}", f"{one} -{two}", "has:event", "*")
    )


@pytest.mark.parametrize("seed", range(4))
def test_it_tells_what_a_watch_told_that_was_there_from_the_beginning(
    record: Record, seed: int
) -> None:
    chance = random.Random(seed)
    queries = [random_query(chance) for _ in range(25)]
    watches = [Watch(f"w{n}", f"W {n}", query, ("feed",)) for n, query in enumerate(queries)]
    sync_watches(record.connection, watches, record.now)
    for number in range(6):
        paths = chance.sample([f"/{n}" for n in range(8)], 4)
        for path in paths:
            record.fetch(path)
        record.read(*(random_page(chance) for _ in paths))
        matcher = Matcher(record.connection, record.run.id, record.now)
        matcher.match(watches, compiler(), progress=lambda count: None)
        if number == 1:
            record.run.record_source("partner", "ok", None, record.now)
            record.run.end_first_looks(record.now)
        record.next_night()
    changes: Counter[str] = Counter()
    for watch in watches:
        result = past_of(record, watch.query)
        assert list(map(_content, result.alerts)) == _told(record, watch.id), watch.query
        messages = sa.select(sa.func.count()).where(tables.outbox.c.watch == watch.id)
        assert result.messages == record.connection.execute(messages).scalar_one()
        changes.update(alert.change for alert in result.alerts)
    assert sum(changes.values()) > 50
    assert changes["added-passage"]


def _content(alert: PastAlert) -> tuple[object, ...]:
    return alert.url, alert.run, alert.change, alert.terms, alert.first_look


def _told(record: Record, watch: str) -> list[tuple[object, ...]]:
    match = tables.match.c
    query = (
        sa.select(tables.document.c.url, match.run, match.change, match.terms, match.first_look)
        .join(tables.document, tables.document.c.id == match.document)
        .where(match.watch == watch)
        .order_by(match.id)
    )
    rows = record.connection.execute(query)
    return [(r.url, r.run, r.change, tuple(r.terms), r.first_look) for r in rows]


def test_only_what_counts_as_new_would_have_been_told(record: Record) -> None:
    night(record, ("/a", "Der Clusterplan."))
    record.run.finish(record.now, {})
    record.next_night()
    night(record, ("/a", "Der Clusterplan.\n\nEin Cluster dazu."))
    record.run.finish(record.now, {})
    query = compiler().compile(parse_query("Cluster*"))
    for tell, told in (
        (("added-passage",), ["added-passage"]),
        (("new-document", "added-passage"), ["new-document", "added-passage"]),
        (("event-moved",), []),
    ):
        result = backtest(record.connection, query, compiler(), 90, tell=tell)
        assert [alert.change for alert in result.alerts] == told
