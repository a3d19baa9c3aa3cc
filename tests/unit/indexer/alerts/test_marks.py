"""What readers say of matches is kept, and heeded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.marks import (
    mark,
    mute,
    muted_stories,
    precision,
    snooze,
    snoozed,
    unmute,
)
from indexer.alerts.reasons import LATER_PLACE, MUTED
from indexer.database import tables
from tests.unit.indexer.alerts.test_matching import WATCH, match, story
from tests.unit.indexer.record import Record


@pytest.fixture
def told(record: Record) -> Record:
    """A watch with two matches."""
    match(record, WATCH)
    for path in ("/a", "/b"):
        record.fetch(path)
        record.read(f"Der Clusterplan {path} kommt.")
    match(record, WATCH)
    return record


def test_precision_is_the_share_of_relevant_marks(told: Record) -> None:
    assert precision(told.connection, WATCH.id).share is None
    assert mark(told.connection, WATCH.id, 1, "relevant")
    assert mark(told.connection, WATCH.id, 2, "irrelevant")
    assert precision(told.connection, WATCH.id) == (1, 2)
    assert mark(told.connection, WATCH.id, 2, None)
    assert precision(told.connection, WATCH.id).share == 1
    assert not mark(told.connection, "other", 1, "relevant")
    with pytest.raises(ValueError, match="no mark"):
        mark(told.connection, WATCH.id, 1, "great")


def test_of_a_muted_story_nothing_more_is_told(told: Record) -> None:
    assert mute(told.connection, WATCH.id, 1, told.now)
    assert mute(told.connection, WATCH.id, 1, told.now)
    assert not mute(told.connection, WATCH.id, 99, told.now)
    told.next_night()
    told.fetch("/a")
    told.read("Der Clusterplan /a kommt.\n\nNeu ist ein zweiter Clusterplan.")
    assert match(told, WATCH) == 0
    newest = sa.select(tables.match.c.state, tables.match.c.reason).order_by(
        tables.match.c.id.desc()
    )
    assert told.connection.execute(newest.limit(1)).one() == ("suppressed", MUTED)
    assert unmute(told.connection, WATCH.id, 1)
    assert muted_stories(told.connection, WATCH.id) == frozenset()
    told.fetch("/a")
    told.read("Der Clusterplan /a kommt.\n\nNeu ist ein dritter Clusterplan.")
    assert match(told, WATCH) == 1


def test_a_page_of_a_muted_story_stays_muted_however_late(told: Record) -> None:
    told.connection.execute(sa.update(tables.match).values(story="another page"))
    assert mute(told.connection, WATCH.id, 1, told.now)
    told.next_night(days=40)
    told.fetch("/a")
    told.read("Der Clusterplan /a kommt.\n\nNeu ist ein zweiter Clusterplan.")
    assert match(told, WATCH) == 0


def newest(record: Record) -> sa.Row[Any]:
    query = sa.select(tables.match).order_by(tables.match.c.id.desc()).limit(1)
    return record.connection.execute(query).one()


def test_other_news_at_the_address_of_a_muted_story_is_told(told: Record) -> None:
    assert mute(told.connection, WATCH.id, 1, told.now)
    told.next_night()
    told.fetch("/a")
    told.read("Der Hafen baut um.\n\nDaneben entsteht ein Cluster.")
    assert match(told, WATCH) == 1
    assert newest(told).story != newest(told).document, "a story of its own"
    told.next_night()
    told.fetch("/a")
    told.read("Der Hafen baut um.\n\nDaneben entsteht ein Cluster.\n\nCluster eröffnet.")
    assert match(told, WATCH) == 1
    assert mute(told.connection, WATCH.id, newest(told).id, told.now)
    told.next_night()
    told.fetch("/a")
    told.read("Cluster eröffnet.\n\nNoch ein Cluster eröffnet.")
    assert match(told, WATCH) == 0


def test_reprints_of_it_are_places_of_that_story(told: Record) -> None:
    assert mute(told.connection, WATCH.id, 1, told.now)
    news = f"Daneben entsteht ein Cluster, {story(5)}"
    for address, number in (("https://partner.example/a", 1), ("https://two.example/x", 0)):
        told.next_night()
        told.fetch_from(address)
        told.read(news)
        assert match(told, WATCH) == number
    assert newest(told).reason == "another place of a story that was told"


def test_what_was_told_elsewhere_is_not_told_again_at_the_address_of_a_muted_story(
    told: Record,
) -> None:
    news = f"Daneben entsteht ein Cluster, {story(5)}"
    told.next_night()
    told.fetch_from("https://two.example/x")
    told.read(news)
    assert match(told, WATCH) == 1
    first = newest(told).story
    assert mute(told.connection, WATCH.id, 1, told.now)
    told.next_night()
    told.fetch("/a")
    told.read(news)
    assert match(told, WATCH) == 0
    assert (newest(told).story, newest(told).reason) == (first, LATER_PLACE)


def test_of_a_long_page_one_addition_is_muted_and_the_next_one_told(told: Record) -> None:
    page = [f"Absatz {number} der Strategie." for number in range(9)]
    added = ["Ein Clusterpreis.", "Ein Clusterbüro."]
    for number in range(3):
        told.next_night()
        told.fetch("/long")
        told.read("\n\n".join([*page, *added[:number]]))
        assert match(told, WATCH) == min(number, 1)
        if number == 1:
            assert mute(told.connection, WATCH.id, newest(told).id, told.now)


def test_a_muted_story_stays_muted_at_a_new_address(told: Record) -> None:
    news = f"Der Clusterrat tagt, {story(7)}"
    told.fetch("/old")
    told.read(news)
    assert match(told, WATCH) == 1
    assert mute(told.connection, WATCH.id, newest(told).id, told.now)
    told.next_night()
    told.fetch("/old", to="/new")
    told.read(f"{news}\n\nEin zweiter Clusterrat folgt.")
    assert match(told, WATCH) == 0
    assert newest(told).reason == MUTED


PLAN = f"Der Clusterplan wird beraten, {story(11)}"
"""Told on two sites, muted, then told of in several ways."""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://three.example/c", PLAN),
        ("https://three.example/c", f"{PLAN}\n\nEin Clusterplan der Stadt kommt dazu."),
        ("https://partner.example/p", f"{PLAN}\n\nEin Clusterplan des Hafens kommt dazu."),
        ("https://two.example/b", f"{PLAN}\n\nEin Clusterplan des Tals kommt dazu."),
    ],
)
@pytest.mark.parametrize("muted", [(), ("plans",), ("clusters",), ("clusters", "plans")])
def test_a_story_is_muted_for_one_watch_alone(
    told: Record, muted: tuple[str, ...], address: str, text: str
) -> None:
    """Both watches and both recipients have all its places; who mutes it hears no more of it, the
    other one all.
    """
    other = replace(WATCH, id="plans", query="Clusterplan", channels=("mailto:b@desk.example",))
    match(told, WATCH, other)
    told.next_night()
    for url in ("https://partner.example/p", "https://two.example/b"):
        told.fetch_from(url)
    told.read(PLAN, PLAN)
    assert match(told, WATCH, other) == 2
    for watch in muted:
        first = sa.select(tables.match.c.id).where(
            tables.match.c.watch == watch, tables.match.c.story == _story_of(told, "/p")
        )
        number = told.connection.execute(first).scalars().first()
        assert mute(told.connection, watch, number or 0, told.now)
    told.next_night()
    told.fetch_from(address)
    told.read(text)
    news = text != PLAN
    match(told, WATCH, other)
    last = sa.select(tables.match).where(tables.match.c.run == told.run.id)
    found = {row.watch: row for row in told.connection.execute(last)}
    assert set(found) == {"clusters", "plans"}
    for watch, row in found.items():
        untold = MUTED if watch in muted else None if news else LATER_PLACE
        assert (watch, row.reason) == (watch, untold)
    sent = sa.select(tables.outbox.c.channel).where(tables.outbox.c.run == told.run.id)
    asked = [w for w in (WATCH, other) if news and w.id not in muted]
    channels = sorted(channel for watch in asked for channel in watch.channels)
    assert sorted(told.connection.execute(sent).scalars()) == channels


def _story_of(record: Record, path: str) -> str:
    query = sa.select(tables.document.c.id).where(tables.document.c.url.endswith(path))
    return str(record.connection.execute(query).scalar_one())


def test_a_watch_is_snoozed_until_a_moment(told: Record) -> None:
    until = told.now + timedelta(days=2)
    assert snooze(told.connection, WATCH.id, until)
    assert snoozed(told.connection) == {WATCH.id: until}
    snooze(told.connection, WATCH.id, None)
    assert snoozed(told.connection) == {}
    assert not snooze(told.connection, "other", until)
