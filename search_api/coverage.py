"""What an answer rests on: which sources were reached in the period that a search asks for.

A source that was not reached since a day of that period may have news that nobody has collected.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from indexer.records.document import iso_instant
from indexer.records.errors import DatabaseError
from indexer.records.interface_languages import DEFAULT
from search_api.language import language, t, tn
from search_api.page_words import partial_date
from search_api.parameters import SearchParameters
from search_api.ports import DocumentArchive, SourceView

AGAIN = 30.0
"""Seconds after which the states of sources are read again: they change with runs."""
_FRESH = ("ok", "not-due")


@dataclass(frozen=True, slots=True)
class Gap:
    """A source that was not reached up to the end of the period."""

    id: str
    name: str
    state: str
    """Of the source; `overdue` where it is well and was not looked at for long."""
    since: datetime | None
    """Since when; None: it was never looked at."""

    def to_json(self) -> dict[str, Any]:
        """An object of `coverage` in an answer."""
        since = self.since and iso_instant(self.since)
        return {"id": self.id, "name": self.name, "state": self.state, "since": since}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sources of a search."""

    sources: int
    """Number of those that are crawled."""
    gaps: tuple[Gap, ...]
    """Those that were not reached, longest first."""

    @property
    def line(self) -> str:
        """In one phrase for programs: `61 sources, 4 not reached since 2026-05-12`."""
        return self._phrase(str if language() == DEFAULT else partial_date)

    @property
    def words(self) -> str:
        """In one phrase for pages and mails: `61 sources, 4 not reached since 12 May 2026`."""
        return self._phrase(partial_date)

    def _phrase(self, day: Callable[[str], str]) -> str:
        counted = tn("{n} sources", self.sources)
        if not self.sources:
            return counted
        if not self.gaps:
            return t("{sources}, all of them reached", sources=counted)
        known = [gap.since for gap in self.gaps if gap.since]
        missing = t("{sources}, {n} not reached", sources=counted, n=len(self.gaps))
        if not known:
            return missing
        return f"{missing} {t('since {when}', when=day(f'{min(known):%Y-%m-%d}'))}"

    def to_header(self) -> dict[str, str]:
        """The header of an answer that has no place for it, such as a file."""
        return {"Rohstoffradar-Coverage": self.line}

    def to_json(self) -> dict[str, Any]:
        """The object `coverage` of an answer."""
        gaps = [gap.to_json() for gap in self.gaps]
        return {"sources": self.sources, "not_reached": gaps, "line": self.line}


class CoverageReader:
    """Tells the coverage of searches."""

    def __init__(
        self, archive: DocumentArchive, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._lock = threading.Lock()
        self._read: tuple[float, Sequence[SourceView]] | None = None

    def of(self, parameters: SearchParameters) -> Coverage | None:
        """The coverage of a search; None while the database can't be read."""
        return self._of(parameters.filters.get("source"), parameters.last_day)

    def until_now(self) -> Coverage | None:
        """The coverage of what asks for no sources and no period of publication: lists of events
        and names; None while the database can't be read.
        """
        return self._of(None, None)

    def _of(self, chosen: Sequence[str] | None, last: date | None) -> Coverage | None:
        try:
            sources = self._sources()
        except DatabaseError:
            return None
        return coverage([s for s in sources if not chosen or s.id in chosen], last)

    def _sources(self) -> Sequence[SourceView]:
        with self._lock:
            now = self._clock()
            if self._read is None or now - self._read[0] > AGAIN:
                self._read = (now, self._archive.sources())
            return self._read[1]


def coverage(sources: Sequence[SourceView], last: date | None) -> Coverage:
    """The coverage by these sources up to a day; None: until now."""
    crawled = [source for source in sources if source.enabled]
    gaps = [gap for source in crawled if (gap := _gap(source)) is not None]
    open_gaps = [g for g in gaps if g.since is None or last is None or g.since.date() <= last]
    return Coverage(len(crawled), tuple(sorted(open_gaps, key=_beginning)))


def _gap(source: SourceView) -> Gap | None:
    last = source.last_run.when if source.last_run else None
    if last is None:
        return Gap(source.id, source.name, "never-looked-at", None)
    if source.state not in (*_FRESH, None):
        return Gap(source.id, source.name, source.state or "", source.since or last)
    if source.overdue:
        return Gap(source.id, source.name, "overdue", last)
    return None


def _beginning(gap: Gap) -> tuple[str, str]:
    return (gap.since.isoformat() if gap.since else "", gap.id)
