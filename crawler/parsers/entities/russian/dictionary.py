"""The dictionary of Russian word forms (pymorphy3), as far as it is used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, cast

import pymorphy3


class Parse(Protocol):
    """What is used of a reading by pymorphy3."""

    tag: Tag
    lexeme: Sequence[Parse]
    word: str
    is_known: bool
    score: float
    """Share of the uses of the form that have this reading."""


class Tag(Protocol):
    """What is used of a grammatical tag by pymorphy3."""

    POS: str | None
    case: str | None
    number: str | None
    gender: str | None

    def __contains__(self, grammeme: object) -> bool:
        """Whether the tag holds the grammeme."""


@lru_cache(maxsize=1)
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Parse, ...]:
    """The readings of a word in small letters, likeliest first."""
    return tuple(cast("Sequence[Parse]", _analyser().parse(word)))
