"""Vectors of passages: 512 whole numbers from -127 to 127, in as many bytes.

Vectors have length 1 before they are quantised; what is lost changes a cosine by less than 0.01.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.records.document import PassageVector

CONTEXT = 2.0
"""How much the whole page weighs beside one of its passages; chosen on the open halves of
`tests/quality/relevance_queries.yaml` and `questions.yaml`.
"""
Rows: TypeAlias = npt.NDArray[np.float32]


def quantised(vectors: Rows) -> list[Vector]:
    """Each row scaled so that its greatest number is 127 or -127: a cosine knows no length."""
    greatest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = np.rint(vectors * (127.0 / np.maximum(greatest, 1e-9)))
    return [row.tobytes() for row in scaled.astype(np.int8)]


def unit_rows(vectors: Iterable[Vector]) -> Rows:
    """The vectors as rows of length 1, so that products are cosines."""
    rows = np.frombuffer(b"".join(vectors), np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Rows = rows / np.maximum(lengths, 1.0)
    return units


def in_context(vectors: Sequence[PassageVector]) -> tuple[PassageVector, ...]:
    """The vectors of a page as questions are compared with them: the first, that of its beginning,
    as it is, each other one drawn towards what the whole page says. A headline or a sentence alone
    is near to much that it has nothing to do with.
    """
    if len(vectors) < 2:
        return tuple(vectors)
    rows = unit_rows(found.vector for found in vectors)
    whole = rows.sum(axis=0)
    whole /= max(1e-9, float(np.linalg.norm(whole)))
    drawn = quantised(rows[1:] + CONTEXT * whole)
    others = zip(vectors[1:], drawn, strict=True)
    return (vectors[0], *(PassageVector(found.passage, vector) for found, vector in others))


def drawn_towards(vector: Vector, other: Vector, share: float) -> Vector:
    """A vector with a share of another one added, of length 1 both."""
    one, more = unit_rows((vector, other))
    return quantised((one + share * more).reshape(1, -1))[0]


def cosine(one: Vector, other: Vector) -> float:
    """How near two passages are: 1 the same, about 0 nothing in common."""
    first, second = unit_rows((one, other))
    return float(first @ second)
