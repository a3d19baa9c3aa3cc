"""Links of menus that may lead to lists, whatever their labels say. Pure.

Labels of lists are known in the languages of the files only. In any other one a menu is told by its
make, short labels of one kind beside each other, and what they lead to tells whether it is a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from urllib.parse import urlsplit

from bs4 import Tag

from crawler.discovery.language_fronts import front_language
from crawler.discovery.listing_words import ListingWords, plain
from crawler.discovery.listings.own_entries import path_of_list
from crawler.discovery.listings.page_addresses import (
    PDF,
    ListAddresses,
    folder,
    looks_like_a_page,
)
from crawler.discovery.listings.soup import ParsedPage, language_of, text_in
from indexer.frontier.port import Link
from indexer.records.urls import canonical, identity, is_home

MOST = 24
"""Links that are named at most."""
FEWEST = 3
"""Links that make a menu."""
FEWEST_DATED = 2
"""Entries with a day that make a list."""
FEWEST_SHOWN = 2
"""Entries of one folder that a list and the home page show."""
FEWEST_FRESH = 2
"""Further ones of the list."""
MOST_OF_LABEL = 500
"""Characters of a link that are looked at; blanks count."""
LONGEST_LABEL = 40
MOST_WORDS = 4
_SHORTEST_LABEL = 3
"""Letters; shorter ones are languages."""


def knows_labels(page: ParsedPage, words: ListingWords, named: int) -> bool:
    """Whether the lists of a home page are known by their labels. `named`: how many are: in a
    language without word list one may be called "Blog" or "Media" and the others not.
    """
    stated = language_of(page.soup)
    return named > 0 and (stated is None or stated in words.languages)


def menu_links(
    page: ParsedPage,
    entries: Iterable[Link],
    words: ListingWords,
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses that the menus of a home page lead to, those of the upper levels first.

    `entries`: what it shows of news.
    """
    known = {identity(page.url), *(identity(link.url) for link in entries)}
    addresses = ListAddresses(words)
    menus: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    for anchor in page.soup.find_all("a", href=True):
        if not _is_label(anchor, words):
            continue
        url = canonical(str(anchor["href"]), page.base)
        if url is None or identity(url) in known or not is_owned(url) or is_home(url):
            continue
        is_page = looks_like_a_page(url) or PDF.search(urlsplit(url).path)
        is_front = front_language(url) is not None
        if not is_page and not is_front and not addresses.leads_to_boilerplate(url):
            menus[_menu_of(anchor)].setdefault(identity(url), (_level(anchor), url))
    links = [place for menu in menus.values() if len(menu) >= FEWEST for place in menu.values()]
    ranked = sorted(links, key=lambda place: place[0])
    return tuple({identity(url): url for _, url in ranked}.values())[:MOST]


def lists_news(
    links: Sequence[Link],
    known: Collection[str],
    undated: Collection[str] = (),
    *,
    page: str = "",
    by_days: bool = False,
) -> bool:
    """Whether a page is a list: most of its entries have a day, but for those that are known; or it
    goes on with what the home page shows: others that stand in the same folder (not `by_days`).

    `known`: identities of what the home page shows, as boxes of its news stand beside any text;
    `undated`: those of them that have no day there. Where they have one, that is no such box, nor
    where they stand below the address of the `page`: a rubric has few entries, all of them news.

    """
    below = f"{path_of_list(page)}/"
    fresh = [
        link
        for link in links
        if (key := identity(link.url)) not in known
        or (link.published is not None and key in undated)
        or (below != "/" and urlsplit(link.url).path.startswith(below))
    ]
    dated = sum(link.published is not None for link in fresh)
    has_days = dated >= FEWEST_DATED and len(fresh) <= 2 * dated
    if has_days or by_days:
        return has_days
    makes = Counter(folder(link.url) for link in links if identity(link.url) in known)
    alike = sum(makes[folder(link.url)] >= FEWEST_SHOWN for link in fresh)
    return alike >= FEWEST_FRESH and len(fresh) <= 2 * alike


def _is_label(anchor: Tag, words: ListingWords) -> bool:
    label = " ".join(text_in(anchor, MOST_OF_LABEL).split())
    letters = sum(c.isalpha() for c in label)
    return (
        letters >= _SHORTEST_LABEL
        and len(label) <= LONGEST_LABEL
        and len(label.split()) <= MOST_WORDS
        and plain(label) not in words.boilerplate_labels
    )


def _menu_of(anchor: Tag) -> int:
    """What the links of one menu stand in: the list of their items, else the element with them."""
    around = anchor.find_parent(["ul", "ol", "table", "nav", "div", "td"])
    is_box = around is not None and around.name in ("div", "td")
    if around is not None and is_box and len(around.find_all("a", limit=2)) == 1:
        around = around.parent
    return id(around)


def _level(anchor: Tag) -> int:
    return len(anchor.find_parents(["ul", "ol"]))
