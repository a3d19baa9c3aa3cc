"""The options and the summary of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from crawler.spiders.backfill import Backfill
from indexer.records.document import iso_instant
from radar.erasure.retention import Removed

Stage = Literal["crawl", "extract", "index", "match", "deliver"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a run."""

    sources: tuple[str, ...] = ()
    """Ids; empty: all."""
    due: bool = False
    """Only sources whose schedule says so."""
    everything: bool = False
    """Ask for every known page again."""
    only: Stage | None = None
    limit: int | None = None
    """Pages of each source, at most."""
    backfill: Backfill | None = None
    """Go through the archives of the sources."""
    unscheduled: str | None = None
    """With `due`: the schedule of sources that have none; None: they are always due."""

    def to_json(self) -> dict[str, Any]:
        """The JSON in the run's row."""
        return {
            "sources": list(self.sources),
            "due": self.due,
            "all": self.everything,
            "only": self.only,
            "limit": self.limit,
            "since": self.backfill.since.isoformat() if self.backfill else None,
            "schedule": self.unscheduled,
        }


@dataclass(slots=True)
class RunSummary:
    """The results of a run, as `--json` prints them."""

    run: int | None
    """Its number; None: nothing was due, so there was none."""
    started: datetime
    finished: datetime
    outcomes: dict[str, int] = field(default_factory=dict)
    discovery: dict[str, int] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisions: int = 0
    indexed: int = 0
    rejected: int = 0
    """Documents that the search store refused; `radar check` lists them."""
    matches: int = 0
    sent: int = 0
    reentered: int = 0
    """Answers of earlier runs that the archive had and the database did not."""
    removed: Removed = field(default_factory=Removed)
    """What the partners' rights no longer let us keep."""
    bytes: int = 0
    """Of the bodies of all answers, robots.txt and discovery too, after decompression."""
    problems: list[str] = field(default_factory=list)
    """What needs a person: sources not reached, messages not delivered, a store that is down."""
    notes: list[str] = field(default_factory=list)
    """What is worth telling and needs nobody, such as single pages that could not be read."""

    @property
    def seconds(self) -> float:
        """How long it took; 0 where the clock was put back meanwhile."""
        return max(0.0, round((self.finished - self.started).total_seconds(), 1))

    @property
    def ailing(self) -> dict[str, str]:
        """Source → state and reason of those that are stale or degraded."""
        return {
            name: f"{source['state']}: {source['reason']}"
            for name, source in self.sources.items()
            if source["state"] in ("stale", "degraded")
        }

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "run": self.run,
            "started": iso_instant(self.started),
            "finished": iso_instant(self.finished),
            "outcomes": self.outcomes,
            "discovery": self.discovery,
            "sources": self.sources,
            "revisions": self.revisions,
            "indexed": self.indexed,
            "matches": self.matches,
            "sent": self.sent,
            "reentered": self.reentered,
            "rejected": self.rejected,
            "removed": {"answers": self.removed.answers, "texts": self.removed.texts},
            "seconds": self.seconds,
            "bytes": self.bytes,
            "problems": self.problems,
        }


@dataclass(slots=True)
class Effort:
    """Bytes and time that a source has taken."""

    bytes: int = 0
    """As `RunSummary.bytes` counts them; what several sources of one site need is the first one's.
    """
    seconds: float | None = None
    """From its first request to the end of its last page; None: not crawled, or interrupted."""


SourceStates = dict[str, tuple[str, str | None]]
"""Source id → state and reason."""


def sources_of(
    states: SourceStates,
    pages: Mapping[str, Mapping[str, int]],
    efforts: Mapping[str, Effort],
) -> dict[str, dict[str, Any]]:
    """The key `sources` of a summary: every source that was chosen, crawled, or of which a page was
    counted.
    """
    by_source: dict[str, dict[str, Any]] = {}
    for source in sorted({*states, *pages, *efforts}):
        state, reason = states.get(source, ("ok", None))
        effort = efforts.get(source, Effort())
        by_source[source] = {
            "state": state,
            "reason": reason,
            "outcomes": dict(pages.get(source, {})),
            "seconds": None if effort.seconds is None else round(effort.seconds, 1),
            "bytes": effort.bytes,
        }
    return by_source


def total(counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Outcomes of all sources together."""
    summed: dict[str, int] = {}
    for outcomes in counted.values():
        for outcome, number in outcomes.items():
            summed[outcome] = summed.get(outcome, 0) + number
    return dict(sorted(summed.items()))
