"""What a page reader takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crawler.profiles import SiteProfile
from indexer.records.stated import NOTHING_STATED, Stated


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before it is read: exactly one of `body`, `html` and `text`."""

    body: bytes | None = None
    """As fetched: HTML, a PDF or a calendar file (ICS)."""
    html: str | None = None
    """Already decoded; its charset declarations are ignored."""
    text: str | None = None
    """Article text alone, used unchanged."""
    url: str | None = None
    content_type: str | None = None
    """HTTP header, for its charset, and for PDF."""
    lang: str | None = None
    """Trusted where given, as are the next two."""
    published: str | None = None
    title: str | None = None
    truncated: bool = False
    """The transfer was cut off."""
    fetched: date | None = None
    """Day of the request: nothing that the page shows was published later."""
    fetched_at: datetime | None = None
    """Its instant, from which a page counts hours back (UTC)."""
    profile: SiteProfile | None = None
    """What is known of the site that an HTML page is of."""
    stated: Stated = NOTHING_STATED
    """What led to an HTML page says of it; its day is none that was to come when it was fetched."""
