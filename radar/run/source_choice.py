"""Which sources a run crawls, and why it leaves the others out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from indexer.records.source import Source
from radar.configuration.settings import Settings
from radar.installation.schedule import blocked_sources, due_sources, sources_in_cooldown
from radar.run.run_summary import RunOptions, SourceStates
from radar.stages.crawl import fast_feeds, window_of


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """The sources of a run."""

    sources: Sequence[Source]
    left_out: SourceStates
    """Sources that the options name and that are not crawled, with their states."""
    feeds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Source → feeds, for sources of which only these feeds are polled."""


def choose_sources(
    connection: sa.Connection, settings: Settings, options: RunOptions, now: datetime
) -> SourceChoice:
    """The sources to crawl now."""
    named = [s for s in settings.sources if s.id in options.sources or not options.sources]
    enabled = [s for s in named if s.enabled]
    left_out: SourceStates = {s.id: ("disabled", s.reason) for s in named if not s.enabled}
    if not options.due:
        return SourceChoice(enabled, left_out)
    reasons = {
        **sources_in_cooldown(connection, enabled, now),
        **blocked_sources(connection, now),
        **_closed_sources(enabled, settings.timezone, now),
    }
    available = [s for s in enabled if s.id not in reasons]
    due = due_sources(
        connection, available, now, settings.timezone, unscheduled=options.unscheduled
    )
    # By their ids: whole sources in lists would be compared a product of times, in each minute.
    begun = {s.id for s in due}
    waiting = [s for s in enabled if s.id not in begun]
    left_out |= {s.id: ("not-due", reasons.get(s.id)) for s in waiting}
    feeds = fast_feeds(connection, [s for s in waiting if s.id not in reasons], now)
    return SourceChoice([*due, *(s for s in waiting if s.id in feeds)], left_out, feeds)


def unknown_sources(names: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Ids that name no configured source."""
    known = {s.id for s in sources}
    return [name for name in names if name not in known]


def _closed_sources(sources: Sequence[Source], zone: str, now: datetime) -> dict[str, str]:
    """Sources outside of their window → the reason. The crawl would find the same, in a run."""
    windows = {s.id: window for s in sources if (window := window_of(s, zone)) is not None}
    return {
        name: reason
        for name, window in windows.items()
        if (reason := window.why_closed(now)) is not None
    }
