"""Whether every record of the archive is whole, and stands where the database looks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from fastwarc.warc import WarcRecord

from crawler.archive.files import archive_files
from crawler.archive.stretches import Stretch, stretches
from crawler.archive.warc import is_of
from indexer.database.engine import usable
from indexer.frontier.archive_files import archive_file_names, find_archive_file
from indexer.frontier.fetches import StoredResponse, count_unread, iter_stored_responses
from indexer.records.regular_files import open_regular
from radar.installation.checking import RIGHTS, CheckResult
from radar.installation.deep_check.findings import Progress, listed
from radar.plurals import counted

_REMEDY = (
    "put the file back from a backup; without one nothing needs to be done: a page is requested "
    "again when its answer is needed, and the next purge removes the damage"
)
_READ_AGAIN = "`radar run --only extract` reads them once more"
_STEP = 1_000
"""Records between two steps of the progress."""


@dataclass(slots=True)
class _Read:
    """What was read."""

    progress: Progress
    files: int = 0
    records: int = 0
    undigested: int = 0
    """Records of earlier versions, which have no digest: what gzip says of them was checked."""
    whole: bool = True

    def count(self) -> None:
        """A record was read."""
        self.records += 1
        if self.records % _STEP == 0:
            self.progress.advance(_STEP)


def check_archive(
    engine: sa.Engine | None, folder: Path, progress: Progress
) -> Iterator[CheckResult]:
    """Read all files; `engine` None: there is no usable database to compare them with."""
    read = _Read(progress)
    with ExitStack() as opened:
        connection = None
        if engine is not None:
            opened.enter_context(usable())
            connection = opened.enter_context(engine.connect())
        known = set() if connection is None else set(archive_file_names(connection))
        for name in sorted({*archive_files(folder), *known}):
            progress.stage(name)
            for finding in listed(_check_file(connection, folder / name, known, read)):
                read.whole = read.whole and finding.level == "note"
                yield finding
        unread = 0 if connection is None else count_unread(connection)
    if unread:
        yield CheckResult(
            "archive",
            "note",
            f"{counted(unread, 'answer')} could not be read when it was time; {_READ_AGAIN}",
        )
    if read.whole:
        old = f", {read.undigested} of them without a digest of their own" * bool(read.undigested)
        what = f"{counted(read.files, 'file')}, {counted(read.records, 'record')}{old}: all whole"
        yield CheckResult("archive", "ok", what)


def _check_file(
    connection: sa.Connection | None,
    path: Path,
    known: Iterable[str],
    read: _Read,
) -> Iterator[CheckResult]:
    responses: Iterator[StoredResponse] = iter(())
    end = 0
    if connection is not None:
        responses = iter_stored_responses(connection, path.name)
        found = find_archive_file(connection, path.name)
        end = 0 if found is None else found.end
    expected = _Expected(responses)
    if not path.exists():
        yield _finding(f"{path.name} is missing{_pages(expected.rest())}")
        return
    if connection is not None and path.name not in known:
        yield CheckResult("archive", "note", f"{path.name}: the database knows of nothing in it")
    try:
        with open_regular(path) as file:
            read.files += 1
            yield from _compare(stretches(file), expected, path.name, end, read)
    except PermissionError as error:
        message = f"{path.name} can't be read: {error.strerror}; {RIGHTS}"
        yield CheckResult("archive", "todo", message)
    except OSError as error:
        yield _finding(f"{path.name} can't be read: {error.strerror or error}")


def _compare(
    found: Iterable[Stretch],
    expected: _Expected,
    name: str,
    end: int,
    read: _Read,
) -> Iterator[CheckResult]:
    """Walk through the file and through what the database expects of it, side by side."""
    size = uncommitted = 0
    for stretch in found:
        size = stretch.end
        here = expected.before(stretch.end)
        if stretch.record is None:
            # Half a record behind the end belongs to a run that was killed.
            if not end or stretch.start < end:
                yield _finding(_place(name, stretch.start) + f"{stretch.damage}{_pages(here)}")
            continue
        read.count()
        uncommitted += 0 < end <= stretch.start
        yield from _check_record(stretch.start, stretch.record, here, name, read)
    if size < end:
        yield _finding(f"{name} ends at {size}, before what was written{_pages(expected.rest())}")
    if uncommitted:
        behind = f"{counted(uncommitted, 'record')} behind what the last run has committed"
        yield CheckResult("archive", "note", f"{name}: {behind}")


def _check_record(
    start: int, record: WarcRecord, here: Iterable[StoredResponse], name: str, read: _Read
) -> Iterator[CheckResult]:
    for response in here:
        if response.offset != start:
            yield _finding(_place(name, response.offset) + f"not the record of {response.url}")
        elif not is_of(record, response.final_url):
            yield _finding(_place(name, response.offset) + f"another page than {response.url}")
    if "WARC-Block-Digest" not in record.headers:
        read.undigested += 1
    elif not record.verify_block_digest():
        yield _finding(_place(name, start) + "its content does not have its digest")


class _Expected:
    """What the database knows of a file, in the order of the file; read as it is needed."""

    def __init__(self, responses: Iterator[StoredResponse]) -> None:
        self._responses = responses
        self._next = next(responses, None)

    def before(self, end: int) -> Iterator[StoredResponse]:
        """Those that begin before this offset, and were not given yet."""
        while self._next is not None and self._next.offset < end:
            given, self._next = self._next, next(self._responses, None)
            yield given

    def rest(self) -> Iterator[StoredResponse]:
        """Those that were not given yet."""
        while self._next is not None:
            given, self._next = self._next, next(self._responses, None)
            yield given


def _finding(message: str) -> CheckResult:
    return CheckResult("archive", "todo", f"{message}; {_REMEDY}")


def _place(name: str, offset: int) -> str:
    return f"{name} at {offset}: "


def _pages(responses: Iterator[StoredResponse]) -> str:
    """What was lost, as far as it were pages."""
    first = next(responses, None)
    if first is None:
        return ""
    more = sum(1 for _ in responses)
    return f" ({first.url}{f' and {more} more' if more else ''})"
