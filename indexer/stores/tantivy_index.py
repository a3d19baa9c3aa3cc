"""One tantivy index in one folder: opens, writes and reads it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tantivy import DocAddress, Document, Index, IndexWriter, Query, Schema, SchemaBuilder, Searcher

from indexer.loaded_programs import give_back_again
from indexer.meaning.packing import ENCODER_VERSION
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import MERGED_FIELDS, VALUE_FIELDS, WORD_FIELDS
from indexer.query.record import EventSummary, PassageText, SearchRecord
from indexer.query.view import PageView
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.durable_files import replace_durably
from indexer.records.errors import (
    DocumentRejected,
    IndexDamaged,
    SchemaMismatch,
    StoreError,
    StoreUnavailable,
)
from indexer.records.half_characters import without_halves
from indexer.records.origin import Origin
from indexer.records.read_only_disks import why_not_writable
from indexer.stores.entry import (
    EVENT_DAYS,
    SCHEMA_VERSION,
    STREAMS,
    IndexEntry,
    form_field,
    make_entry,
    token_field,
)
from indexer.stores.event_order import spans_written
from indexer.stores.mapped_files import give_back, mapped_memory
from indexer.stores.tantivy_files import damaged_files
from indexer.stores.tantivy_names import (
    NUMBERED_FIELDS,
    entry_field,
    entry_of,
    form_number_field,
    number_field,
    number_of,
    written_values,
)
from indexer.text.analysis import ANALYZER_VERSION, Analyzer

if TYPE_CHECKING:
    from indexer.stores.vector_file import VectorFile

EVENT_SPANS = "event_spans"
"""Column of the days of a document's events (`event_order.spans_written`)."""

_VERSION_FILE = "rohstoffradar.json"
_ORIGIN_FILE = "origin.json"
_VECTOR_FILE = "vectors"
_VERSION = {
    "schema": SCHEMA_VERSION,
    "analyzer": ANALYZER_VERSION,
    "encoder": ENCODER_VERSION,
}
_WRITER_MEMORY = 48_000_000
"""Bytes of the writer's buffer; with one thread the whole process stays small."""
_NO_DAMAGE = ("Permission denied", "PermissionDenied", "Too many open files", "Read-only file")
"""In messages of the engine: the system refuses what would be there."""
_ID_PREFIXES = [f"{number:02x}" for number in range(256)]
"""How ids begin (`document_id`)."""
MUCH = 9 * 1024 * 1024
"""Bytes of files and programs that what is read once holds until it lets go of them. Of 4,000
documents 340 to 395 come to it (with 11 MiB 320); letting go after each takes four times as long.
"""
_LITTLE_SPACE = 64 * 1024 * 1024
"""Free bytes below which an unexplained failure is attributed to the disk."""


