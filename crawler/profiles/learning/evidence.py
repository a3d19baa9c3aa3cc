"""Evidence of a page's day of publication that does not come from where the page prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.parsers.article.publication import PUBLISHED_META, in_url, parse_iso
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, text_of
from indexer.records.publication_days import is_believed, is_to_come

FEWEST = 3
"""Pages whose markup says what is not so, before it is not believed on this site."""


@dataclass(frozen=True, slots=True)
class DayEvidence:
    """Days of publication of one page, by where they come from."""

    fetched: date
    given: date | None
    """Of a feed, a listing or a sitemap."""
    addressed: date | None
    """Of the page's address."""
    stated: date | None
    """Of JSON-LD or meta tags."""

    def day(self, *, believe_markup: bool) -> date | None:
        """The best of them."""
        return self.given or self.addressed or (self.stated if believe_markup else None)


def read_evidence(
    fetched: date, published: str | None, url: str | None, markup: Markup
) -> DayEvidence:
    """What is known of a page's day; only whole days of believable years count, and none to come:
    lists and calendars give the days of events.
    """
    addressed = in_url(url)
    given = (published, addressed.day if addressed else None, _stated(markup))
    return DayEvidence(fetched, *(_day(text, fetched) for text in given))


def is_markup_believed(pages: Sequence[DayEvidence]) -> bool:
    """Whether the days in the site's markup are days of publication.

    They are not where most of them are another day than feeds or addresses say, or where all are
    the same day, or the day of the visit, while pages are known to be of several days.
    """
    both = [p for p in pages if p.stated and (p.given or p.addressed)]
    refuted = [p for p in both if not _near(p.stated, p.given or p.addressed)]
    if len(refuted) >= FEWEST and 2 * len(refuted) > len(both):
        return False
    stated = [p for p in pages if p.stated]
    visits = len({p.fetched for p in stated})
    of_visit = all(_near(p.stated, p.fetched) for p in stated)
    return not (len(stated) >= FEWEST and visits > 1 and of_visit)


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= 1


def _stated(markup: Markup) -> str | None:
    for types in (ARTICLE_TYPES, PAGE_TYPES):
        for node in markup.of_type(types):
            if value := text_of(node.get("datePublished")):
                return value
    return markup.first_meta(*PUBLISHED_META)


def _day(given: str | None, fetched: date) -> date | None:
    iso = parse_iso(given) if given else None
    if iso is None:
        return None
    day = date.fromisoformat(iso[0])
    return day if is_believed(day.year) and not is_to_come(day, fetched) else None
