"""Watches tell what became of an event: once, in the words of the page, to whom it matters."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.alerts.delivery import catch_up
from indexer.alerts.entries import entries
from indexer.alerts.marks import mute, unmute
from indexer.alerts.matching import Matcher
from indexer.alerts.message import Message
from indexer.alerts.reasons import MUTED
from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.told import contents_of, told_by
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.query import QueryCompiler
from indexer.records.document import Event, Mention, Page, Place
from indexer.records.reference import load_reference
from radar.channels.letter import compose
from radar.channels.subject import subject_of
from tests.loopback.smtp_sink import said
from tests.unit.indexer.record import Record

WATCH = Watch("copper", "Copper", "copper", ("feed",))
SMELTERS = Watch("smelters", "Smelters", "smelter", ("feed",))
FORUM = Event(
    "Steppe Copper Forum",
    "upcoming",
    start="2026-05-12",
    place=Place(city="Astana", country="KZ", geonameid=1526273),
)
JUNE = replace(FORUM, start="2026-06-03")
CANCELLED = replace(FORUM, status="cancelled")


@cache
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), {})


def page(event: Event, *more: str, about: str = "All of the copper branch is invited.") -> Page:
    day = f"The day is {event.start}."
    mention = Mention("events[0].start", "text", 11, 21, event.start or "", event.start)
    text = "\n\n".join((day, about, *more))
    return Page(url=None, lang="en", title="News", text=text, events=(event,), mentions=(mention,))


def match(record: Record, *watches: Watch) -> int:
    sync_watches(record.connection, watches, record.now)
    matcher = Matcher(record.connection, record.run.id, record.now)
    return matcher.match(watches, compiler(), progress=lambda number: None)


def night(record: Record, *watches: Watch, **pages: Page) -> int:
    """Matches of a night on which these pages are read."""
    for path in pages:
        record.fetch(f"/{path}")
    record.read(*pages.values())
    found = match(record, *watches)
    record.next_night()
    return found


def told(record: Record) -> list[sa.Row[Any]]:
    return list(record.connection.execute(sa.select(tables.match).order_by(tables.match.c.id)))


@pytest.fixture
def watching(record: Record) -> Record:
    match(record, WATCH, SMELTERS)
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    return record


def test_a_moved_event_is_told_with_the_passage_that_says_so(watching: Record) -> None:
    assert night(watching, WATCH, a=page(FORUM)) == 1
    assert night(watching, WATCH, a=page(JUNE)) == 1
    last = told(watching)[-1]
    assert (last.change, last.state, last.revision) == ("event-moved", "pending", 2)
    assert last.passages == [{"text": "The day is 2026-06-03.", "marks": [[11, 21]]}]
    assert last.terms == ["copper"]
    assert match(watching, WATCH) == 0


def test_a_watch_that_comes_back_and_reports_past_days_tells_no_change_again(
    watching: Record,
) -> None:
    past = replace(WATCH, report_days=5)
    night(watching, past, a=page(FORUM))
    assert night(watching, past, a=page(JUNE)) == 1
    night(watching)
    assert night(watching, past) == 0
    assert len(told(watching)[-1].events) == 1


def test_a_message_says_from_when_to_when(watching: Record) -> None:
    night(watching, WATCH, a=page(FORUM))
    night(watching, WATCH, a=page(JUNE))
    [entry] = entries(watching.connection, [told(watching)[-1].id], {})
    assert tuple(change.line for change in entry.events) == (
        "Steppe Copper Forum: moved from 12 May 2026 to 3 June 2026",
    )
    message = Message("k", "copper", "Copper", watching.now, first_look=False, entries=(entry,))
    body = said(compose(message, "radar@desk.example", "d@desk.example"))
    assert subject_of(message) == "Copper: 1 event changed"
    assert "  event: Steppe Copper Forum: moved from 12 May 2026 to 3 June 2026\n" in body
    assert "  … The day is »2026-06-03«.\n" in body
    assert "why: an event was moved; matched copper" in body


def test_added_passages_and_the_change_of_one_revision_are_one_match(watching: Record) -> None:
    night(watching, WATCH, a=page(FORUM))
    assert night(watching, WATCH, a=page(JUNE, "More copper than ever.")) == 1
    last = told(watching)[-1]
    assert last.change == "event-moved"
    assert [p["text"] for p in last.passages] == [
        "The day is 2026-06-03.",
        "More copper than ever.",
    ]
    outbox = watching.connection.execute(sa.select(tables.outbox.c.matches)).scalars().all()
    assert outbox[-1] == [last.id]


@pytest.mark.parametrize(
    ("attempts", "recorded", "expected"), [(0, 0, [1, 1]), (1, 0, [1, 1, 1]), (0, 1, [1, 1, 1])]
)
def test_a_change_that_comes_to_a_match_which_waits_is_told_with_it_if_it_was_never_handed_over(
    watching: Record, attempts: int, recorded: int, expected: list[int]
) -> None:
    night(watching, WATCH, a=page(FORUM))
    night(watching, WATCH, a=page(JUNE, "More copper than ever."))
    connection, last = watching.connection, told(watching)[-1]
    # As if only the added passage had been found by then.
    alone = sa.update(tables.match).where(tables.match.c.id == last.id)
    connection.execute(alone.values(events=None, change="added-passage"))
    connection.execute(sa.update(tables.watch).values(event_cursor=0))
    waiting = connection.execute(sa.select(tables.outbox)).all()[-1]
    here = sa.update(tables.outbox).where(tables.outbox.c.key == waiting.key)
    connection.execute(here.values(attempts=attempts))
    if recorded:
        failed = {"message": waiting.key, "at": watching.now, "error": "no"}
        connection.execute(sa.insert(tables.attempt).values(failed))
    match(watching, WATCH)
    assert told(watching)[-1].change == "event-moved"
    outbox = connection.execute(sa.select(tables.outbox.c.matches)).scalars().all()
    assert [len(matches) for matches in outbox] == expected
    assert outbox[-1] == [last.id]


def test_a_change_that_was_told_with_a_match_which_waits_after_a_restore_is_not_told_again(
    watching: Record, tmp_path: Path
) -> None:
    night(watching, WATCH, a=page(FORUM))
    night(watching, WATCH, a=page(JUNE, "More copper than ever."))
    connection, last = watching.connection, told(watching)[-1]
    waiting = connection.execute(sa.select(tables.outbox)).all()[-1]
    ledger = SentLedger(tmp_path / "sent.jsonl")
    said = told_by(contents_of(connection, waiting.matches).values())
    at = watching.now.isoformat()
    ledger.append(SentMessage(waiting.key, at, waiting.watch, waiting.channel, said))
    # Put back to when it waited, and the change had not come to it.
    alone = sa.update(tables.match).where(tables.match.c.id == last.id)
    connection.execute(alone.values(events=None, change="added-passage"))
    connection.execute(sa.update(tables.watch).values(event_cursor=0))
    assert catch_up(connection, ledger, watching.run.id, watching.now) == 0
    match(watching, WATCH)
    assert told(watching)[-1].change == "event-moved"
    messages = connection.execute(sa.select(tables.outbox.c.matches, tables.outbox.c.state)).all()
    assert [tuple(message) for message in messages][1:] == [([last.id], "sent")]


def test_who_was_told_of_an_event_hears_of_it_from_a_page_that_does_not_match(
    watching: Record,
) -> None:
    night(watching, WATCH, SMELTERS, a=page(FORUM))
    other = page(CANCELLED, about="It will not take place.")
    assert night(watching, WATCH, SMELTERS, b=other) == 1
    last = told(watching)[-1]
    assert (last.watch, last.change) == ("copper", "event-cancelled")
    assert night(watching, WATCH, SMELTERS, c=page(CANCELLED, about="Off, says a third.")) == 0


def test_watches_that_were_told_nothing_of_an_event_cost_no_statement_each(
    watching: Record,
) -> None:
    others = [replace(WATCH, id=f"other-{n}", query=f'"no such {n}"') for n in range(50)]
    night(watching, WATCH, *others, a=page(FORUM))
    taken = []
    for day, watches in ((10, (WATCH, others[0])), (20, (WATCH, *others))):
        watching.fetch("/a")
        watching.read(page(replace(FORUM, start=f"2026-06-{day}")))
        with watching.statements() as statements:
            matcher = Matcher(watching.connection, watching.run.id, watching.now)
            assert matcher.match(watches, compiler(), progress=lambda number: None) == 1
        taken.append(len(statements))
        match(watching, WATCH, *others)
        watching.next_night()
    assert taken[0] == taken[1]


def test_moved_and_later_cancelled_are_two_matches(watching: Record) -> None:
    for event in (FORUM, JUNE, replace(JUNE, status="cancelled")):
        night(watching, WATCH, a=page(event, f"As of {event.start} {event.status}."))
    assert [row.change for row in told(watching)] == [
        "new-document",
        "event-moved",
        "event-cancelled",
    ]


def test_a_watch_begins_with_what_becomes_of_events_after_it_was_made(watching: Record) -> None:
    night(watching, a=page(FORUM))
    night(watching, a=page(JUNE))
    assert match(watching, WATCH) == 0
    assert night(watching, WATCH, b=page(replace(FORUM, name="Zinc forum"))) == 1
    assert [row.change for row in told(watching)] == ["new-document"]


def test_without_channels_it_is_kept_as_suppressed(watching: Record) -> None:
    quiet = Watch("quiet", "Quiet", "copper", ())
    night(watching, quiet, a=page(FORUM))
    night(watching, quiet, a=page(JUNE))
    last = told(watching)[-1]
    assert (last.change, last.state) == ("event-moved", "suppressed")


def test_a_page_that_moved_is_not_told_again_at_its_new_address(watching: Record) -> None:
    night(watching, WATCH, a=page(FORUM))
    watching.fetch("/a", to="/b")
    watching.read(page(FORUM))
    assert match(watching, WATCH) == 0
    watching.next_night()
    assert night(watching, WATCH, b=page(FORUM, "Copper has company.")) == 1
    assert [p["text"] for p in told(watching)[-1].passages] == ["Copper has company."]
    # What the old address had told is not told when it comes back at the new one.
    night(watching, WATCH, b=page(FORUM, about="Nobody is invited."))
    assert night(watching, WATCH, b=page(FORUM)) == 0


def test_who_was_told_at_the_old_address_hears_of_it_after_the_move(watching: Record) -> None:
    night(watching, WATCH, a=page(FORUM))
    watching.fetch("/a", to="/b")
    watching.read(page(FORUM))
    watching.next_night()
    assert night(watching, WATCH, c=page(CANCELLED, about="It will not take place.")) == 1
    assert told(watching)[-1].change == "event-cancelled"


def test_what_becomes_of_an_event_in_a_muted_story_is_not_told_however_late(
    watching: Record,
) -> None:
    assert night(watching, WATCH, a=page(FORUM)) == 1
    joined = sa.update(tables.match).values(story="another page")
    watching.connection.execute(joined)
    assert mute(watching.connection, WATCH.id, told(watching)[0].id, watching.now)
    watching.next_night(days=40)
    assert night(watching, WATCH, a=page(JUNE)) == 0
    last = told(watching)[-1]
    assert (last.change, last.state, last.reason) == ("event-moved", "suppressed", MUTED)
    assert unmute(watching.connection, WATCH.id, told(watching)[0].id)
    assert night(watching, WATCH, a=page(CANCELLED)) == 1


@pytest.mark.parametrize(("reported", "number"), [(1, 0), (2, 1)])
def test_another_page_is_told_to_who_was_told_of_an_event_unless_all_that_was_told_is_muted(
    watching: Record, reported: int, number: int
) -> None:
    pages = {"a": page(FORUM), "b": page(FORUM, about="Why copper counts in the steppe.")}
    night(watching, WATCH, **dict(list(pages.items())[:reported]))
    assert mute(watching.connection, WATCH.id, told(watching)[0].id, watching.now)
    off = page(CANCELLED, about="It will not take place.")
    assert night(watching, WATCH, c=off) == number
    last = told(watching)[-1]
    assert (last.change, last.reason) == ("event-cancelled", None if number else MUTED)


def test_what_becomes_of_an_event_belongs_to_the_story_of_its_page_however_late(
    watching: Record,
) -> None:
    assert night(watching, WATCH, a=page(FORUM)) == 1
    watching.connection.execute(sa.update(tables.match).values(story="another page"))
    watching.next_night(days=40)
    assert night(watching, WATCH, a=page(JUNE)) == 1
    assert told(watching)[-1].story == "another page"


def test_an_event_at_the_address_of_a_muted_story_that_it_tells_no_more_is_told(
    watching: Record,
) -> None:
    assert night(watching, WATCH, a=page(FORUM)) == 1
    assert mute(watching.connection, WATCH.id, told(watching)[0].id, watching.now)
    other = page(JUNE, about="By now this page is about silver, and copper.")
    assert night(watching, WATCH, a=other) == 1
    assert told(watching)[-1].change == "event-moved"