class TantivyIndex:
    """An index folder. Errors of the engine are raised as StoreError."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._writer: IndexWriter | None = None
        with engine_errors(folder):
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = Index(_build_schema(), path=str(folder), reuse=False)
                (folder / _VERSION_FILE).write_text(json.dumps(_VERSION))
            else:
                _check_version(folder)
                self._index = Index.open(str(folder))
            self._index.config_reader("manual")
            # Asked first: a commit of another process meanwhile is looked for again.
            self._seen_state = self.commit_state()
            self._segments: frozenset[str] = frozenset()
            """Names of the files that the readers have open; empty: not known."""
            self._reload()

    @cached_property
    def vectors(self) -> VectorFile:
        """The vectors of the index."""
        # numpy, which takes 5 MiB that no search needs but those by meaning
        from indexer.stores.vector_file import VectorFile  # noqa: PLC0415

        return VectorFile(self.folder / _VECTOR_FILE)

    def verify(self) -> None:
        """Read all files; raises IndexDamaged if one is not as it was written."""
        for name, reason in self.damage():
            raise index_damaged(self.folder, f"{name}: {reason}")

    def damage(self) -> Iterator[tuple[str, str]]:
        """Name and reason of each file that is not as it was written; reads all of them."""
        return damaged_files(self.folder)

    @property
    def schema(self) -> Schema:
        """The schema for queries."""
        return self._index.schema

    def searcher(self) -> Searcher:
        """A view of the last commit, even by another process."""
        state = self.commit_state()
        # An index that a rebuild has removed stays open for the searches that use it.
        if state is not None and state != self._seen_state:
            with self._lock, engine_errors(self.folder):
                self._reload()
                self._seen_state = state
        return self._index.searcher()

    def forget(self) -> None:
        """Hold nothing in memory of what was read: the engine keeps a hundred blocks of documents
        for each segment (1.5 MiB) as long as its readers live, the system the pages of its files.
        What a searcher was given before stays with it alone.
        """
        self._open_readers_anew()
        self._give_back(scattered=False)

    @contextmanager
    def read_once(self) -> Iterator[None]:
        """What is read meanwhile comes without what stands beside it, and is forgotten then. Other
        searches read on as ever, whether or not the next stretch of a reading is ever asked for.
        """
        self._give_back(scattered=True)
        try:
            yield
        finally:
            self.let_go()  # opening readers needs other pages of both
            self.forget()

    def let_go(self) -> None:
        """Between two parts of what is read once: the pages of files and of programs that one of
        them took are not held beside those that the next one takes.
        """
        self._give_back(scattered=True)
        give_back_again()

    def let_go_of_much(self) -> None:
        """Within a part of what is read once: the same, as soon as it is more than is worth it."""
        if mapped_memory() > MUCH:
            self.let_go()

    def _give_back(self, *, scattered: bool) -> None:
        with self._lock:
            # Whoever has a searcher has its files mapped.
            searcher, kept_open = self._index.searcher(), self._segments
        give_back(self.folder, scattered=scattered, kept_open=kept_open)
        del searcher

    def _open_readers_anew(self) -> None:
        with suppress(StoreError), self._lock, engine_errors(self.folder):
            if self.commit_state() is not None:  # else, or meanwhile, a rebuild removes the files
                self._reload()

    def _reload(self) -> None:
        """Open readers of the last commit. Segments are told of one only that surely is it."""
        self._segments = frozenset()
        before = self.commit_state()
        self._index.reload()
        segments = _segments(self.folder)
        if before is not None and before == self.commit_state():
            self._segments = segments

    def count(self) -> int:
        """Number of documents."""
        with engine_errors(self.folder):
            return int(self.searcher().num_docs)

    def open_writer(self) -> IndexWriter:
        """The writer, held until `close`; StoreUnavailable while another process has it."""
        if self._writer is None:
            with engine_errors(self.folder):
                self._writer = self._index.writer(_WRITER_MEMORY, 1)
        return self._writer

    def write(self, documents: Iterable[StoredDocument], compiler: QueryCompiler) -> None:
        """Insert or replace documents newer than the index's; durable and visible on return."""
        newest: dict[DocumentId, StoredDocument] = {}
        for stored in documents:
            other = newest.get(stored.id)
            if other is None or other.revision <= stored.revision:
                newest[stored.id] = stored
        searcher = self.searcher()
        newer = [
            stored
            for stored in newest.values()
            if stored.revision >= self._revision(searcher, stored.id)
        ]
        made: list[tuple[DocumentId, Document]] = []
        reasons: dict[str, str] = {}
        for stored in newer:
            try:
                made.append((stored.id, _make_document(compiler.view(stored))))
            except UnicodeEncodeError as error:  # lone surrogates in an id or a value
                reasons[stored.id] = str(error)
        if made:
            from indexer.meaning.vectors import in_context  # noqa: PLC0415  # numpy, as above

            with self._transaction() as writer:
                self.vectors.replace(
                    (s.id, in_context(s.vectors)) for s in newer if s.id not in reasons
                )
                for identity, document in made:
                    writer.delete_documents_by_term("id", identity)
                    writer.add_document(document)
        if reasons:
            raise DocumentRejected.of(reasons)

    def delete(self, ids: Collection[DocumentId]) -> None:
        """Remove documents by id."""
        if ids:
            with self._transaction() as writer:
                self.vectors.remove(ids)
                for identity in ids:
                    writer.delete_documents_by_term("id", identity)

    def revisions(self) -> Mapping[DocumentId, int]:
        """Id → revision of all documents."""
        return dict(self.iter_revisions())

    def iter_revisions(self) -> Iterator[tuple[DocumentId, int]]:
        """Id and revision of all documents, of a share of the ids at a time."""
        searcher = self.searcher()
        for prefix in _ID_PREFIXES:
            with engine_errors(self.folder):
                found = searcher.terms_with_prefix(
                    "revision_of", prefix, filter_query=Query.all_query()
                )
                pairs = [term.rsplit(" ", 1) for term, _ in found]
            yield from ((DocumentId(identity), int(revision)) for identity, revision in pairs)

    def origin(self) -> Origin | None:
        """What the index was filled from; None: it does not say."""
        try:
            return Origin.from_json(json.loads((self.folder / _ORIGIN_FILE).read_text()))
        except (OSError, ValueError):
            return None

    def mark(self, origin: Origin) -> None:
        """Write what the index is filled from; durable on return."""
        with engine_errors(self.folder):
            replace_durably(self.folder / _ORIGIN_FILE, json.dumps(origin.to_json()).encode())

    def close(self) -> None:
        """Finish merging and release the lock."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with engine_errors(self.folder):
                writer.wait_merging_threads()

    @contextmanager
    def _transaction(self) -> Iterator[IndexWriter]:
        """Commit everything inside together; after a failure a new writer is opened."""
        writer = self.open_writer()
        done = False
        try:
            with engine_errors(self.folder):
                yield writer
                writer.commit()
                with self._lock:
                    self._reload()
            self._seen_state = self.commit_state()
            done = True
        finally:
            if not done:
                self._writer = None

    def _revision(self, searcher: Searcher, identity: DocumentId) -> int:
        """Revision of a document in the index; 0: none."""
        with engine_errors(self.folder):
            query = Query.term_query(self.schema, "id", identity)
            hits = searcher.search(query, limit=1, count=False).hits
            if not hits:
                return 0
            revision = searcher.fast_field_values("revision", [hits[0][1]])[0]
        return int(revision or 0)

    def commit_state(self) -> tuple[int, int] | None:
        """Changes with every commit: tantivy replaces its meta.json. None: a rebuild removed it."""
        try:
            status = (self.folder / "meta.json").stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Turn the errors of tantivy into StoreError with a hint: ValueError, and its panics.

    What the engine says of a damaged file is its cause, and no advice to whoever reads it.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise _store_error(str(error), folder) from error
    except BaseException as error:
        # What a panic of Rust becomes is no Exception, and can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise index_damaged(folder, "the engine failed on its files") from error


def _store_error(message: str, folder: Path) -> StoreError:
    if "LockBusy" in message:
        return StoreUnavailable(
            "another process is writing to the search index",
            hint="wait for the other run to end",
        )
    if "Lockfile" in message:
        return StoreUnavailable(
            f"the search index in {folder} can't be written",
            hint=why_not_writable(folder, message)
            or "searching needs a lock file in the data folder too: check its rights",
        )
    full = "No space left" in message or "too large" in message or "StorageFull" in message
    read_only = why_not_writable(folder, message)  # such a disk is often full to its last byte
    if full or (read_only is None and _free_bytes(folder) < _LITTLE_SPACE):
        return StoreUnavailable(
            f"no space left for the search index in {folder}",
            hint="free disk space and run again; nothing that was indexed is lost",
        )
    if any(sign in message for sign in _NO_DAMAGE):
        return StoreUnavailable(
            f"the search index in {folder} can't be used: {message}",
            hint=read_only
            or "check the rights of its files, and how many may be open (`ulimit -n`)",
        )
    return index_damaged(folder, "the engine can't read its files")


def index_damaged(folder: Path, reason: str) -> IndexDamaged:
    """The error for an index that is not as it was written."""
    return IndexDamaged(
        f"the search index in {folder} is damaged: {' '.join(reason.split())}",
        hint="`radar rebuild` builds it again from the database",
    )


def _segments(folder: Path) -> frozenset[str]:
    """Names, but for their endings, of the files of the last commit's segments; empty where a
    rebuild has removed it. Lists of what was deleted of a segment have a number besides: a commit
    has one of its own, which is not told.
    """
    try:
        listed = json.loads((folder / "meta.json").read_bytes())["segments"]
    except (OSError, ValueError, KeyError):
        return frozenset()
    return frozenset(each["segment_id"].replace("-", "") for each in listed)


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return _LITTLE_SPACE


def _check_version(folder: Path) -> None:
    made_by = None
    for name in (_VERSION_FILE, "meta.json"):
        try:
            said = json.loads((folder / name).read_bytes())
        except FileNotFoundError:
            said = None
        except ValueError as error:
            raise index_damaged(folder, f"{name}: its bytes have changed") from error
        made_by = said if name == _VERSION_FILE else made_by
    if made_by != _VERSION or not Index.is_compatible(str(folder)):
        raise SchemaMismatch(
            "the search index was made by another version of Rohstoffradar",
            hint="radar rebuild builds it again from the database",
        )


def _build_schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("revision_of", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("revision", fast=True)
    for field in WORD_FIELDS:
        for stream in STREAMS:
            option = "freq" if stream == "parts" else "position"
            builder.add_text_field(
                token_field(field, stream), tokenizer_name="whitespace", index_option=option
            )
    for field in (*VALUE_FIELDS, *map(entry_field, NUMBERED_FIELDS)):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    for field in (*map(number_field, NUMBERED_FIELDS), *map(form_number_field, MERGED_FIELDS)):
        builder.add_integer_field(field, fast=True)
    for name in EVENT_DAYS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("published_first", "published_last", "first_seen", "newest", "latest_event"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field(EVENT_SPANS, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def _make_document(view: PageView) -> Document:
    record = view.record
    entry: IndexEntry = make_entry(view)
    document = Document()
    document.add_text("id", record.id)
    document.add_text("revision_of", f"{record.id} {record.revision}")
    document.add_integer("revision", record.revision)
    for field, tokens in entry.tokens.items():
        document.add_text(field, tokens)
    for field, values in entry.values.items():
        for value in values:
            document.add_text(field, value)
    for field in NUMBERED_FIELDS:
        values = entry.values.get(field, ())
        for value, written in written_values(values, entry.forms.get(form_field(field), ())):
            document.add_integer(number_field(field), number_of(value))
            document.add_text(entry_field(field), entry_of(value, written))
            if field in MERGED_FIELDS:
                document.add_integer(form_number_field(field), number_of(written))
    for token in entry.event_days:
        document.add_text("event_days", token)
    for token in entry.sure_event_days:
        document.add_text("sure_event_days", token)
    if entry.published:
        document.add_integer("published_first", entry.published[0])
        document.add_integer("published_last", entry.published[1])
    document.add_integer("first_seen", entry.first_seen)
    document.add_integer("newest", entry.newest)
    document.add_integer("latest_event", entry.latest_event)
    document.add_text(EVENT_SPANS, spans_written(entry.events))
    document.add_bytes("record", _stored_record(view))
    return document


def _stored_record(view: PageView) -> bytes:
    """What hits are made from: the record, and the token strings in which marks are found."""
    record = view.record._replace(details=view.details.to_json())
    return json.dumps(
        [record, view.passages.stored_tokens()], ensure_ascii=False, separators=(",", ":")
    ).encode(errors="surrogatepass")


def read_view(searcher: Searcher, address: DocAddress, analyzer: Analyzer) -> PageView:
    """A found document as the index stores it."""
    kept, tokens = json.loads(_text_of(searcher.doc(address).get_first("record") or b""))
    record = SearchRecord._make(kept)
    passages = tuple(map(PassageText._make, record.passages))
    events = tuple(map(EventSummary._make, record.events))
    return PageView(record._replace(passages=passages, events=events), analyzer, tokens)


def _text_of(record: bytes) -> str:
    try:
        return record.decode()
    except UnicodeDecodeError:
        return without_halves(record.decode(errors="surrogatepass"))
