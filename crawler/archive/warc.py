"""The archive: every response in WARC files, one gzip member for each record.

Any WARC tool can read it. Each record has a digest of its content (WARC-Block-Digest). Bodies are
stored decoded (without content and transfer encoding), and the stored headers say so. Nothing here
knows what a response means.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit
from uuid import uuid4

from fastwarc.warc import WarcRecord, WarcRecordType
from isal import isal_zlib

from crawler.archive.files import archive_paths
from crawler.archive.owner import about_file, read_owner
from crawler.archive.stretches import CUT_OFF, GZIP, NO_RECORD, Damaged, record_of, stretches
from indexer.frontier.port import ArchivePosition, Purpose, Response
from indexer.naming_files import naming
from indexer.records.durable_files import sync_folder
from indexer.records.errors import ArchiveError

GIBIBYTE = 1 << 30
_COMPRESSION = 2
"""Level of igzip: a quarter of the time of FastWARC with zlib level 4, for up to 10% more space."""
_REPLACED_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PROVENANCE = "X-Rohstoffradar"
"""Field of our own."""
_TRUNCATED = "disconnect"
"""Value of WARC-Truncated for a body without its end (WARC 1.1, section 5.13)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why a record was written: what its WARC fields don't say of it.

    Kept in a field of its own in the record's header, as JSON: readers ignore fields that they
    don't know (WARC 1.1, section 4).
    """

    url: str
    """Address requested first; of an imported page, the address it was given."""
    source: str
    purpose: Purpose = "page"
    given: Mapping[str, Any] | None = None
    """Of an imported page: what was handed in with it."""

    def to_field(self) -> str:
        """The value of the field, in ASCII."""
        return json.dumps({name: v for name, v in asdict(self).items() if v is not None})

    @classmethod
    def from_field(cls, value: str | None) -> Provenance | None:
        """What `to_field` gave; None for anything else."""
        try:
            return cls(**json.loads(value)) if value is not None else None
        except (ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A response or imported page in the archive."""

    url: str
    """Address that answered."""
    status: int
    """200 for an imported page."""
    headers: Mapping[str, str]
    """Lower-case names."""
    body: bytes = field(repr=False)
    fetched_at: datetime
    truncated: bool = False
    converted: bool = False
    """Derived from the response to the same request."""
    provenance: Provenance | None = None
    """None: written by a version that did not note it."""


