"""Addresses, fetches and outcomes over several nights."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, pairwise

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.buffered_writes import MOST
from indexer.frontier.port import ArchivePosition, Link
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.site_history import SiteHistories
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record, response_of


def test_discovered_addresses_stay_due_until_they_are_asked_for(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a"))
    record.next_night()
    assert record.due() == ["/a"]


def test_never_fetched_addresses_come_first_and_the_newest_of_them_before_all(
    record: Record,
) -> None:
    record.fetch("/old")
    record.read("text")
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/a", published="2026-01-01"))
    record.ledger.add("partner", Link(f"{HOME}/b", published="2026-02-01"))
    record.ledger.add("partner", Link(f"{HOME}/c"))
    assert record.due() == ["/b", "/a", "/c", "/old"]


def test_a_page_found_unchanged_is_asked_for_less_and_less(record: Record) -> None:
    asked = []
    record.fetch("/a")
    record.read("text")
    for night in range(1, 40):
        record.next_night()
        if "/a" in record.due():
            asked.append(night)
            record.ended("/a", Outcome.NOT_MODIFIED, status=304)
    gaps = [after - before for before, after in pairwise(asked)]
    assert asked[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 5


def test_a_lastmod_newer_than_the_last_fetch_makes_a_page_due_at_once(record: Record) -> None:
    record.fetch("/a")
    record.read("text")
    record.now += timedelta(hours=2)
    assert record.due() == []
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now))
    record.begin()
    assert record.due() == ["/a"]


def test_an_older_lastmod_changes_nothing(record: Record) -> None:
    record.fetch("/a")
    record.read("text")
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(days=9)))
    record.begin()
    assert record.due() == []


def test_all_asks_for_every_known_page_again(record: Record) -> None:
    record.fetch("/a")
    record.read("text")
    record.begin(everything=True)
    assert record.due() == ["/a"]


def test_all_asks_first_for_what_was_requested_longest_ago(record: Record) -> None:
    for path in ("/a", "/b"):
        record.fetch(path)
        record.read("text")
        record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/waits"))
    record.begin(everything=True)
    assert record.due() == ["/a", "/b", "/waits"]
    record.fetch("/a")  # no more than one page may be requested in this run
    record.read("text")
    record.next_night(everything=True)
    assert record.due() == ["/b", "/a", "/waits"]


def test_the_second_404_of_a_known_page_is_gone(record: Record) -> None:
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"gone": 1}


def test_404_of_a_page_that_was_never_read_is_an_error_each_time(record: Record) -> None:
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}


def test_a_good_answer_between_two_404_begins_anew(record: Record) -> None:
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.TIMED_OUT])
def test_what_was_not_reached_is_due_in_the_next_run(record: Record, outcome: Outcome) -> None:
    record.ended("/a", outcome)
    record.begin()
    assert record.due() == ["/a"]


def test_an_address_with_an_outcome_is_not_asked_for_twice_in_a_run(record: Record) -> None:
    record.ended("/a", Outcome.UNREACHABLE)
    assert record.ledger.has_outcome(f"{HOME}/a")
    assert record.due() == []


def test_what_an_interrupted_run_fetched_is_counted_by_the_next_one(record: Record) -> None:
    record.fetch("/a")
    record.begin()
    assert record.ledger.has_outcome(f"{HOME}/a")
    assert record.read("text") == [Outcome.NEW]
    assert record.outcomes() == {"new": 1}


def test_discovery_is_counted_apart_and_keeps_validators(record: Record) -> None:
    url = f"{HOME}/feed"
    response = response_of(url, {"etag": "x"}, record.now)
    record.ledger.record_discovery("partner", url, Outcome.FETCHED, response=response)
    record.ledger.commit()
    assert record.outcomes() == {}
    assert record.run.outcomes("discovery") == {"partner": {"fetched": 1}}
    assert record.known(url).etag == "x"


def test_a_feed_that_is_not_modified_for_a_week_is_requested_unconditionally(
    record: Record,
) -> None:
    url = f"{HOME}/feed"
    response = response_of(url, {"etag": "x"}, record.now)
    for _ in range(2):
        record.ledger.record_discovery("partner", url, Outcome.FETCHED, response=response)
        conditional = []
        for _ in range(8):
            record.next_night()
            found = record.ledger.find("partner", url)
            assert found is not None
            conditional.append(found.etag == "x")
            record.ledger.record_discovery("partner", url, Outcome.NOT_MODIFIED)
        assert conditional == [True] * 6 + [False] * 2


def test_a_page_that_is_also_a_listing_has_one_outcome_of_each_kind(record: Record) -> None:
    response = response_of(f"{HOME}/a", {}, record.now)
    record.ledger.record_discovery("partner", response.url, Outcome.FETCHED, response=response)
    record.fetch("/a")
    assert record.outcomes() == {"fetched": 1}
    assert record.run.outcomes("discovery") == {"partner": {"fetched": 1}}


def test_the_archive_ends_where_the_last_commit_said(record: Record) -> None:
    assert record.ledger.committed_end("a.warc.gz") == 0
    record.fetch("/a")
    position = ArchivePosition("a.warc.gz", 90, 9)
    record.ledger.record_outcome(
        "partner", f"{HOME}/b", Outcome.HTTP_ERROR, status=500, position=position
    )
    assert record.ledger.committed_end("a.warc.gz") == 99


def test_discovery_of_an_earlier_run_stays_there(record: Record) -> None:
    response = response_of(f"{HOME}/feed", {}, record.now)
    record.ledger.record_discovery("partner", response.url, Outcome.FETCHED, response=response)
    record.next_night()
    assert record.run.outcomes("discovery") == {}


def test_a_position_told_late_takes_back_nothing(record: Record) -> None:
    for end in (99, 10):
        position = ArchivePosition("a", 0, end)
        record.ledger.record_outcome(
            "partner", f"{HOME}/{end}", Outcome.HTTP_ERROR, status=500, position=position
        )
    assert record.ledger.committed_end("a") == 99


# -- what sites say of changes


def night_of(
    record: Record, *, lastmod: dict[str, datetime] | None = None, changed: str = ""
) -> list[str]:
    """The next night: discovery, what is due asked for and read; answers what was asked for."""
    record.next_night()
    for path, moment in (lastmod or {}).items():
        record.ledger.add("partner", Link(HOME + path, lastmod=moment))
    due = record.due()
    for path in due:
        record.fetch(path)
    record.read(*(f"text of {path}" + changed * (path in changed) for path in due))
    return due


def test_pages_that_lastmod_is_silent_about_are_audited_only(record: Record) -> None:
    old = {f"/{n}": record.now - timedelta(days=50) for n in range(40)}
    for path, moment in old.items():
        record.ledger.add("partner", Link(HOME + path, lastmod=moment))
        record.fetch(path)
    record.read(*(f"text of {path}" for path in old))
    asked = night_of(record, lastmod=old)
    assert 1 <= len(asked) <= 5
    claimed = {**old, "/7": record.now + timedelta(hours=1)}
    assert night_of(record, lastmod=claimed, changed="/7")[0] == "/7"
    lastmod = SiteHistories(record.connection).of("partner.example").lastmod
    assert (lastmod.claims_kept, lastmod.claims_broken) == (1, 0)
    assert lastmod.silences_broken == 0 < lastmod.silences_kept


def test_a_lastmod_that_never_moves_is_found_out_and_all_is_due_again(record: Record) -> None:
    frozen = {f"/{n}": record.now - timedelta(days=3) for n in range(40)}
    for path, moment in frozen.items():
        record.ledger.add("partner", Link(HOME + path, lastmod=moment))
        record.fetch(path)
    record.read(*(f"text of {path}" for path in frozen))
    first = night_of(record, lastmod=frozen, changed=" ".join(frozen))
    assert len(first) <= 5
    assert len(night_of(record, lastmod=frozen)) > 20


def test_of_many_claims_at_once_a_sample_is_asked_for_until_the_site_has_proven_true(
    record: Record,
) -> None:
    pages = {f"/{n}": record.now for n in range(60)}
    for path, moment in pages.items():
        record.ledger.add("partner", Link(HOME + path, lastmod=moment))
        record.fetch(path)
    record.read(*(f"text of {path}" for path in pages))
    record.now += timedelta(hours=2)  # too early for a second look by the clock
    record.begin()
    for path in pages:
        record.ledger.add("partner", Link(HOME + path, lastmod=record.now))
    assert len(record.due()) == 10


def test_a_lastmod_that_is_yet_to_come_claims_nothing(record: Record) -> None:
    far = record.now + timedelta(days=900)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=far))
    record.ledger.add("partner", Link(f"{HOME}/b"))
    for path in ("/a", "/b"):
        record.fetch(path)
    record.read("text of /a", "text of /b")
    nights = [night_of(record, lastmod={"/a": far}) for _ in range(20)]
    asked, by_the_clock = (sum(path in due for due in nights) for path in ("/a", "/b"))
    assert asked == by_the_clock < 15
    # Earlier versions have kept it.
    record.connection.execute(sa.update(tables.address).values(lastmod=far))
    record.begin()
    changed = record.now + timedelta(hours=23)
    assert "/a" in night_of(record, lastmod={"/a": changed})
    night_of(record, lastmod={"/a": changed})
    address = record.known(f"{HOME}/a")
    assert (address.lastmod, address.lastmod_changed) == (changed, False)


def test_a_day_as_lastmod_tells_of_changes_until_its_end(record: Record) -> None:
    today = record.now.replace(hour=0, minute=0)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=today))
    record.fetch("/a")
    record.read("text")
    assert night_of(record, lastmod={"/a": today}) == ["/a"]
    lastmod = SiteHistories(record.connection).of("partner.example").lastmod
    assert (lastmod.claims, lastmod.silences) == (0, 0)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=today))
    assert not record.known(f"{HOME}/a").lastmod_changed


def test_a_lastmod_that_comes_while_an_answer_waits_to_be_read_is_no_silence_afterwards(
    record: Record,
) -> None:
    """A full disk, or a kill: what a run has fetched is read in the next night, and the sitemap of
    that night has told of another change. It is "not modified" from then on.
    """
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(hours=1)))
    record.fetch("/a")
    record.now += timedelta(days=1)
    record.begin()
    changed = record.now - timedelta(hours=1)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=changed))
    assert record.due() == []
    record.read("text")
    assert _says(record, "/a") == "changed"
    night_of(record)
    assert _says(record, "/a") == "unchanged"


def _says(record: Record, path: str) -> str | None:
    """What lastmod says of a page."""
    record.next_night()
    address = record.known(HOME + path)
    said = {"changed": address.lastmod_changed, "unchanged": address.lastmod_unchanged}
    return next((word for word, holds in said.items() if holds), None)


def test_a_page_that_is_gone_is_due_at_once_where_a_lastmod_says_that_it_has_changed(
    record: Record,
) -> None:
    """It rests for a month; its site was out of order, and it is there again."""
    before = record.now - timedelta(days=9)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=before))
    record.fetch("/a")
    record.read("text")
    for _ in range(2):
        record.next_night()
        record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=before))
    assert record.due() == []
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now))
    assert record.due() == ["/a"]
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(days=1)))
    assert record.due() == []


def test_pages_that_fail_rest_though_their_lastmod_is_the_present_moment_each_night(
    record: Record,
) -> None:
    record.fetch("/a")
    record.read("text")
    asked = []
    for _ in range(20):
        record.next_night()
        record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now))
        asked.append(len(record.due()))
        for path in record.due():
            record.ended(path, Outcome.HTTP_ERROR, status=404)
    assert asked == [1] * 4 + [0] * 16


def test_a_day_as_lastmod_goes_on_though_its_sitemap_is_as_it_was(record: Record) -> None:
    today = record.now.replace(hour=0, minute=0)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=today))
    record.fetch("/a")
    record.read("text")
    assert _says(record, "/a") == "changed"
    night_of(record)
    assert _says(record, "/a") == "unchanged"


@pytest.mark.parametrize("read", [True, False])
def test_a_lastmod_that_moves_is_a_claim_though_the_clock_of_its_site_is_behind(
    record: Record, read: bool
) -> None:
    changed = record.now - timedelta(hours=4)
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(days=60)))
    record.fetch("/a")
    if read:
        record.read("text")
    record.begin()
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=changed))
    record.ledger.commit()
    if not read:  # until now
        record.read("text")
    assert _says(record, "/a") == "changed"
    night_of(record, lastmod={"/a": changed}, changed="/a")
    assert _says(record, "/a") == "unchanged"
    lastmod = SiteHistories(record.connection).of("partner.example").lastmod
    assert (lastmod.claims_kept, lastmod.claims_broken) == (1, 0)


def test_validators_that_stay_while_the_text_changes_are_not_heeded_any_more(
    record: Record,
) -> None:
    feed = response_of(f"{HOME}/feed", {"etag": "x"}, record.now)
    record.ledger.record_discovery("partner", feed.url, Outcome.FETCHED, response=feed)
    for path in ("/a", "/b"):
        record.fetch(path)
    record.read("text", "text")
    record.next_night()
    assert any(record.ledger.is_conditional(record.known(HOME + p)) for p in ("/a", "/b"))
    for path in ("/a", "/b"):
        record.fetch(path)
    record.read("another text", "and one more")
    record.next_night()
    for path in ("/a", "/b"):
        assert not record.ledger.is_conditional(record.known(HOME + path))
    found = record.ledger.find("partner", feed.url)
    assert found is not None
    assert found.etag is None


def test_the_same_bytes_are_not_read_again(record: Record) -> None:
    record.fetch("/a", body=b"x")
    assert record.read("text") == [Outcome.NEW]
    record.next_night()
    record.fetch("/a", body=b"x")
    assert record.read() == []
    assert record.outcomes() == {"unchanged": 1}
    record.next_night(9)
    record.fetch("/a", body=b"y")
    assert record.read("text and more") == [Outcome.CHANGED]


def test_an_item_that_has_another_address_now_is_no_news(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", "Title", guid="7"))
    record.fetch("/a")
    record.read("One paragraph.\n\nAnother one.")
    record.ledger.add("partner", Link(f"{HOME}/b", "Title", guid="7"))
    record.ledger.add("partner", Link(f"{HOME}/c", "Another title", guid="7"))
    first, other = record.known(f"{HOME}/b"), record.known(f"{HOME}/c")
    assert first.document == record.known(f"{HOME}/a").document
    assert other.document is None


def test_a_page_that_fails_again_and_again_is_asked_for_less_and_less(record: Record) -> None:
    waits = []
    for _ in range(7):
        record.ended("/a", Outcome.HTTP_ERROR, status=500)
        waits.append(record.known(f"{HOME}/a").next_due - record.now)
        record.next_night(40)
    assert waits[:3] == [REVISIT, 2 * REVISIT, 4 * REVISIT]
    assert waits[-1] <= timedelta(days=30)


def test_a_known_page_that_a_browser_failed_at_is_due_the_next_night_whatever_lastmod_says(
    record: Record,
) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(days=9)))
    record.fetch("/a")
    record.read("text")
    found = record.ledger.find("partner", f"{HOME}/a")
    assert found is not None
    assert found.has_document
    assert record.known(f"{HOME}/a").lastmod_unchanged
    record.next_night(40)
    record.ended("/a", Outcome.QUARANTINED, status=200)
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/a", lastmod=record.now - timedelta(days=50)))
    assert record.due() == ["/a"]
    record.fetch("/a")
    assert record.read("text") == [Outcome.UNCHANGED]
    assert record.known(f"{HOME}/a").failures == 0


def test_what_is_due_is_read_as_it_is_asked_for(record: Record) -> None:
    for number in range(300):
        record.ledger.add("partner", Link(f"{HOME}/{number}"))
    rows = record.ledger.iter_due("partner")
    assert len(list(islice(rows, 3))) == 3


@pytest.fixture
def statements(engine: sa.Engine) -> list[str]:
    """What the database was told."""
    told: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    sa.event.listen(engine, "before_cursor_execute", listen)
    return told


def test_addresses_looked_up_together_are_asked_for_once_and_written_together(
    record: Record, statements: list[str]
) -> None:
    urls = [f"{HOME}/{number}" for number in range(40)]
    record.ledger.add("partner", Link(urls[0], "Title"))
    record.ledger.prefetch(urls)
    for url in urls[1:]:
        assert record.ledger.address(url) is None
        record.ledger.add("partner", Link(url))
    record.ledger.commit()
    assert [statement.split()[0] for statement in statements] == [
        *("SELECT", "SELECT", "INSERT"),  # the second for what is rested of the source
        *("SELECT", "INSERT"),
    ]
    assert [record.known(url).title for url in urls] == ["Title", *[None] * 39]


def test_what_was_told_of_an_address_counts_before_it_is_written(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", "Title"))
    record.ledger.record_outcome("partner", f"{HOME}/a", Outcome.REFUSED, "first")
    assert record.ledger.has_outcome(f"{HOME}/a")
    assert record.known(f"{HOME}/a").last_outcome == Outcome.REFUSED
    record.ledger.record_outcome("partner", f"{HOME}/a", Outcome.BLOCKED, "second", status=403)
    record.ledger.commit()
    assert record.outcomes() == {"blocked": 1}
    row = record.known(f"{HOME}/a")
    assert (row.title, row.last_outcome, row.failures) == ("Title", Outcome.BLOCKED, 2)


def test_so_many_rows_wait_and_no_more(record: Record, statements: list[str]) -> None:
    for number in range(MOST + 1):
        record.ledger.add("partner", Link(f"{HOME}/{number}", published="2026-01-01"))
        record.ledger.address(f"{HOME}/{number + 1}")
    assert sum(statement.startswith("INSERT") for statement in statements) == 1
    assert record.count(tables.address) == MOST
    record.ledger.commit()
    assert record.count(tables.address) == MOST + 1


def test_a_list_says_the_day_of_a_page_that_another_link_led_to(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", title="Zinn"))
    record.ledger.add("partner", Link(f"{HOME}/a", title="Mehr", published="2026-02-01"))
    record.ledger.add("partner", Link(f"{HOME}/a", published="2026-02-09"))
    address = record.known(f"{HOME}/a")
    assert (address.title, address.published) == ("Zinn", "2026-02-01")
    assert address.dated is not None


def test_a_title_comes_later_and_takes_no_day_and_no_guid_away(record: Record) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", published="2026-02-01", guid="7"))
    record.ledger.add("partner", Link(f"{HOME}/a", title="Zinn"))
    address = record.known(f"{HOME}/a")
    assert (address.title, address.published, address.guid) == ("Zinn", "2026-02-01", "7")
    assert address.dated is not None


@pytest.mark.parametrize("fetched", [False, True])
def test_what_a_backfill_found_without_a_day_may_prove_to_be_news(
    record: Record, fetched: bool
) -> None:
    record.ledger.add("partner", Link(f"{HOME}/a", title="Zinn", archive=True))
    record.ledger.add("partner", Link(f"{HOME}/b", title="Blei"))
    if fetched:
        record.fetch("/a")
    record.ledger.add("partner", Link(f"{HOME}/a", published="2026-02-01"))
    record.ledger.add("partner", Link(f"{HOME}/b", published="2020-02-01", archive=True))
    assert record.known(f"{HOME}/a").archive is fetched
    assert not record.known(f"{HOME}/b").archive
