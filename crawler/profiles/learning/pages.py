"""The pages that a site is learnt from or compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.parsers.raw_page import RawPage
from crawler.profiles.article_places import ArticlePlaces
from crawler.profiles.profile import SiteProfile


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page of the site as it was fetched, and what is known of it from elsewhere."""

    raw: RawPage
    fetched: date
    """Day on which it was fetched."""
    published: str | None = None
    """Day of publication as feed, listing or sitemap gave it (ISO)."""
    title: str | None = None
    """Headline as feed or listing gave it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pages of a site."""

    pages: Sequence[SamplePage]
    before: SiteProfile | None = None
    """What was learnt before, of a site some of whose pages have a layout that it had not shown."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pages to compare with the profile of their site."""

    profile: SiteProfile
    pages: Sequence[SamplePage]


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing pages with the profile of their site has shown."""

    layout: Sequence[bool]
    """Of each page that can be judged, whether it is made as the profile has learnt; in no order.
    """
    articles: ArticlePlaces | None
    """The places of the profile, with how well they hold on these pages too."""
