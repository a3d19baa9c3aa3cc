"""The stage match: every watch over what is new since its cursors, in ingest order, each match
once.

New are revisions with passages that were added, and changes of events.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.alerts.looking import Looked, RunningWatch, characters_of, look
from indexer.alerts.marks import all_muted_stories
from indexer.alerts.past_stories import (
    PastStories,
    muted_text,
    name_of_other_news,
    story_told,
)
from indexer.alerts.posting import WatchNews, post_news
from indexer.alerts.reasons import LATER_PLACE, MUTED, NEVER_A_CHANNEL
from indexer.alerts.stories import MatchedTexts, StoryBook, retells_by
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.engine import is_mistake
from indexer.documents.queries import Revision, newest_sequence, revisions_after
from indexer.events.queries import (
    RecordedChange,
    changes_after,
    documents_reported_to,
    newest_change,
)
from indexer.query import CompiledQuery, QueryCompiler, parse_query
from indexer.query.compiled import names_field
from indexer.query.document_batch import explain_each, in_batches
from indexer.query.evaluator import Explanation, PageView, matches
from indexer.records.document import StoredDocument


class _NewMatch(NamedTuple):
    """A match that is to be written."""

    entry: RunningWatch
    row: dict[str, Any]
    fingerprints: list[str]
    """Of the passages that have not matched before."""
    is_told: bool


@dataclass(slots=True)
class Matcher:
    """Runs watches for one run."""

    connection: sa.Connection
    run: int
    now: datetime
    _past: PastStories = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is read of what was told before."""
        self._past = PastStories(self.connection, self.now)

    def look(
        self,
        watches: Sequence[Watch],
        compiler: QueryCompiler,
        *,
        progress: Callable[[int], None],
    ) -> Looked:
        """What the watches match of what is new. Only reads: others can write meanwhile."""
        newest, newest_event = newest_sequence(self.connection), newest_change(self.connection)
        running = self._behind(watches, compiler, newest, newest_event, {})
        return look(self.connection, running, newest, compiler, progress)

    def match(
        self,
        watches: Sequence[Watch],
        compiler: QueryCompiler,
        *,
        progress: Callable[[int], None],
        looked: Looked | None = None,
    ) -> int:
        """Match what is new; matches, messages and cursors are committed together. `looked`: what
        was seen before; where the watches have changed since, it is looked again.

        Returns the number of new matches.
        """
        found = self._match(watches, compiler, progress, looked)
        self.connection.commit()
        return found

    def failure(self, watch: Watch, compiler: QueryCompiler) -> Exception | None:
        """The mistake in our code at which a watch alone fails; nothing is kept of what it does."""
        try:
            self._match([watch], compiler, lambda number: None, None)
        except Exception as error:
            if not is_mistake(error):
                raise
            return error
        finally:
            self.connection.rollback()
        return None

    def _match(
        self,
        watches: Sequence[Watch],
        compiler: QueryCompiler,
        progress: Callable[[int], None],
        looked: Looked | None,
    ) -> int:
        newest, newest_event = newest_sequence(self.connection), newest_change(self.connection)
        compiled = looked.queries if looked else {}
        running = self._behind(watches, compiler, newest, newest_event, compiled)
        if looked is None or not looked.holds_for(running, newest):
            looked = look(self.connection, running, newest, compiler, progress)
        if looked.explained:
            first = min(looked.explained) - 1
            for revision in revisions_after(self.connection, first, until=max(looked.explained)):
                explained = looked.explained.get(revision.seq)
                if explained:
                    self._keep(revision, self._judge(running, revision, explained))
        start = min((entry.event_cursor for entry in running.values()), default=newest_event)
        changes = changes_after(self.connection, start, newest_event)
        for batch in in_batches(changes, characters_of):
            self._match_changes(batch, running, compiler)
        post_news(self.connection, self.run, self.now, [e.news for e in running.values()])
        for part in chunks(running):
            self.connection.execute(
                sa.update(tables.watch)
                .where(tables.watch.c.id.in_(part))
                .values(cursor=newest, event_cursor=newest_event)
            )
        return sum(len(ids) for entry in running.values() for ids in entry.news.found.values())

    def _behind(
        self,
        watches: Sequence[Watch],
        compiler: QueryCompiler,
        newest: int,
        newest_event: int,
        compiled: Mapping[str, CompiledQuery],
    ) -> dict[str, RunningWatch]:
        """The watches that have not seen everything; `compiled`: queries by their text."""
        table = tables.watch.c
        known = sa.select(table.id, table.cursor, table.event_cursor)
        cursors = {row.id: row for row in self.connection.execute(known)}
        retells = retells_by(self.connection, compiler.encoder)
        texts, muted = MatchedTexts(), all_muted_stories(self.connection)
        return {
            watch.id: RunningWatch(
                watch,
                query := compiled.get(watch.whole_query)
                or compiler.compile(parse_query(watch.whole_query)),
                row.cursor,
                row.event_cursor,
                StoryBook(retells, names_field(query.root, "story"), texts),
                muted.get(watch.id, frozenset()),
                WatchNews(watch),
            )
            for watch in watches
            if (row := cursors.get(watch.id)) is not None
            and (row.cursor < newest or row.event_cursor < newest_event)
        }

    def _judge(
        self,
        running: Mapping[str, RunningWatch],
        revision: Revision,
        explained: Mapping[str, Explanation],
    ) -> list[_NewMatch]:
        """The matches with the watches to which the revision is news."""
        found = {name: (running[name], why) for name, why in explained.items()}
        self._read_books([entry for entry, _ in found.values()])
        # Those that began again some days ago have a match of this revision.
        written = self._matches_of(revision.document, found)
        known = self._matched_before(found, revision.document)
        judged = (
            self._new_match(entry, revision, explanation, known.get(name, set()))
            for name, (entry, explanation) in found.items()
            if name not in written
        )
        return [match for match in judged if match is not None]

    def _new_match(
        self, entry: RunningWatch, revision: Revision, explanation: Explanation, known: set[str]
    ) -> _NewMatch | None:
        """The match; None: every passage of it is known to this watch."""
        watch, document = entry.watch, revision.document
        fresh = [p for p in explanation.passages if p.fingerprint not in known]
        if explanation.passages and not fresh:
            return None
        said = fresh or revision.news or ()
        goes_on = self._goes_on_with_muted(entry, document)
        place, later = entry.book.enter(document, said, self.now)
        muted = goes_on or place.story in entry.muted
        row = self._row(
            watch,
            document,
            passages=_passages_of(explanation),
            terms=list(explanation.terms),
            change=revision.change,
            first_look=revision.first_look,
            story=place.story,
            sample=sorted(place.sample),
            **_state(watch, MUTED if muted else LATER_PLACE if later else None),
        )
        fingerprints = sorted({passage.fingerprint for passage in fresh})
        return _NewMatch(entry, row, fingerprints, is_told=not (later or muted))

    def _keep(self, revision: Revision, new: Sequence[_NewMatch]) -> None:
        """Write the matches of a revision."""
        if not new:
            return
        # Without RETURNING: for that, each row would be a statement of its own in SQLite.
        self.connection.execute(sa.insert(tables.match), [match.row for match in new])
        ids = self._matches_of(revision.document, [match.entry.watch.id for match in new])
        passages = [
            {
                "watch": match.entry.watch.id,
                "document": revision.document.id,
                "fingerprint": fingerprint,
                "match": ids[match.entry.watch.id],
            }
            for match in new
            for fingerprint in match.fingerprints
        ]
        if passages:
            self.connection.execute(sa.insert(tables.matched_passage), passages)
        for match in new:
            if match.is_told:
                identifier = ids[match.entry.watch.id]
                match.entry.news.add(identifier, first_look=revision.first_look)

    def _matched_before(
        self, watches: Collection[str], document: StoredDocument
    ) -> dict[str, set[str]]:
        """Id of a watch → fingerprints of the passages of a document that have matched it, also
        those of its old address.
        """
        ledger = tables.matched_passage.c
        known: dict[str, set[str]] = {}
        for part in chunks(watches):
            query = sa.select(ledger.watch, ledger.fingerprint).where(
                ledger.watch.in_(part), ledger.document == document.id
            )
            for watch, fingerprint in self.connection.execute(query):
                known.setdefault(watch, set()).add(fingerprint)
        return known

    def _matches_of(self, document: StoredDocument, watches: Collection[str]) -> dict[str, int]:
        """Id of a watch → its match of this revision, if it has one."""
        match = tables.match.c
        found: dict[str, int] = {}
        for part in chunks(watches):
            query = sa.select(match.watch, match.id).where(
                match.watch.in_(part),
                match.document == document.id,
                match.revision == document.revision,
            )
            found.update(self.connection.execute(query).all())
        return found

    def _goes_on_with_muted(self, entry: RunningWatch, document: StoredDocument) -> bool:
        """Whether a document still tells a muted story that it told, also one older than the book.

        If not, what it tells from now on is another story.
        """
        muted = muted_text(self.connection, entry.watch.id, document.id) if entry.muted else None
        if muted is None or muted.is_told_by(document.page):
            return muted is not None
        name = name_of_other_news(document)
        self._read_books([entry])
        entry.book.begin_anew(document, muted.story, name, self.now)
        return False

    def _read_books(self, entries: Sequence[RunningWatch]) -> None:
        """Read the books of the watches that have had no match before in this run."""
        unread = [entry for entry in entries if not entry.is_book_read]
        books = {entry.watch.id: entry.book for entry in unread}
        self._past.enter(books)
        for entry in unread:
            entry.is_book_read = True

    def _story_of(self, entry: RunningWatch, document: str) -> str:
        """The story of a document, also one older than the book; its own id if it has none yet."""
        self._read_books([entry])
        known = entry.book.story_of(document)
        return known or story_told(self.connection, entry.watch.id, document) or document

    def _match_changes(
        self,
        changes: Sequence[RecordedChange],
        running: Mapping[str, RunningWatch],
        compiler: QueryCompiler,
    ) -> None:
        """Report that events were moved or cancelled."""
        behind = [
            {
                name
                for name, entry in running.items()
                if change.id > entry.event_cursor and change.reported.change in entry.watch.tell
            }
            for change in changes
        ]
        explained = explain_each(
            {name: entry.query for name, entry in running.items()},
            [compiler.view(change.document) for change in changes],
            lambda name, number: name in behind[number],
        )
        for change, names, own in zip(changes, behind, explained, strict=True):
            self._match_change(change, running, compiler, names, own)

    def _match_change(
        self,
        change: RecordedChange,
        running: Mapping[str, RunningWatch],
        compiler: QueryCompiler,
        behind: set[str],
        own: Mapping[str, Explanation],
    ) -> None:
        """Report a change to the watches that match the page (`own`).

        Also to those that have reported another page on the event: their readers must learn what
        became of it.
        """
        others = documents_reported_to(self.connection, change.reported.event, behind - own.keys())
        elsewhere = {document.id: document for some in others.values() for document in some}
        views = {str(name): compiler.view(document) for name, document in elsewhere.items()}
        for name in sorted(own.keys() | others.keys()):
            entry, explanation, muted = running[name], own.get(name), False
            # Passages of other pages are reported with those pages.
            shown = _passages_of(explanation) if explanation is not None else []
            if explanation is None:
                explanation, muted = self._reported_elsewhere(entry, others[name], views)
            if explanation is not None:
                muted = self._goes_on_with_muted(entry, change.document) or muted
                self._keep_change(entry, change, explanation.terms, shown, muted=muted)

    def _reported_elsewhere(
        self,
        entry: RunningWatch,
        documents: Sequence[StoredDocument],
        views: Mapping[str, PageView],
    ) -> tuple[Explanation | None, bool]:
        """Why the watch has reported another page on an event, and whether it is of a muted story:
        only if there is no page of another one.
        """
        reported: Explanation | None = None
        for document in documents:
            explanation = matches(entry.query, views[document.id])
            if explanation is None:
                continue
            if not self._goes_on_with_muted(entry, document):
                return explanation, False
            reported = reported or explanation
        return reported, reported is not None

    def _keep_change(
        self,
        entry: RunningWatch,
        change: RecordedChange,
        terms: Sequence[str],
        shown: list[dict[str, Any]],
        *,
        muted: bool,
    ) -> None:
        """Write a match of the change, merged with a match of the same revision. One of a muted
        story is no news, and adds nothing to that match.
        """
        watch, document = entry.watch, change.document
        table = tables.match.c
        open_match = self.connection.execute(
            sa.select(tables.match).where(
                table.watch == watch.id,
                table.document == document.id,
                table.revision == document.revision,
            )
        ).one_or_none()
        if open_match is not None and (muted or change.id in (open_match.events or ())):
            return  # Or the watch began again, some days ago.
        passages = [change.evidence] if change.evidence else shown
        if open_match is None:
            row = self._row(
                watch,
                document,
                passages=passages,
                terms=list(terms),
                change=change.reported.change,
                first_look=change.first_look,
                events=[change.id],
                story=self._story_of(entry, document.id),
                **_state(watch, MUTED if muted else None),
            )
            added = sa.insert(tables.match).values(row).returning(table.id)
            identifier = self.connection.execute(added).scalar_one()
        else:
            identifier = open_match.id
            entry.news.merged.add(identifier)
            kept = [
                p for p in open_match.passages if p["text"] not in {q["text"] for q in passages}
            ]
            cancelled = "event-cancelled" in (open_match.change, change.reported.change)
            self.connection.execute(
                sa.update(tables.match)
                .where(table.id == identifier)
                .values(
                    run=self.run,
                    passages=[*passages, *kept],
                    change="event-cancelled" if cancelled else change.reported.change,
                    events=[*(open_match.events or ()), change.id],
                    **_state(watch),
                )
            )
        if not muted and identifier not in entry.news.matches:
            entry.news.add(identifier, first_look=change.first_look)

    def _row(self, watch: Watch, document: StoredDocument, **values: Any) -> dict[str, Any]:
        """A row of the table `match`."""
        return {
            "watch": watch.id,
            "document": document.id,
            "revision": document.revision,
            "run": self.run,
            "created": self.now,
            **values,
        }


def is_told() -> sa.ColumnElement[bool]:
    """Matches that are told by themselves, not as another place of a story, nor of a muted one."""
    reason = sa.func.coalesce(tables.match.c.reason, "")
    return reason.not_in([LATER_PLACE, MUTED])


def _state(watch: Watch, untold: str | None = None) -> dict[str, str | None]:
    """State of a match that is written; `untold`: why it is not told."""
    reason = untold or (None if watch.channels else NEVER_A_CHANNEL)
    return {"state": "suppressed" if reason else "pending", "reason": reason}


def _passages_of(explanation: Explanation) -> list[dict[str, Any]]:
    """Passages as a match keeps them."""
    return [passage.marked.to_json() for passage in explanation.passages]
