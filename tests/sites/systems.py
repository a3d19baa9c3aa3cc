"""The twelve systems, as far as addresses and encodings go; their markup is in `templates`.

Patterns take {slug}, {id}, {year}, {month}, {day} of a story or event, {key} of another page, {n}
of a further page of the list. Where a system has several ways, a site takes one by its variant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PAGE_SIZE = 8
"""Entries on a page of the list."""


@dataclass(frozen=True, slots=True)
class System:
    """Where a system puts its pages."""

    name: str
    listing: str
    further: tuple[str, ...]
    """Second and later pages of the list, by variant."""
    story: tuple[str, ...]
    event: str
    events: str
    info: str
    search: str
    tag: str | None = None
    feed: str | None = None
    second: int = 2
    """Number of the second page in its address …"""
    step: int = 1
    """… and how far the third is from it."""
    bylines: bool = True
    charsets: Mapping[str, str] = field(default_factory=dict)
    """Language → encoding, where it isn't UTF-8."""
    declared: bool = True
    """Whether the encoding stands in the Content-Type."""


_PORTLET = "com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_kq2"
SYSTEMS = (
    System(
        "drupal",
        listing="/news",
        further=("/news?page={n}",),
        second=1,
        story=("/news/{slug}", "/node/{id}", "/{year}/{slug}"),
        event="/event/{slug}",
        events="/events",
        info="/{key}",
        search="/search/node",
        tag="/taxonomy/term/{n}",
        feed="/rss.xml",
    ),
    System(
        "typo3",
        listing="/aktuelles",
        further=("/aktuelles/seite/{n}", "/aktuelles?tx_news_pi1%5BcurrentPage%5D={n}"),
        story=("/aktuelles/detail/{slug}", "/aktuelles/artikel/{id}", "/presse/{year}/{slug}"),
        event="/termine/detail/{slug}",
        events="/termine",
        info="/service/{key}",
        search="/suche",
        feed="/feed.rss",
        bylines=False,
    ),
    System(
        "wordpress",
        listing="/category/news/",
        further=("/category/news/page/{n}/",),
        story=("/{year}/{month}/{slug}/", "/{slug}/", "/archives/{id}"),
        event="/event/{slug}/",
        events="/events/",
        info="/{key}/",
        search="/search/",
        tag="/tag/t{n}/",
        feed="/feed/",
    ),
    System(
        "joomla",
        listing="/index.php/news",
        further=("/index.php/news?start={n}",),
        second=PAGE_SIZE,
        step=PAGE_SIZE,
        story=("/index.php/news/{id}-{slug}", "/index.php/news/2-all/{id}-{slug}"),
        event="/index.php/events/{id}-{slug}",
        events="/index.php/events",
        info="/index.php/{key}",
        search="/index.php/component/search",
        feed="/index.php/news?format=feed",
    ),
    System(
        "bitrix",
        listing="/press/news/",
        further=("/press/news/?PAGEN_1={n}",),
        story=("/press/news/{id}/", "/press/news/detail.php?ID={id}", "/press/news/{year}/{id}/"),
        event="/press/events/{id}/",
        events="/press/events/",
        info="/{key}/",
        search="/search/index.php",
        feed="/press/rss/",
        bylines=False,
        charsets={"ru": "windows-1251"},
    ),
    System(
        "contao",
        listing="/nachrichten.html",
        further=("/nachrichten.html?page_n12={n}",),
        story=("/nachrichten-leser/{slug}.html", "/meldung/{slug}.html", "/items/{id}.html"),
        event="/termine-leser/{slug}.html",
        events="/termine.html",
        info="/{key}.html",
        search="/suche.html",
        feed="/share/news.xml",
    ),
    System(
        "liferay",
        listing="/web/guest/news",
        further=(f"/web/guest/news?p_p_id={_PORTLET}&p_p_lifecycle=0&_{_PORTLET}_cur={{n}}",),
        story=(
            "/web/guest/-/{slug}",
            "/web/guest/w/{slug}",
            "/-/asset_publisher/kq2/content/id/{id}",
        ),
        event="/web/guest/e/{id}",
        events="/web/guest/events",
        info="/web/guest/{key}",
        search="/web/guest/search",
        bylines=False,
    ),
    System(
        "sharepoint",
        listing="/Pages/News.aspx",
        further=("/Pages/News.aspx?PageNumber={n}", "/Pages/News.aspx?start={n}"),
        story=("/Pages/News/{id}.aspx", "/news/Pages/{slug}.aspx", "/Pages/Item.aspx?ItemID={id}"),
        event="/Pages/Events/{id}.aspx",
        events="/Pages/Events.aspx",
        info="/Pages/{key}.aspx",
        search="/Pages/Search.aspx",
        bylines=False,
    ),
    System(
        "plone",
        listing="/aktuelles",
        further=("/aktuelles?b_start:int={n}",),
        second=PAGE_SIZE,
        step=PAGE_SIZE,
        story=("/aktuelles/{slug}", "/aktuelles/{year}/{slug}", "/news/{id}"),
        event="/veranstaltungen/{slug}",
        events="/veranstaltungen",
        info="/{key}",
        search="/@@search",
        feed="/aktuelles/RSS",
    ),
    System(
        "frames",
        listing="/news",
        further=("/news?page={n}", "/news/page/{n}"),
        story=("/news/{slug}", "/stories/{id}", "/{year}/{month}/{slug}"),
        event="/events/{slug}",
        events="/events",
        info="/{key}",
        search="/search",
    ),
    System(
        "webforms",
        listing="/News.aspx",
        further=("/News.aspx?p={n}", "/News.aspx?page={n}&size=8"),
        story=("/NewsDetail.aspx?id={id}", "/news/{id}.aspx", "/ShowNews.aspx?NewsID={id}"),
        event="/EventDetail.aspx?id={id}",
        events="/Events.aspx",
        info="/{key}.aspx",
        search="/Search.aspx",
        bylines=False,
        charsets={"ru": "windows-1251"},
    ),
    System(
        "handmade",
        listing="/news.htm",
        further=("/news{n}.htm", "/news.php?p={n}", "/news.php;p={n}"),
        story=("/news/{year}-{month}-{day}_{id}.htm", "/news/n{id}.htm", "/n.php?nr={id}"),
        event="/termine/t{id}.htm",
        events="/kalender.htm",
        info="/{key}.htm",
        search="/suche.htm",
        bylines=False,
        charsets={"de": "windows-1252", "en": "iso-8859-1", "ru": "windows-1251"},
        declared=False,
    ),
)
