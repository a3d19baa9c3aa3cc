"""What is kept of runs that are long past.

Each run leaves rows: what came of each address, how each source went, a summary. They tell how the
sources are doing (the newest looks) and what the last runs came to. Nobody reads those of last
year, and with feeds that are polled every quarter of an hour they would outgrow the documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks

KEPT_LOOKS = 10
"""Looks at each source whose rows stay however old they are: a source may be due once a month."""


def reduce_past_runs(connection: sa.Connection, before: datetime) -> None:
    """Remove outcomes and summaries of the runs that began before this moment.

    Their rows in `run` stay, for revisions and matches name them. Commits now and then: there may
    be millions of outcomes.
    """
    run = tables.run.c
    for ids in chunks(_past_runs(connection, before)):
        _remove_looks(connection, ids)
        _remove_outcomes(connection, ids)
        connection.execute(
            sa.update(tables.run)
            .where(run.id.in_(ids), run.summary.is_not(sa.null()))
            .values(summary=sa.null())
        )
        connection.commit()


def _past_runs(connection: sa.Connection, before: datetime) -> Sequence[int]:
    """Those of which anything is left but their row. Never the run in progress, which may have
    begun before the clock was told what time it is.
    """
    run = tables.run.c
    newest = sa.select(sa.func.max(run.id)).scalar_subquery()
    is_left = sa.or_(
        run.summary.is_not(sa.null()),
        sa.exists().where(tables.source_run.c.run == run.id),
        sa.exists().where(tables.visit.c.run == run.id),
    )
    query = sa.select(run.id).where(run.started < before, run.id < newest, is_left)
    return connection.execute(query).scalars().all()


def _remove_looks(connection: sa.Connection, runs: Sequence[int]) -> None:
    look, newer = tables.source_run.c, tables.source_run.alias()
    last_kept = (
        sa.select(newer.c.run)
        .where(newer.c.source == look.source, newer.c.run > look.run)
        .order_by(newer.c.run)
        .limit(1)
        .offset(KEPT_LOOKS - 1)
        .scalar_subquery()
    )
    connection.execute(
        sa.delete(tables.source_run).where(look.run.in_(runs), last_kept.is_not(sa.null()))
    )


def _remove_outcomes(connection: sa.Connection, runs: Sequence[int]) -> None:
    """Those of a look that is kept stay."""
    visit, look = tables.visit.c, tables.source_run.c
    kept = sa.exists().where(look.run == visit.run, look.source == visit.source)
    connection.execute(sa.delete(tables.visit).where(visit.run.in_(runs), ~kept))
