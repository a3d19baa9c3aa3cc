"""A long life of `radar up`, for the test and for the benchmark with more runs: which nights there
are, and at what moment who is killed.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Mapping, Sequence

from tests.e2e.soak import Calm, Moment, Soak
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
FREE = (4_096, 0)
"""Bytes that a full disk leaves: enough to begin a night, and none."""


def soak_through(
    soak: Soak,
    runs: int,
    *,
    kills: int = 10,
    full: Sequence[int] = (),
    without_store: Mapping[int, tuple[Callable[[], None], Callable[[], None]]] | None = None,
) -> None:
    """Nights until there were so many runs; in the calm ones, the site changes every third night.

    `kills`: one of so many runs is killed. `full`: nights with a full disk. `without_store`: nights
    without the search store, with how it is stopped and started again.
    """
    chance = random.Random(7)
    disks = itertools.cycle(FREE)
    stores = without_store or {}

    def is_calm(night: int, done: int) -> bool:
        return night not in full and night not in stores and not _is_killed(soak, done, kills)

    soak.start()
    soak.first_night()
    while (done := soak.runs) < runs:
        night = soak.night + (not soak.has_begun)
        if night in full:
            soak.full_night(next(disks))
        elif night in stores:
            soak.night_without_store(*stores[night])
        elif is_calm(night, done):
            follows = done + 1 < runs and is_calm(night + 1, done + 1)
            soak.calm_night(_calm(night), _calm(night + 1) if follows else None)
        else:
            killed = soak.report.kills.total()
            who = VICTIMS[killed] if killed < len(VICTIMS) else "run"
            early = at_request(soak.site, chance.randint(1, 6))
            soak.killed_night(who, at_message(soak.sink) if killed % 3 == 2 else early)


def _is_killed(soak: Soak, done: int, kills: int) -> bool:
    """Whether a kill is due after so many runs."""
    return done >= kills * soak.report.kills.total() + min(kills, 4)


def _calm(night: int) -> Calm:
    return Calm(changes=night % 3 == 1)


def quiet_nights(soak: Soak, number: int, days: int) -> None:
    """Nights in which the site does not change, so many days apart."""
    quiet = Calm(days, changes=False)
    for left in reversed(range(number)):
        soak.calm_night(quiet, quiet if left else None)
