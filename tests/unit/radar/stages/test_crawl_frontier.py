"""The ledger of a crawl that has pages read ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, cast

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.fetches import pending_fetches
from indexer.frontier.port import ArchivePosition, Link, Response
from indexer.frontier.run_record import RunRecord
from indexer.profiles.profile_samples import stated_by_discovery, stated_of
from indexer.records.errors import DatabaseError
from indexer.records.stated import Stated
from radar.stages.crawl_frontier import CrawlFrontier
from radar.stages.read_ahead import ReadingAhead

URL = "https://partner.example/a"
NOW = datetime(2031, 4, 1, 3, tzinfo=UTC)
Use: TypeAlias = Callable[[CrawlFrontier], object]


class Offered:
    """Notes what is stated of pages that are offered."""

    def __init__(self) -> None:
        self.stated: list[Stated | None] = []

    def expect(self) -> None:
        """A page will come."""

    def offer(self, *answer: object) -> None:
        """A page has come."""
        self.stated.append(cast("Stated | None", answer[-1]))


def _stop_writing(connection: sa.Connection) -> None:
    """No write succeeds any more; the transaction goes on, as after a wait for another writer."""
    for table in ("address", "fetch", "visit"):
        for event in ("insert", "update"):
            connection.exec_driver_sql(
                f"create temp trigger {event}_{table} before {event} on {table} "
                "begin select raise(fail, 'database is locked'); end"
            )


@pytest.mark.parametrize(
    "use",
    [
        lambda frontier: next(frontier.iter_due("partner"), None),
        lambda frontier: next(frontier.iter_waiting("partner"), None),
        lambda frontier: frontier.address(URL),
        lambda frontier: frontier.record_fetch(
            "partner", Response(URL, URL, 200, {}, NOW, b""), ArchivePosition("a.warc.gz", 0, 9)
        ),
    ],
)
def test_what_can_not_be_written_ends_the_crawl_whoever_meets_it(use: Use) -> None:
    """What waited to be written is lost, also of other sources, whose sitemap would be taken for
    read: a mistake in the code would end one source, and the others would be committed.
    """
    engine = sa.create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with engine.connect() as connection:
        run = RunRecord.start(connection, NOW, {})
        ahead = cast("ReadingAhead", Offered())
        frontier = CrawlFrontier(connection, run.id, lambda: NOW, ahead=ahead)
        _stop_writing(connection)
        frontier.add("partner", Link(URL, "Open day"))
        with pytest.raises(DatabaseError):
            use(frontier)
    engine.dispose()


def test_what_is_stated_of_a_page_is_the_same_ahead_and_after_the_crawl() -> None:
    engine = sa.create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with engine.connect() as connection:
        run, offered, moments = RunRecord.start(connection, NOW, {}), Offered(), [NOW]
        ahead = cast("ReadingAhead", offered)
        frontier = CrawlFrontier(connection, run.id, lambda: moments[-1], ahead=ahead)
        frontier.add("partner", Link(URL, "Open day", "2031-04-24"))
        moments.append(NOW + timedelta(days=29))  # after the event
        response = Response(URL, URL, 200, {}, moments[-1], b"<p>24 April 2031</p>")
        frontier.record_fetch("partner", response, ArchivePosition("a.warc.gz", 0, 10))
        frontier.record_fetch("partner", response, ArchivePosition("a.warc.gz", 10, 10), given={})
        frontier.commit()
        fetch = next(iter(pending_fetches(connection, 1, 0, 10)))
        told = stated_of(fetch, stated_by_discovery(connection, [URL]).get)
    assert told == Stated(None, "Open day", ahead="2031-04-24")
    assert offered.stated == [told, None]
    engine.dispose()
