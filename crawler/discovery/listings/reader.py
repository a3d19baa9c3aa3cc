"""Reads listing pages: links to news pages, the next page, and parts by year or month. Pure.

A source may give CSS selectors for both. Without them, rules decide, based on what content
management systems have in common (where a link stands, how its address is built, what its
neighbours look like), and on the words of `config/languages` (key `discovery`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.language_fronts import front_language
from crawler.discovery.list_page import ListPage
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.archive_parts import (
    archive_parts,
    past_lists,
    whole_lists,
    year_of_part,
)
from crawler.discovery.listings.boilerplate import Boilerplate
from crawler.discovery.listings.calendar_months import month_before, months_ahead
from crawler.discovery.listings.candidates import HEADLINE, Candidate, gather_candidates
from crawler.discovery.listings.data_entries import (
    data_of,
    entries_as_markup,
    has_state,
    names_below,
    next_in,
)
from crawler.discovery.listings.entries import (
    ListEntries,
    find_news_lists,
    find_short_lists,
    headline_in,
)
from crawler.discovery.listings.entry_days import (
    EntryDays,
    believed_days,
    writes_month_first,
    writes_pairs,
)
from crawler.discovery.listings.entry_sections import entry_sections
from crawler.discovery.listings.letter_parts import letter_parts
from crawler.discovery.listings.month_choices import month_choices
from crawler.discovery.listings.own_entries import (
    below_the_list,
    lies_below,
    of_its_section,
    of_the_make,
)
from crawler.discovery.listings.page_addresses import (
    PDF,
    ListAddresses,
    folder,
    published_in,
)
from crawler.discovery.listings.pagination import NextPage, NextPageFinder
from crawler.discovery.listings.sections import news_sections
from crawler.discovery.listings.soup import (
    ParsedPage,
    anchors_at,
    language_of,
    select,
)
from crawler.discovery.listings.stand_ins import stand_ins
from crawler.discovery.listings.unmarked_menus import UnmarkedMenus
from indexer.frontier.port import Link
from indexer.records.urls import canonical, identity, is_home

MOST_BELOW = 6
"""Lists that are read below a page without entries."""
_END = re.compile(r"\.\w{2,5}$|/+$")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What of the links of a page leads to its entries."""

    candidates: list[Candidate]
    entries: ListEntries
    more: tuple[Link, ...] = ()
    """Of the data of the page: entries besides those that it shows."""
    guess: str | None = None
    """A next page that may be there."""


