"""Fetches the addresses of a source once and reports what they return; archives nothing.

For `radar sources check` (all addresses of a configured source) and `radar sources add` (what a
home page leads to). Everything works as in the crawl: the same readers, robots.txt, pace, guard.
What a home page leads to is told where it may become an entry point. Its next page, its months and
its frames are none: the crawl finds them anew each time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.discovery.apis.api_lists import entry_address, read_api
from crawler.discovery.calendars import read_calendar_links
from crawler.discovery.content_summary import (
    ContentSummary,
    HomeFacts,
    site_name,
    summarise_api_page,
    summarise_calendar,
    summarise_feed,
    summarise_home_page,
    summarise_listing,
    summarise_sitemap,
)
from crawler.discovery.home import announced_feeds, linked_feeds, lists_of
from crawler.discovery.language_fronts import front_language, language_fronts
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.reader import ListingReader
from crawler.discovery.listings.soup import ParsedPage
from crawler.discovery.sitemaps import read_sitemap
from crawler.one_off.asker import Asker
from crawler.parsers.charset import decode
from crawler.rendering.need import why_rendering
from crawler.scrapy_settings import MAX_BODY
from crawler.spiders.fetch import FetchFailure
from crawler.spiders.source_discovery.discovery import FEED_BYTES
from crawler.spiders.source_discovery.documents import document_failure
from crawler.spiders.source_discovery.pagination import API_BYTES, LISTING_BYTES
from indexer.frontier.port import Link, Response
from indexer.records.errors import ParseError
from indexer.records.page_choice import PageChoice
from indexer.records.source import Api, Calendar, EntryPoint, Feed, Listing, Sitemap, Source
from indexer.records.urls import canonical, identity, owns, site

Kind = Literal["home", "feed", "sitemap", "listing", "calendar", "api"]

_LARGEST: Mapping[Kind, int] = MappingProxyType(
    {
        "home": LISTING_BYTES,
        "feed": FEED_BYTES,
        "sitemap": MAX_BODY,
        "listing": LISTING_BYTES,
        "calendar": FEED_BYTES,
        "api": API_BYTES,
    }
)
"""Bytes of a document that a run reads."""
OLD_DAYS = 180
"""Days since the newest item after which a document is reported as out of use."""
SITEMAPS = 5
"""Sitemaps of robots.txt that are fetched."""
GUESSED_FEEDS = ("/rss.xml", "/feed/", "/rss/")
"""Where content management systems put their feed; tried if the home page announces none, beside
those that it may only link to."""
GUESSED_SITEMAP = "/sitemap.xml"


@dataclass(frozen=True, slots=True)
class AddressReport:
    """The result of one address."""

    kind: Kind
    url: str
    enabled: bool = True
    status: int | None = None
    outcome: str = "fetched"
    """`fetched`, or the outcome that a run would record: `robots`, `blocked`, `http-error`, …"""
    contents: ContentSummary | None = None
    entry: EntryPoint | None = None
    """The configured entry point, with its selectors or paths; None: it was discovered."""
    works: bool = False
    """Whether it has links to pages of the source, or further files that may have some."""
    problems: tuple[str, ...] = ()
    """One line each; empty: as it should be."""
    notes: tuple[str, ...] = ()
    """What is worth knowing but no problem."""

    def to_json(self) -> dict[str, Any]:
        """A line of `radar sources check --json`."""
        contents = self.contents
        span = contents.span if contents else None
        return {
            "kind": self.kind,
            "url": self.url,
            "enabled": self.enabled,
            "outcome": self.outcome,
            "status": self.status,
            "items": contents.items if contents else None,
            "first": span[0].isoformat() if span else None,
            "last": span[1].isoformat() if span else None,
            "language": contents.language if contents else None,
            "extent": contents.extent if contents else None,
            "problems": list(self.problems),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class HomeSurvey:
    """What a home page leads to."""

    reports: list[AddressReport]
    """The home page's comes first."""
    facts: HomeFacts | None = None
    """None: the home page could not be fetched."""
    url: str | None = None
    """Address of the home page after redirects."""
    empty_because: str | None = None
    """Why the home page seems to have no text until its scripts have run; None if it has."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Surveys one source."""

    source: Source
    words: ListingWords
    today: date
    languages: Collection[str]
    """All that are known: a home page in another language is no list, whatever that is."""

    async def check(self, asker: Asker) -> list[AddressReport]:
        """Report on every configured address, enabled or not, and the home page."""
        home, response = await self._report(asker, "home", self.source.url)
        reports = [home if response is None else self._with_feeds(home, response)]
        for entry in self.source.entry_points:
            report, _ = await self._report(asker, _kind(entry), entry_address(entry), entry)
            reports.append(replace(report, enabled=entry.enabled and self.source.enabled))
        if not self.source.enabled:
            reports[0] = replace(reports[0], enabled=False)
        elif response is not None and self.source.discovery and not self.source.sections:
            unread = await self._unread_lists(asker, response, reports)
            reports[0] = replace(reports[0], notes=(*reports[0].notes, *unread))
        return reports

    async def _unread_lists(
        self, asker: Asker, home: Response, reports: Sequence[AddressReport]
    ) -> list[str]:
        """Lists of news and events that the home page names, with pages that no configured address
        shows, or older ones of which a feed has the newest alone. What stands below a configured
        list, or shows the pages of a feed in pages, holds older ones, to which that is turned.
        """
        shown = [(report.kind, report.contents) for report in reports[1:] if report.contents]
        if any(contents.files for _, contents in shown):
            return []  # the files of a sitemap may name all
        page = ParsedPage.from_bytes(home.body, home.final_url, home.headers.get("content-type"))
        found = lists_of(page, (), self.words.sections, self._owns, fronts=())
        lists = (*found.named, *found.called)
        asked = {identity(canonical(report.url) or report.url) for report in reports}
        turned = tuple(f"{r.url.rstrip('/')}/" for r in reports if r.kind == "listing")
        known, turned_to = {*asked, *map(identity, lists)}, set[str]()
        in_pages = set[str]()
        for kind, contents in shown:
            pages = {identity(link.url) for link in contents.links}
            known |= pages
            turned_to |= pages if kind != "feed" else set()
            in_pages |= pages if kind == "feed" and contents.goes_on else set()
        choice = PageChoice(self.source)
        notes = []
        for url in lists:
            if identity(url) in asked or url.startswith(turned):
                continue
            report, _ = await self._report(asker, "listing", url)
            if report.contents is None:
                continue
            pages = {identity(link.url) for link in report.contents.links if choice.takes(link.url)}
            if not pages.isdisjoint(in_pages):
                continue
            if pages - known:
                more = (
                    f"pages that stand there and at no address of the source: {len(pages - known)}"
                )
            elif pages and report.contents.goes_on and pages.isdisjoint(turned_to):
                more = "it goes on where the feeds of the source end"
            else:
                continue
            notes.append(
                f"leads to {url}, which is not read; {more}. "
                "Name it under listings, or set sections: true"
            )
        return notes

    async def explore(self, asker: Asker) -> HomeSurvey:
        """Report on the home page, and the feeds, sitemaps and listings that it leads to."""
        home, response = await self._report(asker, "home", self.source.url)
        reports = [home]
        if response is None:
            return HomeSurvey(reports)
        kind = response.headers.get("content-type")
        page = ParsedPage.from_bytes(response.body, response.final_url, kind)
        guesses = (*linked_feeds(page, self._owns), *self._at_home(*GUESSED_FEEDS))
        feeds = announced_feeds(page, self._owns) or tuple(dict.fromkeys(guesses))
        reports += await self._report_all(asker, "feed", feeds)
        rules = asker.robots(canonical(self.source.url) or "", self.source.delay)
        stated = [canonical(line, self.source.url) for line in (rules.sitemaps if rules else ())]
        sitemaps = [url for url in stated if url is not None and self._owns(url)][:SITEMAPS]
        reports += await self._report_all(
            asker, "sitemap", sitemaps or self._at_home(GUESSED_SITEMAP)
        )
        links = ListingReader(self.words, self._owns).read_parsed(page, today=self.today).links
        fronts = language_fronts(page, self.languages, self._owns, self.words.language_names)
        lists = lists_of(page, links, self.words.sections, self._owns, fronts=fronts)
        addresses = (*lists.named, *lists.others, *lists.called)
        listings = list({identity(url): url for url in addresses}.values())
        reports += await self._report_all(asker, "listing", listings)
        known = summarise_home_page(response.body, kind)
        windows = (r.contents.window for r in reports if r.kind == "listing" and r.contents)
        facts = HomeFacts(
            site_name(known.name, filter(None, windows)),
            tuple(dict.fromkeys((*known.languages, *filter(None, map(front_language, fronts))))),
        )
        return HomeSurvey(reports, facts, response.final_url, _why_empty(response))

    async def _report_all(
        self, asker: Asker, kind: Kind, urls: Sequence[str]
    ) -> list[AddressReport]:
        """A report for each address; of several with the same links only the first."""
        reports: dict[object, AddressReport] = {}
        for url in urls:
            report, _ = await self._report(asker, kind, url)
            key = frozenset(report.contents.links) if report.works and report.contents else url
            reports.setdefault(key, report)
        return list(reports.values())

    async def _report(
        self,
        asker: Asker,
        kind: Kind,
        url: str,
        entry: EntryPoint | None = None,
    ) -> tuple[AddressReport, Response | None]:
        report = AddressReport(kind, url, entry=entry)
        address = canonical(url)
        if address is None:
            return replace(report, outcome="refused", problems=("no usable address",)), None
        fetched = await asker.ask(
            address,
            self.source.delay,
            may_lead_to=self._why_off_source,
            headers=dict(entry.headers) if isinstance(entry, Api) else {},
        )
        failure = (
            fetched
            if isinstance(fetched, FetchFailure)
            else document_failure(fetched, _LARGEST[kind])
        )
        if failure is not None:
            return _failure_report(report, failure), None
        if isinstance(fetched, FetchFailure):
            raise TypeError("failures were returned above")
        response = fetched.response
        report = replace(report, status=response.status)
        try:
            contents = self._read(report, response)
        except ParseError as error:
            return replace(report, outcome="refused", problems=(error.message,)), None
        return self._judge(replace(report, contents=contents), response), response

    def _read(self, report: AddressReport, response: Response) -> ContentSummary:
        body, url = response.body, response.final_url
        kind = response.headers.get("content-type")
        match report.entry or _entry_point(report.kind, report.url):
            case Feed():
                return summarise_feed(body, url, kind)
            case Sitemap():
                return summarise_sitemap(read_sitemap(body, url))
            case Calendar():
                return summarise_calendar(read_calendar_links(body, url, kind, self._owns), url)
            case Api() as api:
                return summarise_api_page(read_api(body, url, kind, api))
            case Listing() as listing:
                reader = ListingReader(self.words, self._owns)
                content = reader.read(body, url, kind, links=listing.links, next_page=listing.next)
                return summarise_listing(content, body, kind)

    def _judge(self, report: AddressReport, response: Response) -> AddressReport:
        """The report, with remarks about its contents."""
        contents = report.contents
        if contents is None:
            raise TypeError("it was read")
        problems, notes = [], []
        works = contents.files > 0 or any(self._owns(link.url) for link in contents.links)
        if identity(response.final_url) != identity(response.url):
            notes.append(f"answers at {response.final_url}")
        if response.truncated:
            problems.append("the answer was cut off")
        if not contents.items:
            problems.append("no links to pages")
        elif not works:
            problems.append(f"no link leads to the source, all to {_hosts(contents.links)}")
        span = contents.span
        if report.kind != "home" and span and (self.today - span[1]).days > OLD_DAYS:
            problems.append(f"nothing newer than {span[1].isoformat()}")
        language = contents.language
        wanted = self.source.languages
        if language is not None and wanted and language not in wanted:
            notes.append(f"language {language} is not among {', '.join(wanted)}")
        if report.kind == "home" and problems and self.source.discovery:
            # The source is not crawled by the links of its home page.
            notes, problems = [*notes, *problems], []
        return replace(report, works=works, problems=tuple(problems), notes=tuple(notes))

    def _with_feeds(self, home: AddressReport, response: Response) -> AddressReport:
        """The report with the feeds that the page announces and the source lacks."""
        kind = response.headers.get("content-type")
        known = {identity(canonical(feed.url) or feed.url) for feed in self.source.feeds}
        page = ParsedPage.from_bytes(response.body, response.final_url, kind)
        feeds = announced_feeds(page, self._owns)
        more = [f"announces the feed {url}" for url in feeds if identity(url) not in known]
        if self.source.render == "never" and (reason := _why_empty(response)) is not None:
            more.append(f"{reason}: its pages may need `render: auto`")
        return replace(home, notes=(*home.notes, *more))

    def _at_home(self, *paths: str) -> tuple[str, ...]:
        urls = (canonical(path, self.source.url) for path in paths)
        return tuple(url for url in urls if url is not None)

    def _owns(self, url: str) -> bool:
        return owns(self.source, url)

    def _why_off_source(self, url: str) -> str | None:
        return None if self._owns(url) else f"redirects to {url}, which is not the source's"


def _why_empty(response: Response) -> str | None:
    """Why a page seems to have no text until its scripts have run; None if it has."""
    return why_rendering(decode(response.body, response.headers.get("content-type")).text)


def _failure_report(report: AddressReport, failure: FetchFailure) -> AddressReport:
    return replace(
        report, outcome=failure.outcome.value, status=failure.status, problems=(failure.reason,)
    )


def _hosts(links: Sequence[Link]) -> str:
    names = dict.fromkeys(site(link.url) or urlsplit(link.url).netloc for link in links)
    return ", ".join(list(names)[:3])


def _kind(entry: EntryPoint) -> Kind:
    match entry:
        case Feed():
            return "feed"
        case Sitemap():
            return "sitemap"
        case Listing():
            return "listing"
        case Calendar():
            return "calendar"
        case Api():
            return "api"


def _entry_point(kind: Kind, url: str) -> EntryPoint:
    """What a found address would be in a configuration; a home page is read like a listing."""
    match kind:
        case "feed":
            return Feed(url)
        case "sitemap":
            return Sitemap(url)
        case _:
            return Listing(url)
