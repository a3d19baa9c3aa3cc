"""The end of a run: removes what the partners' rights no longer allow us to keep.

Responses of a source with `archive: false` are removed as soon as they have been extracted, those
of one with `retention_days` after that time, together with the texts. Repeating it changes nothing;
if it is interrupted, the next run continues.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive.purging import ArchivedRecord, Rewritten
from indexer.erasure.retention import enable_secure_delete, remove_texts, truncate_write_ahead_log
from indexer.frontier.archive_files import ArchiveFile, find_archive_file
from indexer.frontier.fetches import ArchivedFetch
from indexer.frontier.run_record import past_moment
from indexer.records.instants import SKEW, days_before
from indexer.records.source import Source
from indexer.records.urls import canonical, owns
from radar.erasure.archive_purge import ArchivePurge

logger = logging.getLogger(__name__)

_EVER = datetime.max.replace(tzinfo=UTC)
_AT_ONCE = _EVER
"""Everything is older than this: nothing is kept once it has been read."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Removed:
    """What came of it."""

    answers: int = 0
    """Records taken out of the archive: pages, listings, feeds."""
    texts: int = 0
    """Documents that have lost their text."""
    losses: list[str] = field(default_factory=list)
    """Damage that was met in the archive and removed, one line each."""


def enforce_retention(
    connection: sa.Connection,
    run: int,
    sources: Sequence[Source],
    archive: Path,
    now: datetime | None,
) -> Removed:
    """Remove what the sources' rights no longer allow; commits in steps. Raises OSError.

    `now` is None where nobody confirms the clock: then only what is never kept goes.
    """
    limits = {s.id: limit for s in sources if (limit := archive_limit(s, now)) is not None}
    removed = Removed()
    if not limits:
        return removed
    ahead = None if now is None else past_moment(connection, _EVER, now)
    terms = _Terms(limits, now, frozenset(s.id for s in sources), ahead)
    enable_secure_delete(connection)
    bound = [s for s in sources if s.id in limits]
    purge = ArchivePurge(connection, archive)
    for name in purge.files():
        removed.answers += _purge_file(purge, name, sources, terms)
    removed.losses = purge.losses
    for source in bound:
        before = text_limit(source, now)
        if before is not None:
            removed.texts += remove_texts(
                connection, run, source.id, before, terms.later_than_ours(before)
            )
    if removed.answers or removed.texts:
        logger.info("rights_kept answers=%d texts=%d", removed.answers, removed.texts)
        truncate_write_ahead_log(connection)
    return removed


def archive_limit(source: Source, now: datetime | None) -> datetime | None:
    """Answers from before this instant go; None: they stay."""
    return text_limit(source, now) if source.rights.archive else _AT_ONCE


def text_limit(source: Source, now: datetime | None) -> datetime | None:
    """Texts fetched before this instant go; None: they stay."""
    days = source.rights.retention_days
    return None if days is None or now is None else days_before(now, days)


@dataclass(frozen=True, slots=True)
class _Terms:
    """Until when what is kept."""

    limits: Mapping[str, datetime]
    """Answers of a source from before this instant go; of others, they stay."""
    now: datetime | None
    sources: frozenset[str]
    """All that are configured."""
    ahead: datetime | None
    """When, at the latest, it was what clocks ahead of ours have dated."""

    def moment(self, told: datetime) -> datetime:
        """When it was at the latest, by our clock."""
        return told if self.ahead is None or not self.is_later(told) else self.ahead

    def is_later(self, moment: datetime) -> bool:
        """Whether a clock ahead of ours has told this moment."""
        return self.now is not None and moment > self.now + SKEW

    def later_than_ours(self, before: datetime) -> datetime | None:
        """After which moment what a clock ahead has dated is from before an instant, too."""
        is_past = self.now is not None and self.ahead is not None and self.ahead < before
        return self.now + SKEW if self.now is not None and is_past else None


@dataclass(slots=True)
class _Left:
    """The oldest record of each source that a purge leaves in a file: it decides the next purge."""

    limits: Mapping[str, datetime]
    oldest: dict[str, datetime | None] = field(init=False)

    def __post_init__(self) -> None:
        self.oldest = dict.fromkeys(self.limits)

    def stays(self, source: str, moment: datetime) -> None:
        """A record of the source stays."""
        before = self.oldest[source]
        self.oldest[source] = moment if before is None else min(before, moment)

    def to_json(self, end: int, now: datetime | None) -> dict[str, Any]:
        """As `archive_file.purged` keeps it."""
        oldest = {s: None if m is None else m.isoformat() for s, m in self.oldest.items()}
        return {"end": end, "at": (now or _LONG_AGO).isoformat(), "oldest": oldest}


def _purge_file(
    purge: ArchivePurge,
    name: str,
    sources: Sequence[Source],
    terms: _Terms,
) -> int:
    file = find_archive_file(purge.connection, name)
    if file is not None and not _may_hold_expired(file, terms):
        return 0
    limits = terms.limits
    left = _Left(limits)

    def is_removed(record: ArchivedRecord, fetch: ArchivedFetch | None) -> bool:
        """Pages are removed once they are extracted. Without a fetch, the address tells the source.

        What several sources share (a site's robots.txt, its listings) is removed when all allow it.
        """
        owners = [fetch.source] if fetch is not None else _owners(record.url, sources)
        unread = fetch is not None and fetch.state == "pending"
        moment = terms.moment(record.moment)
        past = [owner in limits and moment < limits[owner] for owner in owners]
        if not unread and past and all(past):
            return True
        if all(owner in limits for owner in owners):  # otherwise it is never removed
            # It waits for these alone: the others let it go already.
            for owner, is_past in zip(owners, past, strict=True):
                if unread or not is_past:
                    left.stays(owner, moment)
        return False

    def remaining(result: Rewritten) -> Mapping[str, Any]:
        return left.to_json(result.end, terms.now)

    return purge.remove(name, is_removed, left=remaining)


def _may_hold_expired(file: ArchiveFile, terms: _Terms) -> bool:
    """Whether a file may hold expired records, by what its last purge left.

    What was written after that is no older than that purge, but by a clock that was ahead then.
    """
    last = file.purged
    if last is None or not last["oldest"].keys() <= terms.sources:
        return True  # records may have waited for a source that is configured no more
    for source, limit in terms.limits.items():
        if source not in last["oldest"]:
            return True
        told = [last["oldest"][source], last["at"] if file.end != last["end"] else None]
        moments = [datetime.fromisoformat(m) for m in told if m is not None]
        if any(m < limit or terms.is_later(m) for m in moments):
            return True
    return False


def _owners(url: str, sources: Sequence[Source]) -> list[str]:
    address = canonical(url)
    return [s.id for s in sources if address is not None and owns(s, address)]
