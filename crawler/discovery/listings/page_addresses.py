"""Classifies pages by their addresses: article, page of a list, calendar view. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import takewhile
from urllib.parse import urlsplit

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.page_patterns import counts_on
from crawler.parsers.event_paths import has_event_day

NO_PAGE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|odt|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|webm|"
    r"ics|xml|rss|"
    r"json|css|js|exe|apk|epub)$",
    re.IGNORECASE,
)
"""Ends of paths that lead to files which are no pages."""
PDF = re.compile(r"\.pdf$", re.IGNORECASE)
_BOILERPLATE_PATH = frozenset(
    {
        *("tag", "tags", "category", "categories", "author", "authors", "user", "users", "login"),
        *("logout", "signin", "signup", "register", "search", "feed", "rss", "print", "cart"),
        *("wp-login.php", "wp-admin", "wp-content", "wp-json", "cdn-cgi", "sitemap", "privacy"),
        *("sitemap.html", "imprint", "contact", "contacts", "cookies", "subscribe", "account"),
        "profile",
    }
)
_DATE_PATH = re.compile(
    r"(?:^|[/_-])(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?[0-3]?\d)?(?:[/_-]|$)"
)
_DAY_PATH = re.compile(
    r"(?:^|[/_-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])(?:[/_-]([0-3]?\d))?(?=[/_-]|$)"
)
_NUMBER = re.compile(r"(?:^|[^\d])\d{3,}(?:[^\d]|$)")
_ARCHIVE = re.compile(r"//[^/?#]+/(?:[a-z]{2,3}/)?(?:19|20)\d\d(?:/\d\d?){1,2}/?$", re.IGNORECASE)
"""A month or day below the home page: `/2026/03/`; a year alone may be the number of news."""
_APOSTROPHE = re.compile("['`‘’ʻʼ]")
LONGEST_NUMBER = 9
"""Digits of a number that counts pages or entries."""
_PAGE_OR_POST = re.compile(r"[?&]p=\d+|/p[/:-]?\d+/?(?:$|\?)", re.IGNORECASE)
"""`?p=12`, `/p/12`: the twelfth page of a list, or news by its number (WordPress)."""
_ID_QUERY = re.compile(r"(?:^|&)(?:[a-z_]*id|article|news|item|post|p|n|nid)=\d+", re.IGNORECASE)


def looks_like_a_page(url: str) -> bool:
    """Whether an address looks like that of one news page: a date, a number, a slug of words."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_]|%20", last) if word]
    return _has_date_or_number(url) or len(words) >= 4 or _ID_QUERY.search(parts.query) is not None


def may_be_a_post(url: str, page: str) -> bool:
    """Whether an address that `page` links to may be that of news by their number, too, and not
    only that of a page of a list: it is none of the two beside `page`.
    """
    is_either = _PAGE_OR_POST.search(url) is not None
    return is_either and not (counts_on(page, url) or counts_on(url, page))


def is_index_path(url: str) -> bool:
    """Whether a path names an index of tags, categories or authors, a search or a form."""
    segments = urlsplit(url).path.lower().split("/")
    return not _BOILERPLATE_PATH.isdisjoint(segments)


