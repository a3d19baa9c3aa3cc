"""Reads labelled pages with one reader and times it; a child process.

Runs in our environment and in the peers', so it imports a reader only when that is asked for, and
nothing else of this project. Time is counted in bare lxml parses of the same page, timed next to
it.

    python article_readers.py READER PAGES PASSES    a JSON line for each page, on stdout

PAGES is a file with a JSON line for each page: its url, and the file where it lies (gzip).
"""

from __future__ import annotations

import gc
import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import lxml.html

Reader = Callable[[bytes, str], str]
YOUNG = 5_000
"""New objects after which Python looks for cycles among them: `indexer.garbage_collection`."""
WARM_UP = 3
"""Pages that are read once before any is timed: tables load, caches fill."""


def our_article() -> Reader:
    """Our article reader: charset, parse, metadata, text."""
    articles = importlib.import_module("crawler.parsers.article")
    charset = importlib.import_module("crawler.parsers.charset")
    dates = importlib.import_module("crawler.parsers.dates")
    html = importlib.import_module("crawler.parsers.html")
    languages = importlib.import_module("indexer.records.reference").load_reference().languages
    reader = articles.ArticleReader(articles.PageWords(languages), dates.DateReader(languages))

    def read(body: bytes, url: str) -> str:
        return str(reader.read(html.HtmlDocument(charset.decode(body).text), url).text)

    return read


def our_record() -> Reader:
    """The whole record: article, dates, entities, contacts, events."""
    pages = importlib.import_module("crawler.parsers.page")
    reader = pages.PageReader(importlib.import_module("indexer.records.reference").load_reference())

    def read(body: bytes, url: str) -> str:
        return str(reader.read(pages.RawPage(body=body, html=None, text=None, url=url)).text)

    return read


def trafilatura(*, precision: bool, metadata: bool) -> Reader:
    """trafilatura's text, with its metadata where that is asked for."""
    extract = importlib.import_module("trafilatura").bare_extraction

    def read(body: bytes, url: str) -> str:
        found = extract(body, url=url, favor_precision=precision, with_metadata=metadata)
        return (found.text or "") if found else ""

    return read


def readability() -> Reader:
    """readability-lxml's summary, its markup taken off."""
    document = importlib.import_module("readability").Document

    def read(body: bytes, url: str) -> str:
        summary = document(body.decode("utf-8", "replace"), url=url).summary(html_partial=True)
        return " ".join(str(piece) for piece in lxml.html.fromstring(summary).itertext())

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "our article reader": our_article,
    "our whole record": our_record,
    "trafilatura": lambda: trafilatura(precision=False, metadata=False),
    "trafilatura favor_precision": lambda: trafilatura(precision=True, metadata=False),
    "trafilatura with metadata": lambda: trafilatura(precision=False, metadata=True),
    "readability-lxml": readability,
}


def _forgiving(read: Reader) -> Reader:
    """The reader, an empty text where it fails: peers raise errors of any kind."""

    def read_or_fail(body: bytes, url: str) -> str:
        try:
            return read(body, url)
        except Exception as error:  # noqa: BLE001 - said, and scored as a page without text
            print(f"{url}: {error!r}", file=sys.stderr)
            return ""

    return read_or_fail


def main(name: str, pages_file: Path, passes: int) -> None:
    """Write the lines; the shortest time of all passes counts. A page that the reader fails on has
    no text.
    """
    gc.set_threshold(YOUNG)  # as every process of ours; the other readers gain by it, too
    read = _forgiving(READERS[name]())
    pages = []
    for line in pages_file.read_text("utf-8").splitlines():
        page = json.loads(line)
        pages.append((page["url"], gzip.decompress(Path(page["file"]).read_bytes())))
    for url, body in pages[:WARM_UP]:
        _ = lxml.html.document_fromstring(body), read(body, url)
    for url, body in pages:
        parses, reads = [], []
        for _ in range(passes):
            begin = time.process_time()
            tree = lxml.html.document_fromstring(body)
            parsed = time.process_time()
            del tree
            started = time.process_time()
            text = read(body, url)
            reads.append(time.process_time() - started)
            parses.append(parsed - begin)
        record = {"url": url, "text": text, "seconds": min(reads), "parse": min(parses)}
        sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
