"""A long life of `radar up`: kills, full disks, a search store that is restarted.

`tests/e2e/soak.py` says what a night is. Two installations live one after the other: one with
the embedded store on a disk of 64 MB that is filled twice, one with an Elasticsearch that is
restarted twice. No peer stands beside them: none of them is a service that tells of changes.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measuring.table import Section, Table
from tests.e2e.small_disk import NEEDS, small_disk
from tests.e2e.soak import Soak
from tests.e2e.soak_report import Footprint, slope
from tests.e2e.soak_site import SoakSite
from tests.e2e.soaking import quiet_nights, soak_through
from tests.elasticsearch.archive import Missing
from tests.elasticsearch.node import node
from tests.loopback.smtp_sink import smtp_sink

RUNS, RUNS_WITH_ELASTICSEARCH = 220, 80
QUIET, QUIET_DAYS = 12, 30
"""Nights at the end without a change, so far apart that the rows of old runs go."""
PROCESSES = ("up", "scheduler", "serve")


def benchmark(*, quick: bool) -> Section:
    """300 runs; `quick`: 20 and no Elasticsearch."""
    section = Section("soak", "A long life of `radar up`")
    section.notes.append(
        "Nights are simulated by a clock that is put ahead; everything else is real. A site of 200"
        " pages has five changes every third night: two new pages, three with a new passage. Kills:"
        " SIGKILL of a run, of the scheduler, of the server, of all at once. Told twice: in two"
        " messages; the same message again (a kill between the mail server's answer and our record)"
        " has the same Message-ID. Memory and descriptors: of the longest life of each process,"
        " memory after its first ten nights. Database: pages in use after a night; in the quiet"
        f" nights at the end ({QUIET}, {QUIET_DAYS} days apart) the site does not change."
    )
    lives = {"embedded store": _embedded(section, 20 if quick else RUNS)}
    if not quick:
        try:
            lives["Elasticsearch"] = _with_elasticsearch(RUNS_WITH_ELASTICSEARCH)
        except Missing as missing:
            section.notes.append(f"Without Elasticsearch: {missing}.")
    section.parts += [_lives(lives), _footprints(lives), _databases(lives)]
    return section


def _embedded(section: Section, runs: int) -> Soak:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site, sink = stack.enter_context(SoakSite()), stack.enter_context(smtp_sink())
        small = stack.enter_context(small_disk(folder / "home"))
        if not small:
            section.notes.append(f"No disk was filled: {NEEDS}.")
        soak = Soak(folder, site, sink)
        soak_through(soak, runs - QUIET, full=(runs // 6, runs // 2) if small else ())
        return _quiet_end(soak)


def _with_elasticsearch(runs: int) -> Soak:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one = stack.enter_context(node())
        site, sink = stack.enter_context(SoakSite()), stack.enter_context(smtp_sink())
        soak = Soak(folder, site, sink, store=one.url)

        def start() -> None:
            one.start()
            one.wait()

        restart = (one.stop, start)
        nights = {runs // 4: restart, runs // 2: restart}
        soak_through(soak, runs - QUIET, without_store=nights)
        return _quiet_end(soak)


def _quiet_end(soak: Soak) -> Soak:
    quiet_nights(soak, QUIET, QUIET_DAYS)
    soak.finish()
    return soak


def _lives(lives: dict[str, Soak]) -> Table:
    columns = (
        "store", "runs", "kills", "full disks", "store restarts",
        "changes", "told once", "told twice", "missing", "same message again",
    )  # fmt: skip
    rows = []
    for name, soak in lives.items():
        wrong = soak.mistold()
        counts = (
            soak.runs,
            soak.report.kills.total(),
            soak.report.full_disks,
            soak.report.restarts,
            len(soak.site.marks),
            len(soak.site.marks) - len(wrong),
            sum(number > 1 for number in wrong.values()),
            sum(number == 0 for number in wrong.values()),
            soak.repeated_messages(),
        )
        rows.append((name, *map(str, counts)))
    return Table(columns, tuple(rows))


def _footprints(lives: dict[str, Soak]) -> Table:
    columns = (
        "process",
        "nights",
        "descriptors, first",
        "last",
        "MB, first",
        "last",
        "per 100 runs",
    )
    rows = []
    for name, soak in lives.items():
        for process in PROCESSES:
            life = soak.report.longest_life(process)
            rows.append((f"{process}, {name}", *_footprint(life)))
    return Table(columns, tuple(rows), "What the processes of the service hold")


def _footprint(life: list[Footprint]) -> tuple[str, ...]:
    megabytes = [footprint.memory / 1e6 for footprint in life][10:] or [life[-1].memory / 1e6]
    return (
        str(len(life)),
        str(life[0].descriptors),
        str(life[-1].descriptors),
        f"{megabytes[0]:.1f}",
        f"{megabytes[-1]:.1f}",
        f"{100 * slope(megabytes):+.2f}",
    )


def _databases(lives: dict[str, Soak]) -> Table:
    columns = (
        "store",
        "first night",
        "last with changes",
        "first quiet",
        "last quiet",
        "log at most",
    )
    rows = []
    for name, soak in lives.items():
        sizes = soak.report.database
        picked = (sizes[0], sizes[-QUIET - 1], sizes[-QUIET], sizes[-1])
        most = max(soak.report.write_ahead_log)
        rows.append((name, *(f"{size / 1e6:.2f}" for size in (*picked, most))))
    return Table(columns, tuple(rows), "Database, MB")
