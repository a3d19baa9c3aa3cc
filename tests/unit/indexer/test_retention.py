"""What is taken out of the record and what stays, and that no table is missed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer import database as db
from indexer.document import Contact, DateExpression, Event, Mention, Page
from indexer.outcome import Outcome
from indexer.removal import remove, targets_of_page, targets_of_source
from indexer.retention import remove_texts, without_text
from indexer.revisions import backlog, revisions_after
from tests.unit.indexer.record import HOME, Record

PAGE = Page(
    url=f"{HOME}/a",
    title="Kupfer in Almaty",
    teaser="Kurz.",
    text="Eins am 3. Mai.\n\nZwei.",
    parts={"contact": "Karla Brandt, Telefon 12", "url": "/a"},
    published="2026-05-03",
    events=(Event("Kupfertag", start="2026-05-03"),),
    dates=(DateExpression(8, 14, "2026-05-03", "2026-05-03", "date"),),
    contacts=(Contact("Karla Brandt", phone="12"),),
    mentions=(
        Mention("commodities", "title", 0, 6, "Kupfer", "copper"),
        Mention("published", "url", 0, 2, "/a", None),
        Mention("events[0].start", "text", 8, 14, "3. Mai", "2026-05-03"),
        Mention("contacts[0].name", "contact", 0, 12, "Karla Brandt", None),
    ),
)


def test_a_page_without_its_text_is_true_to_what_is_left() -> None:
    left = without_text(PAGE)
    assert (left.title, left.published, left.events) == (PAGE.title, PAGE.published, PAGE.events)
    assert (left.teaser, left.text, left.contacts, left.dates) == (None, "", (), ())
    assert [m.part for m in left.mentions] == ["title", "url"]
    assert all(left.part(m.part)[m.start : m.end] == m.surface for m in left.mentions)
    assert "Karla" not in str(left.to_json())
    assert without_text(left) == left


def test_texts_go_by_the_day_of_their_fetch_and_start_no_match(record: Record) -> None:
    record.fetch("/a")
    record.read(PAGE)
    record.next_night(days=3)
    record.fetch("/a")
    record.read(replace(PAGE, text=PAGE.text + "\n\nDrei."))
    first, second = record.revisions()
    assert remove_texts(record.connection, record.run.id, "other", record.now) == 0
    # The first revision is old enough, the current one is not.
    assert remove_texts(record.connection, record.run.id, "partner", record.now) == 0
    old, current = record.revisions()
    assert (old.page["text"], old.seq, old.number) == ("", first.seq, first.number)
    assert current.page == second.page
    record.next_night()
    assert remove_texts(record.connection, record.run.id, "partner", record.now) == 1
    assert remove_texts(record.connection, record.run.id, "partner", record.now) == 0
    third = record.revisions()[-1]
    assert (third.number, third.added, third.page["text"]) == (3, [], "")
    assert [d.revision for d in backlog(record.connection, 9)] == [3]
    assert 3 not in [r.document.revision for r in revisions_after(record.connection, 0)]


def test_the_same_text_met_again_is_no_news(record: Record) -> None:
    record.fetch("/a")
    record.read(PAGE)
    record.next_night()
    remove_texts(record.connection, record.run.id, "partner", record.now)
    record.fetch("/a")
    assert record.read(PAGE) == [Outcome.UNCHANGED]
    record.next_night()
    record.fetch("/a")
    assert record.read(replace(PAGE, text=PAGE.text + "\n\nDrei.")) == [Outcome.CHANGED]
    assert len(record.revisions()[-1].added) == 1
    # At another address, too.
    record.next_night()
    remove_texts(record.connection, record.run.id, "partner", record.now)
    record.fetch("/a", to="/b")
    assert record.read(replace(PAGE, url=f"{HOME}/b")) == [Outcome.MOVED]
    assert record.revisions()[-1].added == []


@pytest.fixture
def told(record: Record) -> Record:
    """Two pages, one of which has moved, both told by a watch in one message."""
    record.fetch("/a")
    record.fetch("/b")
    record.read(PAGE, replace(PAGE, text="Anders."))
    record.next_night()
    record.fetch("/a", to="/c")
    record.read(PAGE)
    connection = record.connection
    now = record.now
    connection.execute(
        sa.insert(db.watch).values(id="w", name="W", query="x", created=now, cursor=0, active=True)
    )
    documents = connection.execute(sa.select(db.document.c.id).order_by(db.document.c.url))
    for number, document in enumerate(documents.scalars().all(), start=1):
        connection.execute(
            sa.insert(db.match).values(
                id=number,
                watch="w",
                document=document,
                revision=1,
                run=1,
                created=now,
                passages=[],
                terms=[],
                change="new-document",
                state="pending",
                first_look=False,
            )
        )
        connection.execute(
            sa.insert(db.matched_passage).values(
                watch="w", document=document, fingerprint="f", match=number
            )
        )
    connection.execute(
        sa.insert(db.outbox).values(
            key="k",
            watch="w",
            run=1,
            channel="feed",
            first_look=False,
            matches=[1, 2, 3],
            created=now,
            state="pending",
            attempts=0,
            next_attempt=now,
        )
    )
    connection.commit()
    return record


def test_a_page_goes_with_all_that_it_was_before(told: Record) -> None:
    targets = targets_of_page(told.connection, [f"{HOME}/c"])
    assert targets.addresses == {f"{HOME}/a", f"{HOME}/c"}
    counts = remove(told.connection, targets)
    assert counts == {
        "matched_passage": 2, "match": 2, "revision": 2, "document": 2, "fetch": 2,
        "visit": 2, "address": 2,
    }  # fmt: skip
    assert told.connection.exec_driver_sql("pragma foreign_key_check").all() == []
    assert [d.url for d in backlog(told.connection, 9)] == [f"{HOME}/b"]
    assert told.connection.execute(sa.select(db.outbox.c.matches, db.outbox.c.state)).all() == [
        ([2], "pending")
    ]
    assert remove(told.connection, targets_of_page(told.connection, [f"{HOME}/c"])) == {}


def test_of_a_source_no_table_tells_anything(told: Record) -> None:
    told.run.source_ended("partner", "ok", None, told.now)
    told.ledger.discovery_asked("partner", f"{HOME}/feed", Outcome.FETCHED, None)
    told.ledger.commit()
    remove(told.connection, targets_of_source(told.connection, "partner"))
    told.connection.commit()
    for table in db.metadata.sorted_tables:
        for row in told.connection.execute(sa.select(table)).all():
            assert "partner" not in str(row), table.name
    assert told.connection.execute(sa.select(db.outbox.c.matches, db.outbox.c.state)).all() == [
        ([], "dropped")
    ]


def test_an_answer_that_another_source_goes_on_with_stays(told: Record) -> None:
    b = sa.update(db.document).where(db.document.c.url == f"{HOME}/b")
    told.connection.execute(b.values(source="heir"))
    remove(told.connection, targets_of_source(told.connection, "partner"))
    assert told.connection.exec_driver_sql("pragma foreign_key_check").all() == []
    assert [d.source for d in backlog(told.connection, 9)] == ["heir"]
