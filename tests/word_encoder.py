"""An encoder for tests without the extra: texts are near if they share words, or translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.meaning.vectors import quantised
from indexer.records.errors import MeaningUnavailable
from indexer.text.folding import surfaces_of


class WordEncoder(Encoder):
    """Each word has a direction of its own; `translations` of a word have the same."""

    def __init__(self, translations: Mapping[str, str] = {}) -> None:  # only read
        self._translations = translations
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """As `indexer.meaning.encoder.Encoder`."""
        self.encoded += len(texts)
        if not texts:
            return []
        return quantised(np.array([self._direction(text) for text in texts], np.float32))

    def _direction(self, text: str) -> np.ndarray:
        words = {self._translations.get(word, word) for word in surfaces_of(text)}
        directions = [
            np.random.default_rng(crc32(word.encode())).standard_normal(DIMENSIONS)
            for word in sorted(words)
        ]
        return np.sum(directions, axis=0) if directions else np.ones(DIMENSIONS)


class BrokenEncoder(Encoder):
    """One that fails, as an extra that was installed badly does."""

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """As `indexer.meaning.encoder.Encoder`."""
        raise MeaningUnavailable("the extra `meaning` is installed and fails")