class ListingReader:
    """Reads listing pages of one source."""

    def __init__(self, words: ListingWords, is_owned: Callable[[str], bool]) -> None:
        """Take the words, and the test whether a canonical address belongs to the source."""
        self._words = words
        self._is_owned = is_owned
        self._addresses = ListAddresses(words)
        self._next_page_finder = NextPageFinder(words, is_owned)

    def read(
        self,
        body: bytes,
        url: str,
        content_type: str | None = None,
        *,
        links: str | None = None,
        next_page: str | None = None,
        today: date | None = None,
        is_list: bool = False,
    ) -> ListPage:
        """Links in their order and the next page; `links` and `next_page` are CSS selectors,
        `today` is the day of the request, `is_list`: it is known to be a list of news or events.

        Raises ParseError: a page without markup, hostile markup, a selector that is no CSS.
        """
        page = ParsedPage.from_bytes(body, url, content_type)
        return self.read_parsed(
            page, links=links, next_page=next_page, today=today, is_list=is_list
        )

    def read_parsed(
        self,
        page: ParsedPage,
        *,
        links: str | None = None,
        next_page: str | None = None,
        today: date | None = None,
        is_list: bool = False,
    ) -> ListPage:
        """The same of a page that is parsed already."""
        following = self._next_page_finder.find(page.soup, page.base, page.url, next_page)
        year = today.year if today is not None else MAXYEAR
        parts = self._parts_of(page, year) if next_page is None else ()
        months = self._months_ahead(page) if next_page is None else ()
        if links is None:
            lists = {following.address, *parts, *months}
            below = page.url if is_list or parts else None
            chosen = self._choose(page, following, lists, below=below, is_list=is_list)
        else:
            lists = {following.address}
            chosen = self._choose_selected(page, links, following)
        days = self._days(chosen.candidates, chosen.entries, today, page)
        shown = [_link(c, chosen.entries, days) for c in chosen.candidates if c.url not in lists]
        next_address = following.address
        leads_on = next_page or next_address or chosen.guess or following.posted or parts
        branches: tuple[str, ...] = ()
        if is_list:
            branches = self._branches_of(page, lists)
            if not leads_on and _are_over(shown, today):
                next_address = self._month_before(page, shown, today)
            if not leads_on and next_address is None:
                subjects = self._subjects_of(page, shown)
                branches = tuple(dict.fromkeys((*branches, *subjects)))
                shown = [link for link in shown if link.url not in subjects]
        is_empty = links is None and not chosen.candidates and not parts and next_page is None
        return ListPage(
            (*shown, *chosen.more),
            next_address,
            guess=chosen.guess,
            posted=following.posted,
            ends=following.ends and chosen.guess is None,
            parts=parts,
            # Beside a list whose pages are turned, they are those of a box.
            ahead=months if following.address in (None, *months) else (),
            lists=self._lists_of(page) if is_empty else (),
            branches=branches,
        )

    def _choose_selected(self, page: ParsedPage, links: str, following: NextPage) -> _Chosen:
        """What the CSS selector of a source names, but for the next page."""
        anchors = [a for tag in select(page.soup, links) for a in anchors_at(tag)]
        candidates, entries = self._gather(anchors, page)
        found = [candidate for candidate in candidates if candidate.url != following.address]
        for candidate in found:
            candidate.text = self._title(candidate, entries)
        return _Chosen(found, entries, guess=following.guess)

    def _choose(
        self,
        page: ParsedPage,
        following: NextPage,
        lists: set[str | None],
        *,
        below: str | None,
        is_list: bool,
    ) -> _Chosen:
        """What rules take for entries, but for other `lists`: in the markup, else in the data of
        the page, else in what looks like a menu or a box. `below`: the address of what is known to
        be a list.
        """
        anchors = list(page.soup.find_all("a", href=True))
        candidates, entries = self._gather(anchors, page)
        found = [candidate for candidate in candidates if candidate.url not in lists]
        menus = UnmarkedMenus(anchors, partial(_leads_back, page))
        found = self._select(found, entries, menus, below=below)
        guess = following.guess
        more: tuple[Link, ...] = ()
        may_show_more = not found or has_state(page.soup)
        names_more = is_list and not may_show_more and names_below(page.soup, page.url)
        if may_show_more or names_more:
            data = data_of(page.soup)
            held, of_data = self._in_data(data, page)
            if not found:
                found, entries = held, of_data
            else:
                more = _beside(held, of_data, found, page.url if names_more else None)
            if held and may_show_more and following.address is None:
                guess = guess or self._next_in(data, page)  # it turns the pages of these entries
        if not found:
            found, entries = self._anywhere(anchors, page)
        return _Chosen(found, entries, more, guess)

    def _month_before(
        self, page: ParsedPage, shown: Sequence[Link], today: date | None
    ) -> str | None:
        """The page of the month before, which is none of the entries `shown`."""
        entries = {link.url for link in shown}

        def may_be_a_month(url: str) -> bool:
            return url not in entries and self._is_owned(url)

        return month_before(page.soup, page.base, page.url, may_be_a_month, today)

    def _gather(self, anchors: list[Tag], page: ParsedPage) -> tuple[list[Candidate], ListEntries]:
        """The candidates among anchors, and the entries of a list that they may be."""
        candidates = list(self._candidates(anchors, page.base, page.url).values())
        return candidates, self._entries(candidates, language_of(page.soup))

    def _days(
        self,
        found: list[Candidate],
        entries: ListEntries,
        today: date | None,
        page: ParsedPage,
    ) -> EntryDays:
        language = language_of(page.soup)
        anchors = [candidate.anchors[0] for candidate in found if candidate.anchors]
        texts = [*map(entries.text_of, anchors)]
        words = self._words
        return EntryDays(
            words.months_in(language),
            believed_days(words.relative_days, texts, lambda n: entries.is_dated(anchors[n])),
            today,
            writes_month_first(texts),
            partial(words.month_number, language=language),
            words.month_units,
            writes_pairs(texts),
            year_of_part(page.url),
            words.day_ago,
        )

    def _in_data(
        self, data: Sequence[object], page: ParsedPage
    ) -> tuple[list[Candidate], ListEntries]:
        """The entries that only the data of a page has."""
        markup = entries_as_markup(data)
        anchors = list(BeautifulSoup(markup, "lxml").find_all("a", href=True)) if markup else []
        candidates = self._candidates(anchors, page.base, page.url)
        entries = ListEntries((c.url, a) for c in candidates.values() for a in c.anchors)
        return self._select(list(candidates.values()), entries), entries

    def _next_in(self, data: Sequence[object], page: ParsedPage) -> str | None:
        """The next page that data names, of the source."""
        address = next_in(data)
        url = canonical(address, page.base) if address is not None else None
        is_other = url is not None and identity(url) != identity(page.url) and self._is_owned(url)
        return url if is_other else None

    def _parts_of(self, page: ParsedPage, year: int) -> tuple[str, ...]:
        months = month_choices(
            page.soup,
            page.base,
            page.url,
            self._is_owned,
            is_month=self._words.is_month,
            month_number=partial(self._words.month_number, language=language_of(page.soup)),
            year=year,
        )
        if months:
            return months
        parts = archive_parts(
            page.soup,
            page.base,
            page.url,
            self._is_owned,
            is_month=self._words.is_month,
            year=year,
            names_list=self._words.names_list,
            months=self._words.months,
        )
        if parts or is_home(page.url):
            return parts
        if letters := letter_parts(page.soup, page.base, page.url, self._is_owned):
            return letters
        over, whole = self._words.past_lists, self._words.whole_lists
        return past_lists(page.soup, page.base, page.url, self._is_owned, over) or whole_lists(
            page.soup, page.base, page.url, self._is_owned, whole
        )

    def _lists_of(self, page: ParsedPage) -> tuple[str, ...]:
        """What a page without entries shows or leads to, else lists below it, by their labels:
        press releases below "Press".
        """
        shown = stand_ins(page, self._is_owned)
        if shown:
            return shown
        below = _END.sub("", urlsplit(page.url).path) + "/"
        found = news_sections(page, self._words.sections, self._is_owned)
        found = tuple(u for u in found if below != "/" and urlsplit(u).path.startswith(below))
        return found[:MOST_BELOW]

    def _branches_of(self, page: ParsedPage, known: Collection[str | None]) -> tuple[str, ...]:
        """Other lists of its section that a list leads to, by their labels."""
        named = news_sections(page, self._words.sections, self._is_owned)
        found = (url for url in named if url not in known and of_its_section(url, page.url))
        return tuple(islice(found, MOST_BELOW))

    def _subjects_of(self, page: ParsedPage, entries: Sequence[Link]) -> tuple[str, ...]:
        """Lists below one that shows the newest of each: of several subjects, as one alone may be
        any page below it. Their headings look like entries, but have no day.
        """
        folders = {folder(link.url) for link in entries}
        pages = [
            link
            for link in entries
            if link.published is not None or urlsplit(link.url).path.rstrip("/") not in folders
        ]
        sections = entry_sections(page, pages, self._is_owned, fewest=1)
        found = tuple(url for url in sections if lies_below(url, page.url))
        return found[:MOST_BELOW] if len(found) > 1 else ()

    def _entries(self, candidates: Sequence[Candidate], language: str | None) -> ListEntries:
        """The entries of links that say what they lead to, and of those that only say "read more"
        but have a headline beside them that is no other link's.
        """
        told = [c for c in candidates if self._may_be_an_entry(c)]
        silent = [c for c in candidates if not c.text and not self._leads_to_boilerplate(c)]
        if silent:
            apart = ListEntries((c.url, a) for c in candidates for a in c.anchors)
            for candidate in silent:
                if headline_in(apart.entry_of(candidate.anchors[0])):
                    candidate.shared = candidate.shared or [*candidate.anchors]
                    told.append(candidate)
        months = self._words.months_in(language)
        return ListEntries(((c.url, a) for c in told for a in c.anchors), months)

    def _anywhere(
        self, anchors: list[Tag], page: ParsedPage
    ) -> tuple[list[Candidate], ListEntries]:
        """Entries in what looks like a menu or a box, of a page that has none elsewhere: lists most
        of whose entries have a day.
        """
        candidates = self._candidates(anchors, page.base, page.url)
        inside = [c for c in candidates.values() if self._may_be_an_entry(c) and c.text]
        entries = ListEntries((c.url, a) for c in inside for a in c.anchors)
        dated = [c for c in inside if any(map(entries.is_dated, c.anchors))]
        listed = find_news_lists({c.url: (c.anchors, c.text) for c in dated}, entries)
        return [c for c in dated if c.url in listed and not is_home(c.url)], entries

    def _months_ahead(self, page: ParsedPage) -> tuple[str, ...]:
        leads_on = self._next_page_finder.leads_on
        return months_ahead(page.soup, page.base, page.url, self._is_owned, leads_on)

    def _select(
        self,
        candidates: list[Candidate],
        entries: ListEntries,
        menus: UnmarkedMenus | None = None,
        *,
        below: str | None = None,
    ) -> list[Candidate]:
        """Those that are entries of a list; `below`: the address of the page, where it is known to
        be one.
        """
        boilerplate = Boilerplate()
        inside: list[Candidate] = []
        for candidate in candidates:
            kept = [
                a
                for a in candidate.anchors
                if not (boilerplate.holds(a) or (menus is not None and menus.hold(a)))
            ]
            candidate.keep(kept, self._words.boilerplate_labels)
            if _is_pdf(candidate.url) and len(candidate.text) < HEADLINE:
                candidate.text = candidate.heading_beside(entries) or candidate.text
            else:
                candidate.text = self._title(candidate, entries)
            if candidate.anchors and not self._is_excluded(candidate, entries):
                inside.append(candidate)
        strong = {c.url for c in inside if c.is_strong()}
        folders = {folder(url) for url in strong}
        labelled = {c.url: (c.anchors, c.text) for c in inside}
        listed = find_news_lists(labelled, entries)
        short = find_short_lists(labelled, entries) if not listed else set()

        def is_headline(candidate: Candidate) -> bool:
            # Where the list itself is known, length says nothing of what stands beside it.
            return (
                not listed
                and len(candidate.text) >= HEADLINE
                and (not folders or folder(candidate.url) in folders)
            )

        surely = strong | listed | short
        found = {c.url for c in inside if (len(c.text) > 2 and c.url in surely) or is_headline(c)}
        if below is not None:
            found |= below_the_list(labelled, found, entries, below)
        found |= of_the_make(labelled, found, entries)
        return [c for c in inside if c.url in found]

    def _title(self, candidate: Candidate, entries: ListEntries) -> str:
        return candidate.title(entries, self._words.boilerplate_labels)

    def _candidates(self, anchors: list[Tag], base: str, page: str) -> dict[str, Candidate]:
        menu_labels = self._words.boilerplate_labels
        return gather_candidates(anchors, base, page, self._is_owned, menu_labels)

    def _may_be_an_entry(self, candidate: Candidate) -> bool:
        return (candidate.is_strong() or len(candidate.text.split()) > 1) and not (
            self._leads_to_boilerplate(candidate)
        )

    def _leads_to_boilerplate(self, candidate: Candidate) -> bool:
        return self._addresses.leads_to_boilerplate(
            candidate.url, is_post=candidate.is_post(), page=candidate.page
        )

    def _is_excluded(self, candidate: Candidate, entries: ListEntries) -> bool:
        return (
            is_home(candidate.url)
            or front_language(candidate.url) is not None
            or self._leads_to_boilerplate(candidate)
            or _is_other_pdf(candidate, entries)
        )


