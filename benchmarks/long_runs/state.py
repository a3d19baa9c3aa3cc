"""A million known addresses: the time to find what is due, and the memory of a crawl over them.

Half of the addresses belong to one source, the others to nineteen; one in thirty is due, half of
them have a lastmod. The crawl is `radar run --only crawl` on a loopback site with 200 new pages,
once with nothing known and once with all of it; of what is due there it asks for what its budget
allows.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.crawl.pipeline import configuration
from benchmarks.crawl.web_server import serve
from benchmarks.measuring.children import Child, python, run_child
from benchmarks.measuring.table import Section, Table
from indexer.database import engine as database
from indexer.frontier.ledger import Ledger
from indexer.frontier.run_record import RunRecord

ADDRESSES = 1_000_000
QUICK_ADDRESSES = 20_000
SOURCES = 20
NEW_PAGES = 200
BUDGET = 500
DUE = 30
"""One address in so many is due."""
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
BATCH = 20_000


def fill(url: str, base: str, number: int) -> None:
    """A database that knows so many pages; those of the first source stand below `base`."""
    engine = database.open_database(url)
    rows = _rows(base, number)
    with engine.begin() as connection:
        while batch := list(islice(rows, BATCH)):
            marks = ", ".join("?" * len(_COLUMNS))
            # our own names
            insert = f"INSERT INTO address ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608
            connection.exec_driver_sql(insert, batch)
    engine.dispose()


_COLUMNS = (
    *("url", "source", "site", "kind", "title", "published", "dated", "etag", "lastmod"),
    *("quiet", "first_seen", "last_fetch", "status", "failures", "unchanged", "next_due"),
    *("last_outcome", "document"),
)


def _rows(base: str, number: int) -> Iterator[tuple[object, ...]]:
    """Values of the columns, as SQLite keeps them."""
    title = "A title as a sitemap or a feed states it, of some words"
    fetched, later, earlier = (_as_text(NOW + timedelta(hours=h)) for h in (-72, 1, -1))
    days = [_as_text(NOW - timedelta(hours=hours)) for hours in range(9000)]
    for index in range(number):
        first = index % 2 == 0
        source = 0 if first else 1 + index // 2 % (SOURCES - 1)
        place = base if first else f"https://s{source}.example"
        address = f"{place}/news/{index:07}/an-article-with-an-address-of-the-usual-length"
        dated, quiet = days[index % 9000], index % 4 < 2
        due = later if index // 4 % DUE else earlier
        yield (
            *(address, f"site-{source}", place.partition("//")[2], "page", title, dated, dated),
            *(f'"{index:032x}"', dated if quiet else None, quiet, dated, fetched, 200, 0, 3, due),
            *("unchanged", f"{index:016x}"),
        )


def _as_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.000000")


@dataclass(frozen=True, slots=True, order=True)
class Scan:
    """One look for what is due."""

    cpu: float
    """Processor seconds."""
    seconds: float
    """Wall clock."""
    pages: int


def due_scan(url: str, sources: Sequence[int]) -> Scan:
    """What is due of these sources, within their budgets, in a database just opened."""
    engine = database.open_database(url)
    with engine.connect() as connection:
        run = RunRecord.start(connection, NOW, {})
        ledger = Ledger(connection, run.id, lambda: NOW)
        cpu, begin = time.process_time(), time.perf_counter()
        found = [len(list(islice(ledger.iter_due(f"site-{n}"), BUDGET))) for n in sources]
        scan = Scan(time.process_time() - cpu, time.perf_counter() - begin, sum(found))
        run.finish(NOW, {})
    engine.dispose()
    return scan


def _crawl(folder: Path, config: Path) -> Child:
    home = str(folder / "home")
    options = ("--only", "crawl", "--json", "--config", str(config), "--home", home)
    return run_child(python("-m", "radar", "run", *options))


def benchmark(*, quick: bool) -> Section:
    """Both tables."""
    number = QUICK_ADDRESSES if quick else ADDRESSES
    with tempfile.TemporaryDirectory() as folder, serve(1, NEW_PAGES) as web:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        nothing = _crawl(empty, configuration(empty, web))
        database = full / "home" / "radar.db"
        database.parent.mkdir(parents=True)
        url = f"sqlite:///{database}"
        fill(url, web.bases[0], number)
        size = database.stat().st_size / 1e6
        scans = {
            f"all {SOURCES} sources": _best(url, range(SOURCES)),
            f"the source with {number // 2} addresses": _best(url, [0]),
        }
        known = _crawl(full, configuration(full, web))
    due = Table(
        ("due scan", "pages", "CPU s", "wall s"),
        tuple(
            (name, f"{scan.pages}", f"{scan.cpu:.3f}", f"{scan.seconds:.3f}")
            for name, scan in scans.items()
        ),
        f"What is due, {BUDGET} pages of a source at most; best of three, database just opened",
    )
    memory = Table(
        ("crawl process", "peak MB", "CPU s"),
        (
            ("nothing known", f"{_megabytes(nothing):.0f}", f"{nothing.cpu:.1f}"),
            (f"{number} known", f"{_megabytes(known):.0f}", f"{known.cpu:.1f}"),
        ),
        "`radar run --only crawl`",
    )
    heading = f"State of addresses: {number} known ({size:.0f} MB in SQLite)"
    return Section("state", heading, [due, memory])


def _best(url: str, sources: Sequence[int]) -> Scan:
    return min(due_scan(url, sources) for _ in range(3))


def _megabytes(child: Child) -> float:
    return child.peaks["main"][0] * 1.048576
