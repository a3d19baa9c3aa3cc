"""The vectors of the embedded store: replaced, removed, and found exactly."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from indexer.meaning.nearness import LEAST
from indexer.meaning.packing import Vector
from indexer.meaning.vectors import cosine, quantised
from indexer.records.document import DocumentId, PassageVector
from indexer.stores import vector_file as vector_file_module
from indexer.stores.vector_file import VectorFile

CHANCE = np.random.default_rng(11)
QUESTION_ROW = CHANCE.standard_normal(512)
(QUESTION,) = quantised(QUESTION_ROW[None].astype(np.float32))


def near_vectors(count: int, spread: float = 2.0) -> list[Vector]:
    """Vectors at many distances from the question."""
    noise = CHANCE.uniform(0.1, spread, (count, 1)) * CHANCE.standard_normal((count, 512))
    return quantised((QUESTION_ROW + noise).astype(np.float32))


def name(number: int) -> DocumentId:
    return DocumentId(f"{number:016x}")


def one(
    number: int, vector: Vector, passage: int = 0
) -> tuple[DocumentId, tuple[PassageVector, ...]]:
    return name(number), (PassageVector(passage, vector),)


def told_by_a_cluster(one: Vector, other: Vector) -> float:
    """Cosine as Elasticsearch makes it of bytes: whole numbers, one root, and (1 + cosine) / 2 of
    32 bits.
    """
    first, second = (np.frombuffer(vector, np.int8).astype(np.int64) for vector in (one, other))
    exact = np.float32((first @ second) / np.sqrt(float(first @ first) * float(second @ second)))
    return round(2 * float((np.float32(1) + exact) / np.float32(2)) - 1, 4)


@pytest.fixture
def file(tmp_path: Path) -> VectorFile:
    return VectorFile(tmp_path / "vectors")


def test_without_a_file_nothing_is_near(file: VectorFile) -> None:
    assert file.nearest(QUESTION) == {}
    file.remove([name(1)])
    assert file.nearest(QUESTION) == {}


def test_cosines_are_those_of_a_cluster(file: VectorFile) -> None:
    vectors = near_vectors(500, spread=0.5)
    file.replace(one(number, vector) for number, vector in enumerate(vectors))
    told = {name(n): told_by_a_cluster(QUESTION, vector) for n, vector in enumerate(vectors)}
    found = {identity: nearness.cosine for identity, nearness in file.nearest(QUESTION).items()}
    assert len(found) == 500
    assert found == told


def test_the_nearest_passage_of_each_document_nearest_first(file: VectorFile) -> None:
    vectors = near_vectors(50)
    file.replace(
        (name(number), (PassageVector(0, vectors[number]), PassageVector(3, vectors[number + 25])))
        for number in range(25)
    )
    best = {
        name(n): max((cosine(QUESTION, vectors[n]), 0), (cosine(QUESTION, vectors[n + 25]), 3))
        for n in range(25)
    }
    expected = sorted((-c, i) for i, (c, _) in best.items() if c >= LEAST)
    found = file.nearest(QUESTION)
    assert list(found) == [identity for _, identity in expected]
    for identity, near in found.items():
        exact, passage = best[identity]
        assert near.cosine == pytest.approx(exact, abs=1e-4)
        assert near.passage == passage


@pytest.mark.parametrize("reopened", [False, True])
def test_replaced_and_removed_vectors_are_gone(
    file: VectorFile, tmp_path: Path, reopened: bool
) -> None:
    first, second, third = near_vectors(3, 0.2)
    reader = VectorFile(tmp_path / "vectors")
    file.replace([one(1, first), one(2, second), one(3, third)])
    assert set(reader.nearest(QUESTION)) == {name(1), name(2), name(3)}
    writer = VectorFile(tmp_path / "vectors") if reopened else file
    writer.replace([one(1, third, passage=2), (name(2), ())])
    writer.remove([name(3), name(4)])
    for reading in (reader, writer, VectorFile(tmp_path / "vectors")):
        found = reading.nearest(QUESTION)
        assert list(found) == [name(1)]
        assert found[name(1)].passage == 2


def test_a_record_that_was_not_written_to_its_end_is_written_over(
    file: VectorFile, tmp_path: Path
) -> None:
    first, second = near_vectors(2, 0.2)
    file.replace([one(1, first)])
    with (tmp_path / "vectors").open("ab") as torn:
        torn.write(b"torn")
    later = VectorFile(tmp_path / "vectors")
    assert list(later.nearest(QUESTION)) == [name(1)]
    later.replace([one(2, second)])
    assert set(VectorFile(tmp_path / "vectors").nearest(QUESTION)) == {name(1), name(2)}


def test_where_there_are_many_those_that_agree_in_signs_are_enough(
    file: VectorFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.replace(one(number, vector) for number, vector in enumerate(near_vectors(600, 6.0)))
    exact = list(file.nearest(QUESTION))
    monkeypatch.setattr(vector_file_module, "EXACT", 300)
    assert list(file.nearest(QUESTION))[:20] == exact[:20]


def test_what_was_replaced_takes_no_place_among_many(
    file: VectorFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_file_module, "EXACT", 60)
    far = quantised(CHANCE.standard_normal((200, 512)).astype(np.float32))
    file.replace(one(number, vector) for number, vector in enumerate(far, 100))
    reader = VectorFile(tmp_path / "vectors")
    for _ in range(4):
        file.replace(one(number, vector) for number, vector in enumerate(near_vectors(50, 0.2)))
        for each in (reader, VectorFile(tmp_path / "vectors")):
            found = list(each.nearest(QUESTION))
            assert set(found[:50]) == {name(number) for number in range(50)}


@pytest.mark.parametrize("is_full", [False, True])
def test_what_was_replaced_is_left_out_once_it_is_the_most_of_the_file(
    file: VectorFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_full: bool
) -> None:
    monkeypatch.setattr(vector_file_module, "EXACT", 100)
    path, reader = tmp_path / "vectors", VectorFile(tmp_path / "vectors")
    sizes = []
    for _ in range(8):  # as many runs, each of which reads all pages again
        writer = VectorFile(path)
        with monkeypatch.context() as disk:
            if is_full:
                disk.setattr(Path, "replace", Mock(side_effect=OSError(28, "No space left")))
            writer.replace(one(n, vector) for n, vector in enumerate(near_vectors(90, 0.2)))
        sizes.append(path.stat().st_size // vector_file_module._RECORD.itemsize)
        for each in (reader, writer, VectorFile(path)):
            assert set(each.nearest(QUESTION)) == {name(number) for number in range(90)}
    assert [path.name for path in tmp_path.iterdir()] == ["vectors"]
    assert max(sizes) == (8 * 90 if is_full else 3 * 90)


def test_what_was_written_before_a_failure_is_replaced_too(
    file: VectorFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*anything: object) -> None:
        raise OSError(28, "No space left on device")

    first, second, third = near_vectors(3, 0.2)
    file.replace([one(1, first)])
    with monkeypatch.context() as full:
        full.setattr(vector_file_module, "_wipe", fail)
        with pytest.raises(OSError, match="No space"):
            file.replace([one(1, second, passage=1)])
    file.replace([one(1, third, passage=2)])
    records = np.fromfile(tmp_path / "vectors", vector_file_module._RECORD)
    assert [int(r["passage"]) for r in records if r["id"]] == [2]
