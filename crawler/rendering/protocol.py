"""Messages between the crawl and the process with the browser: one JSON object a line.

The crawl sends `BrowserStart` once, then one `RenderJob` after the other. For each request of a
page the process asks for leave (`{"ask": url}`) and gets an answer (`{"let": true}`). A job ends
with a `RenderResult`; the crawl confirms it (`{"shut": true}`) once the guard is closed.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LINE = 64 << 20
"""Bytes: a page of 8 MiB is a third longer in Base64."""


@dataclass(frozen=True, slots=True)
class BrowserStart:
    """How the browser is started."""

    program: str
    proxy: int
    """Port of the guard on 127.0.0.1."""
    user_agent: str
    sandbox: bool
    """False for root, who gets no sandbox from Chromium."""
    folder: str
    """Temporary folder of the browser."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A page to render: the response that was fetched, so that it is not requested twice."""

    url: str
    status: int
    content_type: str
    body: str
    """Base64."""
    language: str
    decline: list[str]
    """Labels of buttons that decline consent (`crawler.discovery.listing_words.plain`)."""
    settle_seconds: float
    """Longest time to wait until the page settles."""
    requests: int
    """Requests that the page may make."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """The result of a job."""

    html: str | None = None
    error: str | None = None
    """Why there is no page."""
    declined: str | None = None
    """Label of the button by which consent was declined."""
    requests: int = 0
    refused: int = 0
    """Requests that were refused one by one; those that the browser refused by itself, beyond the
    number of a page, are not counted.
    """
