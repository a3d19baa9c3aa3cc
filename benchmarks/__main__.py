"""Speed, memory and quality beside peers that are measured in the same run, as tables.

Each benchmark is printed as it ends. With --write its section in a Markdown file is replaced, and
the other sections stay. Data that is not part of this project comes from folders that are named:
--corpus (the article-extraction-benchmark), --gold (labelled events and dates with their scorers),
--train (labelled pages that the models of events are trained on),
--corpora (the folder that holds corpora of real pages, for labels that name them),
--lists (lists with labelled pagers),
--pages (pages of labelled types, with their text),
--dated (pages with labelled dates of publication; more than once).

Not run from here: `benchmarks.elasticsearch` and `benchmarks.watches`, which need a server (`make
bench` calls them), and `benchmarks.same_records`, which measures nothing: it compares the records
of two versions.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bodies import tagger
from benchmarks.crawl import crawl, pipeline
from benchmarks.events import agreement, events, real_events
from benchmarks.long_runs import faults, hostile, kills, nights, soak, state
from benchmarks.measuring import printed
from benchmarks.measuring.children import ChildError
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Section
from benchmarks.pages import authors, kinds, paging, publication_dates, reading, text
from benchmarks.search import relevance, web_search
from benchmarks.sites import sites

CORPUS, GOLD = "RADAR_BENCH_CORPUS", "RADAR_BENCH_GOLD"
TRAIN, CORPORA = "RADAR_BENCH_TRAIN", "RADAR_BENCH_CORPORA"
LISTS, PAGES, DATED = "RADAR_BENCH_LISTS", "RADAR_BENCH_PAGES", "RADAR_BENCH_DATED"
"""Environment variables that stand in for the options; DATED as a path list."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for."""

    names: tuple[str, ...]
    cache: Path
    corpus: Path | None
    gold: Path | None
    train: Path | None
    blind: bool
    corpora: Path | None
    lists: Path | None
    pages: Path | None
    dated: tuple[Path, ...]
    quick: bool
    write: Path | None

    @property
    def peers(self) -> Peers:
        """Quick runs install nothing."""
        return Peers(self.cache.absolute(), install=not self.quick)


Benchmark = Callable[[Options], "Section | str"]
"""Its results, or a line that says what it needs."""


def _text(options: Options) -> Section | str:
    if options.corpus is None and options.pages is None:
        return (
            "text: left out, needs --corpus DIR (the article-extraction-benchmark) or --pages DIR"
        )
    return text.benchmark(options.corpus, options.pages, options.peers, quick=options.quick)


def _events(options: Options) -> Section | str:
    if options.gold is None:
        return "events: left out, needs --gold DIR (events*.jsonl and score_events.py)"
    return events.benchmark(options.gold, options.train, blind=options.blind)


def _real(options: Options) -> Section | str:
    if options.gold is None or options.corpora is None:
        return "real: left out, needs --gold DIR (score_events.py) and --corpora DIR (the corpora)"
    return real_events.benchmark(options.gold / "score_events.py", options.corpora)


def _tagger(options: Options) -> Section | str:
    if options.train is None:
        return "tagger: left out, needs --train DIR (labelled pages)"
    return tagger.benchmark(options.train, blind=options.blind)


def _paging(options: Options) -> Section | str:
    if options.lists is None:
        return "paging: left out, needs --lists DIR (labels.jsonl and html/)"
    return paging.benchmark(options.lists)


def _kinds(options: Options) -> Section | str:
    if options.pages is None:
        return "kinds: left out, needs --pages DIR (ground-truth.jsonl.gz and html/)"
    return kinds.benchmark(options.pages, quick=options.quick)


def _authors(options: Options) -> Section | str:
    if options.pages is None:
        return "authors: left out, needs --pages DIR (ground-truth.jsonl.gz and html/)"
    return authors.benchmark(options.pages, quick=options.quick)


def _publication(options: Options) -> Section | str:
    if not options.dated:
        return "publication: left out, needs --dated DIR (labels and html/)"
    return publication_dates.benchmark(options.dated, quick=options.quick)


