"""Hostile servers: what the crawl makes of each trap, how long it takes and what it costs.

No peer stands beside it: crawlers with default settings take the bombs (over 1 GiB of memory), wait
minutes for slow answers and freeze on markup attacks.
"""

from __future__ import annotations

import json

from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Section, Table

QUICK = ("gzip bomb", "endless body", "redirect to itself")


def benchmark(*, quick: bool) -> Section:
    """All traps, each crawled alone in one process; `quick` takes three of them."""
    names = QUICK if quick else ()
    done = run_child(python("-m", "tests.loopback.trapped", *names))
    costs = [json.loads(line) for line in done.output.splitlines()]
    rows = [
        (
            cost["name"],
            cost["outcome"],
            cost["reason"] or "",
            f"{cost['seconds']:.1f}",
            f"{max(0.0, cost['growth']):.0f}",
            f"{cost['block']:.2f}",
        )
        for cost in costs
    ]
    worst = ("worst", "", "", *(f"{max(float(row[n]) for row in rows):g}" for n in (3, 4, 5)))
    table = Table(
        ("trap", "outcome", "reason", "s", "growth MiB", "loop blocked s"), (*rows, worst), ""
    )
    section = Section("hostile", f"Hostile servers: {len(rows)} traps")
    section.parts.append(table)
    section.notes.append(
        "Seconds for the whole site (robots.txt, feed, an ordinary page and the trap); growth of "
        "the peak of resident memory; longest time for which the event loop answered nobody."
    )
    return section
