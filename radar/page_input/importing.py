"""`radar import`: saved pages go the way of crawled ones, without network."""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive.warc import Archive, Provenance
from crawler.parsers.calendars import is_calendar
from crawler.parsers.html import HtmlDocument
from crawler.parsers.pdf import is_pdf
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import Response
from indexer.frontier.run_record import RunRecord
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.regular_files import open_regular
from indexer.records.source import Source
from indexer.records.urls import canonical, is_home, owns
from radar.page_input.json_lines import page_of, record_of
from radar.plurals import counted, listed
from radar.run.run import Run

logger = logging.getLogger(__name__)

BATCH = 64
"""Pages between two commits."""

_NO_UTF8, _FIRST_BYTE = re.compile("[\udc80-\udcff]"), 0xDC00
"""Bytes of a file's name as Python has them where they are no UTF-8 (PEP 383)."""

LARGEST = 64 << 20
"""Bytes of one file after decompression; a page over the reader's own limit is quarantined there.
"""

HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")
PDF_SUFFIXES = (".pdf", ".pdf.gz")
CALENDAR_SUFFIXES = (".ics", ".ics.gz")
LINES_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True, slots=True)
class Item:
    """One page to import, or the reason why it can't be."""

    address: str
    where: str
    """File, and number of the line in it, by their name in this import."""
    body: bytes = b""
    content_type: str = "text/html"
    given: dict[str, Any] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Importer:
    """Puts files and JSON lines into the archive and the ledger, in place of a crawl."""

    paths: Sequence[Path]
    source: Source | None
    """Whose pages they are; None: the source `import`."""

    def gather(self, run: Run, connection: sa.Connection, record: RunRecord) -> None:
        """The stage that stands in for the crawl."""
        run.show.stage("import")
        settings = run.installation.settings
        identifier = self.source.id if self.source else "import"
        ledger = Ledger(connection, record.id, run.clock)
        archive = Archive(settings.archive, committed_end=ledger.committed_end)
        try:
            for number, item in enumerate(self.items(), start=1):
                if run.stop.is_set():
                    break
                self._keep(item, identifier, ledger, archive, run)
                run.show.advance()
                if number % BATCH == 0:
                    archive.sync()
                    ledger.commit()
            archive.sync()
            ledger.commit()
        finally:
            archive.close()
        if left_out := self.left_out():
            run.remarks.notes.append(left_out)
        run.states[identifier] = ("ok", None)

    def _keep(self, item: Item, source: str, ledger: Ledger, archive: Archive, run: Run) -> None:
        if ledger.has_outcome(item.address):
            # The first one has its outcome; which of them is right, nobody can tell.
            note = f"the address {item.address} came before in this import: left out"
            logger.warning("import_left_out %s %s", item.where, note)
            run.remarks.notes.append(f"{item.where}: {note}")
            return
        if item.error is not None:
            ledger.record_outcome(source, item.address, Outcome.QUARANTINED, item.error)
            return
        moment = run.clock()
        position = archive.append_resource(
            item.address,
            item.body,
            item.content_type,
            moment,
            provenance=Provenance(item.address, source, given=item.given),
        )
        headers = {"content-type": item.content_type}
        response = Response(item.address, item.address, 200, headers, moment, item.body)
        ledger.record_fetch(source, response, position, given=item.given)

    def items(self) -> Iterator[Item]:
        """Everything in the paths, in a stable order; a file named twice is read once."""
        seen: set[Path] = set()
        names: set[str] = set()
        for path in self.paths:
            for file, name in _files(path):
                own, folder = file.resolve(), path if path.is_dir() else path.parent
                if own not in seen:
                    above = Path(_in_letters(str(folder.resolve())))
                    free = _free_name(_in_letters(name), above, names)
                    seen.add(own)
                    names.add(free)
                    yield from self._file(file, free)

    def left_out(self) -> str | None:
        """A line on files in folders that are not read, as nothing in their names says that they
        are pages; None: there are none.
        """
        folders = [path for path in self.paths if path.is_dir()]
        others = {f.resolve() for path in folders for f in _all_files(path) if not _may_be_page(f)}
        others -= {path.resolve() for path in self.paths}
        if not others:
            return None
        suffixes = (file.suffix.lower().partition("?")[0] for file in others)  # news.php?id=5
        endings = Counter(map(_in_letters, suffixes)).most_common()
        named = listed([f"{number} {ending or 'without an ending'}" for ending, number in endings])
        return (
            f"{counted(len(others), 'file')} left out, by their names no pages: {named}; a file "
            "that is named itself is read, whatever it is called"
        )

    def _file(self, file: Path, name: str) -> Iterator[Item]:
        own = f"file:{name}"
        try:
            data = file_content(file)
        except ParseError as error:
            yield Item(own, own, error=error.message)
            return
        if file.name.lower().endswith(LINES_SUFFIXES):
            yield from self._lines(data, own)
        elif is_pdf(data):
            yield Item(own, own, data, "application/pdf")
        elif is_calendar(data):
            yield Item(own, own, data, "text/calendar")
        else:
            yield Item(self._address(data, own), own, data)

    def _address(self, data: bytes, own: str) -> str:
        """The canonical address where the source given owns it, else the file's own name."""
        if self.source is None:
            return own
        try:
            links = HtmlDocument.from_bytes(data).tree.xpath("//link[@rel='canonical']/@href")
        except ParseError:
            return own  # the reader meets the same, and the page is quarantined with the reason
        url = canonical(str(links[0]), self.source.url) if links else None
        return own if url is None or not owns(self.source, url) or is_home(url) else url

    def _lines(self, data: bytes, own: str) -> Iterator[Item]:
        for number, line in enumerate(data.splitlines(), start=1):
            if line.strip():
                yield _line_item(line, f"{own}:{number}")


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The file, or the files of the folder that may hold pages, each with its relative name."""
    if not path.is_dir():
        yield path, path.name
        return
    for file in _all_files(path):
        if _may_be_page(file):
            yield file, file.relative_to(path).as_posix()


def _all_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _may_be_page(file: Path) -> bool:
    kinds = (*HTML_SUFFIXES, *PDF_SUFFIXES, *CALENDAR_SUFFIXES, *LINES_SUFFIXES)
    return file.name.lower().endswith(kinds)


def _in_letters(path: str) -> str:
    """A path of which bytes that are no UTF-8 are written as in addresses: `anh%F6rung.html`."""
    return _NO_UTF8.sub(lambda byte: f"%{ord(byte[0]) - _FIRST_BYTE:02X}", path)


def _free_name(name: str, folder: Path, taken: Container[str]) -> str:
    """The name, led by as many of the folders above it as make it one of its own."""
    for above in reversed(folder.parts):
        if name not in taken:
            break
        name = f"{above.strip('/')}/{name}"
    return name


def _line_item(line: bytes, where: str) -> Item:
    try:
        page = page_of(record_of(line))
    except ParseError as error:
        return Item(where, where, error=error.message)
    url = canonical(page.url) if page.url is not None else None
    kind = "text/plain" if page.html is None else "text/html"
    return Item(url or where, where, page.body.encode(), f"{kind}; charset=utf-8", page.given)


def file_content(file: Path) -> bytes:
    """The file's bytes, decompressed; ParseError if it can't be read or is too large."""
    try:
        with open_regular(file) as stream:
            if file.suffix.lower() == ".gz":
                with gzip.open(stream) as unpacked:
                    data = unpacked.read(LARGEST + 1)
            else:
                data = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        said = getattr(error, "strerror", None) or error
        raise ParseError(f"can't be read: {said}", reason="unreadable") from error
    if len(data) > LARGEST:
        raise ParseError(f"larger than {LARGEST >> 20} MiB", reason="too-large")
    return data
