"""Days that a page states for programs: JSON-LD, microdata, meta tags, RDFa, data in scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice, takewhile

from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.elements import Elements
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, text_of, types_of

Parse = Callable[[str], tuple[str, datetime | None] | None]
"""Reads a lone date string; None where it is none that is believed."""

PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "published",
    "published-date",
    "published_date",
    "date-published",
    "date_published",
    "publication-date",
    "article:publication_date",
    "article_date_original",
    "originalpublicationdate",
    "mediator_published_time",
    "rnews:datepublished",
    "dc.date.published",
    "og:publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "citation_publication_date",
    "created",
    "datecreated",
    "ptime",
    "article.published",
)
"""Names of meta tags, the best first."""
MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "dc.date.modified",
)
_PLAIN = PUBLISHED_META.index("dc.date.issued")
"""From here on, names that say less than that it is the date of publication."""
_KEYS = (
    ("datePublished", "published"),
    ("dateCreated", "created"),
    ("dateModified", "modified"),
    ("uploadDate", "upload"),
)
MOST_NODES = 60
"""Nodes of a page's JSON-LD that are looked at."""
MOST_IN_SCRIPTS = 12
"""Days of data in scripts that are taken."""
MOST_VALUES = 200
"""Days of a script that are looked at."""

_IN_SCRIPT = re.compile(
    r"""["'](\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)"""
)
MOST_PROPERTIES = 60
"""Elements with RDFa that are looked at."""
_RDFA = re.compile(
    r"(?:^|\s)((?:dc|dcterms|schema):(?:date|created|issued|dateCreated|datePublished))(?:\s|$)"
)
"""What Drupal calls the day on which a page was made: `dc:date dc:created`, or as schema.org."""
_REPLY = re.compile(r"\b(?:comment|reply)", re.IGNORECASE)
_OF_PAGE = ("main", "body", "html")
"""Elements around all that a page says; their classes may say that it can be commented on."""
_MAY_HOLD = re.compile(r"-\d{2}-\d{2}")
"""What a script with a day has in any case; found in a fraction of the time."""
_KEY = re.compile(
    r"""(\w*(?:publi|pub_?date|creat|modif|update|release|post_?date|date_?post)\w*)"""
    r"""\\?["']?\s*[:=]\s*\\?$""",
    re.IGNORECASE,
)
LONGEST_KEY = 40
"""Characters before a day among which the key that it is the value of is looked for."""


def stated_marks(markup: Markup, elements: Elements, parse: Parse) -> Iterator[Mark]:
    """The days of a page's JSON-LD or microdata, meta tags, RDFa and scripts, the best first."""
    yield from _in_nodes(markup, parse)
    yield from _in_meta(markup, parse)
    yield from _in_properties(elements, parse)
    yield from _in_scripts(elements, parse)


def _in_nodes(markup: Markup, parse: Parse) -> Iterator[Mark]:
    for node in markup.nodes[:MOST_NODES]:
        types = types_of(node)
        sort = "article" if types & ARTICLE_TYPES else "page" if types & PAGE_TYPES else "other"
        for key, name in _KEYS:
            value = text_of(node.get(key))
            found = parse(value) if value else None
            if value and found and types:
                path = f"{min(types)}.{key}"
                source = f"json-ld.{sort}.{name}"
                yield Mark(*found, source, "markup", value, "json-ld", path)


def _in_meta(markup: Markup, parse: Parse) -> Iterator[Mark]:
    names = (*PUBLISHED_META, *MODIFIED_META)
    for number, name in enumerate(names):
        for value in markup.repeated.get(name, ())[:2]:
            found = parse(value)
            if not found:
                continue
            sort = "published" if number < _PLAIN else "plain"
            if name in MODIFIED_META:
                sort = "modified"
            yield Mark(*found, f"meta.{sort}", "markup", value, "meta", f"meta.{name}")


def _in_properties(elements: Elements, parse: Parse) -> Iterator[Mark]:
    """The first day in RDFa, which is that of the page: those of comments follow."""
    held = (
        one
        for one in elements.every
        if "property" in one.attributes
        and "content" in one.attributes
        and one.tag != "meta"
        and one.element is not elements.root
    )
    for element, _, given in islice(held, MOST_PROPERTIES):
        said, value = _RDFA.search(given["property"]), given["content"]
        found = parse(value) if said is not None else None
        if said is None or found is None:
            continue
        around = takewhile(lambda e: e.tag not in _OF_PAGE, element.iterancestors())
        if not any(_REPLY.search(e.get("class") or "") for e in around):
            yield Mark(*found, "meta.plain", "markup", value, "meta", f"rdfa.{said[1]}")
        return


def _in_scripts(elements: Elements, parse: Parse) -> Iterator[Mark]:
    """Days in the data of a page that a script builds."""
    budget = MOST_IN_SCRIPTS
    for script in elements.with_tags("script"):
        text = script.element.text or ""
        if "ld+json" in script.attributes.get("type", "").lower():
            continue
        if not _MAY_HOLD.search(text):
            continue
        for match in islice(_IN_SCRIPT.finditer(text), MOST_VALUES):
            key = _KEY.search(text[max(0, match.start() - LONGEST_KEY) : match.start()])
            found = parse(match[1]) if key else None
            if not key or not found:
                continue
            name = key[1].lower()
            changed = "modif" in name or "upd" in name
            sort = "modified" if changed else "published" if "pub" in name else "created"
            path = f"script.{key[1]}"
            yield Mark(*found, f"script.{sort}", "markup", match[1], "script", path)
            budget -= 1
            if not budget:
                return
