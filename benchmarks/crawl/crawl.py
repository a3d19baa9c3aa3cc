"""Fetch and read articles: ours beside Scrapy with trafilatura, Fundus and newspaper4k, over
loopback.

Every program takes all pages of the same five sites, in turn, round after round, and writes title,
text, authors and date of each as JSON lines. Ours obeys robots.txt, keeps an archive and the state
of each address as well. Apart from that: what fetching alone costs beside a bare aiohttp loop, and
what reading events adds to a page.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.article_pages import article_pages
from benchmarks.crawl.article_reader import ArticleOnly
from benchmarks.crawl.pipeline import PagesLost, configuration
from benchmarks.crawl.web_server import Web, serve
from benchmarks.measuring.children import Child, python, run_child
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section, Table
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.reference import load_reference

SITES, PAGES, ROUNDS, QUICK_PAGES = 5, 2_000, 2, 10
OURS = "radar (crawl and articles)"
FETCH = "radar run --only crawl"
BARE = "aiohttp + resiliparse"
SHARE = 0.98
"""Share of the pages of which a program must have found the text, so that its speed says anything.
"""


@dataclass(frozen=True, slots=True)
class Program:
    """One of those that are compared."""

    name: str
    command: Callable[[Path, Web], Sequence[str]]
    """From a folder for its files, and the sites; it writes `articles.jsonl` there."""
    reads: bool = True
    """False: it fetches only, and writes no articles."""


def programs(peers: Peers) -> dict[str, Program]:
    """Environment → program; `radar` is ours."""

    def peer(name: str, environment: str, script: str) -> Program:
        return Program(
            name,
            lambda folder, web: peers.command(
                environment, script, str(folder / "articles.jsonl"), *web.bases
            ),
        )

    return {
        "scrapy": peer("Scrapy + trafilatura", "scrapy", "scrapy_trafilatura.py"),
        "fundus": peer("Fundus, parsers by hand", "fundus", "fundus_parsers.py"),
        "newspaper": peer("newspaper4k, 16 threads", "newspaper", "newspaper_threads.py"),
        "aiohttp": peer(BARE, "aiohttp", "aiohttp_loop.py"),
    }


def our_programs() -> tuple[Program, Program]:
    """The whole job, and fetching alone."""

    def whole(folder: Path, web: Web) -> Sequence[str]:
        config = str(configuration(folder, web))
        output, home = str(folder / "articles.jsonl"), str(folder / "home")
        return python("-m", "benchmarks.crawl.article_only", output, config, home)

    def fetch(folder: Path, web: Web) -> Sequence[str]:
        config, home = str(configuration(folder, web)), str(folder / "home")
        return python("-m", "radar", "run", "--only", "crawl", "--config", config, "--home", home)

    return Program(OURS, whole), Program(FETCH, fetch, reads=False)


def benchmark(peers: Peers, *, quick: bool) -> Section:
    """The whole comparison; `quick` takes 10 pages and one round."""
    pages = QUICK_PAGES if quick else PAGES
    section = Section("crawl", f"Fetch and read articles: {pages} pages of {SITES} sites, no delay")
    entries = programs(peers)
    notes = {name: peers.missing(name) for name in entries}
    compared = [*our_programs(), *(entries[name] for name, note in notes.items() if note is None)]
    passes: dict[str, list[Child]] = {program.name: [] for program in compared}
    with serve(SITES, pages // SITES) as web:
        for _ in range(1 if quick else ROUNDS):
            for program in compared:
                passes[program.name].append(_run(program, web))
    fetchers = [program for program in compared if program.name in (FETCH, BARE)]
    with serve(SITES, 1) as web:
        starts = {program.name: _run(program, web).cpu for program in fetchers}
    section.parts += [
        whole_job(passes, pages),
        fetching(passes, starts, pages),
        events(pages // 10),
    ]
    section.notes.append(
        "Times of the whole job include the start of each program. Ours works in three processes "
        "(one crawls, two read meanwhile), the others in one. Fundus' parsers know where the "
        "text of these very sites stands; the other readers have never seen them. newspaper4k "
        "has no robots.txt; of all of them only ours keeps the answers and the state of each "
        "address."
    )
    section.notes += [note for note in notes.values() if note]
    return section


def _run(program: Program, web: Web) -> Child:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = run_child(program.command(folder, web))
        if program.reads:
            lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
            found = sum(bool(article["text"]) for article in map(json.loads, lines))
            if found < SHARE * web.pages:
                raise PagesLost(f"{program.name} read {found} of {web.pages} pages")
    return done


def whole_job(passes: dict[str, list[Child]], pages: int) -> Table:
    """Articles a second, best and worst round, with the ratio of ours to each (best to best)."""
    best = {name: pages / min(c.seconds for c in rounds) for name, rounds in passes.items()}
    rows = [
        (
            name,
            f"{best[name]:.0f}",
            f"{pages / max(c.seconds for c in rounds):.0f}",
            f"{1000 * min(c.cpu for c in rounds) / pages:.1f}",
            f"{max(c.peak for c in rounds):.0f}",
            f"{best[OURS] / best[name]:.2f}",
        )
        for name, rounds in passes.items()
        if name != FETCH
    ]
    columns = ("program", "articles/s best", "worst", "CPU-ms/article", "peak MiB", "ours : it")
    return Table(columns, tuple(rows), f"Whole job, {len(passes[OURS])} round(s)")


def fetching(passes: dict[str, list[Child]], starts: dict[str, float], pages: int) -> Table:
    """Processor time of fetching alone; `starts` is what each takes for a page of each site."""
    rows = []
    for name, start in starts.items():
        rounds = passes[name]
        cost = 1000 * (min(c.cpu for c in rounds) - start) / (pages - SITES)
        rows.append((name, f"{cost:.2f}", f"{max(c.peak for c in rounds):.0f}"))
    if len(rows) > 1:
        rows.append(("ratio", f"{float(rows[0][1]) / float(rows[1][1]):.1f}", ""))
    columns = ("program", "CPU-ms/article without start", "peak MiB")
    return Table(columns, tuple(rows), "Fetching alone")


def events(count: int) -> Table:
    """What reading names, dates and events adds to the article, in one process."""
    pages = [page for site in range(SITES) for page in article_pages(site, max(1, count // SITES))]
    raws = [RawPage(body=page.html, content_type="text/html; charset=utf-8") for page in pages]
    reference = load_reference()
    article, whole = ArticleOnly(reference), PageReader(reference)
    spent = {}
    for name, reader in (("article", article), ("whole page", whole)):
        reader.read(raws[0])
        begin = time.process_time()
        for raw in raws:
            reader.read(raw)
        spent[name] = 1000 * (time.process_time() - begin) / len(raws)
    rows = (
        ("article: title, text, authors, date", f"{spent['article']:.1f}"),
        (
            "dates in the text, names, contacts, events",
            f"{spent['whole page'] - spent['article']:.1f}",
        ),
    )
    return Table(("part", "CPU-ms/page"), rows, "Reading a page")
