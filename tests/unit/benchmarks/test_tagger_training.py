from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bodies.labelled_bodies import MarkedText
from benchmarks.events.labelled_parts import PartPlace, label_tokens
from benchmarks.tagger_training import SETTINGS, Trainer
from crawler.parsers.entities.tagger.tokens import Token
from crawler.parsers.entities.tagger.word_clusters import WordClusters
from indexer.records.reference import load_reference


@pytest.mark.parametrize(
    ("bodies", "wanted"),
    [
        ([], "OOOO"),
        ([(4, 12)], "OBIO"),
        ([(4, 7), (8, 12)], "OBBO"),
        ([(5, 6)], "OBOO"),
    ],
)
def test_labels_of_tokens(bodies: list[tuple[int, int]], wanted: str) -> None:
    tokens = [Token(*span, "") for span in ((0, 3), (4, 7), (8, 12), (13, 14))]
    assert "".join(label_tokens(tokens, [PartPlace(*body) for body in bodies])) == wanted


def test_the_same_pages_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.tagger_training.SENTENCES", 20)
    monkeypatch.setitem(SETTINGS, "max_iterations", 5)
    page = MarkedText("de", "Der Kalkbund lädt ein.", [(4, 12)])
    files = [tmp_path / "first", tmp_path / "second"]
    for file in files:
        Trainer(load_reference(), "de").train([page], file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert WordClusters.read((tmp_path / "first.clusters").read_bytes()).place("Verband")
