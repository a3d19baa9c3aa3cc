"""What was there before its source was watched is no news when it is met later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indexer.frontier.port import Link, Met
from indexer.records.document import Page
from indexer.revisions.revisions import Revisions
from indexer.text.passages import fingerprint
from tests.unit.indexer.record import HOME, Record


@pytest.mark.parametrize(
    ("met", "day", "stated", "is_told"),
    [
        # by a list that was read before: also what is dated back
        (None, "2025-03-01", None, True),
        # by a home page's box, or a list that is new there
        ("aside", "2025-03-01", None, False),
        ("aside", None, "2025-03-01", False),
        ("aside", "2026-01", None, False),
        ("aside", "2026-02", None, True),
        ("aside", "2026-02-26", None, True),  # it may have come while the source was watched
        ("aside", None, None, True),
        # by a list of a menu that is read days after the others
        ("late", "2026-02-20", None, False),
        ("late", None, None, False),
        ("late", "2026-02-26", None, True),
        ("late", "2026-03-02", "2026-02-01", True),
    ],
)
def test_what_was_there_before_its_source_was_watched_is_told_to_none(
    record: Record, met: Met | None, day: str | None, stated: str | None, *, is_told: bool
) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/b", published=stated, met=met))
    record.fetch("/b")
    record.read(Page(url=None, kind="article", text="B.", published=day))
    last = record.revisions()[-1]
    assert (last.added, last.first_look) == ((None, False) if is_told else ([], True))


def test_what_is_added_to_a_page_that_was_there_before_is_news(record: Record) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/b", published="2025-03-01", met="aside"))
    record.fetch("/b")
    record.read("B.")
    record.next_night()
    record.fetch("/b")
    record.read("B.\n\nMore.")
    last = record.revisions()[-1]
    assert (last.added, last.first_look) == ([fingerprint("More.")], False)


def test_a_clock_that_was_ahead_makes_no_page_old(record: Record) -> None:
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    record.now += timedelta(days=30)
    record.ledger.add("partner", Link(f"{HOME}/b", met="late"))
    record.now -= timedelta(days=30)
    record.fetch("/b")
    day = record.now.date().isoformat()
    record.read(Page(url=None, kind="article", text="B.", published=day))
    assert not record.revisions()[-1].first_look


def meet_late(record: Record, *, met: Met | None = "late") -> str:
    """A page that is told to none when it is met, because its list was read days after others."""
    record.fetch("/a")
    record.read("A.")
    record.run.record_source("partner", "ok", None, record.now)
    record.run.end_first_looks(record.now)
    record.next_night()
    url = f"{HOME}/b"
    record.ledger.add("partner", Link(url, met=met))
    record.fetch("/b")
    record.read(Page(url=None, kind="article", text="B."))
    record.next_night()
    return url


def tell_listed(record: Record) -> None:
    record.ledger.commit()
    revisions = Revisions(record.connection, record.run.id, record.now, 1)
    revisions.tell_listed()
    revisions.tell_listed()


def test_a_page_that_was_told_to_none_is_told_once_a_known_list_names_it_as_new(
    record: Record,
) -> None:
    url = meet_late(record)
    known = record.ledger.find("partner", url)
    assert known is not None
    assert known.unsure_since is not None
    before = record.revisions()
    record.ledger.record_listed(url)
    tell_listed(record)
    [last] = record.revisions()[len(before) :]
    assert (last.number, last.added, last.first_look) == (2, None, False)
    assert last.page["text"] == "B."
    known = record.ledger.find("partner", url)
    assert known is not None
    assert known.unsure_since is None


def test_what_was_told_already_is_told_no_second_time(record: Record) -> None:
    url = meet_late(record)
    record.fetch("/b")
    record.read("B.\n\nMore.")  # this is told
    before = record.revisions()
    record.ledger.record_listed(url)
    tell_listed(record)
    assert record.revisions() == before


def test_of_a_page_that_a_known_list_has_led_to_nothing_is_unsure(record: Record) -> None:
    known = record.ledger.find("partner", meet_late(record, met=None))
    assert known is not None
    assert known.unsure_since is None
