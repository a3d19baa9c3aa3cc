"""What further links of one run say of a page that is found already."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crawler.crawl import Backfill
from crawler.spiders.page_plan import plan_pages
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_run import SourceRun, SourceTask
from indexer.frontier.port import KnownAddress, Link, Met
from indexer.records.source import Source
from tests.loopback.frontier import MemoryFrontier

HOME = "https://press.example"
PAGE = f"{HOME}/news/1001"
BACKFILL = Backfill(date(2026, 1, 1), 5)


class NotedLinks(MemoryFrontier):
    def __init__(self) -> None:
        super().__init__()
        self.noted: list[Link] = []

    def add(self, source: str, link: Link) -> None:
        self.noted.append(link)
        super().add(source, link)


def run_of(frontier: MemoryFrontier, backfill: Backfill | None = None) -> SourceRun:
    source = Source("s", "S", HOME, "DE", ("de",))
    journal = cast("Any", SimpleNamespace(commit_full_batch=lambda: None))
    task = SourceTask(source, backfill=backfill)
    return SourceRun(task, frontier, cast("Any", None), journal)


def found_links(run: SourceRun) -> FoundLinks:
    return FoundLinks(run, datetime(2026, 5, 4, tzinfo=UTC))


@pytest.mark.parametrize(("shown", "title"), [(None, "Tin"), ("Tin is mined", "Tin is mined")])
def test_a_list_says_day_and_title_of_a_page_of_the_home_page(
    shown: str | None, title: str
) -> None:
    frontier = NotedLinks()
    links = found_links(run_of(frontier))
    links.add([Link(PAGE, shown)])
    links.add([Link(PAGE, "Tin", "2026-05-02")])
    links.add([Link(PAGE, "Tin", "2026-05-03")])
    assert [*links.new.values()] == [Link(PAGE, title, "2026-05-02")]
    assert [(link.title, link.published) for link in frontier.noted] == [
        (shown, None),
        (title, "2026-05-02"),
    ]


@pytest.mark.parametrize("backfill", [None, BACKFILL])
def test_a_backfill_leaves_out_what_proves_to_be_too_old(backfill: Backfill | None) -> None:
    run = run_of(MemoryFrontier(), backfill)
    links = found_links(run)
    links.add([Link(PAGE), Link(f"{HOME}/news/1002")])
    links.add([Link(PAGE, "Tin", "2025-05-02"), Link(PAGE)])
    planned = plan_pages(run, links)
    assert (PAGE in planned) is (backfill is None)
    assert f"{HOME}/news/1002" in planned


@pytest.mark.parametrize(("day", "archived"), [("2026-05-02", False), ("2026-02-02", True)])
def test_a_page_of_a_backfill_is_news_if_the_day_that_comes_later_says_so(
    day: str, *, archived: bool
) -> None:
    frontier = MemoryFrontier()
    links = found_links(run_of(frontier, BACKFILL))
    links.add([Link(PAGE)])
    assert PAGE in frontier.archived
    links.add([Link(PAGE, "Tin", day)])
    assert (PAGE in frontier.archived) is archived
    # as well on a later night
    frontier.archived.add(PAGE)
    found_links(run_of(frontier)).add([Link(PAGE, "Tin", day)])
    assert (PAGE in frontier.archived) is archived


def test_a_page_that_waits_from_an_earlier_run_gets_its_day() -> None:
    frontier = NotedLinks()
    frontier.addresses[PAGE] = ("s", "page", KnownAddress(PAGE))
    fetched = KnownAddress(f"{HOME}/news/1002", last_fetch=datetime(2026, 5, 1, tzinfo=UTC))
    frontier.addresses[fetched.url] = ("s", "page", fetched)
    found_links(run_of(frontier)).add(
        [Link(url, "Tin", "2026-05-02") for url in (PAGE, fetched.url)]
    )
    assert [(link.url, link.published) for link in frontier.noted] == [(PAGE, "2026-05-02")]


@pytest.mark.parametrize(
    ("since", "day", "met", "listed"),
    [
        ("2026-05-01", "2026-05-01", None, True),
        ("2026-05-01", "2026-05-02T10:00:00Z", None, True),
        ("2026-05-01", "2026-04-30", None, False),
        ("2026-05-01", None, None, False),
        ("2026-05-01", "2026-05-02", "aside", False),
        (None, "2026-05-02", None, False),
    ],
)
def test_a_page_that_was_told_to_none_is_news_where_a_known_list_names_it_as_later(
    since: str | None, day: str | None, met: Met | None, *, listed: bool
) -> None:
    frontier = MemoryFrontier()
    moment = datetime.fromisoformat(since).replace(hour=20, tzinfo=UTC) if since else None
    known = KnownAddress(PAGE, last_fetch=moment, has_document=True, unsure_since=moment)
    frontier.addresses[PAGE] = ("s", "page", known)
    links = found_links(run_of(frontier))
    with links.met(met):
        links.add([Link(PAGE, "Tin", day)])
    assert frontier.listed == ([PAGE] if listed else [])


@pytest.mark.parametrize(
    ("first", "again", "met"),
    [
        ("aside", None, None),
        ("late", "aside", "aside"),
        ("aside", "late", "aside"),
        (None, "late", None),
    ],
)
def test_a_page_was_met_by_the_surest_of_what_names_it(
    first: Met | None, again: Met | None, met: Met | None
) -> None:
    frontier = MemoryFrontier()
    links = found_links(run_of(frontier))
    for how in (first, again):
        with links.met(how):
            links.add([Link(PAGE, "Tin")])
    assert frontier.met.get(PAGE) == met


def test_how_a_page_was_met_holds_until_it_states_a_recent_day() -> None:
    frontier = MemoryFrontier()
    with (links := found_links(run_of(frontier))).met("late"):
        links.add([Link(PAGE, "Tin"), Link(f"{HOME}/news/1002", "Zinc", "2026-05-02")])
        assert frontier.met == {PAGE: "late"}
        links.add([Link(PAGE, "Tin", "2026-05-02")])
    assert not frontier.met


def test_a_page_that_waits_is_as_it_was_met() -> None:
    """The list that was read for the first time when it was met has been read before by now."""
    frontier = MemoryFrontier()
    with (links := found_links(run_of(frontier))).met("late"):
        links.add([Link(PAGE, "Tin")])
    found_links(run_of(frontier)).add([Link(PAGE, "Tin", "2026-02-02")])
    assert frontier.met == {PAGE: "late"}
