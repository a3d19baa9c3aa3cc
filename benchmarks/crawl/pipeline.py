"""Crawl, read, index, match: `radar run` over five loopback sites beside Scrapy with trafilatura.

Both start as a fresh process with nothing known, and take every page of the same sites without a
delay, in turn, round after round. Then our stages run one by one, each in a process of its own, for
the processor time of each. The peer writes title, author, date and text of each page to a
JSON-lines file; ours keeps an archive, a database and a search index, and reads dates, names and
events as well.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.crawl.article_pages import LANGUAGES
from benchmarks.crawl.web_server import Web, serve
from benchmarks.measuring.children import Child, python, run_child
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section, Table

SITES = 5
PAGES = 500
ROUNDS = 2
QUICK_PAGES = 10
STAGES = ("crawl", "extract", "index", "match", "deliver")
_WATCHES = ("lithium", "wolfram OR tungsten", "has:event")

_START_OF_READER = (
    "from crawler.parsers.page import PageReader; "
    "from indexer.records.reference import load_reference; "
    "PageReader(load_reference())"
)

OURS, PEER = "radar run", "Scrapy + trafilatura"


class PagesLost(Exception):
    """A program did not come to a record of every page, so that its speed says nothing."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One time through all pages by one program."""

    child: Child
    pages: int

    @property
    def speed(self) -> float:
        """Pages a second of wall clock, the start of the program included."""
        return self.pages / self.child.seconds

    @property
    def cost(self) -> float:
        """Processor milliseconds a page, the start of the program included."""
        return 1000 * self.child.cpu / self.pages


def benchmark(peers: Peers, *, quick: bool) -> Section:
    """The whole comparison; `quick` takes 10 pages and one round."""
    pages = QUICK_PAGES if quick else PAGES
    section = Section(
        "pipeline", f"Crawl, read, index: {pages} pages of {SITES} sites on loopback, no delay"
    )
    missing = peers.missing("scrapy")
    with serve(SITES, pages // SITES) as web:
        ours: list[Pass] = []
        theirs: list[Pass] = []
        for _ in range(1 if quick else ROUNDS):
            ours.append(_in_folder(lambda folder: radar_run(folder, web)))
            if missing is None:
                theirs.append(_in_folder(lambda folder: scrapy_run(folder, web, peers)))
        section.parts.append(compare(ours, theirs))
        section.parts.append(processes(ours, theirs))
        with tempfile.TemporaryDirectory() as folder:
            section.parts.append(measure_stages(Path(folder), web))
    section.notes.append(
        "Both obey robots.txt; the peer keeps Scrapy's default settings otherwise and writes text,"
        " title, author and date as JSON lines. Ours also archives, finds dates, names and events,"
        " keeps revisions, indexes and matches. Starting the programs is included except where the"
        " table says otherwise; the server's time is not."
    )
    if missing is not None:
        section.notes.append(missing)
    return section


def _in_folder(run: Callable[[Path], Pass]) -> Pass:
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder))


def configuration(folder: Path, web: Web) -> Path:
    """A configuration with the served sites as sources, and a few watches."""
    sources = [
        {
            "id": f"site-{number}",
            "name": f"Site {number}",
            "url": base + "/",
            "country": "DE",
            "languages": [LANGUAGES[number % len(LANGUAGES)]],
            "sitemaps": [{"url": f"{base}/sitemap.xml"}],
            "delay": 0,
        }
        for number, base in enumerate(web.bases)
    ]
    watches = [
        {"id": f"watch-{n}", "name": query, "query": query, "channels": ["feed"], "cadence": "run"}
        for n, query in enumerate(_WATCHES)
    ]
    crawler = {"contact": "bench@example.org", "allow_networks": ["127.0.0.0/8"]}
    for path, content in (
        ("radar.yaml", {"crawler": crawler}),
        ("sources/sites.yaml", sources),
        ("watches/watches.yaml", watches),
    ):
        file = folder / "config" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder / "config"


def radar_run(folder: Path, web: Web) -> Pass:
    """All stages in one run; raises PagesLost."""
    done = run_child(_radar(folder, configuration(folder, web)))
    summary = json.loads(done.output.splitlines()[-1])
    if summary["indexed"] != web.pages:
        raise PagesLost(f"radar run indexed {summary['indexed']} of {web.pages} pages: {summary}")
    return Pass(done, web.pages)