BENCHMARKS: dict[str, Benchmark] = {
    "pipeline": lambda options: pipeline.benchmark(options.peers, quick=options.quick),
    "crawl": lambda options: crawl.benchmark(options.peers, quick=options.quick),
    "hostile": lambda options: hostile.benchmark(quick=options.quick),
    "faults": lambda options: faults.benchmark(quick=options.quick),
    "kills": lambda options: kills.benchmark(quick=options.quick),
    "soak": lambda options: soak.benchmark(quick=options.quick),
    "nights": lambda options: nights.benchmark(quick=options.quick),
    "state": lambda options: state.benchmark(quick=options.quick),
    "reading": lambda options: reading.benchmark(quick=options.quick),
    "sites": lambda options: sites.benchmark(options.peers, quick=options.quick),
    "search": lambda options: printed.search(quick=options.quick),
    "http": lambda options: web_search.benchmark(quick=options.quick),
    "relevance": lambda options: relevance.benchmark(options.gold),
    "text": _text,
    "dates": lambda options: printed.dates(options.gold),
    "events": _events,
    "real": _real,
    "tagger": _tagger,
    "agreement": lambda options: agreement.benchmark(options.gold),
    "paging": _paging,
    "kinds": _kinds,
    "publication": _publication,
    "authors": _authors,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; 1 if one of them failed."""
    options = read_options(arguments)
    failed = False
    for name in options.names:
        print(f"… {name}", file=sys.stderr, flush=True)
        try:
            result = BENCHMARKS[name](options)
        except (ChildError, pipeline.PagesLost) as error:
            failed = True
            print(f"{name}: failed: {error}", flush=True)
            continue
        if isinstance(result, str):
            print(result, flush=True)
            continue
        result.notes.append(conditions())
        print(result.text(), end="\n\n", flush=True)
        if options.write:
            write_section(options.write, result)
    return 1 if failed else 0


def read_options(arguments: Sequence[str] | None) -> Options:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--cache", type=Path, default=Path(".cache/bench"), help="for the peers")
    parser.add_argument("--corpus", type=Path, default=_folder(CORPUS), help=f"or {CORPUS}")
    parser.add_argument("--gold", type=Path, default=_folder(GOLD), help=f"or {GOLD}")
    parser.add_argument("--train", type=Path, default=_folder(TRAIN), help=f"or {TRAIN}")
    parser.add_argument(
        "--blind", action="store_true", help="score the blind part of --train as well: seldom"
    )
    parser.add_argument("--corpora", type=Path, default=_folder(CORPORA), help=f"or {CORPORA}")
    parser.add_argument("--lists", type=Path, default=_folder(LISTS), help=f"or {LISTS}")
    parser.add_argument("--pages", type=Path, default=_folder(PAGES), help=f"or {PAGES}")
    parser.add_argument("--dated", type=Path, action="append", help=f"or {DATED}")
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    parser.add_argument("--write", type=Path, metavar="FILE", help="Markdown file to update")
    given = parser.parse_args(arguments)
    if unknown := sorted({*given.names} - {*BENCHMARKS}):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    dated = given.dated or [*map(Path, filter(None, os.environ.get(DATED, "").split(os.pathsep)))]
    named = (given.corpus, given.gold, given.train, given.corpora, given.lists, given.pages)
    for folder in (*named, *dated):
        if folder is not None and not folder.is_dir():
            parser.error(f"no folder: {folder}")
    names = tuple(given.names) or tuple(BENCHMARKS)
    return Options(
        names,
        given.cache,
        given.corpus,
        given.gold,
        given.train,
        given.blind,
        given.corpora,
        given.lists,
        given.pages,
        tuple(dated),
        given.quick,
        given.write,
    )


def _folder(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def conditions() -> str:
    """The machine and the day that the figures are of."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"{os.getloadavg()[0]:.1f}"
    day = datetime.now(UTC).date()
    return f"{day}, Python {platform.python_version()}, {cores} cores, load {load} at the end."


def write_section(file: Path, section: Section) -> None:
    """Replace the section of this name between its marks, or add it at the end."""
    begin, end = f"<!-- {section.name} -->", f"<!-- /{section.name} -->"
    content = file.read_text("utf-8") if file.exists() else "# Benchmarks\n"
    block = f"{begin}\n{section.markdown()}\n{end}"
    before, found, rest = content.partition(begin)
    if found:
        content = before + block + rest.partition(end)[2]
    else:
        content = f"{content.rstrip()}\n\n{block}\n"
    file.write_text(content, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
