"""Reads pages of the made-up sites one by one with one reader; a child process.

Runs in our environment and in the peers', so it imports a reader only when that is asked for, and
nothing else of this project.

    python site_readers.py READER PAGES

PAGES has JSON lines {id, url, type, fetched, body (base64)}; written are {id, title, published,
authors, text, …}.
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Record = dict[str, Any]
Reader = Callable[[bytes, str, str], Record]


def ours(pages: Sequence[Record], *, profile: bool) -> Reader:
    """Our page reader; `profile`: with what the pages of each site teach, else each page alone."""
    page_reader = importlib.import_module("crawler.parsers.page")
    reference = importlib.import_module("indexer.records.reference").load_reference()
    reader = page_reader.PageReader(reference)
    profiles = _learn(pages, page_reader.RawPage) if profile else {}

    def read(body: bytes, url: str, content_type: str) -> Record:
        learnt = profiles.get(urlsplit(url).netloc)
        raw = page_reader.RawPage(body=body, url=url, content_type=content_type, profile=learnt)
        page = reader.read(raw)
        names = ("title", "teaser", "text", "authors", "published", "kind")
        return {name: getattr(page, name) for name in names}

    return read


def _learn(pages: Sequence[Record], raw_page: Callable[..., Any]) -> dict[str, Any]:
    """Site → profile, from all pages that were handed in."""
    learning = importlib.import_module("crawler.profiles.learning")
    samples: dict[str, list[Any]] = {}
    for page in pages:
        body = base64.b64decode(page["body"])
        raw = raw_page(body=body, url=page["url"], content_type=page["type"])
        sample = learning.SamplePage(raw, date.fromisoformat(page["fetched"]))
        samples.setdefault(urlsplit(page["url"]).netloc, []).append(sample)
    return {site: learning.learn(taken) for site, taken in samples.items()}


def trafilatura() -> Reader:
    """trafilatura with its metadata."""
    extract = importlib.import_module("trafilatura").bare_extraction

    def read(body: bytes, url: str, content_type: str) -> Record:
        del content_type
        found = extract(body, url=url, with_metadata=True)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        published = found.date
        return {"title": found.title, "text": found.text, "published": published} | {
            "authors": authors
        }

    return read


def htmldate() -> Reader:
    """htmldate's date of first publication."""
    find_date = importlib.import_module("htmldate").find_date

    def read(body: bytes, url: str, content_type: str) -> Record:
        del content_type
        return {"published": find_date(body, url=url, original_date=True)}

    return read


def readability() -> Reader:
    """readability-lxml's title and summary, its markup taken off."""
    document = importlib.import_module("readability").Document
    html = importlib.import_module("lxml.html")

    def read(body: bytes, url: str, content_type: str) -> Record:
        del content_type
        page = document(body, url=url)
        summary = html.fromstring(page.summary(html_partial=True))
        return {"title": page.short_title(), "text": " ".join(map(str, summary.itertext()))}

    return read


READERS: dict[str, Callable[[Sequence[Record]], Reader]] = {
    "ours": lambda pages: ours(pages, profile=False),
    "ours-with-profile": lambda pages: ours(pages, profile=True),
    "trafilatura": lambda _: trafilatura(),
    "htmldate": lambda _: htmldate(),
    "readability-lxml": lambda _: readability(),
}


def main(name: str, given: Path) -> None:
    """A line out for every line in; a page that the reader fails on has no values."""
    pages = [json.loads(line) for line in given.read_text("utf-8").splitlines()]
    read = READERS[name](pages)
    for page in pages:
        try:
            record = read(base64.b64decode(page["body"]), page["url"], page["type"])
        except Exception as error:  # noqa: BLE001 - whatever a peer fails with, it goes on
            record = {}
            print(f"{page['id']}: {error!r}", file=sys.stderr)
        sys.stdout.write(json.dumps({"id": page["id"], **record}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
