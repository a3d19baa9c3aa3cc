from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.meaning import sense
from indexer.meaning.packing import Vector
from indexer.meaning.sense import SenseJudge, SenseModel, find_sense, sense_json, sense_names
from tests.sense_of_words import AGAINST, FOR, MODEL, SenseEncoder


def test_meaning_goes_before_what_the_terms_say_and_terms_decide_what_says_neither() -> None:
    judge = SenseJudge(MODEL, SenseEncoder())
    assert [judge.means(FOR, "de", told=told) for told in (True, False)] == [True, True]
    assert [judge.means(AGAINST, "de", told=told) for told in (True, False)] == [False, False]
    assert [judge.means("Wetter", "de", told=told) for told in (True, False)] == [True, False]


def test_it_knows_the_languages_of_its_passages_only() -> None:
    judge = SenseJudge(MODEL, SenseEncoder())
    assert judge.knows("de")
    assert not judge.knows("kk")
    assert not judge.knows(None)


class Counting(SenseEncoder):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        self.asked.extend(texts)
        return super().encode(texts)


def test_the_same_passage_is_encoded_once() -> None:
    encoder = Counting()
    judge = SenseJudge(MODEL, encoder)
    assert all(judge.means(FOR, "de", told=told) for told in (True, False))
    assert encoder.asked == [FOR]


def test_of_more_passages_than_are_remembered_only_those_beyond_are_encoded_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sense, "_REMEMBERED", 10)
    encoder = Counting()
    judge = SenseJudge(MODEL, encoder)
    passages = [f"{FOR if number % 2 else AGAINST} {number}" for number in range(12)]
    for _ in range(3):
        judged = [judge.means(passage, "de", told=True) for passage in passages]
        assert judged == [False, True] * 6
    assert len(encoder.asked) == 12 + 2 * 3
    assert encoder.asked.count(passages[0]) == 1


def test_a_model_is_kept_as_plain_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sense, "SENSES", tmp_path)
    (tmp_path / "made-up.json").write_text(sense_json(MODEL), "utf-8")
    assert find_sense("made-up") == SenseModel({"de": -1.0}, 2.0, list(MODEL.weights))
    assert find_sense("another") is None
    for key in ("version", "encoder"):
        other = sense_json(MODEL).replace(f'"{key}": 1', f'"{key}": 99')
        (tmp_path / "made-up.json").write_text(other, "utf-8")
        assert find_sense("made-up") is None


def test_the_shipped_model_fits_the_program() -> None:
    assert sense_names() == ["cluster-strategies"]
    model = find_sense("cluster-strategies")
    assert model is not None
    assert set(model.languages) == {"de", "en", "ru"}
    assert model.told > 0
