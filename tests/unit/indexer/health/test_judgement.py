"""What the statistics of a source say of its health: each state, and what lies just beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from indexer.frontier.traps.evidence import Trap
from indexer.health.judgement import (
    ADVICE,
    NEEDS_A_PERSON,
    STATES,
    Coverage,
    FailingPage,
    Redesign,
    SourceStatistics,
    judge,
    usual_silence,
)

TODAY = date(2026, 6, 1)
OK = SourceStatistics(looked_on=TODAY, documents=1, links=20)


def every(days: int, *, number: int = 20, ending: date = TODAY) -> list[date]:
    return [ending - timedelta(days=days * n) for n in reversed(range(number))]


def coverage(pages: int, **shares: float) -> Coverage:
    given = {"date": 1.0, "author": 0.9, "event": 0.2, "text": 1.0} | shares
    return Coverage(pages, **{name: round(share * pages) for name, share in given.items()})


FAILING = FailingPage("https://a.example/2024", "status 500", 1, TODAY, date(2026, 6, 2))
TRAP = Trap("a.example/s/{id}", 60)
MOVED = Redesign("www.a.example", date(2026, 5, 30), 12)
OLDER = Redesign("b.example", date(2026, 5, 28), 3)
WALL = {"consent-wall": 4, "new": 1}

CASES: list[tuple[str, SourceStatistics, str]] = [
    ("never-looked-at", SourceStatistics(), "no run has crawled it"),
    ("ok", OK, ""),
    ("unreachable", replace(OK, crawl="unreachable", crawl_reason="no route"), "no route"),
    ("blocked", replace(OK, crawl="blocked", crawl_reason="status 403"), "status 403"),
    # What the site refuses outweighs what is wrong with the pages that were got.
    ("blocked", replace(OK, crawl="blocked", crawl_reason="status 403", pages=[WALL, WALL]), "403"),
    # -- consent walls
    ("consent-wall", replace(OK, pages=[WALL, {"consent-wall": 5}]), "9 of 10 pages"),
    ("ok", replace(OK, pages=[{"consent-wall": 4}]), ""),  # too few to say so
    ("ok", replace(OK, pages=[{"new": 3}, {"consent-wall": 40}]), ""),  # the last look heals it
    ("ok", replace(OK, pages=[{"consent-wall": 5, "new": 5}]), ""),  # half is not most
    ("ok", replace(OK, pages=[{"not-modified": 90}, {"http-error": 3}]), ""),
    # -- green but empty
    ("empty", replace(OK, links=0), "1 document answered, without a link"),
    ("empty", replace(OK, documents=3, links=0), "3 documents answered"),
    ("ok", replace(OK, documents=0, links=0), ""),  # "not modified" is no answer in full
    ("ok", replace(OK, links=None), ""),
    ("empty", replace(OK, lately=coverage(6, text=0.0)), "none of its 6 newest pages holds a text"),
    ("ok", replace(OK, lately=coverage(4, text=0.0)), ""),  # of a source that was silent for long
    ("empty", replace(OK, lately=coverage(2, text=0.0), is_new=True), "none of its 2 newest pages"),
    ("ok", replace(OK, lately=coverage(1, text=0.0), is_new=True), ""),
    # -- addresses without end
    ("trap", replace(OK, traps=[TRAP]), "a.example/s/{id}"),
    ("trap", replace(OK, traps=[TRAP]), r"exclude: ['^https?://a\.example/s/[^/?]*\d[^/?]*$']"),
    ("trap", replace(OK, traps=[TRAP, replace(TRAP, left_out=3)]), "(63 left out this time)"),
    ("empty", replace(OK, links=0, traps=[TRAP]), "without a link"),
    # -- pages of lists
    ("degraded", replace(OK, failing=[FAILING]), "a.example/2024: status 500; failed once since"),
    ("degraded", replace(OK, failing=[FAILING] * 3), "on 2026-06-02 (and 2 more pages of lists)"),
    # -- pages that are not there
    (
        "degraded",
        replace(OK, pages=[{"http-error": 6}], lost={"status 404": 5, "status 500": 1}),
        "6 of 6 pages answered with an error (status 404: 5, status 500: 1)",
    ),
    (
        "degraded",
        replace(OK, pages=[{"gone": 6, "new": 5}, {"new": 40}], lost={"status 404": 6}),
        "6 of 11 pages",
    ),
    ("ok", replace(OK, pages=[{"http-error": 4}], lost={"status 404": 4}), ""),  # dead links
    ("ok", replace(OK, pages=[{"http-error": 5, "new": 5}], lost={"status 404": 5}), ""),
    ("ok", replace(OK, pages=[{"gone": 40}], lost={}), ""),  # gone for long
    # -- one text in place of several
    ("degraded", replace(OK, stand_ins=12), "12 pages show the same text in place of their own"),
    # -- another layout
    ("degraded", replace(OK, redesigns=[MOVED]), "the layout changed on 2026-05-30: www.a.example"),
    ("degraded", replace(OK, redesigns=[MOVED]), "learnt anew from 12 pages"),
    ("degraded", replace(OK, redesigns=[replace(MOVED, pages=None)]), "not learnt yet"),
    (
        "degraded",
        replace(OK, redesigns=[OLDER, MOVED]),
        "www.a.example; learnt anew from 12 pages (and",
    ),
    # What is amiss with the pages comes from it.
    (
        "degraded",
        replace(OK, redesigns=[MOVED], lately=coverage(20, date=0), before=coverage(20)),
        "layout",
    ),
    # -- stale
    ("stale", replace(OK, news=every(2, ending=TODAY - timedelta(days=9))), "since 2026-05-23"),
    ("ok", replace(OK, news=every(2, ending=TODAY - timedelta(days=8))), ""),
    ("ok", replace(OK, news=every(1, ending=TODAY - timedelta(days=7))), ""),
    ("stale", replace(OK, news=every(1, ending=TODAY - timedelta(days=8))), "up to 7 are usual"),
    ("ok", replace(OK, news=every(30, ending=TODAY - timedelta(days=119))), ""),
    ("stale", replace(OK, news=every(30, ending=TODAY - timedelta(days=121))), "121 days"),
    ("ok", replace(OK, news=every(1, number=10, ending=TODAY - timedelta(days=90))), ""),
    # -- one way of several
    (
        "degraded",
        replace(OK, failed=[("https://x.example/feed", "status 410")]),
        "feed: status 410",
    ),
    ("degraded", replace(OK, failed=[("a", "b"), ("c", "d"), ("e", "f")]), "a: b, and 2 more"),
    # -- parsing
    (
        "degraded",
        replace(OK, pages=[{"quarantined": 5, "new": 20}]),
        "5 of 25 answers of its last crawl can't be read",
    ),
    (
        "degraded",
        replace(OK, pages=[{"quarantined": 2}, {"quarantined": 2}, {"quarantined": 2}]),
        "6 of 6 answers of its last 3 crawls",
    ),
    ("ok", replace(OK, pages=[{"quarantined": 5, "new": 21}]), ""),
    ("ok", replace(OK, pages=[{"quarantined": 4}]), ""),
    # -- coverage
    (
        "degraded",
        replace(OK, lately=coverage(40, date=0.1), before=coverage(80)),
        "date: 10 % after 100 %",
    ),
    ("degraded", replace(OK, lately=coverage(40, author=0.0), before=coverage(80)), "author: 0 %"),
    (
        "degraded",
        replace(OK, lately=coverage(90, event=0.0), before=coverage(180)),
        "event: 0 % after 20 %",
    ),
    ("ok", replace(OK, lately=coverage(20, event=0.05), before=coverage(40)), ""),  # may be chance
    ("ok", replace(OK, lately=coverage(19, date=0.0), before=coverage(80)), ""),
    ("ok", replace(OK, lately=coverage(40, date=0.0), before=coverage(19)), ""),
    ("ok", replace(OK, lately=coverage(40, author=0.6), before=coverage(80)), ""),
    ("ok", replace(OK, lately=coverage(40), before=coverage(80, author=0.0, event=0.0)), ""),
    # -- volume
    (
        "degraded",
        replace(OK, weeks=[90, 20, 18, 22, 15, 19, 21]),
        "90 new pages in a week; 19.5 are usual",
    ),
    ("degraded", replace(OK, weeks=[5, 40, 38, 42, 35, 39, 41]), "35 the fewest"),
    ("ok", replace(OK, weeks=[80, 20, 18, 22, 15, 19, 21]), ""),
    ("ok", replace(OK, weeks=[19, 0, 0, 0, 0, 0, 0]), ""),
    ("ok", replace(OK, weeks=[0, 15, 18, 19, 15, 19, 17]), ""),
    ("ok", replace(OK, weeks=[900, 20, 18, 22, 15, 19]), ""),  # no band yet
]


@pytest.mark.parametrize(("state", "statistics", "words"), CASES)
def test_states(state: str, statistics: SourceStatistics, words: str) -> None:
    health = judge(statistics)
    assert (health.state, words in (health.reason or "")) == (state, True), health


def test_every_state_of_a_look_is_judged_and_has_its_advice() -> None:
    judged = {state for state, _, _ in CASES}
    assert judged == set(STATES) - {"not-due", "disabled"}
    assert set(ADVICE) == judged - {"ok"}
    assert set(STATES) >= NEEDS_A_PERSON


@pytest.mark.parametrize(
    ("news", "days"),
    [
        (every(1), 7),
        (every(3), 12),
        # One summer break in two years of weekly news doesn't make silence usual.
        ([*every(7, ending=TODAY - timedelta(days=60)), *every(7)], 28),
        ([], None),
        (every(3, number=10), None),
    ],
)
def test_usual_silence(news: Sequence[date], days: int | None) -> None:
    found = usual_silence(sorted(set(news)))
    assert (found and found.days) == days


def test_a_look_without_a_finding_heals_every_state() -> None:
    healed: dict[str, Any] = {
        "crawl": "ok",
        "links": 20,
        "pages": [{"new": 3}],
        "failed": (),
        "lost": {},
        "stand_ins": 0,
        "failing": (),
        "news": every(1),
        "traps": (),
        "redesigns": (),
        "lately": Coverage(),
        "weeks": [],
    }
    for state, statistics, _ in CASES:
        if state != "never-looked-at":
            assert judge(replace(statistics, **healed)).state == "ok"
