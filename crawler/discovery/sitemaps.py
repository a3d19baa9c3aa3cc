"""Sitemaps, sitemap indexes and news sitemaps to links. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from crawler.discovery.feed_dates import parse_date, parse_instant
from crawler.politeness.encoding import gunzip, is_gzip
from indexer.frontier.port import Link
from indexer.records.errors import ParseError, ResponseRejected
from indexer.records.urls import canonical

LONGEST = 32 * 1024 * 1024
"""Bytes of a decompressed sitemap; 50,000 addresses (the most that are allowed) take about 10 MB.
"""

MOST_LINKS = 50_000
"""Most entries of one sitemap: the limit of the protocol."""


@dataclass(frozen=True, slots=True)
class ChildSitemap:
    """An entry of a sitemap index."""

    url: str
    lastmod: datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapContent:
    """What a sitemap contains: links, or (an index) further sitemaps."""

    links: tuple[Link, ...] = ()
    children: tuple[ChildSitemap, ...] = ()
    complete: bool = False
    """Read to its end, with pages, and no news sitemap, which drops pages after two days."""


def read_sitemap(body: bytes, url: str) -> SitemapContent:
    """Read XML (gzipped or not) or a plain list of addresses; a cut-off file yields its beginning.

    Raises ParseError with reason `not-a-sitemap` or `too-large`.
    """
    if is_gzip(body):
        try:
            body = gunzip(body, limit=LONGEST).body
        except ResponseRejected as error:
            raise ParseError(error.message, reason="too-large") from error
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _from_xml(body.lstrip(), url)
    if start.startswith((b"http://", b"https://")):
        return _from_lines(body, url)
    raise ParseError("neither XML nor a list of addresses", reason="not-a-sitemap")


def _from_xml(body: bytes, base: str) -> SitemapContent:
    links: dict[str, Link] = {}
    children: dict[str, ChildSitemap] = {}
    known_root = is_news = cut = False
    context = etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in context:
            name = _name(element)
            is_news = is_news or name == "news"
            if event == "start":
                known_root = known_root or _root(name)
                continue
            if name == "url":
                _add_link(element, base, links)
            elif name == "sitemap":
                _add_child(element, base, children)
            else:
                continue
            element.clear()
            if len(links) + len(children) >= MOST_LINKS:
                cut = True
                break
    except etree.XMLSyntaxError as error:
        if not links and not children:
            raise ParseError(
                f"the sitemap is no XML: {error.msg}", reason="not-a-sitemap"
            ) from error
        cut = True
    complete = bool(links) and not (is_news or cut)
    return SitemapContent(tuple(links.values()), tuple(children.values()), complete)


def _root(name: str) -> bool:
    if name not in ("urlset", "sitemapindex"):
        raise ParseError(f"<{name}> instead of a sitemap", reason="not-a-sitemap")
    return True


def _add_link(element: etree._Element, base: str, links: dict[str, Link]) -> None:
    texts = _texts(element)
    url = canonical(texts.get("loc", ""), base)
    if url is not None:
        title = " ".join(texts.get("title", "").split()) or None
        links.setdefault(
            url,
            Link(
                url,
                title,
                parse_date(texts.get("publication_date")),
                parse_instant(texts.get("lastmod")),
            ),
        )


def _add_child(element: etree._Element, base: str, children: dict[str, ChildSitemap]) -> None:
    texts = _texts(element)
    url = canonical(texts.get("loc", ""), base)
    if url is not None:
        children.setdefault(url, ChildSitemap(url, parse_instant(texts.get("lastmod"))))


def _texts(element: etree._Element) -> dict[str, str]:
    """Texts below an entry by local name; of the news extension only what is in <news:news>.

    Image and video extensions have their own titles and addresses, which are skipped.
    """
    found: dict[str, str] = {}
    for child in element:
        name = _name(child)
        if name in ("loc", "lastmod"):
            found.setdefault(name, (child.text or "").strip())
        elif name == "news":
            for part in child:
                if _name(part) in ("title", "publication_date"):
                    found.setdefault(_name(part), (part.text or "").strip())
    return found


def _name(element: etree._Element) -> str:
    """Local name; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _from_lines(body: bytes, base: str) -> SitemapContent:
    lines = body.decode("utf-8-sig", errors="replace").splitlines()[:MOST_LINKS]
    urls = (canonical(line, base) for line in lines)
    return SitemapContent(tuple(Link(url) for url in dict.fromkeys(urls) if url is not None))
