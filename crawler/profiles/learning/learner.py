"""A profile from pages of one site."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.profiles.learning.agreement import find_places
from crawler.profiles.learning.date_places import find_date_places
from crawler.profiles.learning.headlines import find_titles
from crawler.profiles.learning.pages import SamplePage
from crawler.profiles.learning.recurring import distinct_pages, find_recurring
from crawler.profiles.learning.sample import read_samples
from crawler.profiles.profile import SiteProfile

FEWEST_PAGES = 3
"""Pages with different texts; fewer teach nothing."""


def learn(pages: Sequence[SamplePage]) -> SiteProfile | None:
    """The profile of the site that the pages are of; None where fewer than three of them differ.

    Their order does not matter. A page that can't be read counts as none.
    """
    distinct = distinct_pages(read_samples(pages))
    if len(distinct) < FEWEST_PAGES:
        return None
    dates = find_date_places(distinct)
    recurring = find_recurring(distinct)
    titles = find_titles(distinct, recurring)
    return SiteProfile(
        pages=len(distinct),
        places=find_places(distinct),
        lines=recurring.lines,
        counters=recurring.counters,
        boxes=recurring.boxes,
        dates=dates.dates,
        clocks=dates.clocks,
        ahead=dates.ahead,
        day_first=dates.day_first,
        believe_markup=dates.believe_markup,
        title_frame=titles.title_frame,
        headlines=titles.headlines,
    )
