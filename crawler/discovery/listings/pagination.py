"""Finds the next page of a list: links, rows of numbers, "load more" buttons. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.list_page import PostedForm
from crawler.discovery.listing_words import ListingWords, plain
from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.candidates import is_headline
from crawler.discovery.listings.entries import FEWEST, in_heading
from crawler.discovery.listings.lone_numbers import lone_number
from crawler.discovery.listings.more_buttons import MoreButtons, data_addresses
from crawler.discovery.listings.number_runs import NO_ADDRESS, number_runs
from crawler.discovery.listings.numbered_pager import NumberedPager, read_pager, usual_query
from crawler.discovery.listings.page_addresses import ListAddresses, may_be_a_post
from crawler.discovery.listings.page_patterns import counts_on
from crawler.discovery.listings.posted_pages import is_post_back, posted_page, turns_by_name
from crawler.discovery.listings.scripted_pages import clicked_page, scripted_pages
from crawler.discovery.listings.soup import anchors_at, select, text_in
from indexer.records.urls import canonical, identity

_DISABLED_CLASS = re.compile(r"(?:^|[-_\s])(?:is)?disabled(?:$|[-_\s])", re.IGNORECASE)
_PAGER_CLASS = re.compile(
    r"(?:^|[-_\s])(?:pagers?|pagination|paging|paginator|page-?nav(?:igation|igator|i)?|page-?numbers?|"
    r"page-?list|nav-links|nav-previous|pages|modern-page|seiten|post-?nav|posts-navigation|"
    r"blog-pager|wp-pagenavi)(?:$|[-_\s\d])|pagination",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(
    r"(?:^|[-_\s])(?:next(?:-?(?:page|link|posts?(?:link)?))?|forward|older(?:-?link)?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_PREVIOUS_CLASS = re.compile(
    r"(?:^|[-_\s])(?:prev(?:ious)?(?:-?(?:page|link|posts?(?:link)?))?|newer(?:-?link)?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_NEXT_ICON = re.compile(r"(?:chevron|arrow|angle|caret)[-_]?(?:double[-_]?)?right", re.IGNORECASE)
_NEXT_SIGNS = frozenset({"›", "»", ">", ">>", "→", "⟩", "❯", "▶", "►", "⇒", "››", "»»"})
_ENDS_WITH_NEXT = re.compile(r"[^\W\d_][\W\d_]*[>»›→⟩❯▶►⇒]$")
"""Words in a language of which there is no list, and such a sign."""
_DOTS = frozenset({"...", "…"})
LONGEST_NEXT = 40
"""Characters of such a label: a headline is longer."""
MOST_OF_LABEL = 1_000
"""Characters of a button's or link's text; blanks count, and what is longer is no label."""
_COUNT = re.compile(r"\s*[(\[]?\d+[)\]]?\s*")


@dataclass(frozen=True, slots=True)
class NextPage:
    """What a page of a list says of the page after it."""

    address: str | None = None
    """Canonical address of the next page."""
    guess: str | None = None
    """Without one: an address that may be that of the next page, to be tried once."""
    posted: PostedForm | None = None
    """Without one: a form that may bring the next page, where the guess does not."""
    ends: bool = True
    """The page shows that it is the last one: it has a pager without a next page."""


@dataclass(frozen=True, slots=True)
class _Posted:
    """A form that may bring the next page."""

    form: PostedForm
    only: bool
    """Nothing else does."""


class NextPageFinder:
    """Finds the next page of listing pages of one source."""

    def __init__(self, words: ListingWords, is_owned: Callable[[str], bool]) -> None:
        """Take the words, and the test whether a canonical address belongs to the source."""
        self._words = words
        self._is_owned = is_owned
        self._addresses = ListAddresses(words)

    def find(self, soup: BeautifulSoup, base: str, page: str, css: str | None) -> NextPage:
        """The next page; `css`: a selector of the configuration, beside which nothing counts.

        Raises ParseError (`selector`) for one that is none.
        """
        if css is not None:
            return NextPage(self._first(_addresses_at(soup, css), base, page, calendars=True))
        links = soup.find_all("a", href=True)
        is_further = self._further_pages(links, base, page)
        anchors = [
            a
            for a in links
            if _in_pager(a)
            or is_further(str(a["href"]))
            or self._has_label(a, self._words.older_page)
        ]
        anchors += self._counting_on(links, base, page)
        pagers = self._pagers(soup, base, page, is_further)
        address = self._first(self._links(soup, anchors, pagers, page), base, page)
        if address is not None:
            return NextPage(address, ends=False)
        buttons = MoreButtons(soup, lambda tag: self._has_label(tag, self._words.next_page))

        def leads_further(url: str) -> bool:
            return is_further(url) and not self._is_before(url, page)

        address = self._first(buttons.addresses(leads_further), base, page)
        if address is not None:
            return NextPage(address, ends=False)
        named = chain(
            self._clicked(soup),
            buttons.forms(is_further),
            filter(is_further, scripted_pages(soup, page)),
            () if pagers else self._by_script_alone(soup, page),
        )
        posted = next(self._posted(soup, pagers, base), None)
        if posted is not None and posted.only:
            return NextPage(posted=posted.form, ends=False)
        numberless = filter(None, (_numberless(pagers), buttons.guess(page)))
        guess = self._first(chain(numberless, named), base, page)
        if guess is not None or posted is not None:
            return NextPage(None, guess, posted.form if posted is not None else None, ends=False)
        ends = bool(pagers) or any(map(self._leads_back, anchors))
        guess = None if pagers else self._lone_number(links, base, page, is_further)
        return NextPage(None, guess, ends=ends and guess is None)

    def _further_pages(self, links: list[Tag], base: str, page: str) -> Callable[[str], bool]:
        """Whether an address is that of a further page, and not of news: a headline leads there."""
        is_further = self._addresses.is_further_page
        told = [(link, str(link["href"])) for link in links if is_further(str(link["href"]))]
        told = [(link, href) for link, href in told if _is_headline(link)]
        if len({href for _, href in told}) < FEWEST:  # they may say in many words what they turn to
            told = [(link, href) for link, href in told if in_heading(link)]
        posts = set[str]()
        for _, href in told:
            url = canonical(href, base)
            if url is not None and may_be_a_post(url, page):
                posts |= {href, url}
        return lambda url: is_further(url) and url not in posts

    def leads_on(self, anchor: Tag) -> bool:
        """Whether a link says next, in words or by a sign."""
        return (
            "next" in (anchor.get("rel") or ())
            or self._has_label(anchor, self._words.next_page)
            or _has_class(anchor, _NEXT_CLASS)
            or _has_next_sign(anchor)
        )

    def _first(
        self, addresses: Iterator[str], base: str, page: str, *, calendars: bool = False
    ) -> str | None:
        """The first address of the source that is another page; calendars lead on without end, but
        one year of an archive may have several pages.
        """
        here, view = identity(page), self._addresses.calendar_view(page)
        for address in addresses:
            url = canonical(address, base)
            if (
                url is not None
                and identity(url) != here
                and self._is_owned(url)
                and (calendars or self._addresses.calendar_view(url) in (None, view))
            ):
                return url
        return None

    def _links(
        self, soup: BeautifulSoup, anchors: list[Tag], pagers: list[NumberedPager], page: str
    ) -> Iterator[str]:
        """Addresses that may be those of the next page, surest first."""
        for tag in soup.select("link[rel~=next][href], a[rel~=next][href]"):
            address = str(tag["href"])
            if not self._is_before(address, page) or _is_of_another_list(address, page):
                yield address
        back, on = list[Tag](), list[Tag]()
        for anchor in anchors:
            if self._leads_back(anchor):
                back.append(anchor)
            elif not self._is_before(str(anchor["href"]), page):
                on.append(anchor)
        for found in (
            (a for a in on if self._has_label(a, self._words.older_page)),
            (a for a in on if self._has_label(a, self._words.next_page)),
        ):
            yield from (str(a["href"]) for a in found)
        yield from (pager.next_address for pager in pagers if pager.next_address is not None)
        if pagers and not any(pager.has_next for pager in pagers):
            return  # signs point to the first page too
        yield from (str(a["href"]) for a in on if _has_class(a, _NEXT_CLASS))
        yield from (str(a["href"]) for a in on if _has_next_sign(a))
        # Where "previous" means what was published before.
        yield from (str(a["href"]) for a in back if self._is_after(str(a["href"]), page))

    def _pagers(
        self, soup: BeautifulSoup, base: str, page: str, is_further: Callable[[str], bool]
    ) -> list[NumberedPager]:
        """Rows of numbers that lead through this list; several others are those of its entries."""

        def looks_like_paging(url: str, tag: Tag) -> bool:
            return is_further(url) or _in_pager(tag) or turns_by_name(tag)

        found = [read_pager(run, page, base, looks_like_paging) for run in number_runs(soup)]
        pagers = _without_comments([pager for pager in found if pager is not None], soup, base)
        certain = [pager for pager in pagers if pager.certain]
        others = {pager.next_address for pager in pagers}
        return certain or (pagers if len(others) == 1 else [])

    def _posted(
        self, soup: BeautifulSoup, pagers: list[NumberedPager], base: str
    ) -> Iterator[_Posted]:
        """Forms that may bring the next page: of the next number or the dots behind the last one,
        else of what says next.
        """
        numbered = [
            (pager.next_tag if pager.has_next else _dots_behind(pager), pager.next_number)
            for pager in pagers
        ]
        named = [] if pagers else [(tag, None) for tag in self._next_buttons(soup)]
        for tag, number in (*numbered, *named):
            form = posted_page(tag, number, base) if tag is not None else None
            if tag is not None and form is not None and self._is_owned(form.address):
                yield _Posted(form, only=is_post_back(tag))

    def _next_buttons(self, soup: BeautifulSoup) -> Iterator[Tag]:
        """Links and buttons without an address that say next, and turn pages by name or place."""
        words = self._words.next_page | self._words.older_page
        for tag in soup.find_all(_is_without_address):
            if (self._has_label(tag, words) or _has_next_sign(tag)) and (
                turns_by_name(tag) or _in_pager(tag)
            ):
                yield tag

    def _clicked(self, soup: BeautifulSoup) -> Iterator[str]:
        """Where the scripts of links and buttons lead that say next."""
        words = self._words.next_page | self._words.older_page
        for tag in soup.find_all(["a", "button", "input"], onclick=True):
            address = clicked_page(tag)
            if address is not None and (self._has_label(tag, words) or _has_next_sign(tag)):
                yield address

    def _by_script_alone(self, soup: BeautifulSoup, page: str) -> Iterator[str]:
        """Where a button leads that says next and has nothing but a script: servers often take the
        page as a parameter, too. A single word, or a sign, also turns pictures, months and steps of
        forms: it counts in a pager alone.
        """
        if not usual_query(page):
            return
        words = self._words.next_page | self._words.older_page
        for tag in soup.find_all(["a", "button"]):
            is_pager = "next" in (tag.get("rel") or ()) or _in_pager(tag)
            if is_pager:
                says_next = self._has_label(tag, words) or _has_next_sign(tag)
            else:
                is_phrase = len(text_in(tag, MOST_OF_LABEL).split()) > 1
                says_next = is_phrase and self._has_label(tag, words)
            if says_next and _is_scripted_alone(tag):
                number = self._addresses.page_number(page) if "page=" in page else 1
                yield f"?page={(number or 1) + 1}"
                return

    def _counting_on(self, links: list[Tag], base: str, page: str) -> list[Tag]:
        """Links that say next, and whose address is that of the page with one more, or with other
        parameters. If several say so, they lead to what the entries of a list are about.
        """
        found = dict[str, list[Tag]]()
        for anchor in links:
            if _has_next_sign(anchor) or self._has_label(anchor, self._words.next_page):
                url = canonical(str(anchor["href"]), base)
                if url is not None and identity(url) != identity(page):
                    found.setdefault(identity(url), []).append(anchor)
        if len(found) != 1:
            return []
        (url, anchors) = next(iter(found.items()))
        on = canonical(str(anchors[0]["href"]), base) or url
        return anchors if counts_on(page, on) or _asks_otherwise(on, page) else []

    def _lone_number(
        self, links: list[Tag], base: str, page: str, is_further: Callable[[str], bool]
    ) -> str | None:
        urls = (canonical(str(link["href"]), base) for link in links if not self._leads_back(link))
        owned = (url for url in urls if url is not None and self._is_owned(url))
        return lone_number(owned, page, is_further)

    def _has_label(self, tag: Tag, labels: frozenset[str]) -> bool:
        image = tag.find("img", alt=True)
        said = (
            text_in(tag, MOST_OF_LABEL),
            tag.get("aria-label"),
            tag.get("title"),
            tag.get("value"),
            image.get("alt") if isinstance(image, Tag) else None,
        )
        return any(
            plain(label) in labels or plain(_COUNT.sub(" ", label)) in labels
            for label in said
            if isinstance(label, str) and len(label) <= MOST_OF_LABEL
        )

    def _leads_back(self, anchor: Tag) -> bool:
        return self._has_label(anchor, self._words.previous_page) or (
            _has_class(anchor, _PREVIOUS_CLASS)
            and not self._has_label(anchor, self._words.older_page | self._words.next_page)
        )

    def _is_before(self, address: str, page: str) -> bool:
        """Whether an address is that of an earlier page, or of the first one, by its number."""
        number, here = (self._addresses.page_number(url) for url in (address, page))
        return number is not None and number <= (here or 0)

    def _is_after(self, address: str, page: str) -> bool:
        number, here = (self._addresses.page_number(url) for url in (address, page))
        return number is not None and number > max(here or 0, 1)


def _without_comments(
    pagers: list[NumberedPager], soup: BeautifulSoup, base: str
) -> list[NumberedPager]:
    """Those whose links do not all say with a word how many of something the entries of the list
    have (`2 comments`): their headlines lead to the same pages.
    """
    linked = [[(url, place) for _, url, place in p.places if url is not None] for p in pagers]
    worded = [bool(links) and all(place.words for _, place in links) for links in linked]
    if not any(worded):
        return pagers
    headlines = (a for a in soup.find_all("a", href=True) if _is_headline(a))
    entries = {canonical(str(link["href"]), base) for link in headlines}
    return [
        pager
        for pager, links, in_words in zip(pagers, linked, worded, strict=True)
        if not (in_words and all(url in entries for url, _ in links))
    ]


def _is_headline(link: Tag) -> bool:
    """Whether a link is a headline, and nothing that turns pages in many words."""
    label = text_in(link, MOST_OF_LABEL)
    return is_headline(label, inside=in_heading(link)) and not (
        "next" in (link.get("rel") or ()) or _in_pager(link)
    )


def _asks_otherwise(url: str, page: str) -> bool:
    """Whether an address is that of the page with other parameters: `?cursor=…`."""
    there, here = urlsplit(url), urlsplit(page)
    return there.path == here.path and bool(there.query) and there.query != here.query


def _is_of_another_list(address: str, page: str) -> bool:
    """Whether an address has its number in the query, and another path than the page: that of what
    is over goes on behind what is to come, from its first page.
    """
    there, here = urlsplit(urljoin(page, address)), urlsplit(page)
    return bool(there.query) and there.path.rstrip("/") != here.path.rstrip("/")


def _is_without_address(tag: Tag) -> bool:
    if tag.name == "a":
        return is_post_back(tag)
    return tag.name in ("button", "input") and tag.find_parent("form") is not None


def _is_scripted_alone(tag: Tag) -> bool:
    """Whether a button, or a link without an address, is in no form and has no address in data. On
    the last page of a list it is mostly there still, and disabled.
    """
    leads = tag.name == "a" and not NO_ADDRESS.match(str(tag.get("href") or ""))
    return (
        not leads
        and not _is_disabled(tag)
        and tag.find_parent("form") is None
        and next(data_addresses(tag), None) is None
    )


def _is_disabled(tag: Tag) -> bool:
    return (
        tag.has_attr("disabled")
        or str(tag.get("aria-disabled") or "").lower() == "true"
        or _has_class(tag, _DISABLED_CLASS)
    )


def _numberless(pagers: list[NumberedPager]) -> str | None:
    """Where a row of numbers has the next page, but no address: what scripts load."""
    for pager in pagers:
        if pager.has_next and pager.pattern is not None:
            return pager.pattern.address_of(pager.next_number)
    return None


def _dots_behind(pager: NumberedPager) -> Tag | None:
    """The link that turns a row to its next numbers, on the page with the last of these."""
    linked = [place.tag for _, _, place in pager.places if place.tag is not None]
    is_last = pager.current >= max(number for number, _, _ in pager.places)
    if not is_last or not linked or not is_post_back(linked[-1]):
        return None
    # Any kind of link ends the search: many rows in one page don't each go through all of it.
    link = linked[-1].find_next(["a", "button", "input", "option"])
    if not isinstance(link, Tag) or text_in(link, MOST_OF_LABEL) not in _DOTS:
        return None
    return link if is_post_back(link) else None


def _addresses_at(soup: BeautifulSoup, css: str) -> Iterator[str]:
    for tag in select(soup, css):
        yield from data_addresses(tag)
        anchors = [tag] if tag.name == "link" else anchors_at(tag)
        yield from (str(anchor.get("href", "")) for anchor in anchors)


def _has_class(anchor: Tag, pattern: re.Pattern[str]) -> bool:
    """Whether the anchor, or the element that holds it alone, has such a class."""
    parent = anchor.parent
    near = [anchor, parent] if parent is not None and parent.name in ("li", "span") else [anchor]
    return any(pattern.search(classes_of(tag)) for tag in near)


def _has_next_sign(anchor: Tag) -> bool:
    label = text_in(anchor, MOST_OF_LABEL).strip()
    if label in _NEXT_SIGNS or (len(label) < LONGEST_NEXT and _ENDS_WITH_NEXT.search(label)):
        return True
    icons = anchor.find_all(["i", "span", "svg", "use"], limit=3)
    return any(_NEXT_ICON.search(classes_of(icon)) for icon in icons)


def _in_pager(anchor: Tag) -> bool:
    for tag in anchor.parents:
        if tag.name in ("body", "html", "main", "article"):
            return False
        label = str(tag.get("aria-label") or "") if tag.name == "nav" else ""
        if _PAGER_CLASS.search(f"{classes_of(tag)} {label}"):
            return True
    return False
