from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.meaning.packing import DIMENSIONS
from indexer.meaning.questions import PARAMETERS, as_question, parameters_json
from indexer.meaning.vectors import cosine, quantised

QUESTION = quantised(np.eye(1, DIMENSIONS, dtype=np.float32))[0]
"""It has nothing but the first number."""
HALF, OTHER = 0.5, 7


@pytest.fixture(scope="module")
def learnt() -> str:
    """Whoever has the first number is given half of it in another one."""
    turn = np.zeros((DIMENSIONS, DIMENSIONS), np.float32)
    turn[OTHER, 0] = HALF
    return parameters_json(turn)


@pytest.fixture
def parameters(tmp_path: Path, learnt: str) -> Path:
    file = tmp_path / "questions.json"
    file.write_text(learnt, "utf-8")
    return file


def test_a_question_is_turned_by_what_was_learnt(parameters: Path) -> None:
    turned = np.frombuffer(as_question(QUESTION, parameters), np.int8).astype(int)
    assert turned[OTHER] == pytest.approx(HALF * turned[0], abs=1)
    assert np.count_nonzero(turned) == 2


def test_a_question_without_what_is_turned_stays(parameters: Path) -> None:
    (question,) = quantised(np.eye(1, DIMENSIONS, 3, dtype=np.float32))
    assert as_question(question, parameters) == question


@pytest.mark.parametrize("key", ["version", "encoder"])
def test_parameters_of_another_version_turn_nothing(parameters: Path, key: str) -> None:
    kept = json.loads(parameters.read_text("utf-8"))
    parameters.write_text(json.dumps({**kept, key: 0}), "utf-8")
    assert as_question(QUESTION, parameters) == QUESTION


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[: len(text) // 2], id="cut short"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: "[]", id="another content"),
        pytest.param(lambda _: "{}", id="nothing in it"),
        pytest.param(lambda text: text.replace('"has": [[', '"has": [[1], ['), id="a row too many"),
        pytest.param(lambda text: text.replace('"scales": [', '"scales": [NaN, '), id="no number"),
    ],
)
def test_a_damaged_file_turns_nothing_and_is_named_once(
    parameters: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[str], str]
) -> None:
    parameters.write_text(damage(parameters.read_text("utf-8")), "utf-8")
    for _ in range(2):
        assert as_question(QUESTION, parameters) == QUESTION
    (record,) = caplog.records
    assert "questions.json can't be used" in record.getMessage()


def test_without_its_file_a_question_stays(tmp_path: Path) -> None:
    assert as_question(QUESTION, tmp_path / "questions.json") == QUESTION


def test_those_of_the_package_fit_and_turn_a_question_a_little() -> None:
    turned = as_question(QUESTION, PARAMETERS)
    assert turned != QUESTION
    assert 0.5 < cosine(turned, QUESTION) < 1
