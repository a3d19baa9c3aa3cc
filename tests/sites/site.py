"""A site as it stands on a night: addresses, pages with their truth, feed, sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property
from html import escape
from random import Random
from typing import Any, Literal

from tests.loopback.site import LoopbackSite
from tests.quality.held_out import hosts_aside
from tests.sites.contents import (
    ADDENDUM,
    STORIES,
    Contents,
    Happening,
    Information,
    Story,
    make_contents,
)
from tests.sites.furniture import Furniture
from tests.sites.markup import render
from tests.sites.prose import load_words
from tests.sites.systems import PAGE_SIZE, SYSTEMS, System

LANGUAGES = ("de", "en", "ru")
ENTRIES = ("listing", "feed", "sitemap", "home")
"""What the source names: lists; feed and lists; a sitemap; nothing but the site."""
PAGERS = ("full", "numbers", "more")
"""All there can be; numbers alone, the current one unmarked or not; one link or button."""
REDESIGNED = frozenset({"wordpress-de", "typo3-en", "contao-ru", "plone-de", "bitrix-ru"})
"""Sites that look otherwise on the second night; their texts and addresses stay."""
Kind = Literal["article", "event", "listing", "not-an-article"]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page is and says."""

    kind: Kind
    title: str
    published: str | None = None
    """Day in the zone of the site; None where the page tells none."""
    authors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    """Lead and body of an article or event."""

    @property
    def news(self) -> bool:
        """Whether it has to be found, and its text to be read."""
        return self.kind in {"article", "event"}


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of the list leads."""

    style: str
    links: tuple[tuple[int, str, bool], ...]
    """Number, address, whether it is the current one."""
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is marked up."""

    template: Literal["article", "event", "listing", "events", "home", "info", "search"]
    path: str
    title: str
    truth: Truth
    story: Story | None = None
    event: Happening | None = None
    info: Information | None = None
    stories: tuple[Story, ...] = ()
    pager: Pager | None = None


