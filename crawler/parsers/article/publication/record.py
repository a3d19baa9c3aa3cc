"""A publication date with its place, and what of a page it is read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import lxml.html

from crawler.parsers.article.blocks import TextBlock
from crawler.parsers.article.body import Body
from crawler.parsers.article.byline import Byline
from crawler.parsers.elements import Elements
from crawler.parsers.markup import Markup, text_of, types_of
from indexer.records.document import Part
from indexer.records.publication_days import is_believed

MAX_DATE_LINE = 80
"""Characters of a piece of a byline that may be a date."""
_DAY = len("2015-06-09")
_OF_EVENT = re.compile(
    r"(?:^|[\s_-])(?:event|termin)s?[_-]*(?:date|time|day|start|end|datum)", re.IGNORECASE
)
"""Class of an element that holds the day of an event: `event-date` (Squarespace)."""
_BOXES = ("aside", "nav", "footer")
_BOUNDS = 2


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication date and where it was found."""

    day: str
    """Partial ISO date in the zone that the page states."""
    instant: datetime | None
    """UTC."""
    part: Part
    surface: str
    """The string as written in the part."""
    rule: str
    path: str = ""
    """Of a value in markup: where it stands there (`NewsArticle.datePublished`)."""
    inferred: bool = False
    """Nothing but the profile of the site supports it, or a list, of a page without a day."""


@dataclass(frozen=True, slots=True)
class PublicationSource:
    """What of a page its date is read from."""

    elements: Elements
    url: str | None
    lang: str | None
    markup: Markup
    byline: Byline
    body: Body
    blocks: Sequence[TextBlock]
    """All that the page shows, boxes too."""
    heading: lxml.html.HtmlElement | None = None
    """The element of the title, where one shows it."""
    day_first: bool | None = None
    """How the site writes dates of numbers, where that is known."""
    believe_markup: bool = True
    """Whether what markup states is of publication, by what is known of the site."""
    listed: str | None = None
    """The ISO day that lists or feeds state of the page."""
    ahead: str | None = None
    """The one that was still to come when they did."""
    counted: str | None = None
    """The one that the page counted when it was read before."""
    fetched: date | None = None
    """The day of the request."""
    at: datetime | None = None
    """Its instant."""


def is_plausible(day: str) -> bool:
    """Whether the year of a partial date is believed."""
    return day[:4].isdigit() and is_believed(int(day[:4]))


def event_days(source: PublicationSource) -> frozenset[str]:
    """Days of the event that the page is about, by its markup, by the names of the elements that
    hold them, or by the lists that lead to it.
    """
    listed = frozenset({source.ahead} if source.ahead is not None else ())
    stated = frozenset(
        (text_of(node.get(key)) or "")[:_DAY]
        for node in source.markup.nodes
        if any(t.endswith("Event") for t in types_of(node))
        for key in ("startDate", "endDate")
    )
    return listed | stated | _named_days(source.elements)


def _named_days(elements: Elements) -> frozenset[str]:
    """The first and the last day of an event in elements that are named so; several are of others,
    as those in boxes are.
    """
    times = elements.with_tags("time")
    named = (time for time in times if _OF_EVENT.search(time.attributes.get("class", "")))
    own = (time for time in named if next(time.element.iterancestors(*_BOXES), None) is None)
    days = frozenset(day[:_DAY] for time in own if (day := time.attributes.get("datetime")))
    return days if len(days) <= _BOUNDS else frozenset()
