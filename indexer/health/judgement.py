"""Judges the health of a source by its statistics. Pure.

The judgement is about the last crawl of the source. "No news" (`stale`) is not the same as "not
crawled", which depends on the time of that crawl. The gravest finding counts. A crawl without
findings is `ok`, so every state ends by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, quantiles
from types import MappingProxyType
from typing import Literal, get_args

from indexer.frontier.traps.evidence import Trap
from indexer.frontier.traps.shapes import pattern_of

State = Literal[
    "ok",
    "unreachable",
    "blocked",
    "not-due",
    "disabled",
    "stale",
    "empty",
    "consent-wall",
    "degraded",
    "never-looked-at",
    "trap",
]
STATES: tuple[State, ...] = get_args(State)

NEEDS_A_PERSON = frozenset({"unreachable", "blocked", "empty", "consent-wall", "trap"})
"""States in which a source gives nothing at all, or that only a line in its entry ends."""

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "unreachable": (
            "See whether the address still exists (`radar sources check`): a site that has moved "
            "to another host gets it as its `url`. It is tried again more and more rarely, once a "
            "day at the least."
        ),
        "blocked": (
            "Ask the site's owner for access; it is tried again more and more rarely, once a "
            "week at the least."
        ),
        "stale": (
            "See on the site whether it has news; if so, its feed or listing has moved (`radar "
            "sources check`)."
        ),
        "empty": (
            "Look at its feeds, listings and pages in a browser: a challenge, new markup, or a "
            "frame that scripts fill (`render: auto`; `radar sources check`)."
        ),
        "consent-wall": (
            "Its pages stand behind a consent dialog: look for a feed with whole texts, or ask "
            "the owner."
        ),
        "degraded": "Read one of its newest pages with `radar try URL`.",
        "trap": (
            "Look at some of these addresses; where they are no news, add the line to the source's "
            "entry. Until then a few of them are requested each night, and the rest of the source "
            "as ever."
        ),
        "never-looked-at": "`radar run` with its id looks at it now.",
    }
)
"""What a person can do about a state."""

STALE_FACTOR = 4
"""A silence of so many times the 90th percentile of the usual gaps is unusual: three times comes
about
each Christmas and August for a source of weekly news."""
STALE_AT_LEAST = timedelta(days=7)
ENOUGH_GAPS = 10
"""Gaps between days with new pages from which a percentile says something."""

WALL_PAGES = 5
"""Read pages from which "most of them" or "none" is said."""
EMPTY_PAGES = 2
"""The same for a source that is new, of which no other pages are known."""
WALL_SHARE = 0.5

MOST_TRAPS = 5
"""Shapes that are named."""

LOST_PAGES = 5
LOST_SHARE = 0.5
"""Pages that answer with an error, and their share of all that a look requested, from which it is
the site and no dead links."""

UNREAD_PAGES = 5
UNREAD_SHARE = 0.2
"""Quarantined pages, and their share of all that were read, from which parsing counts as broken."""

COVERAGE_PAGES = 20
"""Pages of each of the two windows, at least."""
COVERAGE_Z = 3.0
"""Standard errors (two-proportion z-test): under 0.2 % of false alarms for each look and field."""

VOLUME_WEEKS = 6
"""Weeks that make a band."""
VOLUME_FACTOR = 4
VOLUME_PAGES = 20
"""New pages of a week that are too many, or missing, at least: small numbers jump by themselves."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the pages that came in a span of time have what a news page mostly has."""

    pages: int = 0
    date: int = 0
    author: int = 0
    event: int = 0
    text: int = 0


@dataclass(frozen=True, slots=True)
class Redesign:
    """A site whose pages no longer looked as they had been learnt."""

    site: str
    day: date
    """On which it was noticed."""
    pages: int | None
    """Pages from which its new layout has been learnt; None: not yet."""


@dataclass(frozen=True, slots=True)
class FailingPage:
    """A page of a list, or a home page in another language, that runs fail to get."""

    url: str
    reason: str | None
    failures: int
    """Requests in a row."""
    since: date
    next_try: date


