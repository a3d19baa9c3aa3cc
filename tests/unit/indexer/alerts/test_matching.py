"""Watches over several nights: each match once, with the passage and the reason."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.entries import entries
from indexer.alerts.marks import mute
from indexer.alerts.matching import Matcher, is_told
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.erasure.retention import remove_texts
from indexer.query import QueryCompiler
from indexer.records.document import Event, Kind, Mention, Page
from indexer.records.reference import load_reference
from tests.unit.indexer.record import Record

WATCH = Watch("clusters", "Clusters", "Cluster*", ("feed", "mailto:desk@desk.example"))


@cache
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), {})


def match(record: Record, *watches: Watch) -> int:
    sync_watches(record.connection, watches, record.now)
    matcher = Matcher(record.connection, record.run.id, record.now)
    return matcher.match(watches, compiler(), progress=lambda number: None)


def rows(record: Record, table: sa.Table) -> list[sa.Row[Any]]:
    return list(record.connection.execute(sa.select(table)))


@pytest.fixture
def watching(record: Record) -> Record:
    """An installation whose watch began before the first page; the source is known already."""
    match(record, WATCH)
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    return record


def test_a_new_page_matches_once_with_passage_terms_and_a_message_for_each_channel(
    watching: Record,
) -> None:
    watching.fetch("/a")
    watching.read("Ein Satz.\n\nDie Clusterpolitik kommt.")
    assert match(watching, WATCH) == 1
    assert match(watching, WATCH) == 0
    [found] = rows(watching, tables.match)
    assert found.passages == [{"text": "Die Clusterpolitik kommt.", "marks": [[4, 18]]}]
    assert found.terms == ["Cluster*"]
    assert (found.change, found.state) == ("new-document", "pending")
    assert sorted(m.channel for m in rows(watching, tables.outbox)) == sorted(WATCH.channels)


def test_of_a_changed_page_only_what_was_added_counts(watching: Record) -> None:
    watching.fetch("/a")
    watching.read("Die Clusterpolitik kommt.")
    match(watching, WATCH)
    watching.next_night()
    watching.fetch("/a")
    watching.read("Die Clusterpolitik kommt.\n\nWetter.")
    assert match(watching, WATCH) == 0
    watching.next_night()
    watching.fetch("/a")
    watching.read("Die Clusterpolitik kommt.\n\nWetter.\n\nEin Clusterplan.")
    assert match(watching, WATCH) == 1
    last = rows(watching, tables.match)[-1]
    assert last.change == "added-passage"
    assert [p["text"] for p in last.passages] == ["Ein Clusterplan."]


def test_a_passage_that_goes_and_comes_back_is_told_once(watching: Record) -> None:
    for text in ("Wetter.\n\nEin Clusterplan.", "Wetter.", "Wetter.\n\nEin Clusterplan."):
        watching.fetch("/a")
        watching.read(text)
        match(watching, WATCH)
        watching.next_night()
    assert len(rows(watching, tables.match)) == 1


def test_a_passage_that_comes_back_at_a_new_address_is_told_once(watching: Record) -> None:
    weather = story(1)
    told = f"Ein Clusterplan.\n\n{weather}"
    for text, to in ((told, "/a"), (weather, "/a"), (told, "/b")):
        watching.fetch("/a", to=to)
        watching.read(text)
        match(watching, WATCH)
        watching.next_night()
    last = watching.revisions()[-1]
    assert (last.number, len(last.added)) == (1, 1), "the page has moved, and the passage is news"
    assert len(rows(watching, tables.match)) == 1
    assert match(watching, WATCH) == 0


def test_a_watch_may_ask_for_what_is_sure(watching: Record) -> None:
    watch = replace(WATCH, query="event:Erztag sure:yes")
    match(watching, watch)
    watching.next_night()
    for number, sure in enumerate((0.6, 0.95)):
        named = Mention("events[0].name", "text", 0, 6, "Erztag", "Erztag", sure)
        watching.fetch(f"/{number}")
        watching.read(Page(None, text="Erztag.", events=(Event("Erztag"),), mentions=(named,)))
    assert match(watching, watch) == 1
    [found] = rows(watching, tables.match)
    assert found.passages == [{"text": "Erztag.", "marks": [[0, 6]]}]
    assert found.terms == ["event:Erztag sure:yes"]


@pytest.mark.parametrize("query", ["Cluster*", "source:partner"])
def test_a_watch_that_comes_back_and_reports_past_days_tells_nothing_again(
    watching: Record, query: str
) -> None:
    past = replace(WATCH, query=query, report_days=3)
    watching.fetch("/a")
    watching.read("Cluster eins.")
    assert match(watching, past) == 1
    match(watching)
    watching.next_night()
    watching.fetch("/b")
    watching.read("Cluster zwei.")
    assert match(watching, past) == 1
    assert len(rows(watching, tables.match)) == 2


def test_a_watch_starts_at_its_creation(record: Record) -> None:
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, WATCH) == 0
    record.fetch("/b")
    record.read("Noch ein Clusterplan.")
    assert match(record, WATCH) == 1


def test_all_matches_of_a_run_are_one_message(watching: Record) -> None:
    for path in ("/a", "/b", "/c"):
        watching.fetch(path)
    watching.read("Cluster eins.", "Cluster zwei.", "Cluster drei.")
    match(watching, WATCH)
    messages = rows(watching, tables.outbox)
    assert len(messages) == 2
    assert all(len(m.matches) == 3 for m in messages)


def test_many_watches_take_no_more_statements_than_two(watching: Record) -> None:
    taken = []
    for number in (2, 200):
        watches = [replace(WATCH, id=f"w{number}-{n}") for n in range(number)]
        match(watching, *watches)
        watching.next_night()
        for path in ("/a", "/b"):
            watching.fetch(path)
        watching.read(f"Cluster eins von {number}.", f"Cluster zwei von {number}.")
        sync_watches(watching.connection, watches, watching.now)
        with watching.statements() as statements:
            matcher = Matcher(watching.connection, watching.run.id, watching.now)
            assert matcher.match(watches, compiler(), progress=lambda page: None) == 2 * number
        taken.append(len(statements))
    assert taken[1] == taken[0]


def test_first_looks_come_in_a_message_of_their_own(record: Record) -> None:
    match(record, WATCH)
    record.fetch("/a")
    record.read("Cluster eins.")
    match(record, WATCH)
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.fetch("/b")
    record.read("Cluster zwei.")
    match(record, WATCH)
    assert sorted(m.first_look for m in rows(record, tables.outbox)) == [False, False, True, True]


@pytest.mark.parametrize("kind", ["listing", "not-an-article"])
def test_listings_are_never_matched(watching: Record, kind: Kind) -> None:
    watching.fetch("/a")
    watching.read(Page(url=None, kind=kind, text="Cluster eins."))
    assert match(watching, WATCH) == 0


def test_a_paywalled_teaser_is_matched(watching: Record) -> None:
    watching.fetch("/a")
    watching.read(Page(url=None, kind="paywalled", text="Cluster eins."))
    assert match(watching, WATCH) == 1


def test_a_watch_without_channels_keeps_its_matches(watching: Record) -> None:
    quiet = Watch("quiet", "Quiet", "Cluster*", ())
    match(watching, quiet)
    watching.fetch("/a")
    watching.read("Cluster eins.")
    assert match(watching, quiet) == 1
    [found] = rows(watching, tables.match)
    assert (found.state, found.reason) == ("suppressed", "the watch has no channel")
    assert rows(watching, tables.outbox) == []


def test_a_watch_that_was_taken_away_rests_and_goes_on_from_where_it_comes_back(
    watching: Record,
) -> None:
    match(watching)
    watching.fetch("/a")
    watching.read("Cluster eins.")
    match(watching)
    assert match(watching, WATCH) == 0
    watching.fetch("/b")
    watching.read("Cluster zwei.")
    assert match(watching, WATCH) == 1


def test_back_dated_pages_are_not_missed(watching: Record) -> None:
    watching.fetch("/a")
    watching.read(Page(url=None, text="Cluster eins.", published="1999-01-01"))
    assert match(watching, WATCH) == 1


def story(seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"wort{chance.randint(0, 300)}" for _ in range(120))


def test_reprints_are_one_alert_that_lists_all_its_places(watching: Record) -> None:
    told = f"Die Clusterpolitik kommt, {story(1)}"
    for url in ("https://one.example/a", "https://two.example/b"):
        watching.fetch_from(url)
    watching.read(told, f"Vorab gemeldet.\n\n{told}")
    assert match(watching, WATCH) == 1
    watching.next_night()
    watching.fetch_from("https://three.example/c")
    watching.read(told)
    assert match(watching, WATCH) == 0
    found = rows(watching, tables.match)
    assert {m.story for m in found} == {found[0].document}
    assert [m.state for m in found] == ["pending", "suppressed", "suppressed"]
    assert found[1].reason == "another place of a story that was told"
    assert [m.matches for m in rows(watching, tables.outbox)] == [[found[0].id]] * 2
    [entry] = entries(watching.connection, [found[0].id], {"partner": "Partner"})
    assert [place.line for place in entry.places] == [
        "https://three.example/c (Partner)",
        "https://two.example/b (Partner)",
    ]


def test_a_later_place_with_a_matching_passage_of_its_own_is_told(watching: Record) -> None:
    told = f"Die Clusterpolitik kommt, {story(1)}"
    watching.fetch_from("https://one.example/a")
    watching.read(told)
    match(watching, WATCH)
    watching.next_night()
    watching.fetch_from("https://two.example/b")
    watching.read(f"{told}\n\nEin Clusterplan für den Süden liegt bei.")
    assert match(watching, WATCH) == 1
    first, second = rows(watching, tables.match)
    assert (second.story, second.state) == (first.document, "pending")


def test_what_comes_of_a_muted_story_is_in_no_feed(watching: Record) -> None:
    watching.fetch("/a")
    watching.read("Cluster eins.")
    match(watching, WATCH)
    assert mute(watching.connection, WATCH.id, rows(watching, tables.match)[0].id, watching.now)
    watching.next_night()
    watching.fetch("/a")
    watching.read("Cluster eins.\n\nCluster zwei.")
    assert match(watching, WATCH) == 0
    assert [m.state for m in rows(watching, tables.match)] == ["pending", "suppressed"]
    fed = sa.select(tables.match.c.revision).where(is_told())
    assert watching.connection.execute(fed).scalars().all() == [1]


def test_what_is_added_to_a_story_of_several_places_is_told_without_words_in_the_query(
    watching: Record,
) -> None:
    watch = replace(WATCH, query="source:partner")
    told = story(1)
    for url in ("https://one.example/a", "https://two.example/b"):
        watching.fetch_from(url)
    watching.read(told, told)
    assert match(watching, watch) == 1
    watching.next_night()
    added = f"{told}\n\nDer Minister kommt nun doch nicht zur Eröffnung."
    for url, number in (("https://one.example/a", 1), ("https://two.example/b", 0)):
        watching.fetch_from(url)
        watching.read(added)
        assert match(watching, watch) == number, url
        watching.next_night()


def test_a_changed_title_is_told_in_a_story_of_several_places(watching: Record) -> None:
    told = f"Die Clusterpolitik kommt, {story(1)}"
    for url, number in (("https://one.example/a", 1), ("https://two.example/b", 0)):
        watching.fetch_from(url)
        watching.read(Page(url, title="Im Herbst", text=told))
        assert match(watching, WATCH) == number
        watching.next_night()
    for title, number in (("Im Herbst doch kein Cluster", 1), ("Wetter", 0)):
        watching.fetch_from("https://one.example/a")
        watching.read(Page("https://one.example/a", title=title, text=told))
        assert match(watching, WATCH) == number
        watching.next_night()
    watching.fetch_from("https://three.example/c")
    watching.read(Page("https://three.example/c", title="Ganz anderes vom Cluster", text=told))
    assert match(watching, WATCH) == 0, "the headline of a further place is no news"


def test_a_reprint_is_known_though_another_watch_met_the_page_without_its_text(
    watching: Record,
) -> None:
    told = f"Die Clusterpolitik kommt, {story(1)}"
    watching.fetch_from("https://one.example/a")
    watching.read(Page("https://one.example/a", title="Cluster", text=told))
    assert match(watching, WATCH) == 1
    watching.next_night()
    assert remove_texts(watching.connection, watching.run.id, "partner", watching.now) == 1
    late = replace(WATCH, id="late", report_days=30)
    assert match(watching, WATCH, late) == 1
    watching.next_night()
    watching.fetch_from("https://two.example/b")
    watching.read(Page("https://two.example/b", title="Cluster", text=told))
    assert match(watching, WATCH, late) == 1
    states = [(m.watch, m.state) for m in rows(watching, tables.match)][2:]
    assert sorted(states) == [(WATCH.id, "suppressed"), ("late", "pending")]


def test_stories_are_those_of_a_watch(watching: Record) -> None:
    other = Watch("other", "Other", "Vorab", ("feed",))
    match(watching, WATCH, other)
    told = f"Die Clusterpolitik kommt, {story(1)}"
    for url, text in (
        ("https://one.example/a", told),
        ("https://two.example/b", f"Vorab gemeldet.\n\n{told}"),
    ):
        watching.fetch_from(url)
        watching.read(text)
        assert match(watching, WATCH, other) == 1
    first, second = rows(watching, tables.match)[0], rows(watching, tables.match)[-1]
    assert {first.watch, second.watch} == {"clusters", "other"}


def test_a_watch_tells_what_it_is_asked_to_tell(watching: Record) -> None:
    added = replace(WATCH, id="added", tell=("added-passage",))
    match(watching, WATCH, added)
    watching.fetch("/a")
    watching.read("Der Clusterplan.")
    assert match(watching, WATCH, added) == 1
    watching.next_night()
    watching.fetch("/a")
    watching.read("Der Clusterplan.\n\nEin Cluster dazu.")
    assert match(watching, WATCH, added) == 2
    told = [(m.watch, m.change) for m in rows(watching, tables.match)]
    new = (WATCH.id, "new-document")
    assert told == [new, ("added", "added-passage"), (WATCH.id, "added-passage")]
