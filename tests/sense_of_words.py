"""A sense for tests without the extra: "wünscht" speaks for what is wanted, "schnurrt" against."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.meaning.sense import SenseModel
from indexer.query.topics import Topic

FOR, AGAINST = "wünscht", "schnurrt"
MODEL = SenseModel({"de": -1.0}, 2.0, [3.0, *[0.0] * (DIMENSIONS - 1)])
"""Terms decide what says neither."""
TOPIC = Topic(
    "clusters",
    "Clusters",
    {"de": ("Clusterpolitik",)},
    last_word="made-up",
    judged={"de": ("Cluster",)},
)


class SenseEncoder(Encoder):
    """Vectors for the two words."""

    def encode(self, texts: Sequence[str]) -> list[Vector]:
        """As `indexer.meaning.encoder.Encoder`."""
        return [bytes([_first(text), 1, *[0] * (DIMENSIONS - 2)]) for text in texts]


def _first(text: str) -> int:
    return 127 * (FOR in text) + 129 * (AGAINST in text)  # 129 is -127 in a signed byte
