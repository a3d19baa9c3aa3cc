"""Whom documents name by an initial, as far as other documents name them in full.

What documents say of persons is kept by surname. When it changes, all documents with an initial
and that surname are looked at again, so that the order in which they came changes nothing; those
of which another person is found are written to the search store again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import among, chunks
from indexer.database.index_marks import WRITE_AGAIN
from indexer.documents.queries import CurrentDocument, stretches
from indexer.persons.initials import (
    NamedInFull,
    Statement,
    each_under,
    has_initial,
    name_in_full,
    statements_of,
)
from indexer.query.naming import Naming

_BATCH = 200
"""Documents looked at before what was found is committed."""
_SEEN, _SAID = tables.document_persons, tables.person_statement

FullNames: TypeAlias = dict[str, str | None]
"""Value of a person named by an initial → full name; None: not known."""


def enter_persons(
    connection: sa.Connection, naming: Naming, *, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Look at every revision that was not looked at yet; returns how many there were.

    Commits after each batch, so that an interrupted run goes on where it was.
    """
    done = 0
    unseen = stretches(
        connection, _BATCH, _SEEN.c.revision.is_distinct_from(tables.document.c.revision)
    )
    while not stopped() and (documents := next(unseen, [])):
        changed = _enter(connection, documents, naming)
        entered = {document.id for document in documents}
        _keep(connection, entered, _in_full(connection, changed, naming))
        connection.commit()
        done += len(documents)
    return done


def forget_persons(connection: sa.Connection) -> None:
    """Have all documents looked at again, as after a change of the tables; the caller commits."""
    connection.execute(sa.update(_SEEN).values(revision=0))


def look_again_beside(connection: sa.Connection, documents: Collection[str]) -> None:
    """Have those looked at again that name by an initial whom these documents may name in full, for
    these count no more, or again; the caller commits.
    """
    for short in _beside(connection, documents):
        again = sa.update(_SEEN).where(_SEEN.c.document.in_(short), _SEEN.c.revision != 0)
        connection.execute(again.values(revision=0))


def forget_names_beside(connection: sa.Connection, documents: Collection[str]) -> None:
    """The same where these documents are erased: names that others may have from them go at once.
    The search store gets the others again.
    """
    for short in _beside(connection, documents):
        connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id.in_(short), tables.document.c.moved_to.is_(None))
            .values(indexed=WRITE_AGAIN)
        )
        forgotten = sa.update(_SEEN).where(_SEEN.c.document.in_(short))
        connection.execute(forgotten.values(revision=0, full_names={}))


def _beside(connection: sa.Connection, documents: Collection[str]) -> Iterator[sa.Select[Any]]:
    """Queries for those that name by an initial persons with the surnames of these documents."""
    said = among(connection, _SAID.c.surname, _SAID.c.document, documents)
    for part in chunks(said):
        yield sa.select(_SAID.c.document).where(_SAID.c.short, _SAID.c.surname.in_(part))


def _enter(
    connection: sa.Connection, documents: Sequence[CurrentDocument], naming: Naming
) -> set[str]:
    """Keep what the documents say of persons; the surnames of those of whom they say or said
    something. Full names stay until `_keep` compares them.
    """
    ids = [document.id for document in documents]
    kept = _full_names(connection, ids)
    changed = among(connection, _SAID.c.surname, _SAID.c.document, ids)
    connection.execute(sa.delete(_SAID).where(_SAID.c.document.in_(ids)))
    connection.execute(sa.delete(_SEEN).where(_SEEN.c.document.in_(ids)))
    said = [
        {
            "document": document.id,
            "surname": surname,
            "name": statement.name,
            "short": has_initial(statement.name),
            "bodies": sorted(statement.bodies),
            "roles": sorted(statement.roles),
        }
        for document in documents
        for surname, statement in each_under(statements_of(document.read_page(), naming))
    ]
    connection.execute(
        sa.insert(_SEEN),
        [
            {
                "document": document.id,
                "revision": document.revision,
                "full_names": kept.get(document.id, {}),
            }
            for document in documents
        ],
    )
    if said:
        connection.execute(sa.insert(_SAID), said)
    return {*changed, *(str(row["surname"]) for row in said)}


def _in_full(
    connection: sa.Connection, surnames: Iterable[str], naming: Naming
) -> dict[str, FullNames]:
    """Of each document that names persons of these surnames by an initial: whom it means."""
    found: dict[str, FullNames] = defaultdict(dict)
    for surname in sorted(_with_initials(connection, surnames)):
        rows = connection.execute(
            sa.select(_SAID)
            .join(tables.document, tables.document.c.id == _SAID.c.document)
            .where(_SAID.c.surname == surname, tables.document.c.moved_to.is_(None))
        ).all()
        full = NamedInFull(Counter(_statement(row) for row in rows if not row.short))
        # Most pages say the same of a person.
        known: dict[Statement, str | None] = {}
        for (document, value), statement in _short(rows, naming).items():
            if statement not in known:
                known[statement] = name_in_full(statement, full.beside(statement))
            found[document][value] = known[statement]
    return found


def _short(rows: Iterable[sa.Row[Any]], naming: Naming) -> dict[tuple[str, str], Statement]:
    """Document and person → what it says of whom it names by an initial, however it is spelled."""
    said: dict[tuple[str, str], Statement] = {}
    for row in rows:
        if row.short:
            key = row.document, naming.value("person", row.name)
            one = _statement(row)
            said[key] = said[key].together(one) if key in said else one
    return said


def _with_initials(connection: sa.Connection, surnames: Iterable[str]) -> set[str]:
    query = sa.select(_SAID.c.surname).where(_SAID.c.short).distinct()
    return {
        surname
        for chunk in chunks(sorted(surnames))
        for surname in connection.execute(query.where(_SAID.c.surname.in_(chunk))).scalars()
    }


def _statement(row: sa.Row[Any]) -> Statement:
    return Statement(row.name, frozenset(row.bodies), frozenset(row.roles))


def _keep(
    connection: sa.Connection, entered: Collection[str], found: Mapping[str, FullNames]
) -> None:
    """Keep the full names that were found; documents whose names change the search store gets
    again. Of those just entered all names were looked for: others hold no more.
    """
    for document, kept in _full_names(connection, {*entered, *found}).items():
        names = {**({} if document in entered else kept), **found.get(document, {})}
        now = {value: name for value, name in names.items() if name is not None}
        if now == kept:
            continue
        changed = sa.update(_SEEN).where(_SEEN.c.document == document)
        connection.execute(changed.values(full_names=now))
        connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id == document)
            .values(indexed=WRITE_AGAIN)
        )


def _full_names(
    connection: sa.Connection, documents: Iterable[str]
) -> dict[str, Mapping[str, str]]:
    """The full names that are kept, by document."""
    query = sa.select(_SEEN.c.document, _SEEN.c.full_names)
    return {
        document: names
        for part in chunks(documents)
        for document, names in connection.execute(query.where(_SEEN.c.document.in_(part)))
    }
