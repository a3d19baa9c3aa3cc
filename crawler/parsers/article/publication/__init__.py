"""When a page was published: of all days that it names the likeliest; never the day of an event.

Days are looked for in JSON-LD, meta tags, data of scripts, the address, `<time>` elements and all
that the page shows. Trees, learnt from labelled pages, judge each by measures of structure: what
names it, where it stands, what is said before it, which other days there are.
"""

from crawler.parsers.article.publication.address import in_url
from crawler.parsers.article.publication.day_choice import Choose, choose_day
from crawler.parsers.article.publication.day_order import is_day_first
from crawler.parsers.article.publication.iso import parse_iso
from crawler.parsers.article.publication.printed_marks import PRINTED, TIME, times
from crawler.parsers.article.publication.profile_date import settle_date
from crawler.parsers.article.publication.reader import PublicationReader
from crawler.parsers.article.publication.record import (
    Publication,
    PublicationSource,
)
from crawler.parsers.article.publication.stated_marks import PUBLISHED_META

__all__ = [
    "PRINTED",
    "PUBLISHED_META",
    "TIME",
    "Choose",
    "Publication",
    "PublicationReader",
    "PublicationSource",
    "choose_day",
    "in_url",
    "is_day_first",
    "parse_iso",
    "settle_date",
    "times",
]
