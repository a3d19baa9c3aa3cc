"""Reads the system of record: implements `search_api.ports.DocumentArchive`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.alerts.entries import entries
from indexer.alerts.marks import muted_stories
from indexer.alerts.matching import is_told
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.database.engine import usable
from indexer.documents.backlog import count_indexed
from indexer.documents.completeness import complete_until
from indexer.documents.history import revisions_of
from indexer.documents.queries import (
    CurrentDocument,
    current_documents,
    find_document,
    iter_documents,
)
from indexer.documents.translations import versions_of
from indexer.events.change_lines import ReportedChange
from indexer.events.listing import (
    EventFilter,
    EventPlace,
    ListedEvent,
    events_told_by,
    find_events,
    load_events,
)
from indexer.events.queries import events_of, history_of, reported_changes
from indexer.frontier.fetches import Fetch, load_fetches
from indexer.frontier.run_record import PastRun, find_run, past_runs
from indexer.records.document import DocumentId
from indexer.records.errors import ArchiveError
from indexer.records.instants import SKEW, days_before
from indexer.records.source import Rights
from radar.channels.feed import NAME as FEED
from radar.channels.feed import has_feed
from radar.configuration.settings import Settings
from radar.installation.clock import real_clock
from radar.installation.delivery_terms import language_of
from radar.installation.ledger_damage import damaged_ledgers
from radar.installation.source_views import source_history, source_views
from radar.installation.watches import all_watches
from radar.plurals import counted
from search_api.ports import (
    ArchivedAnswer,
    DocumentHistory,
    DocumentView,
    EventStretch,
    EventView,
    InstallationHealth,
    LastChanges,
    RunStretch,
    RunView,
    SourceHistory,
    SourceView,
    WatchMatch,
    WatchView,
)


class Catalogue:
    """Reads documents, sources and watches; writes nothing. `engine` is None on an empty
    installation.
    """

    def __init__(self, settings: Settings, engine: sa.Engine | None) -> None:
        self.settings = settings
        self.engine = engine
        self.source_names = settings.source_names
        self._rights = {s.id: s.rights for s in settings.sources if s.rights != Rights()}

    def document(self, id_or_url: str) -> DocumentView | None:
        """A document by its id, its address, or an address that led to it; one that moved, by its
        new one.
        """
        if self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            found = _find(connection, id_or_url)
            if found is None:
                return None
            return self._view(connection, found, versions_of(connection, found.url))

    def archived(self, document: DocumentId) -> ArchivedAnswer | None:
        """The archived answer that a document was read from; None if it is not kept, or may not be
        kept any longer.
        """
        if self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            found = find_document(connection, tables.document.c.id == document)
            fetch = load_fetches(connection, [found.fetch])[found.fetch] if found else None
        if fetch is None or not fetch.file or self._is_expired(fetch):
            return None
        from crawler.archive.warc import Archive  # noqa: PLC0415  # not before it is asked for

        try:
            answer = Archive(self.settings.archive).read(fetch.position, fetch.final_url)
        except ArchiveError:  # `radar check --deep` says what is damaged
            return None
        given = answer.provenance.given if answer.provenance else None
        as_text = given is not None and given.get("form") == "text"
        return ArchivedAnswer(
            fetch.final_url,
            "text/plain; charset=utf-8" if as_text else fetch.content_type or "",
            answer.body,
            fetch.fetched_at,
            fetch.truncated,
        )

    def _is_expired(self, fetch: Fetch) -> bool:
        """Whether the rights of its source forbid to keep the answer, removed or not yet."""
        rights = self._rights.get(fetch.source, Rights())
        if rights.retention_days is None:
            return not rights.archive
        return not rights.archive or fetch.fetched_at < days_before(
            real_clock(), rights.retention_days
        )

    def current_document(self, id_or_url: str) -> CurrentDocument | None:
        """The same as it is kept, without what is known of it besides."""
        if self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            return _find(connection, id_or_url)

    def documents(self) -> Iterator[DocumentView]:
        """All documents, by address; those that moved are found under their new one."""
        if self.engine is None:
            return
        with usable(), self.engine.connect() as connection, self.engine.connect() as beside:
            versions = versions_of(beside)
            query = current_documents().where(tables.document.c.moved_to.is_(None))
            query = query.order_by(tables.document.c.url).execution_options(yield_per=100)
            for document in iter_documents(connection, query):
                yield self._view(beside, document, versions)

    def events(
        self, wanted: EventFilter, after: EventPlace | None, limit: int, *, latest_first: bool
    ) -> EventStretch:
        """A stretch of the events that are wanted, by their first day."""
        if self.engine is None:
            return EventStretch(0, ())
        with usable(), self.engine.connect() as connection:
            found = find_events(connection, wanted, latest_first=latest_first)

            def key(place: EventPlace) -> tuple[int, int, str]:
                return place.key(latest_first=latest_first)

            first = 0 if after is None else bisect_right(found, key(after), key=key)
            stretch = found[first : first + limit]
            items = load_events(connection, [place.id for place in stretch])
        more = first + limit < len(found)
        return EventStretch(len(found), tuple(items), stretch[-1] if more else None)

    def event(self, identity: str) -> EventView | None:
        """An event by its id."""
        if self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            for event in load_events(connection, [identity]):
                return EventView(event, tuple(history_of(connection, identity)))
        return None

    def events_told_by(self, documents: Sequence[DocumentId]) -> Sequence[ListedEvent]:
        """The events of which these documents tell, in the order of the documents."""
        if self.engine is None:
            return []
        with usable(), self.engine.connect() as connection:
            return load_events(connection, events_told_by(connection, documents))

    def sources(self) -> Sequence[SourceView]:
        """All configured sources, with their state."""
        if self.engine is None:
            return source_views(None, self.settings.sources, real_clock())
        with usable(), self.engine.connect() as connection:
            return source_views(connection, self.settings.sources, real_clock())

    def watches(self) -> Sequence[WatchView]:
        """All watches, of the configuration and in the database."""
        if self.engine is None:
            return [self._watch_view(watch) for watch in self.settings.watches]
        with usable(), self.engine.connect() as connection:
            return [self._watch_view(watch) for watch in all_watches(self.settings, connection)]

    def watch_matches(self, watch: str, limit: int) -> Sequence[WatchMatch]:
        """The newest matches of a watch, newest first."""
        if self.engine is None:
            return []
        with usable(), self.engine.connect() as connection:
            newest = (
                sa.select(tables.match.c.id, tables.match.c.document, tables.match.c.first_look)
                .where(tables.match.c.watch == watch, is_told())
                .order_by(tables.match.c.id.desc())
                .limit(limit)
            )
            rows = connection.execute(newest).all()
            match_entries = entries(
                connection, [row.id for row in reversed(rows)], self.source_names
            )
            found = [
                WatchMatch(
                    id=entry.id,
                    document=DocumentId(row.document),
                    title=entry.title,
                    url=entry.url,
                    when=entry.found,
                    source=entry.source,
                    passages=entry.passages,
                    terms=entry.terms,
                    events=entry.events,
                    first_look=row.first_look,
                    places=tuple(place.line for place in entry.places),
                    event=entry.event,
                )
                for row, entry in zip(reversed(rows), match_entries, strict=True)
            ]
        return found[::-1]

    def _watch_view(self, watch: Watch) -> WatchView:
        view = WatchView(watch.id, watch.name, watch.whole_query, has_feed(watch))
        if view.feed:
            view = replace(view, language=language_of(self.settings, watch, FEED))
        return view

    def matches(self, watch: str) -> Iterator[dict[str, Any]]:
        """A watch's matches in the order in which they were found, as `radar watch matches` prints
        them.
        """
        query = (
            sa.select(tables.match, tables.document.c.url)
            .join(tables.document, tables.document.c.id == tables.match.c.document)
            .where(tables.match.c.watch == watch)
            .order_by(tables.match.c.id)
        )
        if self.engine is None:
            return
        with usable(), self.engine.connect() as connection:
            rows = connection.execute(query).all()
            muted = muted_stories(connection, watch)
        for row in rows:
            yield {
                "watch": row.watch,
                "run": row.run,
                "url": row.url,
                "document": row.document,
                "revision": row.revision,
                "story": row.story,
                "passages": row.passages,
                "terms": row.terms,
                "change": row.change,
                "events": [change.to_json() for change in self._changes(row.events or ())],
                "first_look": row.first_look,
                "state": row.state,
                "reason": row.reason,
                "match": row.id,
                "mark": row.mark,
                "muted": (row.story or row.document) in muted,
            }

    def health(self) -> InstallationHealth:
        """Counts and problems."""
        enabled = sum(s.enabled for s in self.settings.sources)
        if self.engine is None:
            return InstallationHealth(0, enabled)
        with usable(), self.engine.connect() as connection:
            documents = connection.execute(
                sa.select(sa.func.count()).where(tables.document.c.moved_to.is_(None))
            ).scalar_one()
            last = _newest(connection, tables.run)
            in_index = count_indexed(connection)
            waiting = connection.execute(
                sa.select(sa.func.count()).where(
                    tables.document.c.indexed < tables.document.c.revision,
                    tables.document.c.rejected.is_(None),
                    tables.document.c.moved_to.is_(None),
                )
            ).scalar_one()
        problems = [
            f"{damage.path.name}: "
            f"{damage.error or 'lines that nobody can read: `radar check` says more'}"
            for damage in damaged_ledgers(self.settings, most=1)
        ]
        if waiting:
            problems.append(f"not in the search index yet: {counted(waiting, 'document')}")
        return InstallationHealth(documents, enabled, last, tuple(problems), in_index)

    def last_changes(self) -> LastChanges:
        """When a run ended, and something was forgotten."""
        if self.engine is None:
            return LastChanges()
        goes_on = sa.select(tables.run.c.id).where(tables.run.c.state == "running").limit(1)
        with usable(), self.engine.connect() as connection:
            running = connection.execute(goes_on).first() is not None
            ran = real_clock() if running else _newest(connection, tables.run)
            return LastChanges(ran, _newest(connection, tables.erasure))

    def complete_until(self) -> datetime:
        """Up to when the search index holds every page that was first seen."""
        now = real_clock()
        if self.engine is None:
            return now
        with usable(), self.engine.connect() as connection:
            return complete_until(connection, now)

    def source(self, identity: str) -> SourceHistory | None:
        """A configured source with its last runs, and what was learnt of its sites."""
        configured = [source for source in self.settings.sources if source.id == identity]
        if self.engine is None:
            views = source_views(None, configured, real_clock())
            return next(map(SourceHistory, views), None)
        with usable(), self.engine.connect() as connection:
            for view in source_views(connection, configured, real_clock()):
                return source_history(connection, view)
        return None

    def runs(self, limit: int, before: int | None = None) -> RunStretch:
        """The last runs, or the last ones before a run; `limit` 0: all."""
        if self.engine is None:
            return RunStretch(0, ())
        with usable(), self.engine.connect() as connection:
            total = connection.execute(
                sa.select(sa.func.count()).select_from(tables.run)
            ).scalar_one()
            runs = past_runs(connection, limit, before)
        return RunStretch(total, tuple(map(_run_view, runs)))

    def run(self, number: int) -> RunView | None:
        """One run; None if there is no run with this number."""
        if self.engine is None:
            return None
        with usable(), self.engine.connect() as connection:
            run = find_run(connection, number)
        return None if run is None else _run_view(run)

    def _changes(self, ids: Collection[int]) -> list[ReportedChange]:
        if self.engine is None or not ids:
            return []
        with usable(), self.engine.connect() as connection:
            return reported_changes(connection, ids)

    def _view(
        self,
        connection: sa.Connection,
        document: CurrentDocument,
        versions: Mapping[str, Sequence[Mapping[str, str | None]]],
    ) -> DocumentView:
        moved = sa.select(tables.document.c.url).where(tables.document.c.moved_to == document.id)
        return DocumentView(
            id=document.id,
            page=replace(document.read_page(), url=document.url),
            source=document.source,
            revision=document.revision,
            first_seen=document.first_seen,
            last_seen=document.last_seen,
            last_outcome=document.last_outcome,
            text_removed=document.text_removed,
            rights=self._rights.get(document.source),
            story=document.story,
            meaning=next((found.vector for found in document.read_vectors()), None),
            history=DocumentHistory(
                moved_from=tuple(
                    connection.execute(moved.order_by(tables.document.c.url)).scalars()
                ),
                revisions=tuple(revisions_of(connection, document.id)),
                events=events_of(connection, document.id),
            ),
            versions=tuple(versions.get(document.url, ())),
        )


def _newest(connection: sa.Connection, table: sa.Table) -> datetime | None:
    """When the last one of the table finished; those of a clock that was ahead do not count."""
    finished = table.c.finished
    query = sa.select(sa.func.max(finished)).where(finished <= real_clock() + SKEW)
    return connection.execute(query).scalar()


def _find(connection: sa.Connection, id_or_url: str) -> CurrentDocument | None:
    table = tables.document.c
    found = find_document(connection, sa.or_(table.id == id_or_url, table.url == id_or_url))
    if found is None and "://" in id_or_url:
        alias = sa.select(tables.address.c.document).where(tables.address.c.url == id_or_url)
        found = find_document(connection, table.id.in_(alias))
    if found is not None and found.moved_to is not None:
        found = find_document(connection, table.id == found.moved_to)
    return found


def _run_view(run: PastRun) -> RunView:
    return RunView(run.id, run.state, run.started, run.finished, run.arguments, run.summary or {})
