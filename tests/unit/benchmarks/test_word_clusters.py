"""Published data of words, here a few made up, become places in a tree."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks.word_clusters import brown_paths, navec_paths


def test_the_most_frequent_words_keep_their_brown_clusters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.word_clusters.WORDS", 2)
    tables = {
        "cluster": {"selten": 5, "Bund": "11", "und": 26, "...": 7, "nie": 0},
        "prob": {"und": -3.0, "Bund": -9.5, "selten": -12.0, "...": -2.0, "nie": -4.0},
    }
    with zipfile.ZipFile(tmp_path / "spacy_lookups_data-1.0.5-py3.whl", "w") as wheel:
        for name, table in tables.items():
            content = gzip.compress(json.dumps(table).encode())
            wheel.writestr(f"spacy_lookups_data/data/de_lexeme_{name}.json.gz", content)
    assert list(brown_paths(tmp_path, "de")) == [("und", 26), ("Bund", 11)]


def test_vectors_become_a_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.word_clusters.BRANCHES", (2, 2))
    words = ["завод", "комбинат", "четверг", "пятница", "<unk>"]
    # Two parts of one dimension, two codes each: 0 is (1, 0), 1 is (0.1, 1).
    codes = np.array([[1, 0.1], [0, 1]], "<f4")
    indexes = np.array([[0, 0], [0, 0], [1, 1], [1, 1], [0, 1]], np.uint8)
    vocabulary = np.array([len(words), 9, 8, 7, 6, 99], "<u4").tobytes() + "\n".join(words).encode()
    quantised = np.array([5, 2, 2, 2], "<u4").tobytes() + indexes.tobytes() + codes.tobytes()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        files = {"vocab.bin": gzip.compress(vocabulary), "pq.bin": quantised}
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    with zipfile.ZipFile(tmp_path / "natasha-1.6.0-py3.whl", "w") as wheel:
        wheel.writestr("natasha/data/emb/navec_news_v1.tar", packed.getvalue())
    places = dict(navec_paths(tmp_path))
    assert list(places) == words[:4]
    low = [place & 1 for place in places.values()]
    assert low[0] == low[1] != low[2] == low[3]
    assert dict(navec_paths(tmp_path)) == places


def test_a_folder_without_the_wheel_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="has 0 files"):
        list(brown_paths(tmp_path, "de"))
