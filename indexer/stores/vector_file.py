"""The vectors of the embedded store: a file of records of one size, read where it lies.

Nearest documents are exact: every vector that is asked about is compared. Where there are more
than `EXACT` of them, only the `LIKELIEST` are: those whose signs agree best with the question's
(the share of agreeing signs estimates the angle: Charikar, "Similarity estimation techniques from
rounding algorithms", 2002).

One process writes, others read meanwhile. Records are added at the end; those of a document that
is replaced or removed are overwritten with zeros, which are near to nothing. Once these are the
most of it, the writer puts a file without them in its place. Vectors are written before the index
commits: after a crash in between, the document is written again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.meaning.nearness import LEAST, MOST, NearDocuments, Nearness
from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.records.document import DocumentId, PassageVector
from indexer.records.durable_files import replace_durably
from indexer.stores.entry import tie_of

EXACT = 20_000
"""Vectors that a question is compared with, each of them; a search reads 10 MB then."""
LIKELIEST = 20_000
"""Of more vectors than that: of 300,000 with many that are equally near, the nearest twenty stay
the same but for one in 500 (with 10,000 one in 70), which an answer ranks by more than nearness.
"""
_BLOCK, _BLOCK_OF_SIGNS = 256, 8_192
_RECORD = np.dtype(
    [("id", "S16"), ("passage", "<u2"), ("", "V2"), ("length", "<f4"), ("vector", "i1", DIMENSIONS)]
)
"""`length`: of the vector, so that a cosine takes one product."""


class Scope:
    """Among which documents questions are asked: those with some ties, or all `but` these. It keeps
    which records of the file these are, as long as no record is added.
    """

    def __init__(self, ties: Iterable[int], *, but: bool) -> None:
        self._ties = np.sort(np.fromiter(ties, np.int64))
        self._but = but
        self._known: tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]] | None = None

    def left_out(
        self, ties: npt.NDArray[np.int64], documents: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Which records it leaves out, by the ties of all documents, in order, and the place among
        these of each record's.
        """
        known = self._known
        if known is None or known[0] is not documents:
            places = np.searchsorted(ties, self._ties)
            is_within = places < len(ties)
            places, asked = places[is_within], self._ties[is_within]
            is_left_out = np.full(len(ties), not self._but)
            is_left_out[places[ties[places] == asked]] = self._but
            known = self._known = documents, is_left_out[documents]
        return known[1]


EVERYTHING = Scope((), but=True)


