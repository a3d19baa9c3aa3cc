"""Measures of a page's elements: how many of each tag, what their classes name, where its links
lead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

_TAGS = (
    *("a", "article", "button", "div", "figcaption", "figure", "form", "h1", "h2", "h3", "h4"),
    *("iframe", "img", "input", "label", "li", "main", "p", "section", "select", "span", "strong"),
    *("svg", "table", "td", "textarea", "time", "ul", "video"),
)
_CODE_TAGS = ("code", "kbd", "pre")

# The vocabulary of web design, English on sites of any language.
_NAMES = (
    *("accordion", "archive", "article", "author", "avatar", "badge", "blog", "breadcrumb", "btn"),
    *("byline", "card", "carousel", "cart", "category", "code", "comment", "cta", "date", "entry"),
    *("event", "excerpt", "facet", "faq", "feature", "filter", "form", "gallery", "grid", "hero"),
    *("icon", "item", "logo", "member", "message", "newsletter", "paginat", "post", "price"),
    *("product", "profile", "quantity", "quote", "rating", "related", "reply", "result", "review"),
    *("share", "sidebar", "slide", "social", "sort", "spec", "stock", "swatch", "tab", "tag"),
    *("teaser", "testimonial", "thread", "tile", "toc", "topic", "user", "variant", "vote"),
)
_NAME = re.compile("|".join(sorted(_NAMES, key=len, reverse=True)))
_BODY = {
    "post": re.compile(r"\bsingle(?:-post)?\b|\bpostid|post-template|node-type-(?:article|news)"),
    "page": re.compile(r"\bpage-(?:template|id)|\bpage\b|node-type-page"),
    "list": re.compile(r"\b(?:archive|category|tag|search-results|blog|collection)\b|\btax-"),
    "shop": re.compile(r"product|woocommerce"),
    "home": re.compile(r"\bhome\b|\bfront"),
}


def measure_elements(tree: lxml.html.HtmlElement, url: str | None) -> dict[str, float]:
    """Measures of all elements, in one walk."""
    tags: Counter[str] = Counter()
    names: Counter[str] = Counter()
    links: set[str] = set()
    body = ""
    for element in tree.iter(etree.Element):
        tag = element.tag
        tags[tag] += 1
        classes = element.get("class")
        if classes:
            names[classes] += 1
        if tag == "a":
            links.add(element.get("href") or "")
        elif tag in ("html", "body"):
            body += f" {classes or ''} {element.get('id') or ''}"
    named: Counter[str] = Counter()
    for classes, number in names.items():
        for name in _named(classes):
            named[name] += number
    measures: dict[str, float] = {"elements": tags.total()}
    measures |= {f"tag.{tag}": tags[tag] for tag in _TAGS}
    measures["tag.code"] = sum(tags[tag] for tag in _CODE_TAGS)
    measures |= {f"class.{name}": named[name] for name in _NAMES}
    body = body.lower()
    measures |= {f"body.{name}": bool(form.search(body)) for name, form in _BODY.items()}
    return measures | _measure_links(links, url)


@lru_cache(maxsize=20_000)
def _named(classes: str) -> frozenset[str]:
    """The names that the classes of an element hold."""
    return frozenset(_NAME.findall(classes.lower()))


def _measure_links(links: Iterable[str], url: str | None) -> dict[str, float]:
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
