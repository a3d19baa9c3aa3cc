from __future__ import annotations

from indexer.meaning.packing import DIMENSIONS, pack, unpack
from indexer.records.document import PassageVector


def test_vectors_come_back_as_they_were() -> None:
    vectors = (
        PassageVector(0, bytes(range(256)) * 2),
        PassageVector(300, b"\xff" * DIMENSIONS),
    )
    assert unpack(pack(vectors)) == vectors
    assert unpack(b"") == ()


def test_a_passage_that_no_number_reaches_is_left_out() -> None:
    assert pack([PassageVector(1 << 16, bytes(DIMENSIONS))]) == b""
