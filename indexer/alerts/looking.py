"""What watches match of new pages, found before anything is locked or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from indexer.alerts.posting import WatchNews
from indexer.alerts.stories import StoryBook
from indexer.alerts.watches import Watch
from indexer.documents.queries import Revision, revisions_after
from indexer.events.queries import RecordedChange
from indexer.query import CompiledQuery, QueryCompiler
from indexer.query.document_batch import explain_each, in_batches
from indexer.query.evaluator import Explanation
from indexer.records.document import NOT_NEWS


@dataclass(slots=True)
class RunningWatch:
    """A watch that is being run."""

    watch: Watch
    query: CompiledQuery
    cursor: int
    event_cursor: int
    book: StoryBook
    """The stories that it has told of lately, once they are read: with its first match."""
    muted: frozenset[str]
    """Stories of which it tells no more."""
    news: WatchNews
    """What it has found in this run."""
    is_book_read: bool = False

    @property
    def looks_for(self) -> tuple[str, tuple[str, ...], int]:
        """What decides which revisions are news to it."""
        return self.watch.whole_query, tuple(self.watch.tell), self.cursor

    def may_tell(self, revision: Revision) -> bool:
        """Whether a revision is news to it if its query matches."""
        return revision.seq > self.cursor and revision.change in self.watch.tell


@dataclass(frozen=True, slots=True)
class Looked:
    """What the watches match of the new pages, found before the watches are locked."""

    running: Mapping[str, RunningWatch]
    newest: int
    """Sequence number of the last revision."""
    explained: Mapping[int, Mapping[str, Explanation]]
    """Sequence number of a revision → watches to which it is news, and why."""

    @property
    def queries(self) -> Mapping[str, CompiledQuery]:
        """The queries of the watches by their text."""
        return {entry.watch.whole_query: entry.query for entry in self.running.values()}

    def holds_for(self, running: Mapping[str, RunningWatch], newest: int) -> bool:
        """Whether the watches, and what is new to them, are the same still."""
        return newest == self.newest and (
            {name: entry.looks_for for name, entry in running.items()}
            == {name: entry.looks_for for name, entry in self.running.items()}
        )


def look(
    connection: sa.Connection,
    running: Mapping[str, RunningWatch],
    newest: int,
    compiler: QueryCompiler,
    progress: Callable[[int], None],
) -> Looked:
    """What the watches that run match of the revisions up to the newest."""
    queries = {name: running[name].query for name in sorted(running)}
    explained: dict[int, Mapping[str, Explanation]] = {}
    start = min((entry.cursor for entry in running.values()), default=newest)
    for revisions in in_batches(_told_of(connection, start, newest, progress), characters_of):
        views = [compiler.view(revision.document, revision.news) for revision in revisions]
        found = explain_each(queries, views, partial(_may_tell, running, revisions))
        for revision, why in zip(revisions, found, strict=True):
            if why:
                explained[revision.seq] = why
    return Looked(running, newest, explained)


def _may_tell(
    running: Mapping[str, RunningWatch], revisions: Sequence[Revision], name: str, number: int
) -> bool:
    return running[name].may_tell(revisions[number])


def _told_of(
    connection: sa.Connection, start: int, newest: int, progress: Callable[[int], None]
) -> Iterator[Revision]:
    for revision in revisions_after(connection, start, until=newest):
        progress(1)
        if revision.document.page.kind not in NOT_NEWS:
            yield revision


def characters_of(found: Revision | RecordedChange) -> int:
    """Of the text of its document."""
    return len(found.document.page.text or "")
