"""Enters again what the archive has and the database does not know.

A run that was killed has archived answers that it did not commit; a database that was put back to
an earlier state lacks those of whole nights. Their records are whole, so they are entered as
fetched, before anything is requested or appended: they are extracted as any other answer.

What a record was requested for stands in it (`crawler.archive.warc.Provenance`). In records of
older versions it does not: there, an answer counts as a page if its address could be one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.archive.files import archive_files, number_of
from crawler.archive.stretches import stretches
from crawler.archive.warc import (
    Archive,
    ArchivedResponse,
    Provenance,
    archived_response,
    target_uri,
)
from crawler.discovery.apis.api_lists import api_of_item, entry_address
from crawler.rendering.need import waits_for_rendering
from crawler.spiders.fetch import FetchedResponse, response_failure, with_own_validators
from crawler.spiders.page_type import why_no_json, why_no_page
from indexer.frontier.archive_files import archive_file_names, replace_archive_file
from indexer.frontier.fetches import iter_archived_fetches, mark_purged, move_fetch
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import ArchivePosition, Response
from indexer.frontier.renamed_sources import IMPORTED
from indexer.records.errors import RadarError
from indexer.records.source import Source
from indexer.records.urls import canonical, is_home, owns
from radar.erasure.erased_pages import ErasedPages

logger = logging.getLogger(__name__)

BATCH = 64
"""Records between two commits."""
SAME_NIGHT = timedelta(hours=12)
"""An answer that a cut-off run got so long ago at most is not requested again."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A record that the database does not know, without its body."""

    position: ArchivePosition
    url: str
    """Address that answered."""
    moment: datetime
    converted: bool


@dataclass(slots=True)
class Entered:
    """What was entered."""

    pages: int = 0
    earlier: int = 0
    """Of these, pages that are not of the run that was cut off last: they are requested again."""


