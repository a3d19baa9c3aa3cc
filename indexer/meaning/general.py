"""How general a page is: how near it is to the words of the field as such, whatever is asked.

Some pages are near to every question (hubs: Radovanović et al., "Hubs in Space", 2010), in meaning
as in words. What a page is nearer to all words than most pages are is no answer to one of them. The
mean vector of these words is a file, made by `benchmarks.field_words`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from indexer.meaning.packing import ENCODER_VERSION, Vector
from indexer.meaning.vectors import unit_rows
from indexer.records.document import PassageVector

FIELD_WORDS = Path(__file__).with_name("field_words.json")
USUAL = 0.04
"""Mean cosine of a page to the mean of the words: about the median of `tests/quality` pages."""


def generality(vectors: Sequence[PassageVector]) -> float:
    """How much nearer a page is to the words of the field than is usual, to four places; 0 without
    vectors. `vectors`: those that questions are compared with.
    """
    mean = _mean_of_words()
    if not vectors or mean is None:
        return 0.0
    rows = unit_rows([mean, *(found.vector for found in vectors)])
    return round(float((rows[1:] @ rows[0]).mean()) - USUAL, 4)


@cache
def _mean_of_words() -> Vector | None:
    """None where the file is of another encoder."""
    kept = json.loads(FIELD_WORDS.read_text("utf-8"))
    return bytes.fromhex(kept["mean"]) if kept["encoder"] == ENCODER_VERSION else None


def field_words_json(mean: Vector) -> str:
    """The file of a mean vector."""
    return json.dumps({"encoder": ENCODER_VERSION, "mean": mean.hex()}) + "\n"
