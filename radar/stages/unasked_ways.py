"""What pages of a source lead to and its configuration does not name, found in the pages that a run
has fetched: nothing is requested for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.unasked_ways import LookedAt, PagesOfSource, find_ways
from crawler.parsers.pool import PagePool, answer_of
from crawler.parsers.raw_page import RawPage
from crawler.politeness.robots import RobotsRules
from indexer.database import tables
from indexer.frontier.fetches import Fetch
from indexer.health.unasked_ways import is_unasked_due, save_unasked
from indexer.profiles.profile_records import SiteKey
from indexer.profiles.profile_samples import spread, waiting_pages
from indexer.records.errors import ParseError
from indexer.records.source import Source
from indexer.records.unasked import Way, may_have_unasked, unasked
from indexer.records.urls import canonical, owns, site

logger = logging.getLogger(__name__)

LOOKED_AT = 3
"""Pages of a source that are looked at: their menus are the same."""
BYTES = 1 << 20
"""A longer answer would hold up the worker."""
MOST_SITEMAPS = 5


@dataclass(frozen=True, slots=True)
class LookForWays:
    """Looks at sources of which pages wait to be read, each once a week; commits after each."""

    connection: sa.Connection
    pool: PagePool[Hashable]
    languages: Mapping[str, Mapping[str, Any]]
    raw_page: Callable[[Fetch], RawPage]
    """Reads an answer from the archive; raises ParseError."""
    now: datetime

    def look(
        self, sources: Iterable[Source], *, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Look at those that are due; what a page of one does to its reader is noted."""
        may = [source for source in sources if may_have_unasked(source)]
        due = [s for s in may if is_unasked_due(self.connection, s.id, self.now)]
        waiting = waiting_pages(self.connection) if due else {}
        labels: frozenset[str] = frozenset()
        for source in due:
            pages = tuple(_pages(source, waiting, self.raw_page))
            if not pages or stopped():
                continue
            labels = labels or ListingWords.from_languages(self.languages).sections
            found = answer_of(self.pool.call(find_ways, PagesOfSource(source, labels, pages)))
            if isinstance(found, ParseError) or found is None:
                logger.warning("ways_not_found %s: %s", source.id, found)
                continue
            sitemaps = unasked(source, _sitemaps(self.connection, source))[:MOST_SITEMAPS]
            save_unasked(self.connection, source.id, (*found, *sitemaps), self.now)
            self.connection.commit()


def _pages(
    source: Source, waiting: Mapping[SiteKey, Sequence[Fetch]], raw_page: Callable[[Fetch], RawPage]
) -> Iterator[LookedAt]:
    home = site(source.url)
    fetches = waiting.get(SiteKey(source.id, home), ()) if home is not None else ()
    for fetch in spread(fetches, LOOKED_AT):
        try:
            raw = raw_page(fetch)
        except ParseError:
            continue  # its own job says so
        if raw.body is not None and len(raw.body) <= BYTES:
            yield LookedAt(raw.body, fetch.final_url, raw.content_type)


def _sitemaps(connection: sa.Connection, source: Source) -> Iterator[Way]:
    """Those that robots.txt names, as it was when it was last requested."""
    query = sa.select(tables.site.c.robots).where(tables.site.c.name == site(source.url))
    body = connection.execute(query).scalar() or b""
    for line in RobotsRules(body).sitemaps:
        url = canonical(line, source.url)
        if url is not None and owns(source, url):
            yield Way("sitemap", url)
