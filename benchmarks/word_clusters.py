"""Makes the clusters of words that the tagger of bodies reads, from published data.

    python -m benchmarks.word_clusters FOLDER [--language CODE]…

FOLDER holds the wheels of `spacy-lookups-data` 1.0.5 (German, English: Brown clusters and
probabilities of words) and of `natasha` 1.6.0 (Russian: navec vectors of words in news), as
`pip download --no-deps` puts them there. Vectors are divided into clusters by k-means, and each
cluster again twice, so that they form a tree as Brown clusters do (Brown and others, "Class-Based
n-gram Models of Natural Language", 1992). The same wheels give the same files.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crawler.parsers.entities.tagger.word_clusters import CLUSTERS, write_clusters

WORDS = 100_000
"""The most frequent words of a language are kept."""
BROWN = ("de", "en")
BRANCHES = (16, 8, 8)
"""Clusters that each cluster of vectors is divided into, level by level."""
ROUNDS = 12
SEED = 20261128

Vectors = NDArray[np.float32]


def main() -> None:
    """Write the file of each language, and print what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("--language", action="append", choices=(*BROWN, "ru"))
    given = parser.parse_args()
    for language in given.language or (*BROWN, "ru"):
        paths = dict(
            brown_paths(given.wheels, language) if language in BROWN else navec_paths(given.wheels)
        )
        file = CLUSTERS / f"{language}.clusters"
        write_clusters(file, paths)
        kinds = len(set(paths.values()))
        print(f"{language}: {len(paths)} words, {kinds} clusters, {file.stat().st_size} bytes")


def brown_paths(wheels: Path, language: str) -> Iterator[tuple[str, int]]:
    """Words and their places in the tree of Brown clusters; spaCy keeps them as numbers whose
    lowest bit is the first branch.
    """
    with zipfile.ZipFile(_only(wheels, "spacy_lookups_data-*.whl")) as wheel:
        clusters, chances = (
            json.loads(gzip.decompress(wheel.read(f"spacy_lookups_data/data/{language}_{name}")))
            for name in ("lexeme_cluster.json.gz", "lexeme_prob.json.gz")
        )
    known = [word for word, path in clusters.items() if int(path) and _is_word(word)]
    known.sort(key=lambda word: (-chances.get(word, -100.0), word))
    for word in known[:WORDS]:
        yield word, int(clusters[word])


def navec_paths(wheels: Path) -> Iterator[tuple[str, int]]:
    """Words and their places in a tree of clusters of their vectors."""
    with zipfile.ZipFile(_only(wheels, "natasha-*.whl")) as wheel:
        name = next(n for n in wheel.namelist() if "/emb/navec_news" in n)
        content = wheel.read(name)
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        vocabulary, quantised = (_member(packed, name) for name in ("vocab.bin", "pq.bin"))
    words, counts = _read_vocabulary(gzip.decompress(vocabulary))
    frequent = sorted(
        (at for at, word in enumerate(words) if _is_word(word)), key=lambda at: -int(counts[at])
    )[:WORDS]
    vectors = _read_vectors(quantised, frequent)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rng = np.random.default_rng(SEED)
    for at, path in zip(frequent, _tree(vectors, BRANCHES, rng), strict=True):
        yield words[at], int(path)


def _read_vocabulary(content: bytes) -> tuple[list[str], NDArray[np.uint32]]:
    """Navec's words and how often each was seen: number of words, counts, words line by line."""
    size = int(np.frombuffer(content, "<u4", 1)[0])
    counts = np.frombuffer(content, "<u4", size, offset=4)
    return content[4 + 4 * size :].decode("utf-8").split("\n"), counts


def _read_vectors(content: bytes, chosen: Iterable[int]) -> Vectors:
    """Navec's vectors, put together from their product-quantised parts."""
    size, width, parts, codes = (int(n) for n in np.frombuffer(content, "<u4", 4))
    indexes = np.frombuffer(content, np.uint8, size * parts, offset=16).reshape(size, parts)
    table = np.frombuffer(content, "<f4", offset=16 + size * parts)
    table = table.reshape(parts, codes, width // parts)
    picked = indexes[np.fromiter(chosen, np.int64)]
    return np.concatenate([table[part][picked[:, part]] for part in range(parts)], axis=1)


def _tree(
    vectors: Vectors, branches: tuple[int, ...], rng: np.random.Generator
) -> NDArray[np.int64]:
    """For each vector its place: the first level in the lowest bits."""
    nearest = _k_means(vectors, branches[0], rng)
    if len(branches) == 1:
        return nearest
    paths = nearest.copy()
    for cluster in range(branches[0]):
        inside = np.flatnonzero(nearest == cluster)
        if len(inside):
            paths[inside] += branches[0] * _tree(vectors[inside], branches[1:], rng)
    return paths


def _k_means(vectors: Vectors, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The cluster of each vector, by cosine: they have the length 1."""
    centres = vectors[rng.choice(len(vectors), min(count, len(vectors)), replace=False)]
    nearest = np.zeros(len(vectors), np.int64)
    for _ in range(ROUNDS):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        for cluster in range(len(centres)):
            total = vectors[nearest == cluster].sum(axis=0)
            length = np.linalg.norm(total)
            if length:
                centres[cluster] = total / length
    return nearest


def _is_word(word: str) -> bool:
    return any(letter.isalpha() for letter in word) and not word.startswith("<")


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(name)
    if found is None:
        raise SystemExit(f"the vectors have no {name}")
    return found.read()


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise SystemExit(f"{folder} has {len(found)} files {pattern}, not one")
    return found[0]


if __name__ == "__main__":
    main()
