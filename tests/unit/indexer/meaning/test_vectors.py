from __future__ import annotations

import numpy as np
import pytest

from indexer.meaning.packing import DIMENSIONS
from indexer.meaning.vectors import cosine, drawn_towards, in_context, quantised, unit_rows
from indexer.records.document import PassageVector


def random_rows(count: int) -> np.ndarray:
    rows = np.random.default_rng(7).standard_normal((count, DIMENSIONS)).astype(np.float32)
    units: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def test_a_cosine_is_kept_within_a_hundredth() -> None:
    rows = random_rows(40)
    rows[1] = (rows[0] + 0.3 * rows[1]) / np.linalg.norm(rows[0] + 0.3 * rows[1])
    kept = unit_rows(quantised(rows))
    assert np.abs(rows @ rows.T - kept @ kept.T).max() < 0.01


def test_a_vector_is_as_near_to_itself_as_can_be() -> None:
    (vector,) = quantised(random_rows(1))
    assert len(vector) == DIMENSIONS
    assert cosine(vector, vector) == pytest.approx(1.0)


def test_nothing_is_near_to_nothing() -> None:
    nothing, something = bytes(DIMENSIONS), quantised(random_rows(1))[0]
    assert cosine(nothing, something) == cosine(nothing, nothing) == 0.0


def test_a_vector_is_drawn_towards_another_by_a_share() -> None:
    one, other = quantised(random_rows(2))
    near = cosine(drawn_towards(one, other, 0.2), one)
    nearer = cosine(drawn_towards(one, other, 0.9), other)
    assert near > 0.95
    assert nearer > 0.5 > cosine(one, other)


def test_a_passage_is_drawn_towards_its_page_and_the_beginning_stays() -> None:
    vectors = [PassageVector(number, v) for number, v in enumerate(quantised(random_rows(3)))]
    drawn = in_context(vectors)
    assert drawn[0] == vectors[0]
    assert [found.passage for found in drawn] == [0, 1, 2]
    for before, after in zip(vectors[1:], drawn[1:], strict=True):
        assert 0.5 < cosine(before.vector, after.vector) < 1
        assert cosine(vectors[0].vector, after.vector) > cosine(vectors[0].vector, before.vector)
    assert in_context(vectors[:1]) == (vectors[0],)
    assert in_context(()) == ()
