"""`radar up` over 32 runs: kills, full disks, and in the end a service as on its first day.

`make bench BENCH_ARGS=soak` lives through seven times as many, where slow growth would show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from radar.run.run_log import KEPT
from tests.e2e.small_disk import NEEDS, small_disk
from tests.e2e.soak import Soak
from tests.e2e.soak_report import Report
from tests.e2e.soak_site import SoakSite
from tests.e2e.soaking import quiet_nights, soak_through
from tests.loopback.smtp_sink import smtp_sink

# All of its nights are in one fixture.
pytestmark = [pytest.mark.endurance, pytest.mark.timeout(1800)]

RUNS = 32
KILLS = 4
"""One of so many runs is killed."""
FULL = (6, 13)
QUIET, QUIET_DAYS = 10, 45
"""Nights without a change or a kill, so far apart that the rows of old runs go."""


@dataclass
class Lived:
    """A soak that is over."""

    soak: Soak
    small: bool
    """Whether its disk could be filled."""
    code: int
    """Exit code of the service at its end."""

    @property
    def report(self) -> Report:
        return self.soak.report


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("soak")
    with SoakSite() as site, smtp_sink() as sink, small_disk(folder / "home") as small:
        soak = Soak(folder, site, sink)
        soak_through(soak, RUNS - QUIET, kills=KILLS, full=FULL if small else ())
        quiet_nights(soak, QUIET, QUIET_DAYS)
        yield Lived(soak, small, soak.finish())


def test_it_lived_through_all_of_it(lived: Lived) -> None:
    assert lived.soak.runs >= RUNS
    assert lived.report.kills.total() >= 4
    assert set(lived.report.kills) >= {"run", "scheduler"}
    states = lived.soak.world.rows("select state, count(*) from run group by state order by state")
    assert [state for state, _ in states] == ["done", "interrupted"]
    assert lived.code == 143
    assert not any("Traceback" in line for line in lived.soak.up.lines)


def test_disks_were_full_and_said_so(lived: Lived) -> None:
    if not lived.small:
        pytest.skip(NEEDS)
    assert lived.report.full_disks == len(FULL)
    said = [line for line in lived.report.failures if "full" in line or "No space" in line]
    # What one night writes may fit into blocks that its files have already, so not each one fails.
    assert said, lived.report.failures


def test_every_change_is_told_once(lived: Lived) -> None:
    assert len(lived.soak.site.marks) >= 40
    assert lived.soak.mistold() == {}
    # The message at which a run was killed comes again, with the same Message-ID.
    assert lived.soak.repeated_messages() <= lived.report.kills["run"]


def test_nothing_waits(lived: Lived) -> None:
    rows = lived.soak.world.rows
    assert rows("select count(*) from fetch where state = 'pending'") == [(0,)]
    assert rows("select count(*) from document where indexed < revision") == [(0,)]
    assert rows("select distinct state from match") == [("sent",)]
    assert lived.soak.world.radar("check").code == 0


@pytest.mark.parametrize("process", ["up", "scheduler", "serve"])
def test_no_process_holds_more_than_at_first(lived: Lived, process: str) -> None:
    life = lived.report.longest_life(process)
    assert len(life) >= 10
    descriptors = [footprint.descriptors for footprint in life]
    assert max(descriptors[-5:]) <= max(descriptors[:5]) + 1
    memory = [footprint.memory for footprint in life]
    assert max(memory[-5:]) < 1.1 * max(memory[:5])


def test_an_idle_database_does_not_grow(lived: Lived) -> None:
    """Rows of old runs have gone from the quiet nights on; those of each night take their place."""
    quiet = lived.report.database[-QUIET:]
    assert max(quiet[-2:]) <= max(quiet[:2])
    assert max(lived.report.write_ahead_log) < 8_000_000
    logs = list((lived.soak.world.home / "log").iterdir())
    assert len(logs) < 2 * KEPT  # of the last runs, and the longest of each of as many days
