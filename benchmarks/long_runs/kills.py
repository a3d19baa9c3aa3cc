"""kill -9 at random moments, started again and again: what is lost, doubled or torn.

Installations get through the same night one after the other, each killed at moments drawn at random
over the length of an undisturbed run until it comes to its end. Each is compared with the
undisturbed one. No peer stands beside it: a Scrapy job with JOBDIR that is killed starts again with
nothing to do.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring.table import Section, Table
from tests.e2e.counted_sites import counted_sites
from tests.e2e.killing import ASPECTS, Place, after, archive_faults, place

KILLS = 20
SEED = 20260302


def benchmark(*, quick: bool) -> Section:
    """20 kills of runs at work; `quick`: one."""
    wanted = 1 if quick else KILLS
    chance = random.Random(SEED)  # noqa: S311  # reproducible, nothing secret
    rows: list[tuple[str, ...]] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        counted_sites() as sites,
        place(Path(folder) / "calm", sites) as calm,
    ):
        begin = time.monotonic()
        calm.run()
        length = time.monotonic() - begin
        expected = {name: look(calm) for name, look in ASPECTS.items()}
        kills = 0
        while kills < wanted:
            with place(Path(folder) / str(len(rows)), sites) as killed:
                met, row = _kill_until_done(
                    killed, lambda: chance.uniform(0.1, 1.0) * length, expected
                )
            kills += met
            rows.append((str(len(rows) + 1), *row))
    section = Section("kills", f"kill -9: {kills} times at random moments")
    columns = ("installation", "kills", "differs in", "archive", "documents")
    section.parts.append(Table(columns, tuple(rows)))
    section.notes.append(
        f"Compared with an undisturbed run: {', '.join(ASPECTS)}. Archive: read to the last byte by"
        " warcio and fastwarc, every answer at its place."
    )
    return section


def _kill_until_done(
    place: Place, moment: Callable[[], float], expected: dict[str, object]
) -> tuple[int, tuple[str, ...]]:
    """Number of kills, and the row, of an installation killed until its run ends by itself."""
    kills = 0
    while place.run(after(moment())) < 0:
        kills += 1
    different = [name for name, look in ASPECTS.items() if look(place) != expected[name]]
    documents = place.world.rows("select count(*) from document")[0][0]
    faults = "; ".join(archive_faults(place)) or "whole"
    return kills, (str(kills), ", ".join(different) or "nothing", faults, str(documents))
