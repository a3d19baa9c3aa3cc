"""Passages that come to most pages of a source in one night: advertisements, sayings, the weather.

A reader takes them for text where nothing marks them. On one page they look like any addition; over
all known pages that were visited in a night they don't: what is added to one of them is its own
news. Such passages stay in the revision, but no watch is told of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import CURRENT_REVISION
from indexer.frontier.run_record import last_extracting_run
from indexer.records.document import NOT_NEWS, Page
from indexer.records.outcome import Outcome
from indexer.text.passages import passages
from indexer.text.volatile_text import VolatileText

FEWEST_PAGES = 5
"""Pages that gain such passages, at least …"""
SHARE_OF_PAGES = 0.5
"""… and their share of the known ones that were visited: a few pages may well be given one note, or
three tenders be extended in the same words. An alert for nothing is better than none for news.
"""
FEWEST_SWAPPING = 3
"""Pages of which each gains what another one lost, and loses something itself: with so few pages
they may be furniture, too. No person's note does that; terms of tenders might, so that passages
with numbers don't count.
"""
FEWEST_HOLDERS = 2
"""Pages to which one such passage comes, or from which it goes: there may be several that swap."""
_ANSWERED = (Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED)
_TOLD_TWICE = ("cancelled", "moved")
"""What becomes of events: many may be called off in the same words."""

_ANOTHER = ""
"""A page that lost a passage."""
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b\d\.)(?<!\b\d\d\.)\s+|\n")
"""Not within a day: pages that get terms of their own (12. März, 3. April) share no sentence."""


@dataclass(frozen=True, slots=True)
class _Gain:
    """A known page with news that gained passages."""

    document: str
    number: int
    added: Sequence[str]
    """Fingerprints of all that it gained."""
    said: Mapping[str, AbstractSet[str]]
    """Of what may be the site's: fingerprint → what its sentences say, without what changes by
    itself. Nothing where the site says that this page has changed, or its event was moved or called
    off.
    """
    removed: frozenset[str]
    wordy: frozenset[str]
    """Of what may be the site's: what has no number."""


def take_back_swapped(connection: sa.Connection, run: int, volatile: VolatileText) -> int:
    """Leave passages that many pages of a source gained since the last run was read out of what is
    told of their revisions. Returns the number of revisions of which less is told; the caller
    commits.
    """
    since, taken = last_extracting_run(connection, run), 0
    for source in _gaining_sources(connection, since):
        gains = [*_gains(connection, source, since, volatile)]
        shared = _shared(gains)
        holders = [
            gain for gain in gains if any(said and said <= shared for said in gain.said.values())
        ]
        visited = _visited(connection, source, since)
        if _are_most(len(holders), visited, FEWEST_PAGES):
            for gain in holders:
                kept = [k for k in gain.added if k not in gain.said or not gain.said[k] <= shared]
                _tell_only(connection, gain, kept)
            taken += len(holders)
            continue
        swapping = [*_swapping(gains)]
        if _are_most(len(swapping), visited, FEWEST_SWAPPING):
            for gain, swapped in swapping:
                _tell_only(connection, gain, [k for k in gain.added if k not in swapped])
            taken += len(swapping)
    return taken


def _are_most(holders: int, visited: int, fewest: int) -> bool:
    return holders >= max(fewest, SHARE_OF_PAGES * visited)


def _swapping(gains: Sequence[_Gain]) -> Iterator[tuple[_Gain, AbstractSet[str]]]:
    """Pages that gained what another one lost, and lost something, with what they gained so."""
    losers = Counter(key for gain in gains for key in gain.removed)
    for gain in gains:
        swapped = {key for key in gain.wordy if losers[key] > (key in gain.removed)}
        if swapped and gain.removed:
            yield gain, swapped


def _gaining_sources(connection: sa.Connection, since: int) -> Sequence[str]:
    """Sources of which enough known pages changed."""
    visit = tables.visit.c
    query = (
        sa.select(visit.source)
        .where(visit.run > since, visit.kind == "page", visit.outcome == Outcome.CHANGED)
        .group_by(visit.source)
        .having(sa.func.count() >= min(FEWEST_PAGES, FEWEST_SWAPPING))
        .order_by(visit.source)
    )
    return connection.execute(query).scalars().all()


def _gains(
    connection: sa.Connection, source: str, since: int, volatile: VolatileText
) -> Iterator[_Gain]:
    document, revision, visit = tables.document.c, tables.revision.c, tables.visit.c
    visited = sa.select(visit.document).where(
        visit.run > since,
        visit.source == source,
        visit.kind == "page",
        visit.outcome == Outcome.CHANGED,
    )
    query = (
        sa.select(
            document.id,
            revision.number,
            revision.page,
            revision.added,
            revision.removed,
            revision.created,
            tables.fetch.c.lastmod_claim,
        )
        .select_from(
            tables.document.join(tables.revision, CURRENT_REVISION).join(
                tables.fetch, tables.fetch.c.id == revision.fetch
            )
        )
        .where(
            document.id.in_(visited),
            document.source == source,
            revision.run > since,
            revision.added.is_not(None),
            revision.page["kind"].as_string().not_in(NOT_NEWS),
        )
        .order_by(revision.seq)
        .execution_options(yield_per=100)
    )
    for row in connection.execute(query):
        page, day = Page.from_json(row.page), row.created.date()
        told = row.lastmod_claim == "changed" or any(
            event.status in _TOLD_TWICE for event in page.events
        )
        gained = [
            p
            for p in (() if told else passages(page))
            if p.part != "title" and p.fingerprint in row.added
        ]
        said = {
            p.fingerprint: {volatile.essence(s, day) for s in _SENTENCE_END.split(p.text)} - {""}
            for p in gained
        }
        wordy = frozenset(p.fingerprint for p in gained if not _DIGIT.search(p.text))
        yield _Gain(row.id, row.number, row.added, said, frozenset(row.removed or ()), wordy)


def _shared(gains: Sequence[_Gain]) -> frozenset[str]:
    """What sentences say that several pages gained, or that another one lost."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    losers = Counter(key for gain in gains for key in gain.removed)
    for gain in gains:
        for key, sentences in gain.said.items():
            is_lost_elsewhere = losers[key] > (key in gain.removed)
            for said in sentences:
                holders[said].update((gain.document, *([_ANOTHER] if is_lost_elsewhere else ())))
    return frozenset(said for said, pages in holders.items() if len(pages) >= FEWEST_HOLDERS)


def _visited(connection: sa.Connection, source: str, since: int) -> int:
    """How many known pages with news answered."""
    visit, document = tables.visit.c, tables.document.c
    query = (
        sa.select(sa.func.count(sa.distinct(document.id)))
        .select_from(
            tables.visit.join(tables.address, tables.address.c.url == visit.url)
            .join(tables.document, document.id == tables.address.c.document)
            .join(tables.revision, CURRENT_REVISION)
        )
        .where(
            visit.source == source,
            visit.run > since,
            visit.kind == "page",
            visit.outcome.in_(_ANSWERED),
            tables.revision.c.page["kind"].as_string().not_in(NOT_NEWS),
        )
    )
    return int(connection.execute(query).scalar_one())


def _tell_only(connection: sa.Connection, gain: _Gain, kept: Sequence[str]) -> None:
    connection.execute(
        sa.update(tables.revision)
        .where(tables.revision.c.document == gain.document, tables.revision.c.number == gain.number)
        .values(added=list(kept))
    )
