from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.field_words import mean_of, words_of_field
from indexer.meaning import general
from indexer.meaning.general import FIELD_WORDS, USUAL, field_words_json, generality
from indexer.meaning.nearness import GENERAL, Nearness
from indexer.meaning.packing import DIMENSIONS, ENCODER_VERSION
from indexer.meaning.vectors import cosine, quantised
from indexer.records.document import PassageVector
from indexer.records.reference import load_reference
from tests.word_encoder import WordEncoder


def test_a_page_is_the_more_general_the_nearer_it_is_to_all_words() -> None:
    mean = bytes.fromhex(json.loads(FIELD_WORDS.read_text("utf-8"))["mean"])
    against = bytes(-number & 0xFF for number in mean)
    row = np.frombuffer(mean, np.int8).astype(np.float32)
    turned = quantised(np.concatenate([row[::2], -row[1::2]]).reshape(1, -1))[0]
    assert generality([PassageVector(0, mean)]) == pytest.approx(1 - USUAL)
    assert generality([PassageVector(0, against)]) == pytest.approx(-1 - USUAL)
    both = [PassageVector(0, mean), PassageVector(1, turned)]
    assert generality(both) == pytest.approx((1 + cosine(mean, turned)) / 2 - USUAL, abs=1e-4)
    assert generality([]) == 0


def test_of_pages_as_near_the_less_general_one_is_first() -> None:
    general_page, other = Nearness(0.4, 0, general=0.05), Nearness(0.39, 0, general=-0.01)
    assert other.score > general_page.score == pytest.approx(0.4 - GENERAL * 0.05)


def test_the_mean_of_another_encoder_counts_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "field_words.json"
    file.write_text(field_words_json(bytes([1]) * DIMENSIONS), "utf-8")
    monkeypatch.setattr(general, "FIELD_WORDS", file)
    page = [PassageVector(0, bytes([1]) * DIMENSIONS)]
    general._mean_of_words.cache_clear()
    try:
        assert generality(page) == pytest.approx(1 - USUAL)
        file.write_text(file.read_text("utf-8").replace(f": {ENCODER_VERSION},", ": 99,"), "utf-8")
        general._mean_of_words.cache_clear()
        assert generality(page) == 0
    finally:
        general._mean_of_words.cache_clear()


def test_the_mean_is_that_of_the_words_of_the_field() -> None:
    words = words_of_field(load_reference().languages)
    assert {"mining", "Bergbau", "добыча"} <= set(words)
    encoder = WordEncoder()
    one, other = encoder.encode(["mining", "export"])
    mean = mean_of(["mining", "export"], encoder)
    assert cosine(mean, one) == pytest.approx(cosine(mean, other), abs=0.02)
    assert cosine(mean, one) > 0.6
