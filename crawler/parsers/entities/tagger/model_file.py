"""What a trained file of CRFsuite (0.12) says: the features that its model knows, and how much each
speaks for a span.

The library tells neither by itself: it answers about whole sequences only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crawler.parsers.entities.tagger.labels import BEGIN, INSIDE, OUTSIDE

_MODEL, _CRF, _NAMES = b"lCRF", b"FOMC", b"CQDB"
_PLACES = struct.Struct("<28x3I")
"""Where the header says that weights, labels and features begin."""
_NUMBER = struct.Struct("<I")
_BACKWARD = struct.Struct("<16x2I")
"""How many names there are, and where their places begin."""
_NAME_AT = 8
"""Bytes of a name's number and length, before its letters."""
_COUNT_AT, _WEIGHTS_AT = 8, 12
_NEVER = -1e9
"""What a label is worth that no page of the training had."""
_WEIGHT = np.dtype([("is_step", "<u4"), ("from", "<u4"), ("to", "<u4"), ("weight", "<f8")])
"""Of a feature for a label, or of the step from one label to the next."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What steps between labels are worth, compared with that from outside to outside.

    Of several kinds of spans the greatest value counts.
    """

    to_begin: float
    to_inside: float
    begin_begin: float
    begin_inside: float
    inside_begin: float
    inside_inside: float
    from_begin: float
    from_inside: float


@dataclass(frozen=True, slots=True)
class ModelContent:
    """The features of a model, by their number."""

    features: Sequence[bytes]
    gains: npt.NDArray[np.complex128]
    """What each is worth for a label that begins a span (real part) and for one that goes on with
    it (imaginary part), compared with none: both are added up in one step.
    """
    steps: Steps


def read_model(content: bytes) -> ModelContent:
    """The content of a model file; raises ValueError where it is none."""
    try:
        (size,) = _NUMBER.unpack_from(content, len(_MODEL))
        weights_at, labels_at, features_at = _PLACES.unpack_from(content)
        marks = content[:4], content[8:12], content[features_at : features_at + 4]
        if marks != (_MODEL, _CRF, _NAMES):
            raise ValueError("it is no CRFsuite model")
        if size != len(content):
            raise ValueError("it is cut short")
        features = tuple(_names(content, features_at))
        labels = [name.decode() for name in _names(content, labels_at)]
        (count,) = _NUMBER.unpack_from(content, weights_at + _COUNT_AT)
    except struct.error as error:
        raise ValueError("it is cut short") from error
    rows = np.frombuffer(content, _WEIGHT, count, weights_at + _WEIGHTS_AT)
    of_features, of_steps = rows[rows["is_step"] == 0], rows[rows["is_step"] == 1]
    weights = np.zeros((len(features), len(labels)))
    weights[of_features["from"], of_features["to"]] = of_features["weight"]
    steps = np.zeros((len(labels), len(labels)))
    steps[of_steps["from"], of_steps["to"]] = of_steps["weight"]
    return ModelContent(
        features,
        _gains(weights, labels),
        _steps(steps, labels),
    )


def _names(content: bytes, start: int) -> Iterator[bytes]:
    """The names of a part of the file, by their number."""
    count, places = _BACKWARD.unpack_from(content, start)
    rows = content[start + places : start + places + count * _NUMBER.size]
    for (place,) in _NUMBER.iter_unpack(rows):
        name = start + place + _NAME_AT
        (length,) = _NUMBER.unpack_from(content, name - _NUMBER.size)
        yield content[name : name + length - 1]


def _gains(weights: npt.NDArray[np.float64], labels: Sequence[str]) -> npt.NDArray[np.complex128]:
    begin, inside, outside = (
        weights[:, _columns(labels, mark)].max(axis=1, initial=_NEVER)
        for mark in (BEGIN, INSIDE, OUTSIDE)
    )
    gains = np.empty(len(weights), dtype=np.complex128)
    gains.real, gains.imag = begin - outside, inside - outside
    return gains


def _steps(steps: npt.NDArray[np.float64], labels: Sequence[str]) -> Steps:
    begin, inside, outside = (_columns(labels, mark) for mark in (BEGIN, INSIDE, OUTSIDE))
    ways = (
        (outside, begin),
        (outside, inside),
        (begin, begin),
        (begin, inside),
        (inside, begin),
        (inside, inside),
        (begin, outside),
        (inside, outside),
    )
    worth = [float(steps[np.ix_(*way)].max(initial=_NEVER)) for way in ways]
    none = float(steps[np.ix_(outside, outside)].max(initial=_NEVER))
    return Steps(*(value - none for value in worth))


def _columns(labels: Sequence[str], mark: str) -> list[int]:
    return [at for at, label in enumerate(labels) if label[0] == mark]