class VectorFile:
    """The file at `path`, which need not exist."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._records = np.zeros(0, _RECORD)
        self._signs: npt.NDArray[np.uint64] = np.zeros((DIMENSIONS // 64, 0), np.uint64)
        self._gone: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        """Records that were met wiped: their signs are those from before."""
        self._ties: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        """Of the documents (`indexer.stores.entry.tie_of`), in order."""
        self._documents: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        """Of each record, the place of its document among the ties."""
        self._file: int | None = None
        """Number of the file that is read: a writer may put another one in its place."""
        self._rows: dict[bytes, list[int]] | None = None
        """Of the writer: id → numbers of its records."""

    def replace(self, documents: Iterable[tuple[DocumentId, Iterable[PassageVector]]]) -> None:
        """Write the vectors of documents in place of those that they had; durable on return."""
        listed = [(identity, list(vectors)) for identity, vectors in documents]
        before = [row for identity, _ in listed for row in self._known().pop(_key(identity), ())]
        made = [(identity, found) for identity, vectors in listed for found in vectors]
        if not made and not before:
            return
        first = self._path.stat().st_size // _RECORD.itemsize if self._path.exists() else 0
        try:
            with self._path.open("r+b" if first else "wb") as file:
                file.seek(first * _RECORD.itemsize)  # over a record that was not written to its end
                file.write(_records(made).tobytes())
                _wipe(file.fileno(), before)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._rows = None  # what was written is looked up before the next time
            raise
        for number, (identity, _) in enumerate(made, first):
            self._known().setdefault(_key(identity), []).append(number)

    def remove(self, documents: Collection[DocumentId]) -> None:
        """Overwrite the vectors of documents; durable on return."""
        self.replace((identity, ()) for identity in documents)

    def nearest(self, question: Vector, scope: Scope = EVERYTHING) -> NearDocuments:
        """The documents of a scope with a passage that is near to the question."""
        with self._lock:
            self._refresh()
            records, signs, gone = self._records, self._signs, self._gone
            ties, documents = self._ties, self._documents
        left_out = scope.left_out(ties, documents)
        wanted = np.frombuffer(question, np.int8)
        rows = None
        if len(records) - np.count_nonzero(left_out) > EXACT:
            rows = _most_agreeing(records, signs, gone, left_out, wanted)
        elif left_out.any():
            rows = np.flatnonzero(~left_out)
        cosines = _cosines(records, rows, wanted)
        near = np.flatnonzero(cosines >= LEAST - 1e-4)
        near = near[np.argsort(-cosines[near], kind="stable")]
        found: dict[DocumentId, Nearness] = {}
        for some in (near[start : start + MOST] for start in range(0, len(near), MOST)):
            told = records[some if rows is None else rows[some]]
            named = zip(told["id"].tolist(), told["passage"].tolist(), strict=True)
            for (name, passage), exact in zip(named, cosines[some].tolist(), strict=True):
                cosine = round(exact, 4)
                if cosine >= LEAST and len(found) < MOST:
                    found.setdefault(DocumentId(name.decode()), Nearness(cosine, passage))
            if len(found) == MOST:
                break
        return found

    def _refresh(self) -> None:
        """Look at what was added since the last question."""
        try:
            file = self._path.open("rb")
        except FileNotFoundError:
            return
        with file:
            status = os.fstat(file.fileno())
            count, is_same = status.st_size // _RECORD.itemsize, status.st_ino == self._file
            known = min(len(self._records), count) if is_same else 0
            if (is_same and count == len(self._records)) or not count:
                return
            # Of the file that is open: what is at its path may be another one by now.
            # As a plain array: each look at a part of a `memmap` makes another one.
            self._records = np.asarray(np.memmap(file, _RECORD, "r", shape=(count,)))
            self._file = status.st_ino
        added = self._records[known:]
        self._signs = np.concatenate([self._signs[:, :known], _signs_of(added["vector"])], 1)
        ties = self._ties[self._documents[:known]], _ties_of(added["id"].tolist())
        self._ties, self._documents = np.unique(np.concatenate(ties), return_inverse=True)
        self._gone = np.concatenate([self._gone[:known], np.zeros(count - known, np.bool_)])

    def _known(self) -> dict[bytes, list[int]]:
        if self._rows is None:
            self._refresh()
            self._leave_out_wiped()
            self._rows = {}
            for number, identity in enumerate(self._records["id"].tolist()):
                if identity:
                    self._rows.setdefault(identity, []).append(number)
        return self._rows

    def _leave_out_wiped(self) -> None:
        """Put a file without the wiped records in place, if they are many, and the most of it: who
        reads all pages again now and then would else have a file that grows without end.
        """
        is_kept = self._records["id"] != b""
        kept = int(np.count_nonzero(is_kept))
        if len(self._records) - kept <= max(EXACT, kept):
            return
        blocks = (slice(at, at + _BLOCK) for at in range(0, len(self._records), _BLOCK))
        with suppress(OSError):  # there is no room for both: another time
            replace_durably(self._path, (self._records[b][is_kept[b]].tobytes() for b in blocks))
        self._refresh()


def _ties_of(identities: list[bytes]) -> npt.NDArray[np.int64]:
    known = {identity: tie_of(identity) for identity in set(identities)}
    return np.array([known[identity] for identity in identities], np.int64)


def _key(identity: DocumentId) -> bytes:
    return identity.encode()[:16]


def _records(made: list[tuple[DocumentId, PassageVector]]) -> npt.NDArray[np.void]:
    records = np.zeros(len(made), _RECORD)
    for record, (identity, (passage, vector)) in zip(records, made, strict=True):
        record["id"], record["passage"] = _key(identity), passage
        record["vector"] = np.frombuffer(vector, np.int8)
    records["length"] = np.linalg.norm(records["vector"].astype(np.float32), axis=1)
    return records


def _wipe(file: int, rows: Iterable[int]) -> None:
    nothing = bytes(_RECORD.itemsize)
    for row in rows:
        os.pwrite(file, nothing, row * _RECORD.itemsize)


def _cosines(
    records: npt.NDArray[np.void],
    rows: npt.NDArray[np.intp] | None,
    question: npt.NDArray[np.int8],
) -> npt.NDArray[np.float32]:
    """Cosine of each record, or of each of some, as Elasticsearch has it to the last bit, for ranks
    hang on it; of a wiped one 0. Converted block by block, within the cache; row by row, for a
    product of a whole block is shared among threads, whose waiting for each other takes longer by
    far. The blocks lie in the same memory: a server gets new pages for each large array.
    """
    wanted = question.astype(np.float32)  # products are whole numbers below 2**24: exact
    count = len(records) if rows is None else len(rows)
    products, lengths = np.empty(count, np.float32), np.empty(count, np.float64)
    block = np.empty((_BLOCK, DIMENSIONS), np.float32)
    taken = np.empty((_BLOCK, _RECORD.itemsize), np.uint8)
    as_bytes = records.view(np.uint8).reshape(len(records), _RECORD.itemsize)
    for start in range(0, count, _BLOCK):
        some = records[start : start + _BLOCK]
        if rows is not None:  # as bytes they are copied four times as fast
            which = rows[start : start + _BLOCK]
            np.take(as_bytes, which, axis=0, out=taken[: len(which)], mode="clip")
            some = taken[: len(which)].view(_RECORD)[:, 0]
        np.copyto(block[: len(some)], some["vector"])
        np.vecdot(block[: len(some)], wanted, out=products[start : start + len(some)])
        lengths[start : start + len(some)] = some["length"]
    squares = np.rint(lengths**2) * float(wanted @ wanted)
    cosines = (products / np.sqrt(np.maximum(squares, 1.0))).astype(np.float32)
    # A cluster tells (1 + cosine) / 2, in as many bits.
    shown: npt.NDArray[np.float32] = np.multiply((1 + cosines) / 2, 2, dtype=np.float32) - 1
    return shown


def _signs_of(vectors: npt.NDArray[np.int8]) -> npt.NDArray[np.uint64]:
    """A bit for each number above zero, in columns of 64: they are compared column by column."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(bits.view(np.uint64).T)