@dataclass(frozen=True)
class Site:
    """A site that is made from its system and language."""

    system: System
    language: str

    @property
    def name(self) -> str:
        """Such as `drupal-de`; decides whether the site is set aside."""
        return f"{self.system.name}-{self.language}"

    @property
    def _place(self) -> tuple[int, int]:
        return SYSTEMS.index(self.system), LANGUAGES.index(self.language)

    @property
    def variant(self) -> int:
        """Which of the ways of its system the site has, in addresses and looks: 0, 1 or 2."""
        return sum(self._place) % 3

    @property
    def entry(self) -> str:
        """Which of ENTRIES the source names."""
        system, language = self._place
        return ENTRIES[(system + 3 * language) % len(ENTRIES)]

    @property
    def pager(self) -> str:
        """Which of PAGERS the list has."""
        system, language = self._place
        return PAGERS[(system // 3 + language) % len(PAGERS)]

    @cached_property
    def words(self) -> dict[str, Any]:
        """Words of its language."""
        return load_words(self.language)

    @property
    def brand(self) -> str:
        """What the site calls itself."""
        names: list[str] = self.words["sites"]
        return names[self._place[0] % len(names)]

    @cached_property
    def contents(self) -> Contents:
        """Everything it ever says."""
        return make_contents(self.language, self.brand, Random(self.name))

    @property
    def charset(self) -> str:
        """Encoding of its pages."""
        return self.system.charsets.get(self.language, "utf-8")

    @property
    def content_type(self) -> str:
        """Header of its pages."""
        return "text/html" + (f"; charset={self.charset}" if self.system.declared else "")

    # -- addresses

    def story_path(self, story: Story) -> str:
        """Address of a story."""
        patterns = self.system.story
        return _fill(patterns[self.variant % len(patterns)], story, story.published)

    def event_path(self, event: Happening) -> str:
        """Address of an event."""
        return _fill(self.system.event, event, event.published)

    def info_path(self, key: str) -> str:
        """Address of a page that is no news."""
        return self.system.info.format(key=key)

    def list_path(self, number: int) -> str:
        """Address of a page of the list; 1 is the first."""
        if number == 1:
            return self.system.listing
        patterns = self.system.further
        n = self.system.second + (number - 2) * self.system.step
        return patterns[self.variant % len(patterns)].format(n=n)

    def tag_path(self, tag: str) -> str | None:
        """Address of a tag's page, if the system has some."""
        number = self.words["tags"].index(tag) + 1
        return self.system.tag.format(n=number) if self.system.tag else None

    # -- what stands there

    def stories(self, night: int) -> tuple[Story, ...]:
        """Stories of a night, the newest first."""
        return tuple(s for s in self.contents.stories if night > 1 or not s.new)

    def listed(self, night: int) -> tuple[Story, ...]:
        """Stories that lists show: two are in the feed only, or three in the sitemap only."""
        in_feed = {STORIES - 3, STORIES - 5} if self.system.feed else set[int]()
        hidden = {"feed": in_feed, "sitemap": {0, 1, 2}}.get(self.entry, set())
        return tuple(s for s in self.stories(night) if s.number not in hidden)

    def edited(self, night: int) -> Story | None:
        """The story that an edit has made longer by this night."""
        return self.contents.stories[-STORIES:][ADDENDUM] if night > 1 else None

    def pages(self, night: int) -> Iterator[Page]:
        """Every page of a night."""
        yield from self._articles(night)
        for event in self.contents.happenings:
            path, lines = self.event_path(event), tuple(_lines(event))
            truth = Truth("event", event.title, paragraphs=lines)
            yield Page("event", path, event.title, truth, event=event)
        for info in self.contents.information:
            truth = Truth("not-an-article", info.title)
            yield Page("info", self.info_path(info.key), info.title, truth, info=info)
        yield from self._lists(night)

    def truth(self, night: int) -> dict[str, Truth]:
        """Path → truth, of all pages of a night."""
        return {page.path: page.truth for page in self.pages(night)}

    def serve(self, server: LoopbackSite, night: int) -> None:
        """Put the pages of a night on a server, in place of those of the night before."""
        server.answers.clear()
        look = self.variant
        if night > 1 and self.name in REDESIGNED:
            look = (look + 1) % 3
        furniture = Furniture.of(self, night)
        for page in self.pages(night):
            html = render(self, page, server.url, look=look, furniture=furniture)
            server.put(page.path, html.encode(self.charset, "xmlcharrefreplace"), self.content_type)
        robots = "User-agent: *\nDisallow: /admin/\n"
        if self.entry == "sitemap" or (self.entry == "home" and not self.variant):
            server.xml("/sitemap.xml", self._sitemap(night, server.url))
            robots += f"Sitemap: {server.url}/sitemap.xml\n"
        server.text("/robots.txt", robots)
        if self.system.feed:
            server.xml(self.system.feed, self._feed(night, server.url))

    def source(self, url: str) -> dict[str, Any]:
        """The entry of sources/*.yaml that an operator would write for it."""
        lists = {"listings": [{"url": url + p} for p in (self.system.listing, self.system.events)]}
        feeds = {"feeds": [{"url": f"{url}{self.system.feed}"}]} if self.system.feed else {}
        named: Mapping[str, Mapping[str, Any]] = {
            "listing": lists,
            "feed": {**feeds, **lists},
            "sitemap": {"sitemaps": [{"url": f"{url}/sitemap.xml"}]},
            "home": {},
        }
        country = {"de": "DE", "en": "GB", "ru": "KZ"}[self.language]
        fixed = {"id": self.name, "name": self.brand, "url": url, "country": country}
        return {**fixed, "languages": [self.language], **named[self.entry]}

    # -- parts

    def _articles(self, night: int) -> Iterator[Page]:
        for story in self.stories(night):
            told = story
            if story == self.edited(night):
                addendum = type(story.blocks[0])("p", (story.addendum,))
                told = replace(story, blocks=(*story.blocks, addendum))
            truth = Truth(
                "article",
                story.title,
                story.published.date().isoformat(),
                (story.author,) if story.author and self.system.bylines else (),
                tuple(_lines(told)),
            )
            yield Page("article", self.story_path(story), story.title, truth, story=told)

    def _lists(self, night: int) -> Iterator[Page]:
        listed, words = self.listed(night), self.words["words"]
        home = Truth("listing", self.brand)
        yield Page("home", "/", self.brand, home, stories=listed[:5])
        last = -(-len(listed) // PAGE_SIZE)
        for number in range(1, last + 1):
            shown = listed[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
            links = tuple((n, self.list_path(n), n == number) for n in range(1, last + 1))
            pager = Pager(
                self.pager,
                links,
                self.list_path(number - 1) if number > 1 else None,
                self.list_path(number + 1) if number < last else None,
            )
            truth = Truth("listing", words["news"])
            for path in self._list_addresses(number):
                yield Page("listing", path, words["news"], truth, stories=shown, pager=pager)
        for tag in self.words["tags"] if self.system.tag else ():
            tagged = tuple(s for s in listed if s.tag == tag)
            truth = Truth("listing", tag)
            yield Page("listing", self.tag_path(tag) or "", tag, truth, stories=tagged)
        truth = Truth("listing", words["events"])
        yield Page("events", self.system.events, words["events"], truth)
        search = Truth("not-an-article", words["search"])
        yield Page("search", self.system.search, words["search"], search)

    def _list_addresses(self, number: int) -> Iterator[str]:
        """The first page also answers to a number."""
        yield self.list_path(number)
        if number == 1:
            patterns = self.system.further
            n = self.system.second - self.system.step
            yield patterns[self.variant % len(patterns)].format(n=n)

    def _sitemap(self, night: int, url: str) -> str:
        entries = "".join(
            f"<url><loc>{escape(url + p.path)}</loc></url>" for p in self.pages(night)
        )
        xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><urlset xmlns="{xmlns}">{entries}</urlset>'

    def _feed(self, night: int, url: str) -> str:
        items = "".join(
            f"<item><title>{escape(s.title)}</title><link>{url}{escape(self.story_path(s))}</link>"
            f"<pubDate>{format_datetime(s.published)}</pubDate>"
            f"<description>{escape(s.lead)}</description></item>"
            for s in self.stories(night)[:10]
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{escape(self.brand)}</title><link>{url}/</link>"
            f"<description>{escape(self.brand)}</description>{items}</channel></rss>"
        )


SITES: Sequence[Site] = [Site(system, lang) for system in SYSTEMS for lang in LANGUAGES]


def aside() -> frozenset[str]:
    """Names of the third that nobody who writes rules looks at."""
    return frozenset(hosts_aside(f"https://{site.name}/" for site in SITES))


def _fill(pattern: str, page: Story | Happening, published: datetime) -> str:
    return pattern.format(
        slug=page.slug,
        id=page.id,
        year=published.year,
        month=f"{published.month:02}",
        day=f"{published.day:02}",
    )


def _lines(page: Story | Happening) -> Iterator[str]:
    yield page.lead
    for block in page.blocks:
        yield from block.lines
