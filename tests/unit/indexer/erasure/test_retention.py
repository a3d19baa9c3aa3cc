"""What is taken out of the record and what stays, and that no table is missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.history import revisions_of
from indexer.documents.queries import revisions_after
from indexer.erasure.references import remove_from_reasons, remove_from_summaries
from indexer.erasure.removal import remove, targets_of_page, targets_of_source
from indexer.erasure.retention import remove_texts, without_text
from indexer.events.facts import EventNames
from indexer.events.registry import EventRegistry, relink, unlinked_documents
from indexer.frontier.backfills import save_progress
from indexer.frontier.port import BackfillProgress, UnreadFailure
from indexer.records.document import Contact, DateExpression, Event, Mention, Page
from indexer.records.outcome import Outcome
from indexer.records.reference import NO_REFERENCE
from indexer.stories.registry import enter_stories
from tests.unit.indexer.record import HOME, Record, backlog
from tests.word_encoder import WordEncoder

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

EVIDENCE = {"text": "Der Tag ist verlegt.", "marks": []}


def test_a_page_without_its_text_is_true_to_what_is_left() -> None:
    left = without_text(PAGE)
    assert (left.title, left.published, left.events) == (PAGE.title, PAGE.published, PAGE.events)
    assert (left.teaser, left.text, left.contacts, left.dates) == (None, "", (), ())
    assert [m.part for m in left.mentions] == ["title", "url"]
    assert all(left.part(m.part)[m.start : m.end] == m.surface for m in left.mentions)
    assert "Karla" not in str(left.to_json())
    assert without_text(left) == left


def test_texts_that_a_clock_ahead_has_fetched_go_where_that_was_long_ago(record: Record) -> None:
    record.fetch("/a")
    record.read(PAGE)
    today, earlier = record.now - timedelta(days=900), record.now - timedelta(days=990)
    assert remove_texts(record.connection, record.run.id, "partner", earlier) == 0
    assert remove_texts(record.connection, record.run.id, "partner", earlier, today) == 1


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


def test_what_a_current_text_is_found_by_outlasts_an_earlier_one(record: Record) -> None:
    encoder = WordEncoder()
    kept = sa.select(tables.document_story.c.day, tables.document_story.c.vectors)
    record.fetch("/a")
    record.read(PAGE)
    record.next_night(days=3)
    record.fetch("/a")
    record.read(replace(PAGE, text=PAGE.text + "\n\nDrei."))
    enter_stories(record.connection, encoder)
    before = record.connection.execute(kept).one()
    remove_texts(record.connection, record.run.id, "partner", record.now)
    assert record.connection.execute(kept).one() == before
    record.next_night()
    remove_texts(record.connection, record.run.id, "partner", record.now)
    assert record.connection.execute(kept).one() == (None, None)


def test_passages_of_a_removed_text_are_in_no_history(record: Record) -> None:
    record.fetch("/a")
    record.read(PAGE)
    record.next_night()
    record.fetch("/a")
    record.read(replace(PAGE, text="Eins am 3. Mai.\n\nDrei."))
    connection = record.connection
    [document] = connection.execute(sa.select(tables.document.c.id)).scalars()
    [event] = connection.execute(sa.select(tables.event.c.id)).scalars()
    connection.execute(
        sa.insert(tables.event_change).values(
            event=event,
            change="event-moved",
            what="date",
            name="Kupfertag",
            old="2026-05-02",
            new="2026-05-03",
            document=document,
            revision=2,
            run=1,
            created=record.now,
            evidence=EVIDENCE,
            first_look=False,
        )
    )
    record.next_night()
    kept = tables.event_document
    [member] = connection.execute(sa.select(kept))
    connection.execute(sa.update(kept).values(facts={**member.facts, "organisers": ["bgr"]}))
    assert remove_texts(connection, record.run.id, "partner", record.now) == 1
    history = revisions_of(connection, document)
    assert [(r.number, r.text_removed) for r in history] == [(1, True), (2, True), (3, True)]
    assert not any(r.added or r.removed for r in history)
    assert connection.execute(sa.select(tables.event_change.c.evidence)).scalars().all() == [None]
    # Its events stay as they are linked, and are linked anew as they were kept.
    registry = EventRegistry(connection, record.run.id, record.now, EventNames(NO_REFERENCE))
    for _ in range(2):
        relink(connection)
        for [statement] in unlinked_documents(connection, 1):
            registry.state(statement)
    [linked] = connection.execute(sa.select(kept))
    day = member.first_day - 1
    assert (linked.event, linked.facts["organisers"]) == (event, ["bgr"])
    assert linked.facts["former"] == [[day, day]]
    # What a later reading lacks of it can't be shown either.
    record.fetch("/a")
    record.read(replace(PAGE, text="Eins am 3. Mai."))
    last = revisions_of(connection, document)[-1]
    assert (last.added, last.removed, last.text_removed) == ((), (), True)


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
        sa.insert(tables.watch).values(
            id="w", name="W", query="x", created=now, cursor=0, active=True
        )
    )
    documents = connection.execute(sa.select(tables.document.c.id).order_by(tables.document.c.url))
    for number, document in enumerate(documents.scalars().all(), start=1):
        connection.execute(
            sa.insert(tables.match).values(
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
            sa.insert(tables.matched_passage).values(
                watch="w", document=document, fingerprint="f", match=number
            )
        )
    connection.execute(
        sa.insert(tables.outbox).values(
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
        "matched_passage": 2,
        "match": 2,
        "event_document": 1,
        "revision": 2,
        "document": 2,
        "fetch": 2,
        "visit": 2,
        "address": 2,
    }
    assert told.connection.exec_driver_sql("pragma foreign_key_check").all() == []
    assert [d.url for d in backlog(told.connection, 9)] == [f"{HOME}/b"]
    assert told.connection.execute(
        sa.select(tables.outbox.c.matches, tables.outbox.c.state)
    ).all() == [([2], "pending")]
    assert remove(told.connection, targets_of_page(told.connection, [f"{HOME}/c"])) == {}


@pytest.mark.parametrize("state", ["pending", "dead"])
def test_a_message_that_tells_nothing_any_more_is_never_sent(told: Record, state: str) -> None:
    told.connection.execute(sa.update(tables.outbox).values(state=state))
    remove(told.connection, targets_of_page(told.connection, [f"{HOME}/b", f"{HOME}/c"]))
    assert told.connection.execute(
        sa.select(tables.outbox.c.matches, tables.outbox.c.state)
    ).all() == [([], "dropped")]


def test_documents_that_moved_go_together(told: Record) -> None:
    document = tables.document.c
    found = {row.url: row.id for row in told.connection.execute(sa.select(tables.document))}
    told.connection.execute(
        sa.update(tables.document)
        .where(document.url == f"{HOME}/b")
        .values(moved_to=found[f"{HOME}/c"])
    )
    assert targets_of_page(told.connection, [f"{HOME}/b"]).documents == set(found.values())
    assert targets_of_page(told.connection, [f"{HOME}/a"]).documents == set(found.values())


def test_a_document_that_moved_to_a_source_that_goes_stands_for_itself_again(told: Record) -> None:
    a = sa.update(tables.document).where(tables.document.c.url == f"{HOME}/a")
    told.connection.execute(a.values(source="other", indexed=0))
    remove(told.connection, targets_of_source(told.connection, "partner"))
    assert [(d.url, d.source) for d in backlog(told.connection, 9)] == [(f"{HOME}/a", "other")]
    assert told.connection.exec_driver_sql("pragma foreign_key_check").all() == []


def test_what_is_known_of_an_event_is_learnt_anew_from_the_pages_that_are_left(
    told: Record,
) -> None:
    connection = told.connection
    c, b = connection.execute(
        sa.select(tables.document.c.id, tables.event_document.c.event)
        .join(tables.event_document, tables.event_document.c.document == tables.document.c.id)
        .order_by(tables.document.c.url.desc())
    ).all()
    connection.execute(sa.update(tables.event_document).values(event=c.event))
    connection.execute(sa.delete(tables.event).where(tables.event.c.id == b.event))
    [event] = connection.execute(sa.select(tables.event)).all()
    assert event.known["start"] == "2026-05-03"
    connection.execute(
        sa.insert(tables.event_change).values(
            event=event.id,
            change="event-moved",
            what="city",
            name="Kupfertag",
            old="Almaty",
            new="Astana",
            document=c.id,
            revision=1,
            run=1,
            created=told.now,
            evidence=EVIDENCE,
            first_look=False,
        )
    )
    connection.execute(
        sa.update(tables.event).values(known={**event.known, "city": "Astana"}, stated="2026-12-01")
    )
    counts = remove(connection, targets_of_page(connection, [f"{HOME}/c"]))
    assert counts["event_change"] == 1
    [left] = connection.execute(sa.select(tables.event)).all()
    assert (left.id, set(left.known.values()), left.stated) == (event.id, {None}, "")
    [[statement]] = unlinked_documents(connection, 9)
    assert statement.document == b.id
    EventRegistry(connection, told.run.id, told.now, EventNames(NO_REFERENCE)).state(statement)
    [learnt] = connection.execute(sa.select(tables.event)).all()
    assert (learnt.id, learnt.known["start"], learnt.known["city"]) == (
        event.id,
        "2026-05-03",
        None,
    )
    remove(connection, targets_of_page(connection, [f"{HOME}/b"]))
    assert connection.execute(sa.select(tables.event)).all() == []


def test_reasons_and_summaries_name_a_page_no_more(told: Record) -> None:
    name = "partner.example/c"
    summary = {
        "revisions": 3,
        "problems": [f"{name} is ill", "disk full"],
        "sources": {"partner": {"state": "stale", "reason": f"only {name}", "outcomes": {}}},
    }
    told.run.finish(told.now, summary)
    remove_from_reasons(told.connection, name)
    query = sa.select(tables.run.c.summary).where(tables.run.c.id == told.run.id)
    assert told.connection.execute(query).scalar_one() == {
        "revisions": 3,
        "problems": ["disk full"],
        "sources": {"partner": {"state": "stale", "reason": None, "outcomes": {}}},
    }
    remove_from_summaries(told.connection, "partner")
    assert told.connection.execute(query).scalar_one()["sources"] == {}


def versions(record: Record, *paths: str) -> None:
    """Language versions of one page."""
    rows = [
        {"url": HOME + path, "lang": lang, "group": paths[0]}
        for path, lang in zip(paths, ("de", "en", "ru"), strict=False)
    ]
    record.connection.execute(sa.insert(tables.language_version), rows)


def test_versions_and_walks_of_a_page_go_with_it(told: Record) -> None:
    versions(told, "/a", "/en")
    versions(told, "/b", "/c", "/ru")
    save_progress(
        told.connection, "partner", f"{HOME}/list", BackfillProgress(date(2026, 1, 1), f"{HOME}/c")
    )
    save_progress(
        told.connection, "partner", f"{HOME}/news", BackfillProgress(date(2026, 1, 1), None)
    )
    remove(told.connection, targets_of_page(told.connection, [f"{HOME}/c"]))
    left = told.connection.execute(sa.select(tables.language_version.c.url)).scalars().all()
    assert left == [f"{HOME}/b", f"{HOME}/ru"]
    starts = told.connection.execute(sa.select(tables.backfill.c.start)).scalars().all()
    assert starts == [f"{HOME}/news"]


def test_of_a_source_no_table_tells_anything(told: Record) -> None:
    told.run.record_source("partner", "ok", None, told.now)
    versions(told, "/b", "/en", "/ru")
    save_progress(
        told.connection, "partner", f"{HOME}/news", BackfillProgress(date(2026, 1, 1), None)
    )
    told.ledger.record_discovery("partner", f"{HOME}/feed", Outcome.FETCHED)
    told.ledger.save_unread("partner", f"{HOME}/news", {f"{HOME}/2024": UnreadFailure("gone")})
    told.ledger.commit()
    remove(told.connection, targets_of_source(told.connection, "partner"))
    told.connection.commit()
    for table in tables.metadata.sorted_tables:
        for row in told.connection.execute(sa.select(table)).all():
            assert "partner" not in str(row), table.name
    assert told.connection.execute(
        sa.select(tables.outbox.c.matches, tables.outbox.c.state)
    ).all() == [([], "dropped")]


def test_an_answer_that_another_source_goes_on_with_stays(told: Record) -> None:
    b = sa.update(tables.document).where(tables.document.c.url == f"{HOME}/b")
    told.connection.execute(b.values(source="heir"))
    remove(told.connection, targets_of_source(told.connection, "partner"))
    assert told.connection.exec_driver_sql("pragma foreign_key_check").all() == []
    assert [d.source for d in backlog(told.connection, 9)] == ["heir"]
