"""Writes batches to a search store, several at a time if the store accepts that."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from indexer.records.document import StoredDocument
from indexer.records.errors import DocumentRejected

BATCH = 500
"""Documents in one write: a commit of the embedded store costs about 0.1 s however small it is."""

Batch: TypeAlias = Sequence[StoredDocument]
Reasons: TypeAlias = dict[str, str]
"""Id of a document that the store rejects → why."""


def write_batches(
    batches: Iterable[Batch], write: Callable[[Batch], None], *, at_once: int
) -> Iterator[tuple[Batch, Reasons]]:
    """Each batch in order, once the store holds it durably, with the documents that it rejects.

    `at_once`: batches that are written at the same time. Documents of a failed batch may have been
    written or not.
    """
    under_way: deque[tuple[Batch, Future[Reasons]]] = deque()
    with ThreadPoolExecutor(at_once) as writers:
        for batch in batches:
            under_way.append((batch, writers.submit(_write_batch, batch, write)))
            if len(under_way) == at_once:
                first, reasons = under_way.popleft()
                yield first, reasons.result()
        for batch, reasons in under_way:
            yield batch, reasons.result()


def _write_batch(batch: Batch, write: Callable[[Batch], None]) -> Reasons:
    try:
        write(batch)
    except DocumentRejected as error:
        return error.reasons
    return {}
