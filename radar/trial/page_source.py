"""Where a tried page comes from: a file, or an address that is fetched as in a crawl."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.one_off.asker import CrawlIdentity
from crawler.one_off.single import Browser, fetch_page
from crawler.parsers.article import ArticleReader
from crawler.parsers.pool import PagePool, answer_of, read_pages
from crawler.parsers.raw_page import RawPage
from crawler.profiles.article_places import is_read_in_full
from crawler.profiles.learning.sample import html_document
from crawler.rendering.chromium import find_chromium
from crawler.rendering.staged_renderer import decline_words
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.source import Source
from indexer.records.urls import canonical, owns
from radar.configuration.settings import Settings
from radar.installation.installation import Installation
from radar.page_input.importing import file_content

SECONDS = 60.0
"""Time for reading the page: there is no run to hold up."""

_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True)
class PageOverrides:
    """What is known of the page and not to be read from it."""

    url: str | None = None
    lang: str | None = None
    published: str | None = None


def is_address(target: str) -> bool:
    """Whether what was named is an address; else it is a file."""
    return target.lower().startswith(("http://", "https://"))


def fetch_raw_page(
    url: str, given: PageOverrides, installation: Installation, *, render: bool
) -> tuple[RawPage, str | None]:
    """The page at an address, and how its text was come by if it is not just what was fetched.

    With `render` it goes through the browser, else where its source says so. Raises FetchError.
    """
    crawler = installation.settings.crawler
    source = _source_of(url, installation.settings, render=render)
    response = fetch_page(
        url,
        CrawlIdentity(crawler.contact, crawler.allow_networks),
        delay=source.delay,
        browser=None if source.render == "never" else _browser(source, installation),
    )
    page = RawPage(
        body=response.body,
        url=given.url or response.final_url,
        content_type=response.headers.get("content-type"),
        lang=given.lang,
        published=given.published,
        truncated=response.truncated,
        fetched=response.fetched_at.date(),
    )
    return page, response.remark


def _source_of(url: str, settings: Settings, *, render: bool) -> Source:
    """The source of an address, or one made up for it."""
    address = canonical(url) or url
    configured = next((s for s in settings.sources if owns(s, address)), None)
    delay = settings.crawler.delay
    source = configured or Source("tried", "tried", address, "INT", ("en",), delay=delay)
    return replace(source, render="always") if render else source


def _browser(source: Source, installation: Installation) -> Browser:
    chromium = find_chromium(installation.settings.crawler.chromium)
    return Browser(source, chromium, decline_words(installation.reference.languages))


def read_file(file: Path, given: PageOverrides) -> RawPage:
    """The page in a file (also .gz); raises ParseError where the file can't be read."""
    data = file_content(file)
    suffix = Path(file.name.lower().removesuffix(".gz")).suffix
    plain = suffix == ".txt"
    return RawPage(
        body=None if plain else data,
        text=data.decode("utf-8-sig", "replace") if plain else None,
        url=given.url,
        content_type=_TYPES.get(suffix),
        lang=given.lang,
        published=given.published,
    )


def read_page(raw: RawPage, installation: Installation) -> Page:
    """The record, read with the limits of a worker; raises ParseError."""
    config, parameters = installation.settings.own_folder, installation.parameters
    answers = read_pages(
        [(0, raw)], config=config, parameters=parameters, workers=1, seconds=SECONDS
    )
    with closing(answers):
        for _, answer in answers:
            if isinstance(answer, ParseError):
                raise answer
            return answer
    raise ParseError("the reader gave no answer", reason="crashed")


def is_read_by_places(raw: RawPage, config: Path | None) -> bool:
    """Whether the profile of its site has a page read by the places of articles alone."""
    articles = raw.profile.articles if raw.profile is not None else None
    if articles is None or not articles.is_proven or is_read_in_full(raw.url):
        return False
    with PagePool[int](config=config, workers=1, seconds=SECONDS) as pool:
        return answer_of(pool.call(_is_at_places, raw)) is True


def _is_at_places(raw: RawPage, articles: ArticleReader | None) -> bool:
    document = html_document(raw)
    if document is None or articles is None:
        return False
    return articles.read_by_places(document, raw.url, raw.lang, raw.profile) is not None
