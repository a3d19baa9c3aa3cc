"""What of an archive is entered again, and what is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import sqlalchemy as sa

from crawler.archive.warc import Archive
from indexer.database import tables
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import Link, Response
from indexer.frontier.run_record import RunRecord
from indexer.records.source import Source
from radar.erasure.erased_pages import block_pages
from radar.stages.reentry import Reentry

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
HOME = "https://partner.example"
SOURCE = Source("partner", "Partner", HOME + "/", "DE", ("de",))


def response(path: str, **changes: object) -> Response:
    made = Response(
        HOME + path,
        HOME + path,
        200,
        {"content-type": "text/html"},
        NOW - timedelta(hours=1),
        b"<html><p>Kupfer</p></html>",
        source="partner",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class Place:
    connection: sa.Connection
    folder: Path
    run: RunRecord

    def archive(self, *responses: Response) -> None:
        archive = Archive(self.folder)
        for one in responses:
            archive.append(one)
        archive.close()

    def enter(self, continues: datetime | None = None) -> tuple[int, int]:
        ledger = Ledger(self.connection, self.run.id, lambda: NOW)
        entered = Reentry(ledger, self.folder, [SOURCE], continues).enter()
        return entered.pages, entered.earlier

    def fetches(self) -> list[tuple[str, str, str]]:
        fetch = tables.fetch.c
        query = sa.select(fetch.url, fetch.final_url, fetch.source).order_by(fetch.id)
        return [tuple(row) for row in self.connection.execute(query)]

    def outcomes(self) -> int:
        return int(
            self.connection.execute(sa.select(sa.func.count(tables.visit.c.url))).scalar_one()
        )


@pytest.fixture
def place(connection: sa.Connection, tmp_path: Path) -> Place:
    return Place(connection, tmp_path / "archive", RunRecord.start(connection, NOW, {}))


def test_pages_are_entered_once_and_by_the_address_requested_first(place: Place) -> None:
    place.archive(response("/a"), response("/b", url=f"{HOME}/old"))
    assert place.enter() == (2, 2)
    assert place.fetches() == [
        (f"{HOME}/a", f"{HOME}/a", "partner"),
        (f"{HOME}/old", f"{HOME}/b", "partner"),
    ]
    assert place.enter() == (0, 0)


def test_what_is_no_page_is_known_afterwards_and_not_entered(place: Place) -> None:
    place.archive(
        response("/robots.txt", purpose="robots"),
        response("/news", purpose="discovery"),
        response("/gone", status=404),
        response("/same", status=304),
        response("/moved", status=301, headers={"location": HOME}),
        response("/photo", body=b"\xff\xd8\xff", headers={"content-type": "image/jpeg"}),
    )
    assert place.enter() == (0, 0)
    ledger = Ledger(place.connection, place.run.id, lambda: NOW)
    [file] = place.folder.glob("*.warc.gz")
    assert ledger.committed_end(file.name) == file.stat().st_size


def test_a_page_that_was_derived_stands_for_its_answer(place: Place) -> None:
    place.archive(
        response("/a"), response("/b"), response("/a", converted=True, body=b"<p>rendered</p>")
    )
    assert place.enter() == (2, 2)
    assert [url for url, _, _ in place.fetches()] == [f"{HOME}/b", f"{HOME}/a"]


@pytest.mark.parametrize(
    ("render", "entered"), [("auto", ["/b"]), ("always", []), ("never", ["/a", "/b"])]
)
def test_a_page_that_was_cut_off_before_it_was_rendered_is_requested_again(
    place: Place, render: Literal["auto", "always", "never"], entered: list[str]
) -> None:
    shell = b'<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
    place.archive(response("/a", body=shell), response("/b"))
    ledger = Ledger(place.connection, place.run.id, lambda: NOW)
    source = replace(SOURCE, render=render)
    assert Reentry(ledger, place.folder, [source], None).enter().pages == len(entered)
    assert [url for url, _, _ in place.fetches()] == [HOME + path for path in entered]


def test_forgotten_pages_and_those_known_as_of_later_are_left(place: Place) -> None:
    block_pages(place.connection, [f"{HOME}/forgotten"], NOW)
    place.archive(response("/forgotten"), response("/a", fetched_at=NOW))
    assert place.enter() == (1, 1)
    place.archive(response("/a"))
    assert place.enter() == (0, 0)


def test_only_answers_of_the_run_that_was_cut_off_count_as_this_ones(place: Place) -> None:
    place.archive(response("/a"), response("/b", fetched_at=NOW - timedelta(days=2)))
    assert place.enter(continues=NOW - timedelta(hours=2)) == (2, 1)
    assert place.outcomes() == 1


def test_a_stop_leaves_the_rest_to_the_next_run(place: Place) -> None:
    place.archive(response("/a"), response("/b"), response("/c"))
    asked = iter((False, False, True))
    ledger = Ledger(place.connection, place.run.id, lambda: NOW)
    entry = Reentry(ledger, place.folder, [SOURCE], None, lambda: next(asked))
    assert entry.enter().pages == 2
    assert place.enter() == (1, 1)
    assert [url for url, _, _ in place.fetches()] == [HOME + path for path in ("/a", "/b", "/c")]


def test_pages_of_a_source_that_is_called_otherwise_since_are_its_own(place: Place) -> None:
    ledger = Ledger(place.connection, place.run.id, lambda: NOW)
    ledger.add("neighbour", Link(f"{HOME}/theirs"))
    ledger.commit()
    away = "https://away.example/a"
    place.archive(
        response("/a", source="former"),
        response("/theirs", source="former"),
        response("/b", url=away, final_url=away, source="former"),
        response("/saved", source="import"),
    )
    assert place.enter() == (4, 4)
    # The third is on a host that no source has; imported pages are nobody's.
    assert [source for *_, source in place.fetches()] == [
        "partner",
        "neighbour",
        "former",
        "import",
    ]


def test_in_records_of_older_versions_addresses_tell_pages(place: Place) -> None:
    place.archive(
        *(response(path, source=None) for path in ("/", "/robots.txt", "/news/1")),
        response(
            "/x", source=None, url="https://other.example/x", final_url="https://other.example/x"
        ),
    )
    assert place.enter() == (1, 1)
    assert place.fetches() == [(f"{HOME}/news/1", f"{HOME}/news/1", "partner")]