@dataclass(frozen=True, slots=True)
class Reentry:
    """Enters records for one run, which holds the lock."""

    ledger: Ledger
    folder: Path
    """The archive."""
    sources: Sequence[Source]
    continues: datetime | None
    """When the run began that was cut off before this one."""
    stopped: Callable[[], bool] = lambda: False
    """Whether to leave the rest to the next run."""

    def enter(self) -> Entered:
        """Enter all that is not known. Raises OSError."""
        self._follow_purges()
        entered = Entered()
        for name in archive_files(self.folder):
            end = self.ledger.committed_end(name)
            if (self.folder / name).stat().st_size > end:
                self._enter_file(name, end, entered)
        return entered

    def _enter_file(self, name: str, end: int, entered: Entered) -> None:
        archive, erased = Archive(self.folder), ErasedPages(self.ledger.connection)
        found = list(self._unknown(name, end))
        for number, record in enumerate(_without_originals(found), start=1):
            if self.stopped():
                self.ledger.commit()
                return
            if self._enter(archive, record, erased):
                entered.pages += 1
                entered.earlier += not self._is_of_cut_off_run(record.moment)
            self.ledger.note_archived(record.position)
            if number % BATCH == 0:
                self.ledger.commit()
        for record in found:
            self.ledger.note_archived(record.position)
        self.ledger.commit()
        if found:
            logger.warning("archive_ahead %s from=%d records=%d", name, end, len(found))

    def _unknown(self, name: str, end: int) -> Iterator[_Found]:
        """Whole records behind the known end; damage between them is left where it is."""
        with (self.folder / name).open("rb") as file:
            file.seek(end)
            for stretch in stretches(file):
                if stretch.record is None:
                    continue
                position = ArchivePosition(name, stretch.start, stretch.end - stretch.start)
                try:
                    archived = archived_response(stretch.record)
                except (KeyError, ValueError, IndexError):
                    continue  # what describes the file
                yield _Found(position, archived.url, archived.fetched_at, archived.converted)

    def _enter(self, archive: Archive, record: _Found, erased: ErasedPages) -> bool:
        """Enter a record, if it is a page that is not known as of a later moment."""
        try:
            archived = archive.read(record.position)
        except RadarError as error:
            logger.warning("archive_unread %s", error.message)
            return False
        known = archived.provenance or self._guess(archived)
        if known is None or known.purpose != "page":
            return False
        known = replace(known, source=self._owner(known))
        if self._is_known_later(known.url, archived.fetched_at):
            return False
        if known.url in erased or archived.url in erased:
            return False
        response = _response(archived, known)
        if known.given is None and not self._is_page(response, known, record.position):
            return False
        self.ledger.record_fetch(
            known.source,
            with_own_validators(response),
            record.position,
            given=known.given,
            counted=self._is_of_cut_off_run(archived.fetched_at),
        )
        return True

    def _owner(self, known: Provenance) -> str:
        """The source that the page is of: the configuration may call it by another id since the
        page was fetched, and nothing else would lead from the old one to it.
        """
        if known.source == IMPORTED or any(s.id == known.source for s in self.sources):
            return known.source
        address = self.ledger.address(known.url)
        if address is not None:
            return address.source
        return next((s.id for s in self.sources if owns(s, known.url)), known.source)

    def _is_known_later(self, url: str, moment: datetime) -> bool:
        address = self.ledger.address(url)
        visited = address.last_fetch if address is not None else None
        return visited is not None and visited >= moment

    def _is_of_cut_off_run(self, moment: datetime) -> bool:
        since = self.continues
        return since is not None and moment >= since and self.ledger.now() - moment < SAME_NIGHT

    def _is_page(self, response: Response, known: Provenance, position: ArchivePosition) -> bool:
        """Whether the crawl would take the answer for a page."""
        failure = response_failure(FetchedResponse(response, position))
        if failure is not None or response.status == 304:
            return False
        source = next((s for s in self.sources if s.id == known.source), None)
        if source is not None and api_of_item(source, response.final_url):
            return why_no_json(response.body) is None
        if source is not None and waits_for_rendering(source, response):
            return False  # its run was cut off before, and its shell says nothing
        return response.converted or why_no_page(response.headers, response.body) is None

    def _guess(self, archived: ArchivedResponse) -> Provenance | None:
        """What a record of an older version was requested for; None: probably no page."""
        if archived.url.startswith("file:"):
            return Provenance(archived.url, "import", given={})
        address = self.ledger.address(archived.url)
        if address is not None and address.kind == "page":
            return Provenance(archived.url, address.source)
        source = next((s for s in self.sources if owns(s, archived.url)), None)
        if source is None or address is not None or is_home(archived.url):
            return None
        lists = {canonical(entry_address(entry)) for entry in source.discovery}
        if archived.url in lists or archived.url.endswith("/robots.txt"):
            return None
        return Provenance(archived.url, source.id)

    # -- purges that the database does not know of

    def _follow_purges(self) -> None:
        """Find the records of files that were purged after the state that was put back."""
        there = archive_files(self.folder)
        known = archive_file_names(self.ledger.connection)
        for name in known:
            later = [n for n in there if number_of(n) == number_of(name) and n not in known]
            if name not in there and later:
                self._follow(name, later[-1])

    def _follow(self, old: str, new: str) -> None:
        connection = self.ledger.connection
        positions = {(r.url, r.moment): r.position for r in self._unknown(new, 0)}
        end = 0
        for fetch in list(iter_archived_fetches(connection, old)):
            position = positions.get((target_uri(fetch.final_url), fetch.fetched_at))
            if position is None:
                mark_purged(connection, fetch.id)
                continue
            move_fetch(connection, fetch.id, new, position.offset)
            end = max(end, position.offset + position.length)
        replace_archive_file(connection, old, new, end, None)
        self.ledger.commit()
        logger.warning("archive_purged_since %s %s", old, new)


def _without_originals(found: Sequence[_Found]) -> Iterator[_Found]:
    """The records, without answers from which another record of the same request was derived."""
    derived: dict[str, int] = {}
    kept: list[_Found] = []
    for record in reversed(found):
        if record.converted:
            derived[record.url] = derived.get(record.url, 0) + 1
        elif derived.get(record.url):
            derived[record.url] -= 1
            continue
        kept.append(record)
    return reversed(kept)


def _response(archived: ArchivedResponse, known: Provenance) -> Response:
    return Response(
        url=known.url,
        final_url=known.url if known.given is not None else archived.url,
        status=archived.status,
        headers=archived.headers,
        fetched_at=archived.fetched_at,
        body=archived.body,
        truncated=archived.truncated,
        converted=archived.converted,
        source=known.source,
    )
