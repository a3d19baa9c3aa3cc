"""Shapes of addresses with what they have shown, in the database: owns the table `address_shape`.

The caller commits.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, find_record, iter_records
from indexer.database.rows import put_row
from indexer.frontier.traps.evidence import ShapeEvidence, Trap
from indexer.frontier.traps.shapes import shapes

KEPT = 500
"""Addresses of a rested shape that are kept, so that a mistake loses nothing: those of a night with
the usual budget. More would let the database grow without end."""

_SHAPE = tables.address_shape.c


class ShapeRecords:
    """The shapes of all sources."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._rested: dict[str, frozenset[str]] = {}

    def record(self, source: str, url: str, said: Collection[str] | None) -> None:
        """An address was read for the first time (`ShapeEvidence.record`)."""
        if said is not None and not said:
            return
        for shape in shapes(url):
            key = {"source": source, "shape": shape}
            evidence = self._find(source, shape)
            evidence.record(said)
            values = {
                "pages": round(evidence.pages, 3),
                "repeats": round(evidence.repeats, 3),
                "passages": evidence.passages,
                "rested": evidence.rested,
            }
            if not evidence.rested:
                values["kept"] = 0
            put_row(self._connection, tables.address_shape, key, values)

    def _find(self, source: str, shape: str) -> ShapeEvidence:
        query = sa.select(*columns_of(ShapeEvidence, tables.address_shape)).where(
            _SHAPE.source == source, _SHAPE.shape == shape
        )
        return find_record(self._connection, ShapeEvidence, query) or ShapeEvidence()

    def rested_shape(self, source: str, url: str) -> str | None:
        """The widest shape because of which an address is rested; None: it is not. As the run
        began.
        """
        rested = self._rested.get(source)
        if rested is None:
            query = sa.select(_SHAPE.shape).where(_SHAPE.source == source, _SHAPE.rested.is_(True))
            rested = frozenset(self._connection.execute(query).scalars())
            self._rested[source] = rested
        if not rested:
            return None
        return next((shape for shape in reversed(shapes(url)) if shape in rested), None)

    def mostly_repeats(self, source: str, url: str) -> bool:
        """Whether most addresses of a shape of this one have shown nothing new so far."""
        found = (self._find(source, shape) for shape in shapes(url))
        return any(2 * evidence.repeats > evidence.pages for evidence in found)

    def has_room(self, source: str, shape: str) -> bool:
        """Count an address of a rested shape that is to be kept; False: there are enough."""
        counted = (
            sa.update(tables.address_shape)
            .where(_SHAPE.source == source, _SHAPE.shape == shape, _SHAPE.kept < KEPT)
            .values(kept=_SHAPE.kept + 1)
        )
        return self._connection.execute(counted).rowcount > 0

    def record_left_out(self, source: str, shape: str, run: int, number: int) -> None:
        """A run has found so many addresses of a rested shape that it does not request."""
        key = {"source": source, "shape": shape}
        put_row(
            self._connection, tables.address_shape, key, {"left_out": number, "left_out_by": run}
        )


def sites_with_traps(connection: sa.Connection, source: str) -> set[str]:
    """Sites (host, with its port) of a source on which addresses are rested."""
    query = sa.select(_SHAPE.shape).where(_SHAPE.source == source, _SHAPE.rested.is_(True))
    return {shape.partition("/")[0] for shape in connection.execute(query).scalars()}


def traps_met(connection: sa.Connection, source: str, run: int) -> list[Trap]:
    """Rested shapes of which a run has left addresses out, the most of them first."""
    query = (
        sa.select(*columns_of(Trap, tables.address_shape))
        .where(_SHAPE.source == source, _SHAPE.rested.is_(True), _SHAPE.left_out_by == run)
        .order_by(_SHAPE.left_out.desc(), _SHAPE.shape)
    )
    return list(iter_records(connection, Trap, query))
