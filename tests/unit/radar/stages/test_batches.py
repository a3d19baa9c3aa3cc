"""Batches on their way to a store: in order, overlapping, never more than it takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from indexer.records.document import DocumentId, Page, StoredDocument
from indexer.records.errors import DocumentRejected, StoreUnavailable
from radar.stages.batches import Batch, write_batches


def document(name: str) -> StoredDocument:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredDocument(DocumentId(name), f"https://a.example/{name}", "a", 1, moment, Page(None))


def batches(drawn: list[str]) -> Iterator[list[StoredDocument]]:
    for name in "abcd":
        drawn.append(name)
        yield [document(name)]


@pytest.mark.parametrize("at_once", [1, 2])
def test_they_come_back_in_order_and_are_drawn_no_sooner_than_needed(at_once: int) -> None:
    drawn: list[str] = []
    seen = []
    for batch, reasons in write_batches(batches(drawn), lambda batch: None, at_once=at_once):
        seen.append(batch[0].id)
        assert not reasons
        assert len(drawn) <= len(seen) - 1 + at_once
    assert seen == drawn == list("abcd")


def test_two_writes_go_on_at_the_same_time() -> None:
    met = threading.Barrier(2, timeout=20)  # breaks unless two writes wait for each other

    def write(batch: Batch) -> None:
        met.wait()

    assert len(list(write_batches(batches([]), write, at_once=2))) == 4


def test_what_is_refused_comes_with_its_batch_and_a_failure_ends_it() -> None:
    def write(batch: Batch) -> None:
        if batch[0].id == "b":
            raise DocumentRejected.of({"b": "too long"})
        if batch[0].id == "c":
            raise StoreUnavailable("down")

    seen: list[tuple[str, dict[str, str]]] = []
    with pytest.raises(StoreUnavailable):
        seen.extend(
            (batch[0].id, why) for batch, why in write_batches(batches([]), write, at_once=2)
        )
    assert seen == [("a", {}), ("b", {"b": "too long"})]
