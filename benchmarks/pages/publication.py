"""Publication dates of labelled pages beside the date that their address holds, a second opinion.

The pages carry no labels for it. Each is read with its address hidden, and with it; a day that is
one off is counted apart: addresses are in the site's zone, markup often in UTC.

    python -m benchmarks.pages.publication DATASET [LIMIT]    JSON on stdout
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Table
from benchmarks.pages.corpora import addressed_pages
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.article.publication import in_url
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from indexer.records.reference import load_reference

OUTCOMES = ("same day", "one day off", "another day", "none")


def table(corpus: Path, pages: int) -> Table:
    """How often the dates agree."""
    done = run_child(python("-m", "benchmarks.pages.publication", str(corpus), str(pages)))
    found: dict[str, dict[str, int]] = json.loads(done.output)
    rows = [(way, *(str(counts.get(o, 0)) for o in OUTCOMES)) for way, counts in found.items()]
    return Table(
        ("page read", *OUTCOMES), tuple(rows), "Publication date and the date in the address"
    )


def compare(read: str | None, addressed: str) -> str:
    """Which of OUTCOMES two dates come to; a month in the address is the same as its days."""
    if read is None:
        return "none"
    shorter = min(len(read), len(addressed))
    if read[:shorter] == addressed[:shorter]:
        return "same day"
    if shorter < len("2019-11-18"):
        return "another day"
    apart = abs((date.fromisoformat(read) - date.fromisoformat(addressed)).days)
    return "one day off" if apart == 1 else "another day"


def main(corpus: Path, limit: int | None) -> None:
    """Read and print."""
    languages = load_reference().languages
    reader = ArticleReader(PageWords(languages), DateReader(languages))
    ways: dict[str, Counter[str]] = {"without its address": Counter(), "with it": Counter()}
    for url, page in sorted(addressed_pages(corpus), key=lambda known: known[1].file)[:limit]:
        addressed = in_url(url)
        if addressed is None:
            continue
        body = page.body()
        for counts, given in zip(ways.values(), (None, url), strict=True):
            draft = reader.read(HtmlDocument.from_bytes(body), given)
            counts[compare(draft.published, addressed.day)] += 1
    print(json.dumps(ways))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else None)
