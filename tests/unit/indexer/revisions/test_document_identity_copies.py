"""Which page is a copy of another one, and which only looks like one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from indexer.frontier.address import update_address
from indexer.frontier.fetches import pending_fetches
from indexer.frontier.port import Link
from indexer.records.document import Page, document_id
from indexer.records.outcome import Outcome
from indexer.records.stated import LISTED_AT
from indexer.revisions.document_identity import find_copy, find_original, find_same_text
from indexer.revisions.revisions import Revisions
from tests.unit.indexer.record import HOME, Record

TEXT = "Ein Absatz vom Erz.\n\nEin zweiter von der Hütte.\n\nEin dritter von der Bahn."
PAGE = Page(url="", title="Zinn", text=TEXT, kind="article", published="2026-03-01")


def copy_of(record: Record, path: str, page: Page) -> str | None:
    """What the page that was fetched last, at this path, is a copy of."""
    fetch = pending_fetches(record.connection, record.extractor, 0, 10)[-1]
    found = find_copy(record.connection, record.run.id, fetch, page, HOME + path)
    return found and found.removeprefix(HOME)


def read(record: Record, path: str, page: Page = PAGE) -> None:
    record.fetch(path)
    record.read(page)


def test_the_same_words_in_one_run_are_a_copy_and_anything_else_is_not(record: Record) -> None:
    read(record, "/a")
    record.fetch("/b")
    assert copy_of(record, "/b", PAGE) == "/a"
    for other in (
        {"title": "Kupfer"},
        {"text": TEXT.replace("Bahn", "Straße")},
        {"published": "2026-03-08"},
        {"parts": {"markup": "startDate 2026-04-01"}},
        {"text": ""},
    ):
        assert copy_of(record, "/b", replace(PAGE, **other)) is None


def test_a_day_that_lists_state_of_one_of_the_addresses_only_parts_no_copies(
    record: Record,
) -> None:
    listed = replace(PAGE, parts={"markup": f"{LISTED_AT}: 2026-03-01"})
    read(record, "/a", listed)
    record.fetch("/b")
    assert copy_of(record, "/b", replace(PAGE, published=None, parts={})) == "/a"
    assert copy_of(record, "/b", replace(listed, published="2026-03-08")) is None
    assert copy_of(record, "/b", replace(PAGE, published="2026-03-08")) is None


def test_a_page_at_another_address_in_a_later_run_has_moved_rather(record: Record) -> None:
    read(record, "/a")
    record.next_night()
    record.fetch("/b")
    assert copy_of(record, "/b", PAGE) is None


def test_a_document_that_is_gone_has_no_copies(record: Record) -> None:
    read(record, "/a")
    for _ in range(2):
        record.next_night()
        record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.fetch("/b")
    assert copy_of(record, "/b", PAGE) is None


def test_an_edited_copy_is_still_one_while_its_original_is_there(record: Record) -> None:
    read(record, "/a")
    record.fetch("/b")
    fetch = pending_fetches(record.connection, record.extractor, 0, 10)[-1]
    revisions = Revisions(record.connection, record.run.id, record.now, record.extractor)
    revisions.record_duplicate(fetch, PAGE, f"{HOME}/a")
    record.next_night()
    record.fetch("/b")
    fetch = pending_fetches(record.connection, record.extractor, 0, 10)[-1]
    edited = replace(PAGE, text=f"{TEXT}\n\nNachtrag.")
    assert find_original(record.connection, fetch, edited) == f"{HOME}/a"
    assert find_original(record.connection, fetch, replace(edited, title="Kupfer")) is None
    record.ended("/a", Outcome.DUPLICATE, status=301)
    assert find_original(record.connection, fetch, edited) is None


def pass_night_with_copy(record: Record, text: str) -> None:
    """A night in which /b has this text, as a copy of /a."""
    record.fetch("/b")
    fetch = pending_fetches(record.connection, record.extractor, 0, 10)[-1]
    revisions = Revisions(record.connection, record.run.id, record.now, record.extractor)
    revisions.record_duplicate(fetch, replace(PAGE, text=text), f"{HOME}/a")
    record.next_night()


@pytest.mark.parametrize(("more", "due"), [("\n\nNachtrag zum Zinn.", True), ("", False)])
def test_the_original_of_a_copy_that_was_edited_is_requested_next(
    record: Record, more: str, due: bool
) -> None:
    """The sitemap has the copy alone: nothing else would say that the original has changed."""
    read(record, "/a")
    rests = {"next_due": record.now + timedelta(days=60), "lastmod_unchanged": True}
    update_address(record.connection, f"{HOME}/a", rests)
    for text in (TEXT, TEXT + more):
        pass_night_with_copy(record, text)
    assert record.due() == ["/a"] * due


@pytest.mark.parametrize(("more", "due"), [("\n\nNachtrag zum Zinn.", True), ("", False)])
def test_it_is_requested_though_its_own_lastmod_stays(record: Record, more: str, due: bool) -> None:
    """Else it is one of all the pages of which few are requested to see whether that is true."""
    link = Link(f"{HOME}/a", lastmod=record.now - timedelta(days=9))
    record.ledger.add("partner", link)
    read(record, "/a")
    for text in (TEXT, TEXT + more):
        pass_night_with_copy(record, text)
    for _ in range(2):
        record.ledger.add("partner", link)
        record.begin()
        assert record.known(f"{HOME}/a").lastmod_unchanged is not due


def test_two_addresses_are_not_each_a_copy_of_the_other(record: Record) -> None:
    """As after nights in which both stated the one, then both the other as canonical."""
    for path in ("/a", "/b"):
        read(record, path, replace(PAGE, title=path))
    for path, other in (("/a", "/b"), ("/b", "/a")):
        crosswise = {"document": document_id(HOME + other)}
        update_address(record.connection, HOME + path, crosswise)
    record.next_night()
    record.fetch("/b")
    fetch = pending_fetches(record.connection, record.extractor, 0, 10)[-1]
    edited = replace(PAGE, title="/a", text=f"{TEXT}\n\nNachtrag.")
    assert find_original(record.connection, fetch, edited) is None


@pytest.mark.parametrize(("status", "twin"), [(200, HOME), (302, HOME), (301, None), (308, None)])
def test_a_mirror_that_leads_elsewhere_for_good_has_no_same_text(
    record: Record, status: int, twin: str | None
) -> None:
    """A site that drops its `www.`: what is edited from then on stands at the new address alone."""
    mirror = "https://www.partner.example/a"
    read(record, "/a")
    record.next_night()
    record.ended("/a", Outcome.DUPLICATE, status=status)
    record.fetch_from(mirror)
    (fetch,) = pending_fetches(record.connection, record.extractor, 0, 10)
    found = find_same_text(record.connection, fetch, PAGE, mirror, [f"{HOME}/a"])
    assert found == (twin and f"{twin}/a")


def test_a_page_that_was_led_to_is_not_the_same_as_where_it_was_asked_for(record: Record) -> None:
    read(record, "/a")
    record.next_night()
    record.fetch("/a", to="/b")
    (fetch,) = pending_fetches(record.connection, record.extractor, 0, 10)
    assert find_same_text(record.connection, fetch, PAGE, f"{HOME}/b", [f"{HOME}/a"]) is None