def scrapy_run(folder: Path, web: Web, peers: Peers) -> Pass:
    """The peer over the same sites; raises PagesLost."""
    output = folder / "articles.jsonl"
    command = peers.command("scrapy", "scrapy_trafilatura.py", str(output), *web.bases)
    done = run_child(command, folder=folder)
    articles = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    with_text = sum(bool(article["text"]) for article in articles)
    if with_text != web.pages:
        raise PagesLost(f"the peer read {with_text} of {web.pages} pages: {done.output}")
    return Pass(done, web.pages)


def _radar(folder: Path, config: Path, *options: str) -> list[str]:
    home = str(folder / "home")
    return python("-m", "radar", "run", *options, "--json", "--config", str(config), "--home", home)


def compare(ours: list[Pass], theirs: list[Pass]) -> Table:
    """Speed and processor time of both, best and worst round."""
    columns = ("program", "pages/s best", "worst", "CPU-ms/page best", "worst", "peak MiB")
    rows = [_row(OURS, ours)]
    if theirs:
        rows.append(_row(PEER, theirs))
        rows.append(
            (
                f"ratio {OURS} : {PEER}",
                f"{max(p.speed for p in ours) / max(p.speed for p in theirs):.2f}",
                f"{min(p.speed for p in ours) / min(p.speed for p in theirs):.2f}",
                f"{min(p.cost for p in ours) / min(p.cost for p in theirs):.2f}",
                f"{max(p.cost for p in ours) / max(p.cost for p in theirs):.2f}",
                f"{_peak(ours) / _peak(theirs):.2f}",
            )
        )
    return Table(columns, tuple(rows), f"Whole job, {len(ours)} round(s); peak of one process")


def _row(name: str, passes: list[Pass]) -> tuple[str, ...]:
    speeds, costs = [p.speed for p in passes], [p.cost for p in passes]
    return (
        name,
        f"{max(speeds):.1f}",
        f"{min(speeds):.1f}",
        f"{min(costs):.1f}",
        f"{max(costs):.1f}",
        f"{_peak(passes):.0f}",
    )


def _peak(passes: list[Pass]) -> float:
    return max(1.0, *(p.child.peak for p in passes))


def processes(ours: list[Pass], theirs: list[Pass]) -> Table:
    """Peak memory of each process in the round in which it was highest."""
    names = {"main": "", "worker": " reading worker", "other": " other"}
    rows = []
    for program, passes in ((OURS, ours), (PEER, theirs)):
        for kind, name in names.items():
            rounds = [p.child.peaks[kind] for p in passes if kind in p.child.peaks]
            for number, peak in enumerate(max(rounds, default=())):
                label = f"{program}:{name or ' main process'}" + (f" {number + 1}" if name else "")
                rows.append((label, f"{peak:.0f}"))
    return Table(("process", "peak MiB"), tuple(rows), "Memory of each process (peak resident)")


def measure_stages(folder: Path, web: Web) -> Table:
    """Processor time of each stage; the first row is a run that has nothing to do."""
    config = configuration(folder, web)
    start = run_child(_radar(folder, config, "--only", "deliver"))
    rows = [_stage_row("start of the command", start, web.pages, 0.0)]
    total = 0.0
    for stage in STAGES:
        done = run_child(_radar(folder, config, "--only", stage))
        total += max(0.0, done.cpu - start.cpu)
        rows.append(_stage_row(stage, done, web.pages, start.cpu))
    reader = run_child(python("-c", _START_OF_READER))
    rows.append(_stage_row("start of one reading worker (in extract)", reader, web.pages, 0.0))
    rows.append(
        ("all stages, one start", "", f"{1000 * (total + start.cpu) / web.pages:.2f}", "", "")
    )
    columns = ("stage", "CPU s", "CPU-ms/page without start", "wall s", "peak MiB")
    return Table(columns, tuple(rows), f"{OURS} stage by stage, each in a process of its own")


def _stage_row(name: str, done: Child, pages: int, start: float) -> tuple[str, ...]:
    return (
        name,
        f"{done.cpu:.2f}",
        f"{1000 * max(0.0, done.cpu - start) / pages:.2f}",
        f"{done.seconds:.1f}",
        f"{done.peak:.0f}",
    )