@dataclass(frozen=True, slots=True)
class SourceStatistics:
    """What the judgement rests on. All but `looked_on` may be empty: then nothing is said of it."""

    looked_on: date | None = None
    """Day of the last look; None: nobody ever looked."""
    crawl: str = "ok"
    """How that look went: `ok`, `unreachable`, `blocked`."""
    crawl_reason: str | None = None
    documents: int = 0
    """Feeds, sitemaps and listings that answered that look in full (not with "not modified")."""
    failed: Sequence[tuple[str, str]] = ()
    """Address and reason of those of its configured entries that gave nothing."""
    failing: Sequence[FailingPage] = ()
    """Pages of its lists, and home pages in other languages, that fail night after night."""
    links: int | None = None
    """Links to pages in them, known ones too; None: not counted."""
    pages: Sequence[Mapping[str, int]] = ()
    """Outcomes of its pages in each of the last crawls that requested any, newest first."""
    lost: Mapping[str, int] = field(default_factory=dict)
    """Pages of the last look that answered with an error by its reason, such as `status 404`; those
    that have been gone for long, and are looked at again now and then, are left out."""
    stand_ins: int = 0
    """Pages of the last look that showed one text in place of their own."""
    news: Sequence[date] = ()
    """Days on which new pages came out, ascending, each once."""
    weeks: Sequence[int] = ()
    """New pages in the seven days up to the last look, and in each of the weeks before."""
    traps: Sequence[Trap] = ()
    """Shapes of addresses without end that the last look left out."""
    redesigns: Sequence[Redesign] = ()
    """Changes of layout that were noticed lately."""
    lately: Coverage = field(default=Coverage())
    """Pages of the last two weeks."""
    before: Coverage = field(default=Coverage())
    """Pages of the eight weeks before those."""
    is_new: bool = False
    """None of its pages was known before those of the last two weeks."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is doing, and why."""

    state: State
    reason: str | None = None
    """One line; None where there is nothing to say."""


def judge(statistics: SourceStatistics) -> Health:
    """The gravest finding; `ok` where there is none."""
    if statistics.looked_on is None:
        return Health("never-looked-at", "no run has crawled it yet")
    for check in _CHECKS:
        found = check(statistics)
        if found is not None:
            return found
    return Health("ok")


def usual_silence(news: Sequence[date]) -> timedelta | None:
    """The longest usual time without a new page; None while too little is known."""
    gaps = [(later - earlier).days for earlier, later in pairwise(news)]
    if len(gaps) < ENOUGH_GAPS:
        return None
    percentile = quantiles(gaps, n=10, method="inclusive")[-1]
    return max(STALE_AT_LEAST, timedelta(days=STALE_FACTOR * percentile))


def _crawl(statistics: SourceStatistics) -> Health | None:
    if statistics.crawl == "unreachable":
        return Health("unreachable", statistics.crawl_reason)
    if statistics.crawl == "blocked":
        return Health("blocked", statistics.crawl_reason)
    return None


def _consent_wall(statistics: SourceStatistics) -> Health | None:
    """Most of the pages of the last three looks, and of the very last one."""
    total = _sum(statistics.pages[:3])
    for counted in (_sum(statistics.pages[:1]), total):
        if counted.get("consent-wall", 0) <= WALL_SHARE * _read(counted):
            return None
    walls, read = total["consent-wall"], _read(total)
    if read < WALL_PAGES:
        return None
    return Health("consent-wall", f"{walls} of {read} pages are a consent dialog")


def _empty(statistics: SourceStatistics) -> Health | None:
    """Answers without an error that hold nothing."""
    if statistics.documents and statistics.links == 0:
        what = "document" if statistics.documents == 1 else "documents"
        return Health(
            "empty", f"{statistics.documents} {what} answered, without a link to any page"
        )
    lately = statistics.lately
    fewest = EMPTY_PAGES if statistics.is_new else WALL_PAGES
    if lately.pages >= fewest and not lately.text:
        return Health("empty", f"none of its {lately.pages} newest pages holds a text")
    return None


def _trap(statistics: SourceStatistics) -> Health | None:
    """Addresses without end that show the same again and again."""
    if not statistics.traps:
        return None
    named = statistics.traps[:MOST_TRAPS]
    patterns = ", ".join(_quoted(pattern_of(trap.shape)) for trap in named)
    left_out = sum(trap.left_out for trap in statistics.traps)
    return Health(
        "trap",
        f"addresses without end that show the same: {', '.join(trap.shape for trap in named)} "
        f"({left_out} left out this time); in its entry: exclude: [{patterns}]",
    )


def _quoted(pattern: str) -> str:
    """As YAML takes it."""
    return "'" + pattern.replace("'", "''") + "'"


def _stale(statistics: SourceStatistics) -> Health | None:
    longest = usual_silence(statistics.news)
    if longest is None or statistics.looked_on is None:
        return None
    newest = statistics.news[-1]
    silence = statistics.looked_on - newest
    if silence <= longest:
        return None
    return Health(
        "stale",
        f"no new page since {newest.isoformat()} ({silence.days} days; "
        f"up to {longest.days} are usual)",
    )


def _entries(statistics: SourceStatistics) -> Health | None:
    """The source as a whole was reached, but not by all of its ways."""
    if not statistics.failed:
        return None
    (url, reason), *more = statistics.failed
    others = f", and {len(more)} more" if more else ""
    return Health("degraded", f"{url}: {reason}{others}")


def _failing_pages(statistics: SourceStatistics) -> Health | None:
    """Parts of an archive, pages of a list, fronts in another language: the rest is read."""
    if not statistics.failing:
        return None
    first, *more = statistics.failing
    times = "once" if first.failures == 1 else f"{first.failures} times in a row"
    pages = "page" if len(more) == 1 else "pages"
    others = f" (and {len(more)} more {pages} of lists)" if more else ""
    return Health(
        "degraded",
        f"{first.url}: {first.reason or 'no answer'}; failed {times} since "
        f"{first.since.isoformat()}, tried again on {first.next_try.isoformat()}{others}",
    )


