"""What a caller passes to a crawl besides its tasks: callbacks, a clock and the stop event."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.spiders.source_run import CrawlProgress


def _wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CrawlControls:
    """Callbacks are called in the thread of the crawl."""

    progress: Callable[[CrawlProgress], None] = lambda _: None
    on_response: Callable[[str, int], None] = lambda source, size: None
    """Called for each response: source, and bytes of the body."""
    on_site_time: Callable[[datetime], None] = lambda _: None
    """Called with what the clock of a site shows, for each response that says it."""
    on_browser_failure: Callable[[str], None] = lambda _: None
    """Called at the end with the reason where the browser could not be started."""
    now: Callable[[], datetime] = _wall_clock
    """The clock of `fetched_at`, windows and cooldowns."""
    stop: threading.Event = field(default_factory=threading.Event)
    """Once set, the crawl ends within a second."""
