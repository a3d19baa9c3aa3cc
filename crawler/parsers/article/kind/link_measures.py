"""Measures of a page's links: where they lead, which are repeated, and which list of links holds
the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

import lxml.html

from crawler.parsers.elements import Tagged

_EDIT = re.compile(
    r"(?:github|gitlab|bitbucket|codeberg)\.[^/\n]+/.+/(?:edit|blob|tree)/|/_sources/|/_edit/"
    r"|/(?:edit|blob)/.+\.(?:adoc|mdx?|rst)$",
    re.MULTILINE,
)
_SHARE = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|twitter\.com/(?:intent|share)|x\.com/intent"
    r"|linkedin\.com/(?:share|sharing)|t\.me/share|vk\.com/share|wa\.me/\?|whatsapp:|api\.whatsapp"
    r"|reddit\.com/submit|pinterest\.com/pin/create|connect\.ok\.ru/offer|getpocket\.com/"
)
_MADE_WITH = {
    "forum": re.compile(
        r"//(?:www\.)?(?:phpbb|vbulletin|xenforo|invisioncommunity|simplemachines|mybb|discourse"
        r"|flarum|nodebb|vanillaforums|bbpress)\.(?:com|de|org|ru)/?$",
        re.MULTILINE,
    ),
    "documentation": re.compile(
        r"//(?:www\.)?(?:sphinx-doc|mkdocs|docusaurus|gitbook|readthedocs|readme|doxygen|docutils"
        r"|antora|mintlify|nextra|squidfunk\.github|just-the-docs|dokuwiki|mediawiki)"
        r"\.(?:com|io|org|site)/?(?:mkdocs-material/?)?$",
        re.MULTILINE,
    ),
}
"""Front pages of programs that make threads and documentation, to which their pages link."""
_BESIDE = frozenset({"prev", "next", "previous"})
_LISTS = frozenset({"nav", "ol", "ul"})
_CURRENT = re.compile(r"(?:^|[\s_-])(?:active|current|selected)(?=$|[\s_-])", re.IGNORECASE)
_MOST_CURRENT = 12
"""Links that say they are the page's own of which lists are looked at."""
_LONGEST = 500
"""Characters of an address that are looked at for what it leads to."""


def measure_links(links: Sequence[Tagged], url: str | None) -> dict[str, float]:
    """Measures of the page's `a` elements, in the order of the page."""
    hrefs = [link.attributes.get("href", "") for link in links]
    repeated = Counter(h for h in hrefs if len(h) > 1 and not h.startswith("#"))
    whole = "\n".join(href[:_LONGEST] for href in repeated).lower()
    relations = {
        rel
        for link in links
        if (given := link.attributes.get("rel"))
        for rel in given.lower().split()
    }
    entries, depth = _own_list(links, hrefs, url)
    return {
        **_measure_targets(frozenset(hrefs), url),
        "links.repeated": max(repeated.values(), default=0),
        "links.repeated.number": sum(number > 2 for number in repeated.values()),
        "links.mail": sum(h.startswith("mailto:") for h in repeated),
        "links.call": sum(h.startswith("tel:") for h in repeated),
        "links.share": len(_SHARE.findall(whole)),
        "links.edit": bool(_EDIT.search(whole)),
        **{f"links.made_with.{n}": bool(p.search(whole)) for n, p in _MADE_WITH.items()},
        "links.turn": bool(_BESIDE & relations),
        "links.own.entries": entries,
        "links.own.depth": depth,
    }


def _own_list(links: Sequence[Tagged], hrefs: Sequence[str], url: str | None) -> tuple[int, int]:
    """Entries of the largest list of links that has the page itself among them, as the tree of a
    documentation or of a section does, and how many lists the entry is inside of.
    """
    path = urlsplit(url or "").path.rstrip("/")
    most = deepest = looked = 0
    # One item may hold thousands of links.
    items: dict[lxml.html.HtmlElement, bool] = {}
    for link, href in zip(links, hrefs, strict=True):
        item = link.element.getparent()
        if item is not None and item not in items:
            items[item] = _is_current(item)
        if not (items.get(item) or _is_own(link, href, path)):
            continue
        lists = [e for e in link.element.iterancestors() if e.tag in _LISTS]
        if lists:
            looked += 1
            most = max(most, sum(1 for _ in lists[-1].iter("a")))
            deepest = max(deepest, len(lists))
        if looked >= _MOST_CURRENT:
            break
    return most, deepest


def _is_own(link: Tagged, href: str, path: str) -> bool:
    """It leads to the page that it stands on, or is marked as the current one."""
    if (
        len(path) > 1
        and path in href
        and href.partition("#")[0].partition("?")[0].rstrip("/").endswith(path)
    ):
        return True
    given = link.attributes
    return "aria-current" in given or _names_current(given.get("class", ""))


def _is_current(element: lxml.html.HtmlElement) -> bool:
    classes = element.get("class")
    return classes is not None and _names_current(classes)


@lru_cache(maxsize=20_000)
def _names_current(classes: str) -> bool:
    return bool(_CURRENT.search(classes))


def _measure_targets(links: frozenset[str], url: str | None) -> dict[str, float]:
    """Shares of links to other sites, to the page's neighbours, below it, and within it."""
    parts = urlsplit(url or "")
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    around = path.rpartition("/")[0]
    number = within = outside = beside = below = 0
    for link in links:
        number += 1
        if link.startswith("#"):
            within += 1
            continue
        target = link
        if "//" in link[:8]:
            linked_host, _, target = link.partition("//")[2].partition("/")
            if linked_host.removeprefix("www.") != host:
                outside += 1
                continue
            target = f"/{target}"
        target = target.partition("?")[0].partition("#")[0].rstrip("/")
        if path and target.startswith(f"{path}/"):
            below += 1
        elif around and target != path and target.rpartition("/")[0] == around:
            beside += 1
    whole = max(1, number)
    return {
        "links": number,
        "links.within": within,
        "links.outside": outside / whole,
        "links.beside": beside / whole,
        "links.below": below / whole,
    }
