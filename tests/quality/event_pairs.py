"""Made-up events in three languages, of which is known which pages tell of the same.

Pages are read and linked as a run does it, each on a site of its own. Half of the groups are set
aside by the SHA-256 of their names: rules are chosen on the others only, and single pages of the
set-aside half are never printed.

The pages are in `same_events.yaml`. usage: python -m tests.quality.event_pairs [--worst]
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import sqlalchemy as sa

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.records.document import Page
from indexer.records.reference import load_reference
from tests.page_reader import packaged_reader
from tests.unit.indexer.record import Record
from tests.yaml_files import read_yaml

Part = Literal["open", "aside"]

GROUPS = read_yaml(Path(__file__).with_name("same_events.yaml"))
_ASIDE = "79"
"""Hashes below it are half of the first groups."""
_NIGHT = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the set."""

    event: str
    part: Part
    day: str
    page: Page


@dataclass(frozen=True, slots=True)
class PairScores:
    """How pairs of pages of one part are linked."""

    same: int
    """Pairs that tell of one event."""
    readable: int
    """Of them those of which an event is read from both pages."""
    found: int
    """Pairs that are linked."""
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.same

    @property
    def recall_of_read(self) -> float:
        """Of pairs in which there is something to link."""
        return self.right / self.readable


def part_of(group: str) -> Part:
    """Whether a group is set aside; groups that are added leave the others where they are."""
    return "aside" if hashlib.sha256(group.encode()).hexdigest() < _ASIDE else "open"


def told_pages(reader: PageReader) -> list[ToldPage]:
    """All pages of the set, in the order in which they came out."""
    told = []
    for entry in GROUPS:
        for number, pages in enumerate(entry["events"]):
            name = f"{entry['group']}-{number}"
            for place, text in enumerate(pages):
                raw = RawPage(
                    text=text["text"],
                    title=text["title"],
                    url=f"https://{name}-{place}.example/news",
                    lang=text["lang"],
                    published=str(text["day"]),
                )
                told.append(
                    ToldPage(name, part_of(entry["group"]), str(text["day"]), reader.read(raw))
                )
    return sorted(told, key=lambda page: (page.day, page.event))


def linked_events(pages: Sequence[ToldPage]) -> list[set[str]]:
    """The ids of the events that a run links each page with."""
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/radar.db")
        with engine.connect() as connection:
            record = Record(connection, _NIGHT)
            record.reference = load_reference()
            for told in pages:
                record.fetch_from(str(told.page.url))
                record.read(told.page)
            query = sa.select(tables.event_document.c.event, tables.document.c.url).join(
                tables.document
            )
            found: dict[str, set[str]] = {}
            for event, url in connection.execute(query):
                found.setdefault(url, set()).add(event)
        engine.dispose()
    return [found.get(str(told.page.url), set()) for told in pages]


def score_pairs(pages: Sequence[ToldPage], linked: Sequence[set[str]], part: Part) -> PairScores:
    """All pairs of pages of one part."""
    own = [(told, events) for told, events in zip(pages, linked, strict=True) if told.part == part]
    pairs = [
        (one.event == other.event, bool(of_one and of_other), bool(of_one & of_other))
        for (one, of_one), (other, of_other) in combinations(own, 2)
    ]
    return PairScores(
        same=sum(same for same, _, _ in pairs),
        readable=sum(same and read for same, read, _ in pairs),
        found=sum(found for _, _, found in pairs),
        right=sum(same and found for same, _, found in pairs),
    )


def misses(
    pages: Sequence[ToldPage], linked: Sequence[set[str]]
) -> Iterable[tuple[str, ToldPage, ToldPage]]:
    """What is wrong in the open part."""
    own = [(t, events) for t, events in zip(pages, linked, strict=True) if t.part == "open"]
    for (one, of_one), (other, of_other) in combinations(own, 2):
        same, found = one.event == other.event, bool(of_one & of_other)
        if found and not same:
            yield "wrong", one, other
        elif same and not found:
            yield "missed" if of_one and of_other else "unread", one, other


def main() -> None:
    """Write the scores of both parts, and (`--worst`) what is wrong in the open one."""
    pages = told_pages(packaged_reader())
    linked = linked_events(pages)
    parts: tuple[Part, ...] = ("open", "aside")
    for part in parts:
        scores = score_pairs(pages, linked, part)
        shares = (scores.precision, scores.recall, scores.recall_of_read)
        _write(part, scores, *(f"{share:.3f}" for share in shares))
    if "--worst" in sys.argv[1:]:
        for what, one, other in misses(pages, linked):
            _write(what)
            for told in (one, other):
                _write(" ", told.page.lang, told.page.title)
                for event in told.page.events:
                    _write("   ", event)


def _write(*what: object) -> None:
    sys.stdout.write(" ".join(map(str, what)) + "\n")


if __name__ == "__main__":
    main()
