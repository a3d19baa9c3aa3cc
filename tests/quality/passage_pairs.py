"""Made-up paragraphs in three languages, of which is known which say the same (`passages.yaml`).

A third of the groups is set aside by the SHA-256 of their names: the threshold is chosen on the
others only, and single paragraphs of the third are never printed.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from indexer.meaning.encoder import Encoder
from indexer.meaning.vectors import unit_rows
from indexer.stories.retellings import says_the_same
from tests.quality.judged_pairs import PairScores, Part, part_of, scores_of
from tests.yaml_files import read_yaml

GROUPS = read_yaml(Path(__file__).with_name("passages.yaml"))


def score_passages(encoder: Encoder, part: Part) -> PairScores:
    """All pairs of paragraphs of each story of a part, as watches compare them."""
    judged: list[tuple[bool, bool]] = []
    for group in GROUPS:
        if part_of(group["group"], GROUPS, share=3) == part:
            texts = [(n, text) for n, said in enumerate(group["passages"]) for text in said]
            vectors = encoder.encode([text for _, text in texts])
            meanings = [(n, vector) for (n, _), vector in zip(texts, vectors, strict=True)]
            judged += [
                (one == other, says_the_same(vector, unit_rows([of_other])))
                for (one, vector), (other, of_other) in combinations(meanings, 2)
            ]
    return scores_of(judged)
