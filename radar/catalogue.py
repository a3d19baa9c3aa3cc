"""What is known, for people and programs to read: the system of record as `search_api.ports.Archive`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from indexer import database as db
from indexer.alerts.outbox import entries
from indexer.database import usable
from indexer.document import DocumentId, Page
from indexer.revisions import current_documents
from indexer.stores.base import HitPassage
from indexer.versions import versions_of
from radar.settings import Settings
from search_api.ports import DocumentView, Health, LastRun, SourceView, WatchEntry, WatchView


class Catalogue:
    """Reads documents, sources and watches; writes nothing. `engine` is None on an empty installation."""

    def __init__(self, settings: Settings, engine: sa.Engine | None) -> None:
        self.settings = settings
        self.engine = engine
        self.source_names = {s.id: s.name for s in settings.sources}

    def document(self, id_or_url: str) -> DocumentView | None:
        """A document by its id, its address, or an address that led to it."""
        found = self._rows(
            current_documents().where(
                sa.or_(db.document.c.id == id_or_url, db.document.c.url == id_or_url)
            )
        )
        if not found and "://" in id_or_url:
            alias = sa.select(db.address.c.document).where(db.address.c.url == id_or_url)
            found = self._rows(current_documents().where(db.document.c.id.in_(alias)))
        if not found or self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            versions = versions_of(connection, found[0].url)
        return _view(found[0], versions)

    def documents(self) -> Iterator[DocumentView]:
        """All documents, by address."""
        if self.engine is None:
            return
        with usable(), self.engine.connect() as connection:
            versions = versions_of(connection)
            query = current_documents().order_by(db.document.c.url)
            for row in connection.execution_options(yield_per=100).execute(query):
                yield _view(row, versions)

    def sources(self) -> Sequence[SourceView]:
        """All configured sources, with how they are doing."""
        last = {row.source: row for row in self._rows(_last_runs())}
        counts: dict[tuple[str, int], dict[str, int]] = {}
        for row in self._rows(_visits_of_last_runs()):
            counts.setdefault((row.source, row.run), {})[row.outcome] = row.number
        kept = {row.source: row for row in self._rows(_kept())}
        views = []
        for source in self.settings.sources:
            ran = last.get(source.id)
            has = kept.get(source.id)
            views.append(
                SourceView(
                    id=source.id,
                    name=source.name,
                    url=source.url,
                    country=source.country,
                    languages=source.languages,
                    kind=source.kind,
                    enabled=source.enabled,
                    reason=source.reason,
                    state=ran.state if ran else (None if source.enabled else "disabled"),
                    last_run=LastRun(ran.finished, counts.get((source.id, ran.run), {}), ran.reason)
                    if ran
                    else None,
                    newest=has.newest if has else None,
                    documents=has.number if has else 0,
                )
            )
        return views

    def watches(self) -> Sequence[WatchView]:
        """All configured watches."""
        return [
            WatchView(w.id, w.name, w.query, "feed" in w.channels) for w in self.settings.watches
        ]

    def watch_entries(self, watch: str, limit: int) -> Sequence[WatchEntry]:
        """The newest matches of a watch, newest first."""
        if self.engine is None:
            return []
        with usable(), self.engine.connect() as connection:
            newest = (
                sa.select(db.match.c.id, db.match.c.document, db.match.c.first_look)
                .where(db.match.c.watch == watch)
                .order_by(db.match.c.id.desc())
                .limit(limit)
            )
            rows = connection.execute(newest).all()
            told = entries(connection, [row.id for row in reversed(rows)], self.source_names)
            found = [
                WatchEntry(
                    id=entry.id,
                    document=DocumentId(row.document),
                    title=entry.title,
                    url=entry.url,
                    when=entry.found,
                    source=entry.source,
                    passages=tuple(HitPassage(p.text, p.marks) for p in entry.passages),
                    terms=entry.terms,
                    first_look=row.first_look,
                )
                for row, entry in zip(reversed(rows), told, strict=True)
            ]
        return found[::-1]

    def matches(self, watch: str) -> Iterator[dict[str, Any]]:
        """A watch's matches in the order in which they were found, as `radar watch matches` prints them."""
        query = (
            sa.select(db.match, db.document.c.url)
            .join(db.document, db.document.c.id == db.match.c.document)
            .where(db.match.c.watch == watch)
            .order_by(db.match.c.id)
        )
        for row in self._rows(query):
            yield {
                "watch": row.watch,
                "run": row.run,
                "url": row.url,
                "document": row.document,
                "revision": row.revision,
                "story": None,
                "passages": row.passages,
                "terms": row.terms,
                "change": row.change,
                "first_look": row.first_look,
                "state": row.state,
                "reason": row.reason,
            }

    def health(self) -> Health:
        """Counts and problems."""
        enabled = sum(s.enabled for s in self.settings.sources)
        if self.engine is None:
            return Health(0, enabled)
        with usable(), self.engine.connect() as connection:
            documents = connection.execute(
                sa.select(sa.func.count()).select_from(db.document)
            ).scalar_one()
            last = connection.execute(sa.select(sa.func.max(db.run.c.finished))).scalar()
            waiting = connection.execute(
                sa.select(sa.func.count()).where(
                    db.document.c.indexed < db.document.c.revision,
                    db.document.c.rejected.is_(None),
                )
            ).scalar_one()
        problems = (f"{waiting} documents are not in the search index yet",) if waiting else ()
        return Health(documents, enabled, last, problems)

    def _rows(self, query: sa.Select[Any]) -> list[sa.Row[Any]]:
        if self.engine is None:
            return []
        with usable(), self.engine.connect() as connection:
            return list(connection.execute(query))


def _view(
    row: sa.Row[Any], versions: Mapping[str, Sequence[Mapping[str, str | None]]]
) -> DocumentView:
    return DocumentView(
        id=DocumentId(row.id),
        page=replace(Page.from_json(row.page), url=row.url),
        source=row.source,
        revision=row.revision,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        last_outcome=row.last_outcome,
        versions=tuple(versions.get(row.url, ())),
    )


def _newest_of_each() -> sa.Subquery:
    """The last run of each source."""
    return (
        sa.select(db.source_run.c.source, sa.func.max(db.source_run.c.run).label("run"))
        .group_by(db.source_run.c.source)
        .subquery()
    )


def _last_runs() -> sa.Select[Any]:
    newest = _newest_of_each()
    return sa.select(db.source_run).join(
        newest,
        sa.and_(newest.c.source == db.source_run.c.source, newest.c.run == db.source_run.c.run),
    )


def _visits_of_last_runs() -> sa.Select[Any]:
    newest = _newest_of_each()
    return (
        sa.select(
            db.visit.c.source, db.visit.c.run, db.visit.c.outcome, sa.func.count().label("number")
        )
        .join(newest, sa.and_(newest.c.source == db.visit.c.source, newest.c.run == db.visit.c.run))
        .where(db.visit.c.kind == "page")
        .group_by(db.visit.c.source, db.visit.c.run, db.visit.c.outcome)
        .order_by(db.visit.c.outcome)
    )


def _kept() -> sa.Select[Any]:
    return sa.select(
        db.document.c.source,
        sa.func.count().label("number"),
        sa.func.max(db.document.c.published).label("newest"),
    ).group_by(db.document.c.source)
