"""Judges a crawler by what sites saw of it: pauses, requests at once, forbidden addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tests.loopback.site import Asked, LoopbackSite

CLOCK = 0.02
"""Seconds by which a request may seem early: it was sent in time, and the one before it was read
late.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a site was promised, by its robots.txt and by the crawl's own settings."""

    delay: float
    """Seconds from the end of an answer to the next request."""
    disallowed: tuple[str, ...] = ()
    """Beginnings of paths that robots.txt keeps for the site itself."""
    contact: str = ""
    """Stands in the user agent of every request."""


def offences(site: LoopbackSite, promise: Promise) -> list[str]:
    """Everything in which the requests of one run broke the promise, as sentences."""
    asked = sorted(site.asked, key=lambda one: one.started)
    return [
        *_together(site),
        *_too_soon(asked, promise.delay),
        *_disallowed(asked, promise.disallowed),
        *_nameless(asked, promise.contact),
        *_before_robots(asked),
    ]


def _together(site: LoopbackSite) -> Iterator[str]:
    if site.most_in_flight > 1:
        yield f"{site.most_in_flight} requests at once"


def _too_soon(asked: list[Asked], delay: float) -> Iterator[str]:
    for before, after in pairwise(asked):
        pause = after.started - before.started
        if pause < delay - CLOCK:
            yield f"{after.path} came {pause:.3f} s after {before.path}"


def _disallowed(asked: list[Asked], disallowed: tuple[str, ...]) -> Iterator[str]:
    for one in asked:
        if one.path.startswith(disallowed or ("\0",)):
            yield f"{one.path} is disallowed"


def _nameless(asked: list[Asked], contact: str) -> Iterator[str]:
    for one in asked:
        if contact not in one.headers.get("user-agent", ""):
            yield f"{one.path} was asked for by {one.headers.get('user-agent')!r}"


def _before_robots(asked: list[Asked]) -> Iterator[str]:
    """A crawler that knows the rules from the day before need not ask again."""
    paths = [one.path for one in asked]
    if "/robots.txt" in paths[1:] and paths[0] != "/robots.txt":
        yield f"{paths[0]} was asked for before robots.txt"
