"""A profile from pages of one site."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from crawler.parsers.article import ArticleReader
from crawler.profiles.learning.addresses import find_addresses
from crawler.profiles.learning.agreement import agreements, find_frame, find_places
from crawler.profiles.learning.article_places import find_article_places
from crawler.profiles.learning.asides import find_asides
from crawler.profiles.learning.date_places import find_date_places
from crawler.profiles.learning.headlines import find_titles
from crawler.profiles.learning.pages import Lesson, SamplePage
from crawler.profiles.learning.recurring import distinct_pages, find_recurring
from crawler.profiles.learning.sample import ReadSample, read_samples
from crawler.profiles.profile import SiteProfile

FEWEST_PAGES = 3
"""Pages with different texts; fewer teach nothing."""


def learn(pages: Sequence[SamplePage], articles: ArticleReader | None) -> SiteProfile | None:
    """The profile of the site that the pages are of; None where fewer than three of them differ.

    Their order does not matter. A page that can't be read counts as none. `articles`: tells where
    articles stand, and persons from other words; None: that is not learnt.
    """
    return _with_places(_learn(read_samples(pages), articles), pages, articles)


def study(lesson: Lesson, articles: ArticleReader | None) -> SiteProfile | None:
    """What the pages teach; the profile from before, unless the new one knows how more of them are
    made.
    """
    pages = list(read_samples(lesson.pages))
    learnt, before = _learn(pages, articles), lesson.before
    if before is not None and (
        learnt is None or sum(agreements(learnt, pages)) <= sum(agreements(before, pages))
    ):
        return before
    return _with_places(learnt, lesson.pages, articles)


def _with_places(
    learnt: SiteProfile | None, pages: Sequence[SamplePage], articles: ArticleReader | None
) -> SiteProfile | None:
    if learnt is None or articles is None:
        return learnt
    return dataclasses.replace(learnt, articles=find_article_places(pages, learnt, articles))


def _learn(pages: Iterable[ReadSample], articles: ArticleReader | None) -> SiteProfile | None:
    distinct = distinct_pages(pages)
    if len(distinct) < FEWEST_PAGES:
        return None
    dates = find_date_places(distinct)
    is_person = articles.is_person if articles else _is_nobody
    recurring = find_recurring(distinct, is_person)
    titles = find_titles(distinct, recurring)
    return SiteProfile(
        pages=len(distinct),
        places=find_places(distinct),
        frame=find_frame(distinct),
        lines=recurring.lines,
        counters=recurring.counters,
        boxes=recurring.boxes,
        asides=find_asides(distinct, recurring, is_person),
        dates=dates.dates,
        clocks=dates.clocks,
        ahead=dates.ahead,
        addresses=find_addresses(distinct, dates.dates),
        day_first=dates.day_first,
        believe_markup=dates.believe_markup,
        title_frame=titles.title_frame,
        headlines=titles.headlines,
    )


def _is_nobody(line: str) -> bool:
    return False
