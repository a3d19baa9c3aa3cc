"""A long life of `radar up`, for the test and for the benchmark with more runs: which nights there
are, and at what moment who is killed.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping, Sequence

from tests.e2e.soak import Moment, Soak
from tests.e2e.soak_site import SoakSite
from tests.loopback.smtp_sink import SmtpSink


def at_request(site: SoakSite, number: int) -> Moment:
    """At the `number`-th request of a night."""

    def arrange(kill: Callable[[], None]) -> None:
        site.hook = lambda n: kill() if n >= number else None

    return arrange


def at_message(sink: SmtpSink) -> Moment:
    """When the mail server has taken a message and not answered yet."""

    def arrange(kill: Callable[[], None]) -> None:
        sink.taken = kill

    return arrange


VICTIMS = ("run", "scheduler", "run", "serve", "all")
"""Who is killed, one after the other; once all have been, runs alone: memory is measured over the
longest life of a process."""
FREE = (300_000, 0)
"""Bytes that a full disk leaves: enough to begin a night, and none."""


def soak_through(
    soak: Soak,
    runs: int,
    *,
    full: Sequence[int] = (),
    without_store: Mapping[int, tuple[Callable[[], None], Callable[[], None]]] | None = None,
) -> None:
    """Nights until there were so many runs, one of ten of them killed.

    `full`: nights with a full disk. `without_store`: nights without the search store, with how it
    is stopped and started again.
    """
    chance = random.Random(7)
    disks = itertools.cycle(FREE)
    soak.start()
    soak.first_night()
    while (done := soak.count_runs()) < runs:
        kills = soak.report.kills.total()
        night = soak.night + 1
        if night in full:
            soak.full_night(next(disks))
        elif without_store and night in without_store:
            soak.night_without_store(*without_store[night])
        elif done >= 10 * kills + 4:
            who = VICTIMS[kills] if kills < len(VICTIMS) else "run"
            late = kills % 3 == 2
            moment = at_request(soak.site, chance.randint(1, 6))
            soak.killed_night(who, at_message(soak.sink) if late else moment)
        else:
            soak.calm_night()