def _most_agreeing(
    records: npt.NDArray[np.void],
    signs: npt.NDArray[np.uint64],
    gone: npt.NDArray[np.bool_],
    left_out: npt.NDArray[np.bool_],
    question: npt.NDArray[np.int8],
) -> npt.NDArray[np.intp]:
    """Numbers of the `LIKELIEST` records, in their order, but for those left out: these agree best
    in their signs, and there are more if several agree as well as the last one. What turns out to
    be wiped is entered in `gone`, and takes the place of no other.
    """
    wanted = _signs_of(question.reshape(1, -1))
    differing = np.empty(signs.shape[1], np.uint16)
    unlike = np.empty((len(signs), _BLOCK_OF_SIGNS), np.uint64)
    bits = np.empty(unlike.shape, np.uint8)
    for start in range(0, signs.shape[1], _BLOCK_OF_SIGNS):
        some = signs[:, start : start + _BLOCK_OF_SIGNS]
        width = some.shape[1]
        np.bitwise_xor(some, wanted, out=unlike[:, :width])
        np.bitwise_count(unlike[:, :width], out=bits[:, :width])
        np.sum(bits[:, :width], axis=0, dtype=np.uint16, out=differing[start : start + width])
    differing[left_out] = DIMENSIONS + 2
    while True:
        differing[gone] = DIMENSIONS + 1
        # Numbers of this size are counted in less time than they are partitioned.
        reached = np.bincount(differing).cumsum()
        best = np.flatnonzero(differing <= np.searchsorted(reached, LIKELIEST))
        wiped = best[(records["id"][best] == b"") & ~gone[best]]
        if not len(wiped):
            return best
        gone[wiped] = True
