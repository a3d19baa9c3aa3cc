"""Which pages a run requests where there are more than it may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from crawler.spiders.page_plan import plan_pages
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_run import SourceRun, SourceTask
from indexer.frontier.port import PROBES, KnownAddress, Link
from indexer.records.source import Source
from tests.loopback.frontier import MemoryFrontier

HOME = "https://press.example"
SESSION = "press.example/s/{id}"


def plan(
    frontier: MemoryFrontier, found: Sequence[Link], *, budget: int, **fields: Any
) -> list[str]:
    """Paths that are planned."""
    source = Source("s", "S", HOME, "DE", ("de",), max_pages=budget, **fields)
    run = SourceRun(SourceTask(source), frontier, cast("Any", None), cast("Any", None))
    links = FoundLinks(run, datetime(2026, 3, 2, tzinfo=UTC))
    links.new = {link.url: link for link in found}
    return [url.removeprefix(HOME) for url in plan_pages(run, links)]


def links(*paths: str, title: str | None = None) -> list[Link]:
    return [Link(HOME + path, title) for path in paths]


def sessions(number: int) -> list[Link]:
    return links(*(f"/s/{n:04}abcd" for n in range(number)), title="Offer")


def known(*paths: str) -> MemoryFrontier:
    """A frontier with pages that an earlier run has found and not requested."""
    frontier = MemoryFrontier()
    for path in paths:
        url = HOME + path
        frontier.addresses[url] = ("s", "page", KnownAddress(url))
    frontier.next_run()
    return frontier


def test_a_quarter_belongs_to_what_has_waited_longest() -> None:
    frontier = known("/old-1", "/old-2", "/old-3")
    found = links(*(f"/new-{n}" for n in range(20)))
    chosen = plan(frontier, found, budget=8)
    assert chosen == [*(f"/new-{n}" for n in range(6)), "/old-1", "/old-2"]


def test_what_nobody_waits_for_is_left_to_the_news() -> None:
    found = links(*(f"/new-{n}" for n in range(20)))
    assert plan(known(), found, budget=8) == [f"/new-{n}" for n in range(8)]
    # Less than a quarter: news has what is left.
    chosen = plan(known("/old-1"), found, budget=8)
    assert sorted(chosen) == sorted(["/old-1", *(f"/new-{n}" for n in range(7))])


def test_of_a_rested_shape_a_few_are_requested_and_the_others_counted() -> None:
    frontier = known()
    frontier.rested = {SESSION}
    news = links("/new-1", "/new-2")
    chosen = plan(frontier, [*sessions(60), *news], budget=100)
    assert chosen[:2] == ["/new-1", "/new-2"]
    assert len(chosen) == 2 + PROBES
    assert frontier.left_out == {SESSION: 60 - PROBES}


def test_new_titles_are_probed_first_and_each_once() -> None:
    frontier = known()
    frontier.rested, frontier.titles = {SESSION}, {"Offer"}
    fresh = [Link(f"{HOME}/s/{title}000{n}", title) for title in ("b1c", "b2c") for n in range(3)]
    chosen = plan(frontier, [*sessions(60), *fresh], budget=100)
    assert chosen[:2] == ["/s/b1c0000", "/s/b2c0000"]


def test_probes_have_a_tenth_of_the_budget_at_most() -> None:
    frontier = known()
    frontier.rested = {SESSION, "press.example/k/{number}"}
    others = links(*(f"/k/{n}" for n in range(60)))
    news = links(*(f"/new-{n}" for n in range(60)))
    chosen = plan(frontier, [*sessions(60), *others, *news], budget=30)
    assert (len(chosen), sum("/new-" not in path for path in chosen)) == (30, 3)


def test_what_is_excluded_is_no_trap() -> None:
    frontier = known()
    frontier.rested = {SESSION}
    assert plan(frontier, sessions(60), budget=30, exclude=("/s/",)) == []
    assert frontier.left_out == {}


def test_indexes_of_tags_and_authors_come_after_the_news() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    indexes = [Link(HOME + path, lastmod=now) for path in ("/tag/zinc", "/author/jane")]
    assert plan(known(), [*indexes, *links("/story")], budget=2) == ["/story", "/tag/zinc"]


def test_an_address_with_a_checksum_is_no_print_version() -> None:
    dated = [
        Link(f"{HOME}/detail?news=17{day}&cHash=ab", published=f"2026-02-{day}") for day in (11, 12)
    ]
    chosen = plan(known(), [*links("/17/print", "/other"), *dated], budget=8)
    assert chosen == [
        *(f"/detail?news={number}&cHash=ab" for number in (1712, 1711)),
        *("/other", "/17/print"),
    ]
