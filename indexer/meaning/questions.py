"""What a question means beside pages: its vector, turned towards the passages that answer such.

A question is a few words, a page is news; the encoder was made for sentences of every kind. Which
of its numbers part the pages of the field was learnt from questions made of words that pages say,
each in any language (`benchmarks.question_training`). Only questions are turned: the vectors of
pages, and how near these are to each other, stay as they are.

The parameters are plain numbers: for each of a few directions, what a question has of it, and what
that adds to its vector.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.meaning.packing import DIMENSIONS, ENCODER_VERSION, Vector
from indexer.meaning.vectors import quantised, unit_rows

PARAMETERS = Path(__file__).with_name("questions.json")
VERSION = 1
"""Increased when the same numbers would mean something else."""
DIRECTIONS = 64
"""As many do as well as all 512."""
_LARGEST = 127
"""Of the whole numbers that the parameters are kept as."""

_DAMAGED = (OSError, ValueError, TypeError, LookupError, OverflowError, RecursionError)
"""What a file that is cut short, or has another content, may raise."""

logger = logging.getLogger(__name__)

Rows = npt.NDArray[np.float32]


def as_question(vector: Vector, parameters: Path = PARAMETERS) -> Vector:
    """The vector of a question as pages are compared with it."""
    known = _read(parameters)
    if known is None:
        return vector
    has, adds = known
    one = unit_rows([vector])
    turned = one + (one @ has.T) @ adds
    return quantised(np.asarray(turned, np.float32))[0]


@cache
def _read(parameters: Path) -> tuple[Rows, Rows] | None:
    """What a question has of each direction, and what that adds; None, and a warning, where the
    file is damaged, or fits another version of the program or its encoder.
    """
    try:
        return _parse(json.loads(parameters.read_text("utf-8")))
    except _DAMAGED as error:
        logger.warning(
            "%s can't be used (%s): questions are compared with pages as they are. Install the "
            "program again, or make the file anew with python -m benchmarks.question_training.",
            parameters.name,
            error,
        )
        return None


def _parse(kept: Mapping[str, Any]) -> tuple[Rows, Rows]:
    if (kept["version"], kept["encoder"]) != (VERSION, ENCODER_VERSION):
        raise ValueError("it is of another version")
    scales, has, adds = (np.asarray(kept[key], np.float32) for key in ("scales", "has", "adds"))
    shape = (len(scales), DIMENSIONS)
    if has.shape != shape or adds.shape != shape or not np.isfinite(scales).all():
        raise ValueError("its numbers are not those of a trainer")
    return has * scales[:, None], adds


def parameters_json(turn: npt.NDArray[np.float32]) -> str:
    """The file of what a question's vector, times this matrix, has added to it."""
    left, sizes, right = np.linalg.svd(turn.astype(np.float64))
    signs = np.where(right[:, :1] < 0, -1, 1)  # either would do: the same in each training
    has, adds = (_whole(rows[:DIRECTIONS]) for rows in (right * signs, left.T * signs))
    scales = [size / (a * b) for size, (a, _), (b, _) in zip(sizes, has, adds, strict=False)]
    return json.dumps(
        {
            "version": VERSION,
            "encoder": ENCODER_VERSION,
            "scales": [float(f"{scale:.6g}") for scale in scales],
            "has": [row for _, row in has],
            "adds": [row for _, row in adds],
        }
    )


def _whole(rows: npt.NDArray[np.float64]) -> list[tuple[float, list[int]]]:
    """By how much each row was multiplied, and its whole numbers."""
    sizes = [_LARGEST / max(float(np.abs(row).max()), 1e-9) for row in rows]
    return [
        (size, np.rint(row * size).astype(int).tolist())
        for size, row in zip(sizes, rows, strict=True)
    ]
