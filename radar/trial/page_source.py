"""Where a tried page comes from: a file, or an address that is asked for as the crawl would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.parsers.raw_page import RawPage
from crawler.single import fetch_page
from crawler.worker import read_pages
from indexer.document import Page
from indexer.errors import ParseError
from radar.importing import file_content
from radar.settings import Settings

SECONDS = 60.0
"""Time for reading the page: there is no run to hold up."""

_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the page and not to be read from it."""

    url: str | None = None
    lang: str | None = None
    published: str | None = None


def is_address(target: str) -> bool:
    """Whether what was named is an address; else it is a file."""
    return target.lower().startswith(("http://", "https://"))


def fetched_page(url: str, given: Given, settings: Settings) -> RawPage:
    """The page at an address; raises FetchError."""
    response = fetch_page(
        url,
        contact=settings.crawler.contact,
        allow_networks=settings.crawler.allow_networks,
        delay=settings.crawler.delay,
    )
    return RawPage(
        body=response.body,
        url=given.url or response.final_url,
        content_type=response.headers.get("content-type"),
        lang=given.lang,
        published=given.published,
        truncated=response.truncated,
    )


def filed_page(file: Path, given: Given) -> RawPage:
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


def read_page(raw: RawPage, config: Path | None) -> Page:
    """The record, read with the limits of a worker; raises ParseError."""
    answers = read_pages([(0, raw)], config=config, workers=1, seconds=SECONDS)
    for _, answer in answers:
        if isinstance(answer, ParseError):
            raise answer
        return answer
    raise ParseError("the reader gave no answer", reason="crashed")
