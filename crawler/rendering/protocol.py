"""What the crawl and the process with the browser say to each other: one JSON object a line.

The crawl sends `Start` once and then one `Job` after the other. For each request that a page makes
the process asks (`{"ask": url}`) and is answered (`{"let": true}`); a job ends with a `Result`,
which the crawl answers (`{"shut": true}`) when nothing gets out of the page any more.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LINE = 64 << 20
"""Bytes; a page of 8 MiB is a third longer in Base64."""


@dataclass(frozen=True, slots=True)
class Start:
    """How the browser is started."""

    program: str
    proxy: int
    """Port of the guard on 127.0.0.1."""
    user_agent: str
    sandbox: bool
    """False: as root, for whom Chromium has none."""
    folder: str
    """Where the browser keeps what it needs while it runs."""


@dataclass(frozen=True, slots=True)
class Job:
    """A page to render: the answer that was fetched, so that it is not asked for twice."""

    url: str
    status: int
    content_type: str
    body: str
    """Base64."""
    language: str
    decline: list[str]
    """Labels of buttons that decline consent, folded (`crawler.discovery.listing_words.plain`)."""
    settle_seconds: float
    """Longest time to wait for the page to come to rest."""
    requests: int
    """Requests that it may make."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job."""

    html: str | None = None
    error: str | None = None
    """Why there is no page."""
    declined: str | None = None
    """Label of the button by which consent was declined."""
    requests: int = 0
    refused: int = 0
    """Requests that were not let through."""
