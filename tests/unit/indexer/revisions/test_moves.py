"""Pages that move to another address: one document goes on, and nothing is told twice."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import mark_indexed, mark_removed, moved_documents
from indexer.documents.history import revisions_of
from indexer.documents.queries import documents_after
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.revisions.moves import follow_redirects, follow_vanished
from tests.unit.indexer.record import HOME, Record, backlog

TEXT = "Die Hütte fördert Kupfer.\n\nIm Sommer folgt die zweite Sohle."


def documents(record: Record) -> dict[str, sa.Row[Any]]:
    """Path → document."""
    return {
        r.url.removeprefix(HOME): r for r in record.connection.execute(sa.select(tables.document))
    }


def moves(record: Record) -> dict[str, str]:
    """Path of a document that moved → path of the one that goes on for it."""
    found = documents(record)
    ids = {row.id: path for path, row in found.items()}
    return {path: ids[row.moved_to] for path, row in found.items() if row.moved_to}


def redirect(record: Record, target: str = "/b") -> None:
    """The address /a led to another one that had an outcome already."""
    reason = f"{REDIRECTS_TO}{HOME}{target}"
    record.ledger.record_outcome("partner", f"{HOME}/a", Outcome.DUPLICATE, reason, status=301)
    record.ledger.commit()


@pytest.fixture
def known(record: Record) -> Record:
    """A page read on one night, in the store, and another night begun."""
    record.fetch("/a")
    record.read(TEXT)
    mark_indexed(record.connection, backlog(record.connection, 10))
    record.next_night()
    return record


def test_a_redirect_leads_the_document_to_its_new_address(known: Record) -> None:
    first_seen = documents(known)["/a"].first_seen
    known.fetch("/a", to="/b")
    assert known.read(TEXT) == [Outcome.MOVED]
    found = documents(known)
    assert moves(known) == {"/a": "/b"}
    assert found["/a"].last_outcome == "moved"
    assert found["/b"].first_seen == first_seen
    assert [r.added for r in known.revisions()] == [None, []]
    assert [d.url for d in backlog(known.connection, 10)] == [f"{HOME}/b"]
    assert moved_documents(known.connection, 10) == [found["/a"].id]
    mark_removed(known.connection, [found["/a"].id])
    assert moved_documents(known.connection, 10) == []
    assert [d.url for d in documents_after(known.connection, 0, 10)] == [f"{HOME}/b"]


def test_a_canonical_address_leads_there_too_and_the_old_one_is_asked_for_again(
    known: Record,
) -> None:
    known.fetch("/a")
    assert known.read(TEXT, canonical="/b") == [Outcome.MOVED]
    assert moves(known) == {"/a": "/b"}
    known.next_night(2)
    assert known.due() == ["/a"]
    known.fetch("/a")
    assert known.read(TEXT, canonical="/b") == [Outcome.UNCHANGED]


def test_the_history_goes_on(known: Record) -> None:
    known.fetch("/a", to="/b")
    known.read(TEXT.replace("zweite", "dritte"))
    found = revisions_of(known.connection, documents(known)["/b"].id)
    assert [(r.url.removeprefix(HOME), r.added) for r in found] == [
        ("/a", None),
        ("/b", ("Im Sommer folgt die dritte Sohle.",)),
    ]


def test_all_old_addresses_lead_to_the_last_one(known: Record) -> None:
    known.fetch("/a", to="/b")
    known.read(TEXT)
    known.next_night(2)
    known.fetch("/b", to="/c")
    known.read(TEXT)
    assert moves(known) == {"/a": "/c", "/b": "/c"}


def test_a_page_that_comes_back_to_its_old_address_is_there_again(known: Record) -> None:
    known.fetch("/a", to="/b")
    known.read(TEXT)
    known.next_night(40)
    known.fetch("/b", to="/a")
    known.read(TEXT)
    assert moves(known) == {"/b": "/a"}


def test_an_old_address_that_serves_its_page_again_is_a_document_of_its_own_again(
    known: Record,
) -> None:
    known.fetch("/a", to="/b")
    known.read(TEXT)
    known.next_night(40)
    known.fetch("/a")
    known.read(TEXT)
    assert moves(known) == {}


def test_a_redirect_to_another_page_takes_nothing_out_of_the_store(known: Record) -> None:
    known.fetch("/a", to="/news")
    assert known.read(Page(url=None, kind="listing", title="Aktuelles", text="Sport.")) == [
        Outcome.MOVED
    ]
    assert moves(known) == {}
    assert documents(known)["/a"].last_outcome == "moved"
    assert moved_documents(known.connection, 10) == []


def test_a_mistaken_canonical_address_changes_nothing(known: Record) -> None:
    known.fetch("/other")
    known.read("Eine andere Meldung.\n\nMit anderem Text.")
    known.next_night(2)
    known.fetch("/a")
    known.fetch("/other")
    page = Page(url=None, text="Eine andere Meldung.\n\nMit anderem Text.")
    assert known.read(TEXT, page, canonical="/other") == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert moves(known) == {}


def test_an_alias_that_leads_elsewhere_moves_no_document(record: Record) -> None:
    record.fetch("/a")
    record.fetch("/a?print=1")
    record.read(TEXT, TEXT, canonical="/a")
    record.next_night(2)
    record.fetch("/a?print=1")
    record.read("Drucken.", canonical="/print")
    assert moves(record) == {}


def test_a_redirect_to_a_page_that_was_read_before_is_no_news(known: Record) -> None:
    known.fetch("/b")
    assert known.read(TEXT + "\n\nNeu.") == [Outcome.NEW]
    redirect(known)
    assert moves(known) == {}
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {"/a": "/b"}
    assert [r.added is None or len(r.added) for r in known.revisions()] == [True, 1]


@pytest.mark.parametrize(("ended", "moved"), [("interrupted", {"/a": "/b"}), ("done", {})])
def test_a_redirect_of_a_run_that_was_cut_off_is_followed_by_the_next_one(
    known: Record, ended: str, moved: dict[str, str]
) -> None:
    known.fetch("/b")
    known.read(TEXT)
    redirect(known)
    known.run.finish(known.now, {}, state=ended)
    known.begin()
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == moved


def test_a_redirect_to_a_page_that_is_read_in_a_later_run_is_followed_then(known: Record) -> None:
    known.fetch("/b")
    assert known.read(ParseError("no text", reason="empty")) == [Outcome.QUARANTINED]
    redirect(known)
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {}
    first_seen = documents(known)["/a"].first_seen
    known.next_night()
    known.fetch("/b")
    assert known.read(TEXT + "\n\nNeu.") == [Outcome.NEW]
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {"/a": "/b"}
    assert documents(known)["/b"].first_seen == first_seen
    assert [r.added is None or len(r.added) for r in known.revisions()] == [True, 1]


def test_the_index_learns_the_first_day_that_a_page_gets_from_its_old_address(
    known: Record,
) -> None:
    known.fetch("/b")
    assert known.read(TEXT) == [Outcome.NEW]
    mark_indexed(known.connection, backlog(known.connection, 10))
    known.next_night()
    redirect(known)
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {"/a": "/b"}
    [written] = backlog(known.connection, 10)
    assert (written.url, written.first_seen) == (f"{HOME}/b", documents(known)["/a"].first_seen)


def test_the_last_redirect_of_earlier_runs_counts(known: Record) -> None:
    known.fetch("/b")
    known.fetch("/c")
    known.read(*[ParseError("no text", reason="empty")] * 2)
    for target in ("/b", "/c"):
        redirect(known, target)
        known.next_night()
    known.fetch("/b")
    known.fetch("/c")
    known.read(TEXT, "Eine andere Meldung.")
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {}


def test_redirects_are_looked_up_among_the_visits_of_their_run(known: Record) -> None:
    known.fetch("/b")
    known.read(TEXT)
    redirect(known)
    known.next_night()
    known.fetch("/new")
    known.read("Eine andere Meldung.")
    with known.statements() as asked:
        follow_redirects(known.connection, known.run.id)
    plans = [
        row.detail
        for statement, parameters in asked
        if statement.startswith("SELECT")
        for row in known.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    visits = [plan for plan in plans if plan.startswith("SEARCH visit")]
    assert len(visits) == 4
    assert any(
        "INDEX visit_outcome (run=? AND source=? AND kind=? AND outcome=?)" in p for p in visits
    )
    assert any("PRIMARY KEY (run=? AND url=?" in p for p in visits)
    assert [p for p in plans if p.startswith(("SCAN visit", "SCAN address", "SCAN document"))] == []


def test_a_detour_that_never_was_a_document_is_none(known: Record) -> None:
    known.ledger.record_outcome(
        "partner", f"{HOME}/go", Outcome.DUPLICATE, f"{REDIRECTS_TO}{HOME}/a", status=301
    )
    known.ledger.commit()
    follow_redirects(known.connection, known.run.id)
    assert moves(known) == {}


def vanish(record: Record, nights: int = 2) -> None:
    """The address /a answered 404 in some nights, the last one of which goes on."""
    for night in range(nights):
        if night:
            record.next_night()
        record.ended("/a", Outcome.HTTP_ERROR, status=404)


def test_a_page_that_is_gone_goes_on_where_it_is_published_again(known: Record) -> None:
    vanish(known)
    known.next_night()
    known.fetch("/b")
    known.read(TEXT)
    follow_vanished(known.connection, known.run.id)
    assert moves(known) == {"/a": "/b"}
    assert known.revisions()[-1].added == []


def test_a_page_that_vanishes_after_its_new_address_was_there_goes_on_there(known: Record) -> None:
    known.fetch("/b")
    known.read(TEXT)
    vanish(known, 1)
    follow_vanished(known.connection, known.run.id)
    assert moves(known) == {}
    known.next_night()
    vanish(known, 1)
    follow_vanished(known.connection, known.run.id)
    assert moves(known) == {"/a": "/b"}


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([Page(url=None, text="Die Hütte fördert Kupfer.")], id="other words"),
        pytest.param([Page(url=None, text=TEXT, published="2026-11-29")], id="another day"),
        pytest.param([Page(url=None, text=TEXT)] * 2, id="two of them"),
    ],
)
def test_where_a_page_that_is_gone_does_not_go_on(known: Record, pages: list[Page]) -> None:
    vanish(known)
    known.next_night()
    for number, _ in enumerate(pages):
        known.fetch(f"/{number}")
    known.read(*pages)
    follow_vanished(known.connection, known.run.id)
    assert moves(known) == {}


def test_a_page_that_is_gone_does_not_go_on_at_the_newest_of_several_addresses(
    known: Record,
) -> None:
    vanish(known)
    known.next_night()
    known.fetch("/b")
    known.fetch("/c")
    known.read(TEXT, TEXT)
    follow_vanished(known.connection, known.run.id)
    known.next_night()
    known.fetch("/d")
    known.read(TEXT)
    follow_vanished(known.connection, known.run.id)
    assert moves(known) == {}


def test_pages_that_are_gone_are_looked_up_by_their_words(known: Record) -> None:
    vanish(known)
    known.next_night()
    known.fetch("/b")
    known.read(TEXT)
    with known.statements() as asked:
        follow_vanished(known.connection, known.run.id)
    plans = [
        row.detail
        for statement, parameters in asked
        if statement.startswith("SELECT")
        for row in known.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert [p for p in plans if p.startswith("SCAN")] == []
