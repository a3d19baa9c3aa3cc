"""Whole sites nobody wrote rules for: `radar run` over two nights, beside readers of single pages.

The sites are made up (`tests/sites`): twelve systems in three languages. A third of them is set
aside by the hash of their names (`tests/quality/held_out.py`); whoever improves the reader looks at
the others only, and each figure is given for both parts: open / aside.

Our run finds the pages by itself, from what an operator would write into the source. The other
readers, and ours when it reads each page alone, are handed every page.

    python -m benchmarks.sites --worst [N] [SITE…]    what is wrong on open sites, the worst first
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measuring.children import ChildError, python, run_child
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section, Table
from tests.e2e.world import World
from tests.sites.nights import Nights, Readings, two_nights
from tests.sites.scoring import Failure, Judge, Reading, Score, Told
from tests.sites.site import SITES, Site, aside

QUICK = ("drupal-en", "handmade-de")
PEERS = ("trafilatura", "htmldate", "readability-lxml")
OURS_ALONE = {
    "radar, each page alone": "ours",
    "radar, with what these pages teach": "ours-with-profile",
}
COLUMNS = (
    "reader, open / aside",
    "pages found",
    "kinds right",
    "titles right",
    "dates right",
    "dates wrong",
    "authors right",
    "words F1",
    "shingles F1",
)
SITE_COLUMNS = (
    "open site",
    "source names",
    "pager",
    "found",
    "kinds",
    "titles",
    "dates",
    "wrong",
    "authors",
    "shingles",
    "told, extra",
)
TOLD = {
    "trafilatura": ("title", "published", "authors", "text"),
    "htmldate": ("published",),
    "readability-lxml": ("title", "text"),
}
"""What each of the peers tells at all."""


def benchmark(peers: Peers, *, quick: bool) -> Section:
    """The run, the other readers, and what each comes to."""
    sites = [site for site in SITES if not quick or site.name in QUICK]
    with tempfile.TemporaryDirectory() as folder:
        nights = run_nights(sites, Path(folder))
        section = Section("sites", f"Whole sites: {len(sites)} in twelve systems, three languages")
        rows = [
            _row("radar run, first night", sites, nights.readings[1], night=1),
            _row("radar run, second night", sites, nights.readings[2]),
        ]
        for label, name in OURS_ALONE.items():
            alone = read_alone(
                name, [*python("-m"), "benchmarks.sites.site_readers"], nights, folder
            )
            rows.append(_row(label, sites, alone, handed=True))
        if missing := peers.missing("scrapy"):
            section.notes.append(missing)
        script = Path(__file__).with_name("site_readers.py")
        for name in () if missing else PEERS:
            try:
                command = [str(peers.python("scrapy")), "-P", str(script)]
                readings = read_alone(name, command, nights, folder)
            except ChildError as error:
                section.notes.append(f"{name} failed: {error}")
                continue
            rows.append(_row(name, sites, readings, handed=True, tells=TOLD[name]))
    section.parts.append(Table(COLUMNS, tuple(rows)))
    section.parts.append(_told_table(sites, nights))
    section.parts.append(_site_table(sites, nights))
    section.notes += nights.problems
    section.notes.append(
        "Shares of all articles and events; a page that was not found counts as read wrongly."
        " Kinds: of the pages that were read, lists and pages that are no news among them. Dates"
        " wrong: number of other days than the page's, and of days where it tells none. Text:"
        " teaser and text, F1 of each page over words and over shingles of four."
    )
    return section


def run_nights(sites: Sequence[Site], folder: Path) -> Nights:
    """Both nights, each command in a process of its own."""
    world = World(folder)

    def radar(*arguments: str) -> str:
        command = python("-m", "radar", *arguments, *world.places)
        return run_child(command, good=(0, 1)).output

    return two_nights(sites, world, radar)


def read_alone(name: str, command: Sequence[str], nights: Nights, folder: str) -> Readings:
    """What a reader makes of every page by itself."""
    given = Path(folder) / "pages.jsonl"
    given.write_text("".join(json.dumps(page) + "\n" for page in nights.pages))
    done = run_child([*command, name, str(given)])
    readings: dict[str, dict[str, Reading]] = {}
    for record in map(json.loads, done.output.splitlines()):
        site, _, path = record["id"].partition(" ")
        readings.setdefault(site, {})[path] = Reading.of_record(record)
    return readings


# -- tables


def _parts(sites: Sequence[Site]) -> tuple[list[Site], list[Site]]:
    hidden = aside()
    opened = [site for site in sites if site.name not in hidden]
    return opened, [site for site in sites if site.name in hidden]


def _row(
    name: str,
    sites: Sequence[Site],
    readings: Readings,
    *,
    night: int = 2,
    handed: bool = False,
    tells: Sequence[str] = ("title", "published", "authors", "text", "kind"),
) -> tuple[str, ...]:
    scores = []
    for part in _parts(sites):
        judged = (Judge(site, night).score(readings.get(site.name, {})) for site in part)
        scores.append(sum(judged, Score()))

    def cell(field_: str, value: Callable[[Score], str]) -> str:
        return " / ".join(map(value, scores)) if field_ in tells else ""

    return (
        name,
        "handed" if handed else cell("kind", lambda s: share(s.found, s.wanted)),
        cell("kind", lambda s: share(s.kinds_right, s.kinds)),
        cell("title", lambda s: share(s.titles_right, s.wanted)),
        cell("published", lambda s: share(s.dates_right, s.dated)),
        cell("published", lambda s: str(s.dates_wrong)),
        cell("authors", lambda s: share(s.authors_right, s.wanted)),
        cell("text", lambda s: share(s.words, s.wanted)),
        cell("text", lambda s: share(s.shingles, s.wanted)),
    )


def _told_table(sites: Sequence[Site], nights: Nights) -> Table:
    rows = []
    for name, part in zip(("open", "aside"), _parts(sites), strict=True):
        told = sum((Judge(s).told(nights.matches.get(s.name, ())) for s in part), Told())
        rows.append((name, *map(str, (len(part), told.wanted, told.right, told.extra))))
    columns = ("sites", "number", "wanted", "right", "extra")
    return Table(columns, tuple(rows), "Changes told on the second night")


def _site_table(sites: Sequence[Site], nights: Nights) -> Table:
    """Open sites one by one; of those set aside only the sums are shown."""
    rows = []
    for site in _parts(sites)[0]:
        judge = Judge(site)
        score, told = (
            judge.score(nights.readings[2][site.name]),
            judge.told(nights.matches[site.name]),
        )
        rows.append(
            (
                site.name,
                site.entry,
                site.pager,
                share(score.found, score.wanted),
                share(score.kinds_right, score.kinds),
                share(score.titles_right, score.wanted),
                share(score.dates_right, score.dated),
                str(score.dates_wrong),
                share(score.authors_right, score.wanted),
                share(score.shingles, score.wanted),
                f"{told.right} of {told.wanted}, {told.extra}",
            )
        )
    return Table(SITE_COLUMNS, tuple(rows), "Second night, site by site")


def share(part: float, whole: float) -> str:
    """Such as `.973`; empty where there is nothing to share."""
    return f"{part / whole:.3f}".replace("0.", ".", 1) if whole else ""


# -- what is wrong


def print_worst(number: int, names: Sequence[str], fields: Sequence[str]) -> None:
    """Failures of the second night on open sites."""
    opened = [site for site in _parts(SITES)[0] if not names or site.name in names]
    with tempfile.TemporaryDirectory() as folder:
        nights = run_nights(opened, Path(folder))
    for problem in nights.problems:
        print(problem, file=sys.stderr)
    failures: list[Failure] = []
    for site in opened:
        judge = Judge(site)
        judge.score(nights.readings[2][site.name])
        judge.told(nights.matches[site.name])
        failures += judge.failures
    chosen = [f for f in failures if not fields or f.field in fields]
    print(f"{len(chosen)} values are wrong on {len(opened)} open sites")
    for failure in sorted(chosen, key=lambda f: -f.weight)[: number or None]:
        print(f"\n{failure.site} {failure.path}: {failure.field} ({failure.weight:.2f})")
        print(f"  expected: {failure.expected}\n  found:    {failure.found}")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sites", description=__doc__)
    parser.add_argument("--worst", type=int, default=40, metavar="N", help="0: all")
    parser.add_argument("--field", action="append", default=[], help="page, kind, title, date …")
    parser.add_argument("names", nargs="*", metavar="SITE")
    given = parser.parse_args(arguments)
    if hidden := sorted(aside() & {*given.names}):
        parser.error(f"set aside, to be scored and never looked at: {', '.join(hidden)}")
    print_worst(given.worst, given.names, given.field)
