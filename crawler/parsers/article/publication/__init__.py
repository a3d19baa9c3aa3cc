"""When a page was published: what it says of itself, weighed; never a date of an event.

Order: JSON-LD, meta tags, `<time>` at the title, visible date lines, a date in the address, and
htmldate over what is left once text and boxes are taken away. htmldate alone takes event dates, the
oldest item of a listing and years for publication dates.
"""

from crawler.parsers.article.publication.address import in_url
from crawler.parsers.article.publication.day_order import is_day_first
from crawler.parsers.article.publication.iso import parse_iso
from crawler.parsers.article.publication.profile_date import settle_date
from crawler.parsers.article.publication.reader import LoneDates, PublicationReader
from crawler.parsers.article.publication.record import (
    FIRST_YEAR,
    LAST_YEAR,
    Publication,
    PublicationSource,
)
from crawler.parsers.article.publication.search import DateSearch

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "DateSearch",
    "LoneDates",
    "Publication",
    "PublicationReader",
    "PublicationSource",
    "in_url",
    "is_day_first",
    "parse_iso",
    "settle_date",
]
