"""Reading a page: processor time of each part, cold start and memory of the process that reads.

The pages are the made-up articles, with as much text as is asked for; every part is called as the
page reader calls it, and timed twice, of which the shorter counts. The child process prints JSON.

    python -m benchmarks.pages.reading CHARACTERS PAGES
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from statistics import mean

import lxml.html

from benchmarks.crawl.article_pages import article_pages
from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Section, Table
from indexer.records.document import Page, Part

SITES = {"de": 0, "en": 1, "ru": 2}
"""A made-up site in each language."""
LENGTHS = ((4_000, 40), (50_000, 6))
"""Characters of a text, and how many of each language are read."""
QUICK_LENGTHS = ((4_000, 3),)
PARTS = ("whole page", "article", "dates", "entities", "contacts", "events", "bare lxml parse")
SEARCHED: tuple[Part, ...] = ("title", "teaser", "text", "contact", "byline")
CONTACTS: tuple[Part, ...] = ("contact", "text")
"""Where the page reader looks for entities, and for contacts."""

Milliseconds = Mapping[str, float]


def benchmark(*, quick: bool) -> Section:
    """A table for every length of text."""
    section = Section("reading", "Reading a page: processor time of each part")
    for characters, pages in QUICK_LENGTHS if quick else LENGTHS:
        done = run_child(python("-m", "benchmarks.pages.reading", str(characters), str(pages)))
        found = json.loads(done.output)
        title = (
            f"Texts of about {characters} characters, {pages} pages a language;"
            f" CPU-ms a page. Cold start {found['start']:.1f} CPU s, peak {done.peak:.0f} MiB"
        )
        section.parts.append(_table(title, found["languages"]))
    section.notes.append(
        "Whole page: bytes to record, all parts and what joins them. Article: charset, parse, text,"
        " metadata, language. Highest: the page that took longest."
    )
    return section


def _table(title: str, languages: Mapping[str, list[Milliseconds]]) -> Table:
    rows = []
    for lang, pages in languages.items():
        means = [f"{mean(page[part] for page in pages):.1f}" for part in PARTS]
        whole = [page["whole page"] for page in pages]
        rows.append((lang, *means, f"{max(whole):.1f}"))
    return Table(("language", *PARTS, "highest"), tuple(rows), title)


class _Parts:
    """The readers of a page, one by one."""

    def __init__(self) -> None:
        reference = importlib.import_module("indexer.records.reference").load_reference()
        parsers = {
            name: importlib.import_module(f"crawler.parsers.{name}")
            for name in ("charset", "dates", "html", "page")
        }
        self._decode = parsers["charset"].decode
        self._document = parsers["html"].HtmlDocument
        self._raw = parsers["page"].RawPage
        self._page = parsers["page"].PageReader(reference)
        self._dates = parsers["dates"].DateReader(reference.languages)
        # As in a worker of a run: a second reader of each would be tables of 60 MB.
        self._article = self._page.articles
        self._entities = self._page.entities
        self._events = self._page.events

    def calls(self, body: bytes, url: str) -> dict[str, Callable[[], object]]:
        """Part → what reads it of this page."""
        raw = self._raw(body=body, html=None, text=None, url=url)
        page: Page = self._page.read(raw)
        kept = tuple(m for m in page.mentions if not m.field.startswith("events"))
        draft = dataclasses.replace(page, events=(), mentions=kept)
        _, partial = self._dates.find_both(page.text, page.lang, page.published)
        texts = [(part, page.part(part)) for part in SEARCHED if page.part(part)]
        places = [(part, page.part(part)) for part in CONTACTS if page.part(part)]
        return {
            "whole page": lambda: self._page.read(raw),
            "article": lambda: self._article.read(self._document(self._decode(body).text), url),
            "dates": lambda: self._dates.find_both(page.text, page.lang, page.published),
            "entities": lambda: [self._entities.find(p, t, page.lang) for p, t in texts],
            "contacts": lambda: [self._entities.contacts(p, t, page.lang, None) for p, t in places],
            "events": lambda: self._events.find(draft, partial),
            "bare lxml parse": lambda: lxml.html.document_fromstring(body),
        }


def _measure(calls: Mapping[str, Callable[[], object]]) -> Milliseconds:
    found: dict[str, float] = {}
    for _ in range(2):
        for part, call in calls.items():
            begin = time.process_time()
            call()
            spent = 1000 * (time.process_time() - begin)
            found[part] = min(found.get(part, spent), spent)
    return found


def main(characters: int, count: int) -> None:
    """Measure and print."""
    begin = time.process_time()
    parts = _Parts()
    start = time.process_time() - begin
    languages = {}
    for lang, site in SITES.items():
        pages = article_pages(site, count + 1, characters)
        measured = [_measure(parts.calls(page.html, page.path)) for page in pages]
        languages[lang] = measured[1:]  # the first one of a language loads what is loaded late
    print(json.dumps({"start": start, "languages": languages}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
