"""What watches match of new pages, found before anything is locked or written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.alerts.posting import WatchNews
from indexer.alerts.stories import StoryBook
from indexer.alerts.watches import Watch
from indexer.documents.queries import Revision, revisions_after
from indexer.query import CompiledQuery, QueryCompiler
from indexer.query.evaluator import Explanation, matches
from indexer.query.prefilter import Prefilter
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
        return self.watch.asked, tuple(self.watch.tell), self.cursor

    def may_tell(self, revision: Revision) -> bool:
        """Whether a revision is news to it if its query matches."""
        return revision.seq > self.cursor and revision.change in self.watch.tell


@dataclass(frozen=True, slots=True)
class Looked:
    """What the watches match of the new pages, found before the watches are locked."""

    running: Mapping[str, RunningWatch]
    newest: int
    """Sequence number of the last revision."""
    prefilter: Prefilter
    explained: Mapping[int, Mapping[str, Explanation]]
    """Sequence number of a revision → watches to which it is news, and why."""

    @property
    def queries(self) -> Mapping[str, CompiledQuery]:
        """The queries of the watches by their text."""
        return {entry.watch.asked: entry.query for entry in self.running.values()}

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
    prefilter = Prefilter({name: entry.query for name, entry in running.items()})
    explained: dict[int, Mapping[str, Explanation]] = {}
    start = min((entry.cursor for entry in running.values()), default=newest)
    for revision in revisions_after(connection, start, until=newest):
        progress(1)
        if revision.document.page.kind in NOT_NEWS:
            continue
        view = compiler.view(revision.document, revision.news)
        found = {
            name: explanation
            for name in sorted(prefilter.candidates(view))
            if running[name].may_tell(revision)
            and (explanation := matches(running[name].query, view)) is not None
        }
        if found:
            explained[revision.seq] = found
    return Looked(running, newest, prefilter, explained)