class Archive:
    """WARC files in one folder, written by one process at a time.

    `committed_end` returns the end of the last committed record of a file (0: unknown file). The
    newest file is continued if it ends there. Half a record behind it, which a run left that was
    killed, is cut off, because no WARC reader can skip it. Whole records behind it stay, and a new
    file is started: so they can be told from those that the database knows, and entered again.
    Without `committed_end` a new file is always started.
    """

    def __init__(
        self,
        folder: Path,
        *,
        committed_end: Callable[[str], int] | None = None,
        max_bytes: int = GIBIBYTE,
    ) -> None:
        self.folder = folder
        self._committed_end = committed_end
        self._max_bytes = max_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._end = 0

    def append(self, response: Response) -> ArchivePosition:
        """Write a response; durable after `sync`.

        A converted response becomes a `conversion` record (WARC 1.1, section 6.8) of its address.
        Before the response to a form stands a `request` record with what was sent (6.4): without
        it, nobody could tell apart what one address has answered.
        """
        if response.converted:
            return self._write(
                WarcRecordType.conversion,
                response.final_url,
                response.body,
                response.headers["content-type"],
                response.fetched_at,
                truncated=response.truncated,
                provenance=_provenance(response),
            )
        head = [f"HTTP/1.1 {response.status} {_phrase(response.status)}"]
        for name, value in response.headers.items():
            # The old length and encoding are kept under names that no reader interprets.
            known = f"x-original-{name}" if name in _REPLACED_HEADERS else name
            head.append(f"{known}: {_one_line(value)}")
        head.append(f"content-length: {len(response.body)}")
        block = "\r\n".join([*head, "", ""]).encode("utf-8", "replace") + response.body
        asked = self._append_request(response) if response.posted is not None else None
        return self._write(
            WarcRecordType.response,
            response.final_url,
            block,
            "application/http; msgtype=response",
            response.fetched_at,
            truncated=response.truncated,
            provenance=_provenance(response),
            concurrent_to=asked,
        )

    def _append_request(self, response: Response) -> str:
        """Write the form that was sent; returns the id of its record."""
        parts, posted = urlsplit(target_uri(response.final_url)), response.posted or b""
        head = (
            f"POST {parts._replace(scheme='', netloc='').geturl()} HTTP/1.1",
            f"host: {parts.netloc}",
            "content-type: application/x-www-form-urlencoded",
            f"content-length: {len(posted)}",
        )
        record_id = f"<{uuid4().urn}>"
        self._write(
            WarcRecordType.request,
            response.final_url,
            "\r\n".join([*head, "", ""]).encode("ascii") + posted,
            "application/http; msgtype=request",
            response.fetched_at,
            truncated=False,
            provenance=_provenance(response),
            record_id=record_id,
        )
        return record_id

    def append_resource(
        self,
        url: str,
        body: bytes,
        content_type: str,
        fetched_at: datetime,
        *,
        provenance: Provenance | None = None,
    ) -> ArchivePosition:
        """Write an imported page (any address, `file:` too); durable after `sync`."""
        return self._write(
            WarcRecordType.resource,
            url,
            body,
            content_type,
            fetched_at,
            truncated=False,
            provenance=provenance,
        )

    def read(self, position: ArchivePosition, url: str | None = None) -> ArchivedResponse:
        """The record at a position.

        Raises ArchiveError: `not-in-archive` where the file is missing or can't be read now,
        `damaged` where no whole record begins there, or one of another address than `url`.
        """
        if self._file is not None:
            self._file.flush()
        place = f"{position.file} at {position.offset}"
        try:
            data = self._data(position)
        except OSError as error:
            raise ArchiveError(
                f"{place}: {error.strerror}",
                reason=ArchiveError.NOT_THERE,
                hint="was the archive folder moved?",
            ) from error
        try:
            if len(data) < position.length:
                raise Damaged(CUT_OFF)
            record = record_of(data)
            if url is not None and not is_of(record, url):
                raise Damaged(f"it holds another page than {url}")
            return archived_response(record)
        except (OSError, ValueError, KeyError, IndexError) as error:
            why = str(error) if isinstance(error, Damaged) else NO_RECORD
            raise ArchiveError(
                f"{place}: {why}",
                reason=ArchiveError.DAMAGED,
                hint="`radar check --deep` lists all damage",
            ) from error

    def _data(self, position: ArchivePosition) -> bytes:
        with (self.folder / position.file).open("rb") as file:
            file.seek(position.offset)
            return file.read(position.length)

    def sync(self) -> None:
        """Make everything appended so far survive a power cut."""
        if self._file is not None:
            with naming(self.folder / self._name):
                self._file.flush()
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Sync and close the file."""
        try:
            self.sync()
        finally:
            file, self._file = self._file, None
            if file is not None:
                with naming(self.folder / self._name):
                    file.close()

    def _write(
        self,
        kind: WarcRecordType,
        url: str,
        block: bytes,
        content_type: str,
        moment: datetime,
        *,
        truncated: bool,
        provenance: Provenance | None,
        record_id: str | None = None,
        concurrent_to: str | None = None,
    ) -> ArchivePosition:
        data = _record(
            kind,
            url,
            block,
            content_type,
            moment,
            truncated=truncated,
            provenance=provenance,
            fields={"WARC-Record-ID": record_id, "WARC-Concurrent-To": concurrent_to},
        )
        with naming(self.folder):
            file = self._open(len(data))
            position = ArchivePosition(self._name, self._end, len(data))
            file.write(data)
        self._end += len(data)
        return position

    def _open(self, size: int) -> BinaryIO:
        """The file to append `size` bytes to."""
        if self._file is not None and self._end + size > self._max_bytes:
            self.close()
        elif self._file is None:
            self._resume()
        if self._file is None:
            self._begin()
        if self._file is None:
            raise AssertionError("a file was opened")
        return self._file

    def _resume(self) -> None:
        """Continue the newest file, if everything in it is committed."""
        newest = max(archive_paths(self.folder), default=None)
        if newest is None or self._committed_end is None:
            return
        end = self._committed_end(newest.name)
        whole = _cut_half_record(newest, end)
        if whole != end or not 0 < end < self._max_bytes:
            return
        self._file = newest.open("r+b")
        self._file.seek(end)
        self._name, self._end = newest.name, end

    def _is_committed(self, name: str) -> bool:
        return self._committed_end is not None and self._committed_end(name) > 0

    def _begin(self) -> None:
        """Start the next file with a record that describes it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        newest = max(archive_paths(self.folder), default=None)
        number = int(newest.name.split("-")[1].split(".")[0]) + 1 if newest else 1
        while self._is_committed(f"rohstoffradar-{number:06}.warc.gz"):
            number += 1  # it was lost: its place stays free until it is put back
        self._name = f"rohstoffradar-{number:06}.warc.gz"
        self._file = (self.folder / self._name).open("xb")
        sync_folder(self.folder)
        data = _record(
            WarcRecordType.warcinfo,
            None,
            about_file(read_owner(self.folder)),
            "application/warc-fields",
            datetime.now(UTC),
            truncated=False,
        )
        self._file.write(data)
        self._end = len(data)


