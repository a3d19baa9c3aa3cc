"""Measures of what a page says of itself: Open Graph, schema.org, the software that made it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from crawler.parsers.elements import Elements
from crawler.parsers.markup import ARTICLE_TYPES, LISTING_TYPES, PAGE_TYPES, Markup, types_of

_AUTHOR_TAGS = ("author", "article:author", "dc.creator", "parsely-author")
_OPEN_GRAPH = ("article", "website")

_TYPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "article": ARTICLE_TYPES,
        "page": PAGE_TYPES | {"ContactPage", "FAQPage"},
        "list": LISTING_TYPES,
        "body": frozenset(
            {"Organization", "Corporation", "LocalBusiness", "ProfessionalService", "Store"}
            | {"GovernmentOrganization", "MedicalBusiness", "EducationalOrganization"}
        ),
        "service": frozenset(
            {"Service", "SoftwareApplication", "WebApplication", "FinancialProduct", "Place"}
            | {"PostalAddress", "OpeningHoursSpecification"}
        ),
        "question": frozenset({"FAQPage", "Question"}),
        "place": frozenset({"BreadcrumbList"}),
        "work": frozenset({"TechArticle", "HowTo", "APIReference", "Book", "Course", "Recipe"}),
        "thread": frozenset({"DiscussionForumPosting", "QAPage", "Comment", "Answer"}),
        "offer": frozenset({"Product", "ProductGroup", "Offer", "AggregateOffer", "Brand"}),
    }
)
"""Groups of schema.org types."""

_SOFTWARE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(rf"(?<![a-z])(?:{programs})(?![a-z])")
        for name, programs in {
            "forum": "discourse|vbulletin|xenforo|phpbb|prosilver|subsilver|invision|mybb|smf"
            "|vanilla|nodebb|flarum|khoros|stackexchange|bbpress",
            "documentation": "docusaurus|docutils|sphinx|mkdocs|gitbook|mdbook|readthedocs"
            r"|vuepress|vitepress|doxygen|javadoc|mediawiki|dokuwiki|confluence|readme\.(?:io|com)"
            "|zendesk|antora|asciidoctor|nextra|mintlify|starlight|docsify|docsy|redoc|swagger"
            "|rustdoc|typedoc|pdoc|helpscout|document360|freshdesk|intercom-help|madcap|oxygen"
            r"|documentation_options|searchtools|_static/(?:pygments|doctools)|just-the-docs",
            "shop": "woocommerce|shopify|prestashop|magento|bigcommerce|opencart|shopware"
            "|demandware",
            "builder": "elementor|wpbakery|js_composer|divi|webflow|wix|squarespace|hubspot"
            "|hs-scripts|hsforms|marketo|pardot|unbounce|framer",
        }.items()
    }
)
"""Names of programs, as they stand in `generator` and in addresses of style sheets and scripts."""
_RECORD = re.compile(r"wp-json/wp/v2/([a-z_-]+)/\d")
"""Address of the record that the page shows, where WordPress names it: of a post, of a page."""


def measure_markup(markup: Markup, elements: Elements) -> dict[str, float]:
    """Measures of meta tags, of JSON-LD and microdata, and of programs."""
    kind = (markup.first_meta("og:type") or "").lower()
    types = [types_of(node) for node in markup.nodes]
    return {
        **{f"og.{name}": kind == name for name in _OPEN_GRAPH},
        "og.product": "product" in kind,
        "og.none": not kind,
        "meta.published": "article:published_time" in markup.meta,
        "meta.modified": "article:modified_time" in markup.meta,
        "meta.section": any(name in markup.meta for name in ("article:section", "article:tag")),
        "meta.author": any(name in markup.meta for name in _AUTHOR_TAGS),
        "meta.price": any("price" in name for name in markup.meta),
        **{
            f"schema.{name}": sum(bool(group & given) for given in types)
            for name, group in _TYPES.items()
        },
        **_measure_heads(elements),
        **_measure_software(markup, elements),
    }


def _measure_heads(elements: Elements) -> dict[str, float]:
    """Measures of what `link` elements lead to: the page's neighbours, feeds, its record."""
    given = [link.attributes for link in elements.with_tags("link")]
    links = [(link.get("rel", ""), link.get("type", ""), link) for link in given]
    records = {
        found[1]
        for _, kind, link in links
        if "json" in kind and (found := _RECORD.search(link.get("href", "")))
    }
    return {
        "head.turn": any(rel.lower() in ("prev", "next") for rel, _, _ in links),
        "head.feeds": sum("rss" in kind or "atom" in kind for _, kind, _ in links),
        "head.record.post": "posts" in records,
        "head.record.page": "pages" in records,
        "head.record.other": bool(records - {"posts", "pages"}),
    }


def _measure_software(markup: Markup, elements: Elements) -> dict[str, float]:
    named = [markup.first_meta("generator") or ""]
    named += [link.attributes.get("href", "") for link in elements.with_tags("link")]
    named += [script.attributes.get("src", "") for script in elements.with_tags("script")]
    software = " ".join(named).lower()
    return {f"software.{name}": len(set(p.findall(software))) for name, p in _SOFTWARE.items()}
