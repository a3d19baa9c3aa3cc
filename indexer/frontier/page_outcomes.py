"""Outcomes of page addresses and discovery documents in each run: owns the table `visit`.

The caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.rows import put_row
from indexer.records.outcome import Outcome

_VISIT = tables.visit.c
INSERT_OUTCOME = sa.insert(tables.visit)
"""Made once: to build and compare a statement takes longer than to execute it."""


def pages_with_outcome(connection: sa.Connection, run: int) -> set[str]:
    """Page addresses with an outcome in this run."""
    query = sa.select(_VISIT.url).where(_VISIT.run == run, _VISIT.kind == "page")
    return set(connection.execute(query).scalars())


def count_outcomes(connection: sa.Connection, run: int, kind: str) -> dict[str, dict[str, int]]:
    """Outcomes of each source: {source: {outcome: number}}; `kind` is page or discovery."""
    counts: dict[str, dict[str, int]] = {}
    rows = connection.execute(
        sa.select(_VISIT.source, _VISIT.outcome, sa.func.count())
        .where(_VISIT.run == run, _VISIT.kind == kind)
        .group_by(_VISIT.source, _VISIT.outcome)
        .order_by(_VISIT.source, _VISIT.outcome)
    )
    for source, outcome, number in rows:
        counts.setdefault(source, {})[outcome] = number
    return counts


def unreadable_pages(connection: sa.Connection, run: int) -> list[tuple[str, str]]:
    """Address of each page that was fetched and could not be read, and why."""
    query = (
        sa.select(_VISIT.url, _VISIT.reason)
        .where(_VISIT.run == run, _VISIT.kind == "page", _VISIT.outcome == Outcome.QUARANTINED)
        .order_by(_VISIT.url)
    )
    return [(url, reason or "") for url, reason in connection.execute(query)]


def put_outcome(
    connection: sa.Connection, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Write an outcome; the last one counts. `key` is run, url and kind."""
    put_row(connection, tables.visit, key, values)


def conclude_outcome(
    connection: sa.Connection,
    run: int,
    url: str,
    outcome: Outcome,
    *,
    document: str | None,
    reason: str | None,
) -> None:
    """A fetched page was extracted. The remark of its fetch stays, unless there is a reason."""
    remark = sa.func.coalesce(reason, _VISIT.reason)
    connection.execute(
        sa.update(tables.visit)
        .where(_VISIT.run == run, _VISIT.url == url, _VISIT.kind == "page")
        .values(
            outcome=outcome,
            document=document,
            reason=sa.case((_VISIT.outcome == Outcome.FETCHED, remark), else_=reason),
        )
    )


def adopt_fetched_pages(connection: sa.Connection, run: int) -> None:
    """Pages that an interrupted run fetched, and did not extract, become part of this run, which
    then does not request them. An answer that waits no more, as after two runs at once, must keep
    its page from no later run.
    """
    fetch = tables.fetch.c
    waits = sa.exists().where(fetch.url == _VISIT.url, fetch.state == "pending")
    fetched = sa.and_(_VISIT.kind == "page", _VISIT.outcome == Outcome.FETCHED, waits)
    connection.execute(sa.update(tables.visit).where(fetched).values(run=run))