def _cut_half_record(path: Path, start: int) -> int:
    """Cut off what follows the last whole record, and return its end; a file without any is
    removed. `start`: end of a record that is known.
    """
    whole = whole_end(path, start)
    if whole == 0:
        path.unlink()
    elif whole < path.stat().st_size:
        with path.open("r+b") as file:
            file.truncate(whole)
    return whole


def whole_end(path: Path, start: int) -> int:
    """End of the last whole record; `start`: end of a record that is known, if the file has it."""
    end = start if start <= path.stat().st_size else 0
    with path.open("rb") as file:
        file.seek(end)
        for stretch in stretches(file):
            if stretch.record is not None:
                end = stretch.end
    return end


def _record(
    kind: WarcRecordType,
    url: str | None,
    block: bytes,
    content_type: str,
    moment: datetime,
    *,
    truncated: bool,
    provenance: Provenance | None = None,
    fields: Mapping[str, str | None] = MappingProxyType({}),
) -> bytes:
    """A whole record as one gzip member; `fields`: further ones of its head."""
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Date"] = (
        moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    )
    record.headers["Content-Type"] = _one_line(content_type)
    if url is not None:
        record.headers["WARC-Target-URI"] = target_uri(url)
    if truncated:
        record.headers["WARC-Truncated"] = _TRUNCATED
    if provenance is not None:
        record.headers[_PROVENANCE] = provenance.to_field()
    for name, value in fields.items():
        if value is not None:
            record.headers[name] = value
    record.set_bytes_content(block)
    buffer = io.BytesIO()
    record.write(buffer, checksum_data=True)
    return isal_zlib.compress(buffer.getbuffer(), _COMPRESSION, GZIP)


def target_uri(url: str) -> str:
    """An address as the archive writes it."""
    return quote(_one_line(url), safe="%/:=&?~#+!$,;'@()*[]")


def is_of(record: WarcRecord, url: str) -> bool:
    """Whether the record is that of an address."""
    return target_uri(record.headers.get("WARC-Target-URI") or "") == target_uri(url)


def archived_response(record: WarcRecord) -> ArchivedResponse:
    """What a record holds; raises ValueError, KeyError or IndexError for one that isn't ours."""
    headers = {name.lower(): value for name, value in record.headers.to_tuples()}
    block = record.reader.read()
    status, fields = 200, {"content-type": headers.get("content-type", "")}
    if record.record_type == WarcRecordType.response:
        head, _, block = block.partition(b"\r\n\r\n")
        first, *lines = head.decode("utf-8").split("\r\n")
        status = int(first.split(" ")[1])
        fields = dict(_field(line) for line in lines)
    return ArchivedResponse(
        headers["warc-target-uri"],
        status,
        fields,
        block,
        datetime.fromisoformat(headers["warc-date"]),
        truncated="warc-truncated" in headers,
        converted=record.record_type == WarcRecordType.conversion,
        provenance=Provenance.from_field(headers.get(_PROVENANCE.lower())),
    )


def _provenance(response: Response) -> Provenance | None:
    if response.source is None:
        return None
    return Provenance(response.url, response.source, response.purpose)


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