def _lost(statistics: SourceStatistics) -> Health | None:
    """Lists that lead to pages which are not there: moved, or the server fails."""
    lost = sum(statistics.lost.values())
    requested = sum(_sum(statistics.pages[:1]).values())
    if lost < LOST_PAGES or lost <= LOST_SHARE * requested:
        return None
    reasons = sorted(statistics.lost.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{reason}: {number}" for reason, number in reasons)
    return Health("degraded", f"{lost} of {requested} pages answered with an error ({named})")


def _unread(statistics: SourceStatistics) -> Health | None:
    looks = statistics.pages[:3]
    total = _sum(looks)
    failed, read = total.get("quarantined", 0), _read(total)
    if failed < UNREAD_PAGES or failed < UNREAD_SHARE * read:
        return None
    crawls = "crawl" if len(looks) == 1 else f"{len(looks)} crawls"
    return Health("degraded", f"{failed} of {read} answers of its last {crawls} can't be read")


def _stand_ins(statistics: SourceStatistics) -> Health | None:
    if not statistics.stand_ins:
        return None
    pages = "page shows" if statistics.stand_ins == 1 else "pages show"
    return Health(
        "degraded",
        f"{statistics.stand_ins} {pages} the same text in place of their own, as during "
        "maintenance; what was read of them before is kept",
    )


def _layout(statistics: SourceStatistics) -> Health | None:
    """What else is amiss with the pages may come from it, so it is said first."""
    if not statistics.redesigns:
        return None
    last = max(statistics.redesigns, key=lambda redesign: (redesign.day, redesign.site))
    learnt = (
        "the new one is not learnt yet"
        if last.pages is None
        else f"learnt anew from {last.pages} pages"
    )
    others = len(statistics.redesigns) - 1
    more = f" (and of {others} more of its sites)" if others else ""
    return Health(
        "degraded", f"the layout changed on {last.day.isoformat()}: {last.site}; {learnt}{more}"
    )


def _coverage(statistics: SourceStatistics) -> Health | None:
    lately, before = statistics.lately, statistics.before
    if min(lately.pages, before.pages) < COVERAGE_PAGES:
        return None
    fallen = [
        f"{name}: {_percent(now, lately.pages)} after {_percent(then, before.pages)}"
        for name, now, then in (
            ("date", lately.date, before.date),
            ("author", lately.author, before.author),
            ("event", lately.event, before.event),
            ("text", lately.text, before.text),
        )
        if _has_fallen(now, lately.pages, then, before.pages)
    ]
    if not fallen:
        return None
    return Health(
        "degraded", f"pages of the last two weeks lack what they had ({'; '.join(fallen)})"
    )


def _volume(statistics: SourceStatistics) -> Health | None:
    if len(statistics.weeks) <= VOLUME_WEEKS:
        return None
    week, *earlier = statistics.weeks
    middle = median(earlier)
    if week - max(earlier) >= VOLUME_PAGES and week > VOLUME_FACTOR * max(earlier):
        return Health(
            "degraded", f"{week} new pages in a week; {middle:g} are usual, {max(earlier)} the most"
        )
    if min(earlier) - week >= VOLUME_PAGES and week * VOLUME_FACTOR < min(earlier):
        return Health(
            "degraded",
            f"{week} new pages in a week; {middle:g} are usual, {min(earlier)} the fewest",
        )
    return None


_CHECKS: tuple[Callable[[SourceStatistics], Health | None], ...] = (
    _crawl,
    _consent_wall,
    _empty,
    _trap,
    _stale,
    _entries,
    _failing_pages,
    _lost,
    _unread,
    _stand_ins,
    _layout,
    _coverage,
    _volume,
)

_READ = (
    "new",
    "changed",
    "unchanged",
    "moved",
    "paywalled",
    "soft-404",
    "consent-wall",
    "quarantined",
)
"""Outcomes of pages that came with a text to read, or should have."""


def _read(outcomes: Mapping[str, int]) -> int:
    return sum(outcomes.get(outcome, 0) for outcome in _READ)


def _sum(looks: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for look in looks:
        for outcome, number in look.items():
            total[outcome] = total.get(outcome, 0) + number
    return total


def _has_fallen(now: int, pages: int, then: int, pages_then: int) -> bool:
    """Whether the share is less than half of what it was, and not by chance."""
    share, before = now / pages, then / pages_then
    if share * 2 >= before:
        return False
    pooled = (now + then) / (pages + pages_then)
    error = math.sqrt(pooled * (1 - pooled) * (1 / pages + 1 / pages_then))
    return before - share >= COVERAGE_Z * error


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
