"""An installation under `radar up` over many nights, in which somebody may be killed, the disk be
full or the search store be gone.

Nights are simulated: the clock of all processes (`simulated_clock`) is moved on by a day as soon as
a night's run is done. Everything else is real: service, schedule, processes, disk, mail server.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.e2e.service import Up
from tests.e2e.small_disk import leave_free
from tests.e2e.soak_report import Footprint, Report
from tests.e2e.soak_site import SoakSite
from tests.e2e.world import ROOT, SECONDS, World, source
from tests.loopback.free_port import free_port
from tests.loopback.smtp_sink import SmtpSink, said

CLOCK = Path(__file__).parent / "simulated_clock"
_MARK = re.compile(r"aus Charge (\w+) ")
_FAILED = re.compile(r"Z run failed, exit code")
EVERY = "2"
"""Seconds between two looks of the service at what is due: a little more than a night takes, so
that the next one can be prepared meanwhile."""
REQUESTS = ("/api/search?q=Kupfer", "/?q=Schacht", "/sources", "/healthz", "/watches/copper.atom")
"""What visitors ask of the web side every night."""
Moment = Callable[[Callable[[], None]], None]
"""Arranges for a kill to be called."""


@dataclass(frozen=True, slots=True)
class Calm:
    """What a night brings by itself."""

    days: int = 1
    """Since the night before."""
    changes: bool = True
    """Whether the site changes."""


class Soak:
    """One installation over its nights."""

    def __init__(
        self,
        folder: Path,
        site: SoakSite,
        sink: SmtpSink,
        store: str | Mapping[str, str] = "embedded",
    ) -> None:
        self.world = World(folder)
        self.site = site
        self.sink = sink
        self.report = Report()
        self.night = 0
        self.runs = 0
        """That had something to do, up to the end of the last night that was waited for."""
        self._clock = folder / "clock"
        self._began = time.time()
        self._up: Up | None = None
        self.has_begun = False
        """Whether the present night has begun and is not done yet."""
        self._seen = 0
        """Lines of the service that were read."""
        self.world.configure(
            [source("bote", site.url + "/", sitemaps=[{"url": site.url + "/sitemap.xml"}])],
            [
                {
                    "id": "copper",
                    "name": "Kupfer",
                    "query": "commodity:copper",
                    "channels": ["mailto:desk@example.org", "feed"],
                }
            ],
            mail={"url": sink.url, "from": "radar@example.org"},
            store=store,
        )

    # -- the service

    def start(self) -> None:
        """Start the service at the present night."""
        self._set_clock()
        path = os.pathsep.join([str(CLOCK), str(ROOT)])
        self._seen = 0
        self._up = Up(
            self.world,
            free_port(),
            *("--every", EVERY, "--schedule", "1d"),
            PYTHONPATH=path,
            SIMULATED_CLOCK=str(self._clock),
        )

    def finish(self) -> int:
        """Stop the service in order; its exit code."""
        self.runs = self._count_runs()
        code = self.up.end(signal.SIGTERM)
        self.up.__exit__()
        return code

    @property
    def up(self) -> Up:
        """The service that runs now."""
        assert self._up is not None
        return self._up

    # -- nights

    def first_night(self) -> None:
        """The first look at the site."""
        self.up.line(r"Z run \d+: ")  # There is no database to ask before.
        self.runs = self._count_runs()
        self._end_night()

    def calm_night(self, night: Calm, then: Calm | None = None) -> None:
        """A night that nothing disturbs. `then`: the next one, if it is calm too; it is begun as
        soon as this one is done, before the service looks again what is due.
        """
        if not self.has_begun:
            self._begin_night(night)
        self._until_done()
        if then is not None:
            self._begin_night(then)
        self.has_begun = then is not None
        self._end_night()

    def killed_night(self, who: str, moment: Moment) -> None:
        """A night in which `run`, `scheduler`, `serve` or `all` is killed once."""
        killed: list[int] = []

        def kill() -> None:
            if not killed:
                killed.extend(self._kill(who))

        moment(kill)
        self._begin_night(Calm())
        if who == "all":
            self.up.process.wait(timeout=SECONDS)
            self.up.__exit__()
            self.start()
        self._until_done()
        self.site.hook = self.sink.taken = None
        self.report.kills[who] += bool(killed)
        self._end_night()

    def full_night(self, free: int) -> None:
        """A night on whose disk only `free` bytes are left; space is freed when two runs have
        ended, and two more see to it that the night is made good.
        """
        ballast = leave_free(self.world.home, free)

        def fill(_: int) -> None:
            leave_free(self.world.home, free)

        self.site.hook = fill  # What the service gives back meanwhile (an index) is taken, too.
        self._begin_night(Calm())
        self._until_runs_ended(2)
        self.site.hook = None
        ballast.unlink()
        self._until_runs_ended(2)
        self._until_done()
        self.report.full_disks += 1
        self._end_night()

    def night_without_store(self, stop: Callable[[], None], start: Callable[[], None]) -> None:
        """A night while the search store is down; it is back for the next one."""
        stop()
        self._begin_night(Calm())
        self._until_done()
        start()
        self.report.restarts += 1
        self._end_night()

    def _begin_night(self, night: Calm) -> None:
        self._read_lines()
        self.night += night.days
        self.site.asked.clear()
        if night.changes:
            self.site.change(self.night)
        self._set_clock()

    def _end_night(self) -> None:
        assert self.up.answers()
        for path in REQUESTS:
            httpx.get(self.up.url + path, timeout=SECONDS)
        processes = {"up": psutil.Process(self.up.process.pid)}
        for child in processes["up"].children():
            processes["serve" if "serve" in child.cmdline() else "scheduler"] = child
        for name, process in processes.items():
            with process.oneshot():
                self.report.footprints.setdefault(name, []).append(
                    Footprint(self.night, process.pid, process.num_fds(), process.memory_info().rss)
                )
        self._measure_database()

    def _measure_database(self) -> None:
        file = self.world.home / "radar.db"
        with contextlib.closing(sqlite3.connect(file, timeout=30)) as connection:
            pages, free, size = (
                connection.execute(f"pragma {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        self.report.database.append((pages - free) * size)
        log = file.with_name("radar.db-wal")
        self.report.write_ahead_log.append(log.stat().st_size if log.exists() else 0)

    def _set_clock(self) -> None:
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(str(self.site.moment(self.night).timestamp() - self._began))
        fresh.replace(self._clock)

    # -- waiting and killing

    def _until_done(self) -> None:
        """Until a run that began in the present night came to its end. One of the night before may
        still be under way, or its line be told late: it has not seen what this night brings.
        """
        begun = f"{self.site.moment(self.night):%Y-%m-%d %H:%M:%S}"
        done = "select count(*) from run where state = 'done' and started >= ?"
        last = time.monotonic() + SECONDS
        while not self.world.rows(done, begun)[0][0]:
            if time.monotonic() > last:
                raise AssertionError(f"night {self.night}: waited in vain: {self.up.lines[-5:]}")
            time.sleep(0.02)
        self.runs = self._count_runs()

    def _read_lines(self) -> list[str]:
        """What the service has told since the last time."""
        fresh = self.up.lines[self._seen :]
        self._seen += len(fresh)
        self.report.failures += [line for line in fresh if _FAILED.search(line)]
        return fresh

    def _until_runs_ended(self, number: int) -> None:
        """Until so many processes `radar run` have come and gone, whatever they came to."""
        up = psutil.Process(self.up.process.pid)
        seen: set[int] = set()
        last = time.monotonic() + SECONDS
        while time.monotonic() < last:
            # Not of a run itself: what it starts is called as it is, for an instant.
            now = {p.pid for child in up.children() for p in child.children() if _is(p, "run")}
            seen |= now
            if len(seen) > number or (len(seen) == number and not now):
                self.runs = self._count_runs()
                return
            time.sleep(0.02)
        raise AssertionError(f"night {self.night}: too few runs after {self.up.lines[-5:]}")

    def _count_runs(self) -> int:
        """Runs that had something to do; before the next night begins, whose run would count."""
        return int(self.world.rows("select count(*) from run")[0][0])

    def _kill(self, who: str) -> list[int]:
        """Kill the process, or `all` of the service at once; the pids of those that were there."""
        up = psutil.Process(self.up.process.pid)
        below = up.children(recursive=True)
        victims = [up, *below] if who == "all" else [p for p in below if _is(p, who)]
        for process in victims:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        return [process.pid for process in victims]

    # -- results

    def told(self) -> Counter[str]:
        """Mark → messages that tell it; a message that came again (same Message-ID) counts once."""
        messages = {str(m["Message-ID"]): said(m) for m in self.sink.received}
        return Counter(mark for text in messages.values() for mark in set(_MARK.findall(text)))

    def repeated_messages(self) -> int:
        """Messages that came again, with the same Message-ID."""
        ids = self.sink.message_ids()
        return len(ids) - len(set(ids))

    def mistold(self) -> dict[str, int]:
        """Marks of changes that are not in exactly one message → in how many they are."""
        told = self.told()
        return {mark: told[mark] for mark in self.site.marks if told[mark] != 1}


def _is(process: psutil.Process, who: str) -> bool:
    try:
        words = process.cmdline()
    except psutil.NoSuchProcess:
        return False
    if who == "scheduler":
        return "radar.service.scheduler" in words
    return "radar" in words and who in words
