"""A site of many pages that changes every night and says so in its sitemap."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.e2e.newsroom import article
from tests.loopback.site import Asked, LoopbackSite

PAGES = 200
PUBLISHED, CHANGED = 2, 3
"""Pages that are published, and pages that get a new paragraph, in a night. As many as are
published disappear."""
FIRST_NIGHT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
MARK = "Kupfer aus Charge {}"
"""In each change, a mark of its own; a watch for copper tells of the passage."""


@dataclass
class _Page:
    number: int
    since: datetime
    mark: str | None = None
    """Of its last change."""


def mark_of(number: int) -> str:
    """A word that stands in one change alone; numbers that go up are no news on a page."""
    syllables = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "su")
    return "".join(syllables[int(digit)] for digit in f"{number:05}").title()


class SoakSite(LoopbackSite):
    """Serves the pages as of the night that was set last; `hook` is told of each request."""

    def __init__(self) -> None:
        super().__init__()
        self.hook: Callable[[int], None] | None = None
        self._chance = random.Random(20260105)
        self._pages = [_Page(number, FIRST_NIGHT) for number in range(PAGES)]
        self._published = PAGES
        self.marks: list[str] = []
        """Of all changes that were made so far."""
        for page in self._pages:
            self._show(page)
        self._show_sitemap()

    def moment(self, night: int) -> datetime:
        """When the run of a night begins; 0 is the first one."""
        return FIRST_NIGHT + timedelta(days=night)

    def change(self, night: int) -> None:
        """Make the changes of a night."""
        stated = self.moment(night) - timedelta(hours=1)
        for gone in self._pages[:PUBLISHED]:
            del self.answers[f"/n/{gone.number}"]
        del self._pages[:PUBLISHED]
        changed = self._chance.sample(self._pages, CHANGED)
        fresh = [_Page(self._published + n, stated) for n in range(PUBLISHED)]
        self._published += PUBLISHED
        self._pages += fresh
        for place, page in enumerate([*changed, *fresh]):
            page.since, page.mark = stated, mark_of(night * 10 + place)
            self.marks.append(page.mark)
            self._show(page)
        self._show_sitemap()

    @contextmanager
    def record(self, asked: Asked) -> Iterator[None]:
        """Tell the hook of the request."""
        with super().record(asked):
            if self.hook is not None:
                self.hook(len(self.asked))
            yield

    def _show(self, page: _Page) -> None:
        # Pages that differ by their titles alone would be addresses without end.
        more = [f"Aus der Grube {mark_of(page.number)} kommt ein eigener Bericht dazu."]
        if page.mark is not None:
            more.append(f"Am Schacht liegt {MARK.format(page.mark)} bereit.")
        html = article(
            f"Meldung {page.number} aus dem Revier",
            "Zinkerz",
            more=more,
            day=f"{page.since - timedelta(days=1):%Y-%m-%d}",
        )
        self.page(f"/n/{page.number}", html, etag=f'"{page.number}-{page.mark}"')

    def _show_sitemap(self) -> None:
        entries = "".join(
            f"<url><loc>{self.url}/n/{page.number}</loc><lastmod>{page.since.isoformat()}</lastmod></url>"
            for page in self._pages
        )
        self.xml(
            "/sitemap.xml",
            '<?xml version="1.0" encoding="utf-8"?>'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>',
        )
