"""Renders the responses of a demo site: pages, listings, feed, sitemaps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

import jinja2
from babel.dates import format_date
from markupsafe import Markup

from radar.demo.pages import SITES, DemoPage, DemoSite

LISTED_PAGES = 5
"""Entries on one page of the association's listing."""

_HTML = "text/html; charset=utf-8"
_XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """The response for one path."""

    body: bytes
    content_type: str = _HTML
    status: int = 200
    modified: datetime | None = None
    location: str | None = None


Answers = dict[str, Answer]
"""Path with query → answer."""

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(SITES), autoescape=True, undefined=jinja2.StrictUndefined
)


def association(site: DemoSite, base: str) -> Answers:
    """The German association: a paged listing under /aktuelles, no feed, no sitemap."""
    template = _templates.get_template("association.html.jinja")
    answers = _robots("User-agent: *\nDisallow: /intern/\nDisallow: /suche\n")
    number = -(-len(site.pages) // LISTED_PAGES)
    for n in range(number):
        listing = _html(
            template.render(
                site=site,
                base=base,
                page=None,
                items=site.pages[n * LISTED_PAGES : (n + 1) * LISTED_PAGES],
                number=n,
                pages=number,
                related=(),
            )
        )
        answers[f"/aktuelles?page={n}"] = listing
        if n == 0:
            answers["/aktuelles"] = answers["/"] = listing

    def render(page: DemoPage) -> str:
        items = [site.page(path) for path in page.links]
        return template.render(
            site=site, base=base, page=page, items=items, related=_related(site, page)
        )

    return answers | _pages(site, base, render)


def ministry(site: DemoSite, base: str) -> Answers:
    """The Russian-language ministry: robots.txt names a sitemap index over two sitemaps."""
    template = _templates.get_template("ministry.html.jinja")
    answers = _robots(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {base}/sitemap.xml\n")
    split = date(2026, 8, 1)
    recent = [page for page in site.pages if page.published >= split]
    older = [page for page in site.pages if page.published < split]
    answers["/sitemap.xml"] = _xml(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{base}/sitemap-news.xml</loc></sitemap>"
        f"<sitemap><loc>{base}/sitemap-archive.xml.gz</loc></sitemap></sitemapindex>"
    )
    answers["/sitemap-news.xml"] = _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        + "".join(_sitemap_entry(site, page, base) for page in recent)
        + "</urlset>"
    )
    archive = _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(
            f"<url><loc>{base}{page.path}</loc><lastmod>{page.changed}</lastmod></url>"
            for page in older
        )
        + "</urlset>"
    )
    answers["/sitemap-archive.xml.gz"] = Answer(
        gzip.compress(archive.body, mtime=0), "application/gzip"
    )

    def render(page: DemoPage | None) -> str:
        month = format_date(page.published, "d MMMM", locale="ru").split()[1] if page else ""
        return template.render(
            site=site, base=base, page=page, month=month, related=_related(site, page)
        )

    answers["/"] = answers["/ru/"] = answers["/ru/news/"] = _html(render(None))
    return answers | _pages(site, base, render)


def press(site: DemoSite, base: str) -> Answers:
    """The English trade paper: RSS under /feed/."""
    template = _templates.get_template("press.html.jinja")
    answers = _robots("User-agent: *\nDisallow: /wp-admin/\n")
    answers["/feed/"] = Answer(_feed(site, base), "application/rss+xml; charset=utf-8")

    def render(page: DemoPage | None) -> str:
        items = [site.page(path) for path in page.links] if page else site.pages[:8]
        markup = _news_article(page, base) if page and page.kind == "article" else ""
        return template.render(
            site=site,
            base=base,
            page=page,
            items=items,
            markup=markup,
            related=_related(site, page),
        )

    answers["/"] = _html(render(None))
    pages = _pages(site, base, render)
    for page in site.pages:
        if page.kind == "duplicate":
            pages[page.path] = pages[page.target]
    return answers | pages


def _pages(site: DemoSite, base: str, render: Callable[[DemoPage], str]) -> Answers:
    """Answers for the pages themselves; a missing one has none."""
    answers: Answers = {}
    for page in site.pages:
        if page.kind == "redirect":
            location = base + page.target
            answers[page.path] = Answer(b"", status=301, location=location)
        elif page.kind not in ("missing", "duplicate"):
            answers[page.path] = _html(render(page), _instant(page))
    return answers


def _instant(page: DemoPage) -> datetime:
    """When the page was last changed; noon of that day if it was not the day it appeared."""
    time = page.time if page.changed == page.published else "12:00"
    return datetime.fromisoformat(f"{page.changed}T{time}:00").replace(tzinfo=UTC)


def _related(site: DemoSite, page: DemoPage | None) -> Sequence[DemoPage]:
    """Three other articles, the same ones every night, so that no page changes by them."""
    oldest_first = [other for other in reversed(site.pages) if other.kind == "article"]
    return [other for other in oldest_first if other is not page][:3]


def _html(text: str, modified: datetime | None = None) -> Answer:
    return Answer(text.encode(), modified=modified)


def _xml(text: str) -> Answer:
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), _XML)


def _robots(text: str) -> Answers:
    return {"/robots.txt": Answer(text.encode(), "text/plain; charset=utf-8")}


def _sitemap_entry(site: DemoSite, page: DemoPage, base: str) -> str:
    return (
        f"<url><loc>{base}{page.path}</loc><lastmod>{page.changed}</lastmod><news:news>"
        f"<news:publication><news:name>{escape(site.name)}</news:name>"
        "<news:language>ru</news:language></news:publication>"
        f"<news:publication_date>{page.published}T{page.time}:00+06:00</news:publication_date>"
        f"<news:title>{escape(page.title)}</news:title></news:news></url>"
    )


def _feed(site: DemoSite, base: str) -> bytes:
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{escape(base + page.path)}</link>"
        f"<dc:creator>{escape(page.author)}</dc:creator>"
        f"<pubDate>{_feed_date(page)}</pubDate>"
        f'<guid isPermaLink="false">{escape(base + page.path)}</guid>'
        f"<description>{escape(page.teaser)}</description></item>\n"
        for page in site.pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(site.name)}</title><link>{base}/</link>"
        "<description>Mining news</description><language>en-GB</language>\n"
        f"{items}</channel></rss>\n"
    ).encode()


def _feed_date(page: DemoPage) -> str:
    local = datetime.fromisoformat(f"{page.published}T{page.time}:00+05:00")
    return format_datetime(local)


def _news_article(page: DemoPage, base: str) -> Markup:
    modified = _instant(page) if page.changed != page.published else None
    published = datetime.fromisoformat(f"{page.published}T{page.time}:00+05:00")
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "mainEntityOfPage": base + page.path,
        "datePublished": published.isoformat(),
        "dateModified": (modified or published + timedelta(hours=1)).isoformat(),
        "author": {"@type": "Person", "name": page.author},
        "inLanguage": "en-GB",
    }
    text = json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  # our own JSON, with < escaped
