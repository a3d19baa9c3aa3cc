"""Digests of lines at their places, by which a line that recurs is known again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_DIGITS = re.compile(r"\d+")


def exact_key(place: str, words: Sequence[str]) -> str:
    """Digest of a line's words at its place."""
    return _digest(place, " ".join(words))


def counter_key(place: str, words: Sequence[str]) -> str | None:
    """The same whatever its numbers are; None for a line without any."""
    text = " ".join(words)
    return _digest(place, _DIGITS.sub("0", text)) if _DIGITS.search(text) else None


def place_key(place: str) -> str:
    """Digest of a place, whatever stands there."""
    return _digest(place, "")


def _digest(place: str, text: str) -> str:
    return hashlib.blake2b(f"{place}\n{text}".encode("utf-8", "replace"), digest_size=8).hexdigest()
