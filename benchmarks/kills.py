"""kill -9 at random moments, started again and again: what is lost, doubled or torn.

Several installations get through the same night, each killed a few times at moments drawn at random
over the length of an undisturbed run, and then run to the end. Each is compared with the undisturbed
one. No peer stands beside it: a Scrapy job with JOBDIR that is killed starts again with nothing to do.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from benchmarks.table import Section, Table
from tests.e2e.counted_sites import counted_sites
from tests.e2e.killing import ASPECTS, Place, after, archive_faults, place

INSTALLATIONS, KILLS = 4, 5
SEED = 20260302


def benchmark(*, quick: bool) -> Section:
    """20 kills in four installations; `quick`: two kills in one."""
    installations, kills = (1, 2) if quick else (INSTALLATIONS, KILLS)
    chance = random.Random(SEED)  # noqa: S311  # reproducible, nothing secret
    rows = []
    with (
        tempfile.TemporaryDirectory() as folder,
        counted_sites() as sites,
        place(Path(folder) / "calm", sites) as calm,
    ):
        begin = time.monotonic()
        calm.run()
        length = time.monotonic() - begin
        expected = {name: look(calm) for name, look in ASPECTS.items()}
        for number in range(installations):
            moments = [chance.uniform(0.1, 1.0) * length for _ in range(kills)]
            with place(Path(folder) / str(number), sites) as killed:
                rows.append(_killed(killed, number + 1, moments, expected))
    section = Section("kills", f"kill -9: {installations * kills} times at random moments")
    columns = ("installation", "killed at work", "differs in", "archive", "documents")
    section.parts.append(Table(columns, tuple(rows)))
    section.notes.append(
        f"Compared with an undisturbed run: {', '.join(ASPECTS)}. Archive: read to the last byte by"
        " warcio and fastwarc, every answer at its place. A kill counts as at work unless the run"
        " had ended before."
    )
    return section


def _killed(
    place: Place, number: int, moments: list[float], expected: dict[str, object]
) -> tuple[str, ...]:
    codes = [place.run(after(moment)) for moment in moments]
    place.run()
    different = [name for name, look in ASPECTS.items() if look(place) != expected[name]]
    documents = place.world.rows("select count(*) from document")[0][0]
    return (
        str(number),
        f"{sum(code < 0 for code in codes)} of {len(codes)}",
        ", ".join(different) or "nothing",
        "; ".join(archive_faults(place)) or "whole",
        str(documents),
    )