class ListAddresses:
    """Recognises addresses of lists, calendars, forms and files, with words of all languages."""

    def __init__(self, words: ListingWords) -> None:
        self._boilerplate_paths = words.boilerplate_paths
        self._lists = frozenset(slug for label in words.sections for slug in _slugs(label))
        paging = _alternatives(words.paging_words)
        self._paging = re.compile(
            rf"(?:[?&](?:page|p|pg|paged|start|offset{paging}|pagen_\d+|limitstart|cur|skip|from|cstart|"
            r"pageno|page_?num|b_start(?:(?::|%3a)int)?|start_?(?:at|from|index|item|row)|"
            r"first_?(?:item|result|row))=\d+(?:(?:,|%2c)\d+)*)|"
            r"(?:[?&][\w%.\[\]-]{0,100}pag(?:e|ing)[\w%.\[\]-]{0,100}=\d+)|[?&]page\d+(?=&|$)|"
            rf"/(?:(?:page{paging}|p)[/:-]?|\(?(?:offset|page)\)?/|page-?(?:no|num(?:ber)?)/|"
            # A longer one is mostly that of any page of a site.
            r"page-?id/(?=\d{1,3}(?!\d)))"
            r"\d+/?(?:$|\?)",
            re.IGNORECASE,
        )
        self._calendar_view = re.compile(
            r"[?&](?:tribe-bar-date|eventdisplay|ical|outlook-ical|month|cal_?month|calendar|date|"
            rf"day|year|yearmonth{_alternatives(words.calendar_parameters)})=[\d-]*\d|"
            r"[?&](?:ical|outlook-ical)=|[?&]format=(?:ical|ics)(?:$|&)|"
            r"/(?:calendar|calendario|agenda|events?|archive?s?|month|day"
            rf"{_alternatives(words.calendar_paths)})"
            r"/(?:19|20)\d\d(?:[/-]\d\d?){0,2}/?$|/(?:month|day|week|today)/?$",
            re.IGNORECASE,
        )

    def is_further_page(self, url: str) -> bool:
        """Whether an address is that of a further page of a list."""
        return self._paging.search(url) is not None

    def page_number(self, url: str) -> int | None:
        """The number by which an address names a further page of a list; an offset is one too, a
        time or an id from which on older entries are listed is none.
        """
        found = self._paging.search(url)
        if found is None:
            return None
        number = re.findall(r"\d+", found[0].lower().replace("%2c", ","))[-1]
        return int(number) if len(number) <= LONGEST_NUMBER else None

    def is_calendar_view(self, url: str) -> bool:
        """Whether an address shows a day, month or year of a calendar or archive.

        There are endless numbers of them.
        """
        return self.calendar_view(url) is not None

    def calendar_view(self, url: str) -> str | None:
        """The part of an address that names a day, month or year of a calendar or archive."""
        found = self._calendar_view.search(url)
        is_view = found is not None and _ID_QUERY.search(urlsplit(url).query) is None
        return found[0].lstrip("?&") if found is not None and is_view else None

    def leads_to_boilerplate(self, url: str, *, is_post: bool = False, page: str = "") -> bool:
        """Whether an address leads to a list, a form or a file, or lies among pages that are no
        news; `is_post`: it is that of news, though it looks like that of a page of a list; `page`:
        the list that links to it.
        """
        parts = urlsplit(url)
        segments = _segments(url)
        stems = _stems(segments)
        return (
            NO_PAGE.search(parts.path) is not None
            or (self.is_further_page(url) and not is_post)
            or self.is_calendar_view(url)
            or _ARCHIVE.search(url) is not None
            or self._is_index(url, segments, stems, page)
            or (
                not _has_date_or_number(url)
                and not self._boilerplate_paths.isdisjoint(stems[self._own_part(stems, page) :])
            )
        )

    def _is_index(self, url: str, segments: Sequence[str], stems: Sequence[str], page: str) -> bool:
        """Whether a path names an index or a form; of what looks like a page that the list below
        such a name links to, what stands behind the list's own path counts alone.
        """
        own = self._shared(stems, page) if looks_like_a_page(url) else 0
        return not _BOILERPLATE_PATH.isdisjoint((*segments[own:], *stems[own:]))

    def _own_part(self, stems: Sequence[str], page: str) -> int:
        """From which segment on a path says what its page is: where its news lie, a site has about
        itself, too (`/about-us/news/…`), and that of a list says nothing of its entries.
        """
        behind_lists = (n for n, stem in enumerate(stems[:-1], 1) if stem in self._lists)
        return max((self._shared(stems, page), *behind_lists))

    def _shared(self, stems: Sequence[str], page: str) -> int:
        """How many segments a path has in common with that of a list, but for the last of them."""
        pairs = zip(stems[:-1], _stems(_segments(page)), strict=False)
        return max(0, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) - 1)


def _segments(url: str) -> list[str]:
    return [segment for segment in urlsplit(url).path.lower().split("/") if segment]


def _stems(segments: Sequence[str]) -> list[str]:
    """Segments without the end of a file: news lie at `/news/…` below `/news.html`, too."""
    return [segment.rsplit(".", 1)[0] for segment in segments]


def _slugs(label: str) -> Iterator[str]:
    """A label as addresses have it: an apostrophe is left out by some systems and parts words in
    others (so‘nggi yangiliklar: `songgi-yangiliklar`, `so-nggi-yangiliklar`).
    """
    for instead in ("", " "):
        yield _slug(_APOSTROPHE.sub(instead, label))


def _slug(label: str) -> str:
    """A label's words, joined: `Presse & Medien` → `presse-medien`."""
    letters = unicodedata.normalize("NFKD", label.replace("ł", "l").replace("ı", "i"))
    return "-".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def _alternatives(words: Collection[str]) -> str:
    """Words to append to the alternatives of a pattern."""
    return "".join(f"|{re.escape(word)}" for word in sorted(words))


def folder(url: str) -> str:
    """The path without its last segment."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[0]


def day_in(url: str) -> str | None:
    """The day or month in a path: `/2026/05/04/slug` → `2026-05-04`."""
    found = _DAY_PATH.search(urlsplit(url).path)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


def published_in(url: str) -> str | None:
    """The day or month of publication in a path; not that of an event."""
    return None if has_event_day(urlsplit(url).path) else day_in(url)


def _has_date_or_number(url: str) -> bool:
    path = urlsplit(url).path.rstrip("/")
    return (
        _DATE_PATH.search(path) is not None or _NUMBER.search(path.rsplit("/", 1)[-1]) is not None
    )
