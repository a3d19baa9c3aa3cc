"""Whether a passage means what a topic wants: the last word of the encoder, beside its terms.

A logistic model over the vector of the passage, its language, and whether the terms match. Its
parameters are plain numbers, one file for each model, made by `benchmarks.sense_training`. They
speak of the languages that the encoder knows and that passages were labelled in; in others terms
decide alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.meaning.packing import DIMENSIONS, ENCODER_VERSION
from indexer.records.errors import MeaningUnavailable

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder

SENSES = Path(__file__).with_name("senses")
"""A file for each model."""
VERSION = 1
"""Increased when the same numbers would mean something else."""
_REMEMBERED = 200_000
"""Passages whose sense is remembered: searches ask for the same ones again, also after the index
has changed. They take 24 MiB.
"""
_DIGEST = 16
"""Bytes that stand for a text: no two share them."""


@dataclass(frozen=True, slots=True)
class SenseModel:
    """The parameters of a model: what each adds to the log odds of a passage."""

    languages: Mapping[str, float]
    """What being in a language adds; of other languages the model says nothing."""
    told: float
    """What it adds that the terms match."""
    weights: Sequence[float]
    """Of each number of a vector of length 1."""

    def log_odds(self, meaning: float, lang: str, *, told: bool) -> float:
        """Above 0: a passage is likely to mean it whose vector adds `meaning`."""
        return self.languages[lang] + self.told * told + meaning


class SenseJudge:
    """A model with the encoder that it asks; safe to share between threads."""

    def __init__(self, model: SenseModel, encoder: Encoder) -> None:
        self._model, self._encoder = model, encoder
        self._known: dict[bytes, float] = {}

    def knows(self, lang: str | None) -> bool:
        """Whether it has a say in a language."""
        return lang in self._model.languages

    def means(self, text: str, lang: str, *, told: bool) -> bool:
        """Whether a passage means what is wanted; `told`: its terms match, which decides alone
        where the encoder fails.
        """
        try:
            return self._model.log_odds(self._meaning(text), lang, told=told) > 0
        except MeaningUnavailable:
            return told

    def _meaning(self, text: str) -> float:
        """What the vector of a passage adds; remembered, as it depends on nothing else."""
        key = blake2b(text.encode(), digest_size=_DIGEST).digest()
        known = self._known.get(key)
        if known is None:
            known = self._measured(text)
            if len(self._known) >= _REMEMBERED:
                # The newest one: a search that asks for more, always in the same order, would else
                # find none of those that it asks for first.
                self._known.popitem()
            self._known[key] = known
        return known

    def _measured(self, text: str) -> float:
        # numpy, which most processes don't need
        import numpy as np  # noqa: PLC0415

        from indexer.meaning.vectors import unit_rows  # noqa: PLC0415

        # One by one: what is encoded with others may differ in the last place, and a watch has to
        # judge as its search does.
        (vector,) = self._encoder.encode([text])
        return float(unit_rows([vector])[0].astype(np.float64) @ self._weights)

    @cached_property
    def _weights(self) -> Any:
        import numpy as np  # noqa: PLC0415  as in `_measured`

        return np.asarray(self._model.weights)


def sense_names() -> list[str]:
    """The models that there are."""
    return sorted(path.stem for path in SENSES.glob("*.json"))


def find_sense(name: str) -> SenseModel | None:
    """A model; None where there is none that fits the program and its encoder."""
    path = SENSES / f"{name}.json"
    if name not in sense_names():
        return None
    kept = json.loads(path.read_text("utf-8"))
    fits = (kept["version"], kept["encoder"]) == (VERSION, ENCODER_VERSION)
    if not fits or len(kept["weights"]) != DIMENSIONS:
        return None
    return SenseModel(kept["languages"], kept["told"], kept["weights"])


def sense_json(model: SenseModel) -> str:
    """The file of a model."""
    rounded = [round(weight, 3) for weight in model.weights]
    return json.dumps(
        {
            "version": VERSION,
            "encoder": ENCODER_VERSION,
            "languages": {lang: round(value, 3) for lang, value in model.languages.items()},
            "told": round(model.told, 3),
            "weights": rounded,
        }
    )
