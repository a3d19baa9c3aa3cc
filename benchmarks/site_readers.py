"""Reads pages of the made-up sites one by one with one reader; a child process.

Runs in our environment and in the peers', so it imports a reader only when that is asked for, and
nothing else of this project.

    python site_readers.py READER PAGES    reads JSON lines {id, url, type, body (base64)}, writes
                                           JSON lines {id, title, published, authors, text, …}
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Reader = Callable[[bytes, str, str], Record]


def ours() -> Reader:
    """Our page reader, each page alone: without the site's profile, feeds and lists."""
    pages = importlib.import_module("crawler.parsers.page")
    reader = pages.PageReader(importlib.import_module("indexer.records.reference").load_reference())

    def read(body: bytes, url: str, content_type: str) -> Record:
        page = reader.read(pages.RawPage(body=body, url=url, content_type=content_type))
        names = ("title", "teaser", "text", "authors", "published", "kind")
        return {name: getattr(page, name) for name in names}

    return read


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


READERS: dict[str, Callable[[], Reader]] = {
    "ours": ours,
    "trafilatura": trafilatura,
    "htmldate": htmldate,
    "readability-lxml": readability,
}


def main(name: str, given: Path) -> None:
    """A line out for every line in; a page that the reader fails on has no values."""
    read = READERS[name]()
    for line in given.open(encoding="utf-8"):
        page = json.loads(line)
        try:
            record = read(base64.b64decode(page["body"]), page["url"], page["type"])
        except Exception as error:  # noqa: BLE001 - whatever a peer fails with, it goes on
            record = {}
            print(f"{page['id']}: {error!r}", file=sys.stderr)
        sys.stdout.write(json.dumps({"id": page["id"], **record}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
