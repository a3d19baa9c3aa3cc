"""Answers that stand in for several pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.fetches import Fetch, pending_fetches
from indexer.records.document import Page
from indexer.records.outcome import REDIRECTS_TO, STANDS_IN, Outcome
from indexer.revisions import stand_ins as held_pages
from indexer.revisions.revisions import Revisions
from indexer.revisions.stand_ins import StandIns
from tests.unit.indexer.record import HOME, Record

REST = Page(url=None, title="Wir bauen um", text="Bitte kommen Sie morgen wieder.\n\nVielen Dank.")
BYTES = b"<title>Wir bauen um</title>"
OTHER = Page(url=None, title="Die neue Bahn", text="Sie rollt.\n\nAb heute.")


def news(path: str, more: str = "") -> Page:
    """The page that belongs there, in words that its address has not."""
    name = path.strip("/") * 2
    text = f"Der Schacht {name} steht.\n\nDie Halde {name} wächst.{more}"
    return Page(url=None, title=f"Meldung {path}", text=text)


def night(record: Record, pages: Mapping[str, Page], body: bytes | None = None) -> dict[str, str]:
    """A run that fetches these pages and enters them: path → outcome."""
    for path in pages:
        record.fetch(path, body=body)
    return entered(record, lambda fetch: pages[path_of(fetch)])


def entered(record: Record, page_of: Callable[[Fetch], Page]) -> dict[str, str]:
    """What was fetched is entered: path → outcome."""
    stand_ins = StandIns(record.connection, record.run.id)
    revisions = Revisions(record.connection, record.run.id, record.now, record.extractor)
    outcomes: dict[str, str] = {}

    def enter(fetch: Fetch, page: Page) -> None:
        page = replace(page, url=fetch.final_url)
        outcomes[path_of(fetch)] = revisions.record_page(fetch, page, fetch.final_url)

    for fetch in pending_fetches(record.connection, record.extractor, 0, 100):
        if not stand_ins.holds(fetch, page_of(fetch)):
            enter(fetch, page_of(fetch))
    for held in stand_ins.settle():
        if held.page is None:
            outcomes[path_of(held.fetch)] = revisions.record_stand_in(held.fetch, held.words)
        else:
            assert isinstance(held.page, Page)
            enter(held.fetch, held.page)
    record.next_night()
    return outcomes


def path_of(fetch: Fetch) -> str:
    return fetch.url.removeprefix(HOME)


def texts(record: Record) -> list[str]:
    """Titles of the documents as they stand."""
    query = (
        sa.select(tables.revision.c.page["title"].as_string())
        .join(tables.document, tables.document.c.id == tables.revision.c.document)
        .where(tables.document.c.revision == tables.revision.c.number)
    )
    return sorted(record.connection.execute(query).scalars())


def all_of(outcome: str, *paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, outcome)


def test_one_text_in_place_of_several_changes_no_document(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b", "/c")})
    assert night(record, {"/a": REST, "/b": REST}) == all_of("soft-404", "/a", "/b")
    # Known from then on, also where one page alone shows it.
    assert night(record, {"/c": REST}) == all_of("soft-404", "/c")
    assert texts(record) == ["Meldung /a", "Meldung /b", "Meldung /c"]
    assert night(record, {"/a": news("/a"), "/b": news("/b", " Sehr.")}) == {
        "/a": "unchanged",
        "/b": "changed",
    }


@pytest.mark.parametrize(
    "more",
    [
        "Fehler 4f{} um 01:30:{}",
        "Die Seite {} gibt {}",
        "\n\nRequest ID: 8{}",
        "https://x.example{}",
    ],
)
def test_what_is_written_for_each_request_makes_no_other_text(record: Record, more: str) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    pages = {p: replace(REST, text=f"{REST.text} {more.format(p, p)}") for p in ("/a", "/b")}
    assert night(record, pages) == all_of("soft-404", "/a", "/b")


def test_tables_of_other_numbers_are_no_stand_ins(record: Record) -> None:
    """Two pages get another layout, in which few words stand beside numbers."""
    night(record, {path: news(path) for path in ("/a", "/b")})
    pages = {
        p: Page(url=None, title=None, text=f"Preis 9{n} 8{n}") for n, p in enumerate(("/a", "/b"))
    }
    assert night(record, pages) == all_of("changed", "/a", "/b")


def test_pages_of_one_form_may_all_get_another(record: Record) -> None:
    """Their texts differed in numbers and in what stands in their addresses."""
    for text in (
        "Der Preis von {} am Markt der Stadt ist 1{}",
        "Heute kostet {} an jener Börse 2{}",
    ):
        pages = {
            p: Page(url=None, title=None, text=text.format(p, ord(p[1]))) for p in ("/a", "/b")
        }
        outcomes = night(record, pages)
    assert outcomes == all_of("changed", "/a", "/b")


@pytest.mark.parametrize(("status", "outcome"), [(302, "soft-404"), (301, "moved")])
def test_an_address_to_which_several_pages_lead_for_now_stands_in_for_them(
    record: Record, status: int, outcome: str
) -> None:
    """It is asked for once; by itself it may be a page, which is entered."""
    night(record, {path: news(path) for path in ("/a", "/b")})
    record.fetch("/a", to="/wartung")
    target = f"{REDIRECTS_TO}{HOME}/wartung"
    record.ledger.record_outcome("partner", HOME + "/b", Outcome.DUPLICATE, target, status=status)
    record.ledger.commit()
    assert entered(record, lambda fetch: REST) == all_of(outcome, "/a")
    if status == 302:
        assert texts(record) == ["Meldung /a", "Meldung /b"]
        assert night(record, {"/wartung": REST}) == {"/wartung": "new"}


def test_one_text_under_the_titles_of_several_pages_is_none_of_them_for_a_run(
    record: Record,
) -> None:
    """An error beside what the site still knows; what stays is meant, such as a cancellation."""
    paths = ("/a", "/b", "/c")
    night(record, {path: news(path) for path in paths})
    pages = {path: replace(news(path), text="Fehler. Kein Text da.") for path in paths}
    assert night(record, pages) == all_of("soft-404", *paths)
    assert night(record, {path: news(path) for path in paths}) == all_of("unchanged", *paths)
    assert night(record, pages) == all_of("soft-404", *paths)
    assert night(record, pages) == all_of("changed", *paths)


def test_two_pages_may_say_the_same_under_their_titles(record: Record) -> None:
    paths = ("/a", "/b")
    night(record, {path: news(path) for path in paths})
    pages = {path: replace(news(path), text="Abgesagt. Wir bedauern das sehr.") for path in paths}
    assert night(record, pages) == all_of("changed", *paths)


def test_a_page_that_leads_elsewhere_alone_has_moved(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    record.fetch("/a", to="/c")
    assert entered(record, lambda fetch: REST) == all_of("moved", "/a")


def test_its_outcome_has_the_reason_and_the_page_is_requested_whole_again(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    night(record, {"/a": REST, "/b": REST})
    visit, address = tables.visit.c, tables.address.c
    reasons = sa.select(visit.reason).where(visit.outcome == "soft-404")
    assert set(record.connection.execute(reasons).scalars()) == {STANDS_IN}
    known = sa.select(address.etag, address.body_hash).where(address.kind == "page")
    assert set(record.connection.execute(known).all()) == {(None, None)}


def test_new_addresses_that_show_the_same_bytes_are_no_documents(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    pages = dict.fromkeys(("/new", "/a", "/b"), REST)
    assert night(record, pages, BYTES) == all_of("soft-404", *pages)
    assert night(record, {"/new": news("/new")}) == {"/new": "new"}


def test_a_page_that_is_written_anew_is_changed(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    assert night(record, {"/a": OTHER, "/b": REST}) == all_of("changed", "/a", "/b")
    assert texts(record) == ["Die neue Bahn", "Wir bauen um"]


def test_pages_that_said_the_same_before_may_say_the_same_again(record: Record) -> None:
    """The newest text of a series under two addresses."""
    night(record, {"/now": OTHER})
    night(record, {"/jetzt": OTHER})
    night(record, {"/now": REST, "/jetzt": REST})
    assert texts(record) == ["Wir bauen um", "Wir bauen um"]


def test_new_pages_alike_are_entered(record: Record) -> None:
    outcomes = night(record, {"/a": OTHER, "/b": OTHER}, b"the same bytes")
    assert outcomes == all_of("new", "/a", "/b")


def test_a_passage_that_many_pages_get_is_no_stand_in(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    more = "\n\nUnser Stand ist in Halle 4."
    outcomes = night(record, {path: news(path, more) for path in ("/a", "/b")})
    assert outcomes == all_of("changed", "/a", "/b")


def test_a_consent_wall_keeps_its_own_outcome(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    wall = replace(REST, kind="consent-wall")
    assert night(record, {"/a": wall, "/b": wall}) == all_of("consent-wall", "/a", "/b")


def test_a_newer_answer_of_the_same_address_is_entered_last(record: Record) -> None:
    """A run was cut off before it read what it had fetched; the next one fetches it again."""
    night(record, {"/a": news("/a")})
    record.fetch("/a")
    record.next_night()
    record.fetch("/a")
    outcomes = entered(record, lambda fetch: news("/a") if fetch.fetched_at == record.now else REST)
    assert outcomes == {"/a": "changed"}
    assert texts(record) == ["Meldung /a"]


def test_a_newer_version_of_the_reader_leaves_stand_ins(record: Record) -> None:
    night(record, {path: news(path) for path in ("/a", "/b")})
    night(record, {"/a": REST, "/b": REST})
    record.extractor += 1
    assert entered(record, lambda fetch: replace(REST, text="Wir kommen wieder.")) == {}


def test_no_more_is_held_than_fits(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins are found out all the same."""
    monkeypatch.setattr(held_pages, "MOST_HELD", 1)
    paths = ("/a", "/b", "/c", "/d")
    night(record, {path: news(path) for path in paths})
    pages = {"/a": OTHER, "/b": REST, "/c": REST, "/d": REST}
    outcomes = night(record, pages)
    assert outcomes == {"/a": "changed", "/b": "changed", **all_of("soft-404", "/c", "/d")}
    assert list(outcomes) == ["/b", "/c", "/d", "/a"]
