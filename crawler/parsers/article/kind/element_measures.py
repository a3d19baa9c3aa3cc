"""Measures of a page's elements: how many of each tag, what their classes name, what its links are
like.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from crawler.parsers.alternatives import either
from crawler.parsers.article.kind.link_measures import measure_links
from crawler.parsers.elements import Elements

_TAGS = (
    *("a", "article", "button", "div", "figcaption", "figure", "form", "h1", "h2", "h3", "h4"),
    *("iframe", "img", "input", "label", "li", "main", "p", "section", "select", "span", "strong"),
    *("svg", "table", "td", "textarea", "time", "ul", "video"),
)
_SECTIONS = ("h2", "h3", "h4")
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
_NAME = re.compile(either(_NAMES))
_BODY = {
    "post": re.compile(
        r"\bsingle(?:-post)?\b|\bpostid|post-template|node-type-(?:article|blog|news|press)"
        r"|hs-blog-post|\bt-newsitem"
    ),
    "page": re.compile(
        r"\bpage-(?:template|id)|\bpage\b|node-type-(?:basic|landing|page|service)"
        r"|hs-(?:site|landing)-page|\bt-document"
    ),
    "list": re.compile(r"\b(?:archive|category|tag|search-results|blog|collection)\b|\btax-"),
    "shop": re.compile(r"product|woocommerce"),
    "home": re.compile(r"\bhome\b|\bfront"),
}


def measure_elements(elements: Elements, url: str | None) -> dict[str, float]:
    """Measures of all elements."""
    tags = Counter([one.tag for one in elements.every])
    names = Counter([n for one in elements.every if (n := one.attributes.get("class"))])
    anchored = sum(bool(one.attributes.get("id")) for one in elements.with_tags(*_SECTIONS))
    frames = [one.attributes for one in elements.with_tags("html", "body")]
    body = " ".join(f"{given.get('class', '')} {given.get('id', '')}" for given in frames)
    named: Counter[str] = Counter()
    for classes, number in names.items():
        for name in _named(classes):
            named[name] += number
    measures: dict[str, float] = {"elements": tags.total()}
    measures |= {f"tag.{tag}": tags[tag] for tag in _TAGS}
    measures["headings.anchored"] = anchored
    measures["tag.code"] = sum(tags[tag] for tag in _CODE_TAGS)
    measures |= {f"class.{name}": named[name] for name in _NAMES}
    body = body.lower()
    measures |= {f"body.{name}": bool(form.search(body)) for name, form in _BODY.items()}
    return measures | measure_links(elements.with_tags("a"), url)


@lru_cache(maxsize=20_000)
def _named(classes: str) -> frozenset[str]:
    """The names that the classes of an element hold."""
    return frozenset(_NAME.findall(classes.lower()))
