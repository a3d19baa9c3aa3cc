"""Vectors of a document in one value, as the database keeps them.

Without numpy, which takes time to load that most commands don't need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from indexer.records.document import PassageVector

ENCODER_VERSION = 1
"""Increased when the same text gets another vector: vectors of two versions are not compared."""
Vector: TypeAlias = bytes
"""As it is stored: 512 signed bytes."""
DIMENSIONS = 512
"""Numbers of a vector, each of a byte."""
LONGEST_TEXT = 600
"""Characters of a text that are encoded: of a longer one the beginning."""
REMEDY = "pip install 'rohstoffradar[meaning]'"
"""What to do where the encoder is missing."""
_NUMBER = 2
"""Bytes of the number of a passage."""


def pack(vectors: Sequence[PassageVector]) -> bytes:
    """Vectors of a document in one value, for the database."""
    return b"".join(
        number.to_bytes(_NUMBER) + vector for number, vector in vectors if number < 1 << 8 * _NUMBER
    )


def unpack(kept: bytes) -> tuple[PassageVector, ...]:
    """The inverse of `pack`."""
    return tuple(_unpack(kept))


def _unpack(kept: bytes) -> Iterator[PassageVector]:
    size = _NUMBER + DIMENSIONS
    for start in range(0, len(kept), size):
        number = int.from_bytes(kept[start : start + _NUMBER])
        yield PassageVector(number, kept[start + _NUMBER : start + size])
