"""The configured sources with their state, for the web interface and `radar sources`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.health.health_record import SavedHealth, load_health
from indexer.health.judgement import ADVICE, SourceStatistics, judge
from indexer.health.unasked_ways import load_unasked
from indexer.profiles.profile_records import iter_profiles
from indexer.records.source import Source
from indexer.records.unasked import unasked
from radar.installation.schedule import is_overdue
from search_api.ports import LastRun, LearntSite, SourceHistory, SourceRun, SourceView

MOST_RUNS = 50
"""Runs of a source that its history shows."""


def source_views(
    connection: sa.Connection | None, sources: Sequence[Source], now: datetime
) -> list[SourceView]:
    """Every source, in the order of the configuration; no connection: there is no database yet."""
    if connection is None:
        return [_assess(_view_of(source), None, source, now) for source in sources]
    last = {row.source: row for row in connection.execute(_last_runs())}
    counts: dict[tuple[str, int], dict[str, int]] = {}
    for row in connection.execute(_visits_of_last_runs()):
        counts.setdefault((row.source, row.run), {})[row.outcome] = row.number
    kept = {row.source: row for row in connection.execute(_source_rows())}
    healths, ways = load_health(connection), load_unasked(connection)
    views = []
    for source in sources:
        view = _view_of(source)
        ran, has = last.get(source.id), kept.get(source.id)
        if ran is not None:
            outcomes = counts.get((source.id, ran.run), {})
            view = replace(
                view, state=ran.state, last_run=LastRun(ran.finished, outcomes, ran.reason)
            )
        if has is not None:
            view = replace(view, newest=has.newest, documents=has.number)
        if source.id in ways:
            view = replace(view, unasked=unasked(source, ways[source.id]))
        views.append(_assess(view, healths.get(source.id), source, now))
    return views


def _view_of(source: Source) -> SourceView:
    return SourceView(
        id=source.id,
        name=source.name,
        url=source.url,
        country=source.country,
        languages=source.languages,
        kind=source.kind,
        enabled=source.enabled,
        reason=source.reason,
    )


def _assess(
    view: SourceView, health: SavedHealth | None, source: Source, now: datetime
) -> SourceView:
    """With the state as of the last look; one that is not crawled any more is `disabled`."""
    if not source.enabled:
        return replace(view, state="disabled")
    if view.last_run is None:
        never = judge(SourceStatistics())
        return replace(
            view, state=never.state, state_reason=never.reason, advice=ADVICE[never.state]
        )
    overdue = is_overdue(source.schedule, view.last_run.when, now)
    if health is None:  # last looked at by a version that kept no health
        return replace(view, state_reason=view.last_run.reason, overdue=overdue)
    return replace(
        view,
        state=health.state,
        state_reason=health.reason,
        since=health.since,
        next_try=health.next_try,
        advice=ADVICE.get(health.state),
        overdue=overdue,
    )


def source_history(connection: sa.Connection, view: SourceView) -> SourceHistory:
    """A source with its last runs, and what was learnt of its sites."""
    of_source = tables.source_run.c.source == view.id
    query = sa.select(tables.source_run).where(of_source)
    rows = connection.execute(query.order_by(tables.source_run.c.run.desc()).limit(MOST_RUNS)).all()
    counts: dict[int, dict[str, int]] = {}
    for visit in connection.execute(_visits(view.id, [row.run for row in rows])):
        counts.setdefault(visit.run, {})[visit.outcome] = visit.number
    return SourceHistory(
        view,
        tuple(
            SourceRun(row.run, row.finished, row.state, row.reason, counts.get(row.run, {}))
            for row in rows
        ),
        tuple(
            LearntSite(
                found.site,
                found.pages,
                found.learnt,
                found.content is not None,
                found.reason,
                found.agreed,
                found.disagreed,
            )
            for found in iter_profiles(connection, view.id)
        ),
    )


def _newest_of_each() -> sa.Subquery:
    """The last run of each source."""
    return (
        sa.select(tables.source_run.c.source, sa.func.max(tables.source_run.c.run).label("run"))
        .group_by(tables.source_run.c.source)
        .subquery()
    )


def _last_runs() -> sa.Select[Any]:
    newest = _newest_of_each()
    return sa.select(tables.source_run).join(
        newest,
        sa.and_(
            newest.c.source == tables.source_run.c.source, newest.c.run == tables.source_run.c.run
        ),
    )


def _visits_of_last_runs() -> sa.Select[Any]:
    newest = _newest_of_each()
    return (
        sa.select(
            tables.visit.c.source,
            tables.visit.c.run,
            tables.visit.c.outcome,
            sa.func.count().label("number"),
        )
        .join(
            newest,
            sa.and_(newest.c.source == tables.visit.c.source, newest.c.run == tables.visit.c.run),
        )
        .where(tables.visit.c.kind == "page")
        .group_by(tables.visit.c.source, tables.visit.c.run, tables.visit.c.outcome)
        .order_by(tables.visit.c.outcome)
    )


def _visits(source: str, runs: Sequence[int]) -> sa.Select[Any]:
    """The outcomes of a source's pages in some runs."""
    visit = tables.visit.c
    return (
        sa.select(visit.run, visit.outcome, sa.func.count().label("number"))
        .where(visit.source == source, visit.run.in_(runs), visit.kind == "page")
        .group_by(visit.run, visit.outcome)
        .order_by(visit.run, visit.outcome)
    )


def _source_rows() -> sa.Select[Any]:
    return (
        sa.select(
            tables.document.c.source,
            sa.func.count().label("number"),
            sa.func.max(tables.document.c.published).label("newest"),
        )
        .where(tables.document.c.moved_to.is_(None))
        .group_by(tables.document.c.source)
    )
