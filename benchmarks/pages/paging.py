"""Which page of a list the reader takes for the next one, on real lists whose pagers are labelled.

The labels are CSS selectors (`next`, `prev`, `page`), as autopager's training data has them. The
way on is the link that `next` names; where a blog has its ends the other way round, the one of
`prev` with the higher number; where only numbers are labelled, the one after the current page.
Hosts that are set aside (`tests.quality.held_out`) are counted apart, and never looked at.

    python -m benchmarks.pages.paging FOLDER [--misses]     FOLDER: labels.jsonl and html/
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from bs4 import BeautifulSoup

from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Section, Table
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.more_buttons import data_addresses
from crawler.discovery.listings.reader import ListingReader
from crawler.discovery.listings.soup import anchors_at, base_of, select, soup_of
from indexer.records.reference import load_reference
from indexer.records.urls import canonical, identity, site
from tests.quality.held_out import split

LABELS = "labels.jsonl"
Kind = Literal["turned", "numbers only", "no next page"]
Outcome = Literal["right", "missed", "wrong", "made up", "none, rightly"]
_NUMBER = re.compile(r"(?:page[d_]?=|/page/|/p|-)(\d{1,4})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page of a list, and what its labels say of the next one."""

    url: str
    body: bytes
    content_type: str
    kind: Kind
    following: frozenset[str]
    """Identities of the addresses that lead on."""


def benchmark(corpus: Path) -> Section:
    """Both parts of the corpus, read in a process of its own."""
    done = run_child(python("-m", "benchmarks.pages.paging", str(corpus)))
    found: dict[str, dict[str, int]] = json.loads(done.output)
    rows = [_row(part, counts) for part, counts in found.items()]
    columns = ("part", "turned", "of them by numbers only", "made up", "wrong page")
    note = (
        "Real lists whose pagers are labelled (autopager's data, MIT). Turned: the next page is "
        "the labelled one. Made up: a next page where the labels have none. Rules were written "
        "from the open part alone."
    )
    table = Table(columns, tuple(rows))
    return Section("paging", "Lists turned to their next page", [table], [note])


def _row(part: str, counts: dict[str, int]) -> tuple[str, ...]:
    def share(*kinds: Kind) -> str:
        right = sum(counts.get(f"{kind}: right", 0) for kind in kinds)
        return f"{right} of {sum(n for name, n in counts.items() if name.startswith(kinds))}"

    made_up = sum(n for name, n in counts.items() if name.endswith("made up"))
    wrong = sum(n for name, n in counts.items() if name.endswith("wrong"))
    return part, share("turned", "numbers only"), share("numbers only"), str(made_up), str(wrong)


def labelled_pages(corpus: Path, records: list[dict[str, Any]]) -> Iterator[Labelled]:
    """The pages of some records of the labels."""
    for record in records:
        url = canonical(record["url"]) or record["url"]
        body = gzip.decompress((corpus / "html" / record["file"]).read_bytes())
        content_type = f"text/html; charset={record['encoding']}"
        soup = soup_of(body, content_type)
        links = {
            name: _links(soup, record[name], base_of(soup, url))
            for name in ("next", "prev", "page")
        }
        kind, following = _following(links, url, numbers_only=not record["next"])
        yield Labelled(url, body, content_type, kind, frozenset(map(identity, following)))


def _links(soup: BeautifulSoup, css: str | None, base: str) -> list[tuple[str, str]]:
    """Addresses and texts of what a selector picks."""
    found: list[tuple[str | None, str]] = []
    for tag in select(soup, css) if css else ():
        text = tag.get_text(" ", strip=True)
        found += [(canonical(address, base), text) for address in data_addresses(tag)]
        found += [
            (canonical(str(a["href"]), base), a.get_text(" ", strip=True)) for a in anchors_at(tag)
        ]
    return [(url, text) for url, text in found if url is not None]


def _following(
    links: dict[str, list[tuple[str, str]]], page: str, *, numbers_only: bool
) -> tuple[Kind, list[str]]:
    forward, back = links["next"], links["prev"]
    if any(_number(url) > _number(page) for url, _ in back):
        forward = [link for link in back if _number(link[0]) > _number(page)]
    if forward:
        return "turned", [url for url, _ in forward]
    after = str(_number(page) + 1)
    numbered = [url for url, text in links["page"] if text == after]
    if numbers_only and not back and numbered:
        return "numbers only", numbered
    return "no next page", []


def _number(url: str) -> int:
    found = _NUMBER.search(url)
    return int(found[1]) if found is not None else 1


def outcome(page: Labelled, reader: ListingReader) -> Outcome:
    """What the reader takes for the next page, against the labels."""
    said = reader.read(page.body, page.url, page.content_type).next
    if not page.following:
        return "none, rightly" if said is None else "made up"
    if said is None:
        return "missed"
    return "right" if identity(said) in page.following else "wrong"


def _is_beside(page: str, url: str) -> bool:
    return site(url).removeprefix("www.") == site(page).removeprefix("www.")


def main(corpus: Path, tell: Callable[[str], None] | None) -> None:
    """Count outcomes; `tell` hears of each mistake in the open part."""
    words = ListingWords.from_languages(load_reference().languages)
    records = [json.loads(line) for line in (corpus / LABELS).read_text("utf-8").splitlines()]
    result: dict[str, Counter[str]] = {}
    for part, chosen in zip(("open", "aside"), split(records), strict=True):
        counts = result.setdefault(part, Counter())
        for page in labelled_pages(corpus, [dict(record) for record in chosen]):
            found = outcome(page, ListingReader(words, partial(_is_beside, page.url)))
            counts[f"{page.kind}: {found}"] += 1
            if tell is not None and part == "open" and found not in ("right", "none, rightly"):
                tell(f"{found} ({page.kind}): {page.url}: {sorted(page.following)[:3]}")
    print(json.dumps(result))


if __name__ == "__main__":
    misses = sys.argv[2:] == ["--misses"]
    main(Path(sys.argv[1]), (lambda line: print(line, file=sys.stderr)) if misses else None)
