"""A mail server that is down for three days after a night of 200 sources: what arrives when it is
back, in which order, and how much. One of two recipients bounces.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.alerts.attempts import MOST_REFUSALS
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.dead_letters import dead_letters
from indexer.alerts.delivery import deliver
from indexer.alerts.envelopes import LONGEST_PAUSE
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.query import QueryCompiler
from indexer.records.document import Page
from indexer.records.reference import NO_REFERENCE
from radar.channels.bounds import MOST_ENTRIES
from radar.channels.kind import Means
from radar.channels.mail import MailServer
from radar.channels.patience import Patience
from radar.channels.registry import open_channels
from tests.loopback.smtp_sink import SmtpSink, said, smtp_sink
from tests.unit.indexer.record import Record

DESK, GONE = "desk@desk.example", "gone@desk.example"
TO = (f"mailto:{DESK}", f"mailto:{GONE}")
COPPER = Watch("copper", "Copper", "Kupfer", TO)
TIN = Watch("tin", "Tin", "Zinn", TO, "daily 07:00")
LEAD = Watch("lead", "Lead", "Blei", TO, "daily 07:00")
WATCHES = (COPPER, TIN, LEAD)
FIRST = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
PAUSE = timedelta(hours=4)
SOURCES = 200


@dataclass
class Outage:
    """The nights, and a delivery every few hours."""

    record: Record
    sink: SmtpSink
    url: str
    """Where the mail server should be."""
    back: datetime = FIRST
    """Since when it is there."""
    arrivals: list[datetime] = field(default_factory=list)

    def night(self, pages: dict[str, str]) -> None:
        """A run that reads pages."""
        record = self.record
        for url in pages:
            record.fetch_from(url)
        record.read(*(Page(None, title="Meldung", text=text) for text in pages.values()))
        sync_watches(record.connection, WATCHES, record.now)
        matcher = Matcher(record.connection, record.run.id, record.now)
        matcher.match(WATCHES, QueryCompiler(NO_REFERENCE, {}), progress=lambda number: None)
        record.run.record_source("partner", "ok", None, record.now)
        record.run.end_first_looks(record.now)

    def day(self) -> None:
        """Deliveries until the next run, which begins."""
        for _ in range(timedelta(days=1) // PAUSE):
            before = len(self.sink.received)
            self._deliver()
            self.arrivals += [self.record.now] * (len(self.sink.received) - before)
            self.record.now += PAUSE
        self.record.next_night(days=0)

    def _deliver(self) -> None:
        """Send what is due to the server, if it is there."""
        terms = {
            (watch.id, channel): DeliveryTerms(watch.cadence, "Europe/Berlin", combined=True)
            for watch in WATCHES
            for channel in watch.channels
        }
        means = Means(MailServer(self.url, "radar@desk.example"), Path(), lambda watch, limit: [])
        record = self.record
        with open_channels(means, Patience(threading.Event())) as channel:
            deliver(
                record.connection,
                lambda: record.now,
                channel,
                {"partner": "Partner"},
                run=record.run.id,
                terms=terms,
            )


@pytest.fixture(scope="module")
def outage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outage]:
    """Three nights and days without a server, then with it."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('outage') / 'radar.db'}")
    with smtp_sink() as sink, socket.socket() as nobody, engine.connect() as connection:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        sink.unknown = frozenset({GONE})
        away = f"smtp://127.0.0.1:{nobody.getsockname()[1]}"
        outage = Outage(Record(connection, FIRST), sink, away)
        outage.night({"https://old.example/": "Ein Satz."})
        outage.day()
        sources = [f"https://source{number:03}.example/a" for number in range(SOURCES)]
        outage.night({url: f"Kupfer und Zinn, Meldung von {url}." for url in sources})
        outage.day()
        for night in (2, 3):
            url = f"https://source000.example/{night}"
            outage.night({url: f"Kupfer und Blei in Nacht {night}."})
            outage.day()
        assert sink.received == []
        outage.url, outage.back = sink.url, outage.record.now
        for _ in range(3):
            outage.day()
        yield outage
    engine.dispose()


@pytest.fixture
def lived(outage: Outage) -> SmtpSink:
    """What has come."""
    return outage.sink


def test_what_was_told_comes_once_and_with_the_day_on_which_it_was_found(lived: SmtpSink) -> None:
    """Each digest as it was bound on its day; the longest lists 100 and says how many more."""
    assert {mail["To"] for mail in lived.received} == {DESK}
    told = {
        (mail["Subject"], parsedate_to_datetime(mail["Date"]).day): said(mail)
        for mail in lived.received
    }
    assert len(told) == len(lived.received) == len(set(lived.message_ids()))
    assert {key: body.count("\nhttps://") for key, body in told.items()} == {
        (f"Copper: {SOURCES} new mentions", 3): MOST_ENTRIES,
        (f"Daily digest: {SOURCES} new mentions", 3): MOST_ENTRIES,
        ("Copper: 1 new mention", 4): 1,
        ("Daily digest: 1 new mention", 4): 1,
        ("Copper: 1 new mention", 5): 1,
        ("Daily digest: 1 new mention", 5): 1,
    }
    for (subject, _), body in told.items():
        more = f"and {SOURCES - MOST_ENTRIES} more, see the feed or the search"
        assert (more in body) is (f"{SOURCES} new" in subject)


def test_all_of_it_comes_within_the_longest_pause(outage: Outage) -> None:
    assert all(outage.back <= moment <= outage.back + LONGEST_PAUSE for moment in outage.arrivals)


def test_what_bounces_is_given_up_and_keeps_nothing_else_waiting(outage: Outage) -> None:
    letters = list(dead_letters(outage.record.connection))
    assert {letter.channel for letter in letters} == {TO[1]}
    assert {letter.answer for letter in letters} == {550}
    assert sorted(letter.matches for letter in letters) == [1, 1, 1, 1, SOURCES, SOURCES]
    refused = sa.select(sa.func.count()).where(tables.attempt.c.answer == 550)
    counted = outage.record.connection.execute(refused).scalar_one()
    assert counted == MOST_REFUSALS * len(letters)
    waiting = sa.select(tables.outbox.c.key).where(tables.outbox.c.state == "pending")
    assert outage.record.connection.execute(waiting).all() == []
