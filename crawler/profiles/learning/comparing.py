"""Compares pages with the profile of their site: how they are made, and how well they are read by
the places of its articles.
"""

from __future__ import annotations

from crawler.parsers.article import ArticleReader
from crawler.profiles.article_places import is_read_in_full
from crawler.profiles.learning.agreement import agreements
from crawler.profiles.learning.article_places import try_places
from crawler.profiles.learning.pages import Compared, Comparison
from crawler.profiles.learning.sample import read_samples


def compare(comparison: Comparison, articles: ArticleReader | None) -> Compared:
    """What the pages say of the profile.

    Reading by places is tried on all of them until it is proven, then on those that are read in
    full in any case.
    """
    profile, pages = comparison.profile, comparison.pages
    layout = agreements(profile, read_samples(pages))
    places = profile.articles
    if articles is not None and places is not None:
        if places.is_proven:
            pages = [sample for sample in pages if is_read_in_full(sample.raw.url)]
        places = try_places(pages, profile, articles)
    return Compared(layout, places)