def _leads_back(page: ParsedPage, link: Tag) -> bool:
    """Whether a link leads to its own page, or to a front page."""
    url = canonical(str(link.get("href") or ""), page.base)
    return url is not None and (is_home(url) or identity(url) == identity(page.url))


def _are_over(links: Sequence[Link], today: date | None) -> bool:
    """Whether entries of a list have days, and none is yet to come."""
    stated = [link.published for link in links if link.published is not None]
    return bool(stated) and today is not None and max(stated) <= f"{today.isoformat()}T99"


def _beside(
    held: Iterable[Candidate], entries: ListEntries, shown: Sequence[Candidate], page: str | None
) -> tuple[Link, ...]:
    """Links that the data of a page has besides those that it shows: in the same folder, what
    another tab shows; of a list that is no application (`page`) those below it, beside whose place
    only a box is shown.
    """
    known = {c.url for c in shown}
    folders = {folder(url) for url in known} - {""} if page is None else set()
    days = EntryDays({}, {}, None)
    return tuple(
        _link(c, entries, days)
        for c in held
        if c.url not in known
        and (folder(c.url) in folders or (page is not None and lies_below(c.url, page)))
    )


def _link(candidate: Candidate, entries: ListEntries, days: EntryDays) -> Link:
    dates = (entries.date_of(anchor, days) for anchor in candidate.anchors)
    stated = next((day for day in dates if day is not None), None)
    return Link(candidate.url, candidate.text or None, stated or published_in(candidate.url))


def _is_other_pdf(candidate: Candidate, entries: ListEntries) -> bool:
    """Whether a PDF is no news: forms and leaflets lack the headline or date of a press release."""
    return _is_pdf(candidate.url) and (
        len(candidate.text) < HEADLINE or not any(map(entries.is_dated, candidate.anchors))
    )


def _is_pdf(url: str) -> bool:
    return PDF.search(urlsplit(url).path) is not None
