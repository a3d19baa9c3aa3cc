from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.question_training import (
    Taught,
    Words,
    as_numbers,
    found_aside,
    learn,
    questions_of,
    taught_pages,
)
from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.meaning.vectors import quantised
from indexer.records.reference import load_reference

SUBJECTS = {
    "kupfer": ("Kupfer", "Die Lizenz für Kupfer wurde versteigert."),
    "zinn": ("Zinn", "Der Streik in der Zinnhütte ist beendet, die Gewerkschaft ist zufrieden."),
    "gold": ("Gold", "Ein Brand hat die Goldraffinerie beschädigt."),
    "blei": ("Blei", "Anwohner klagen über Staub aus dem Bleibergwerk."),
}
PAGE = """\
- id: hand-{n}-01
  lang: de
  url: https://{name}.example/meldung
  title: {title}
  published: 2031-05-02
  text: |
    {title}

    {text}
"""


class Bags(Encoder):
    """Texts as random numbers of their words; pages and questions differ in all of them."""

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        return quantised(np.stack([self._one(text) for text in texts]).astype(np.float32))

    @staticmethod
    def _one(text: str) -> np.ndarray:
        drawn = [np.random.default_rng(sum(word.encode())) for word in text.split()]
        return sum((chance.normal(size=DIMENSIONS) for chance in drawn), np.zeros(DIMENSIONS))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(load_reference())


def test_questions_ask_for_what_their_page_says_in_any_language(
    words: Words, tmp_path: Path
) -> None:
    for number, (name, (title, text)) in enumerate(SUBJECTS.items()):
        page = PAGE.format(n=number, name=name, title=title, text=text)
        (tmp_path / f"{name}.yaml").write_text(page, "utf-8")
    pages = taught_pages(words, [tmp_path])
    assert len(pages) == len(SUBJECTS)
    made = questions_of(pages, words, random.Random(1))
    assert made == questions_of(pages, words, random.Random(1))
    assert {question.page for question in made} == set(range(len(pages)))
    for question in made:
        assert {*question.asks} <= pages[question.page].says
    assert len({question.text for question in made}) > len(pages)
    assert any(any("а" <= letter <= "я" for letter in question.text) for question in made)

    taught = as_numbers(pages, made, Bags())
    assert taught.rows.shape[0] == len(pages)
    assert taught.questions.shape == (len(made), DIMENSIONS)
    assert [taught.says[q.page, a].all() for q, a in zip(made, taught.asks, strict=True)]


def test_what_turns_questions_to_their_pages_holds_for_other_hands() -> None:
    chance = np.random.default_rng(3)
    subjects = chance.normal(size=(30, 8)).astype(np.float32)
    pages, questions = np.zeros((2, 30, DIMENSIONS), np.float32)
    pages[:, :8], questions[:, 8:16] = subjects, subjects
    questions[:, :8] = 0.003 * (np.roll(subjects, 1, axis=0) - subjects)  # near to other pages
    rows, asked = (
        each / np.linalg.norm(each, axis=1, keepdims=True) for each in (pages, questions)
    )
    taught = Taught(
        rows=np.repeat(rows[:, None], 5, axis=1),
        says=np.eye(30, dtype=np.bool_),
        questions=asked,
        page=np.arange(30),
        asks=[[number] for number in range(30)],
        is_aside=np.arange(30) % 2 == 0,
    )
    before = found_aside(taught, np.zeros((DIMENSIONS, DIMENSIONS), np.float32))
    assert found_aside(taught, learn(taught, steps=20)) > before
