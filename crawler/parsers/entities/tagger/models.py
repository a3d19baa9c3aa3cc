"""The trained files of the tagger and its clusters of words, one of each for a language.

`models.json` beside them has the version of the features, and for each language the SHA-256 of both
files, from which confidence on a find counts, and the share of finds that were right on pages that
nothing but thresholds was chosen on.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pycrfsuite

from crawler.parsers.entities.tagger.model_file import ModelContent, read_model
from crawler.parsers.entities.tagger.word_clusters import WordClusters, read_clusters

MODELS = Path(__file__).with_name("models.json")
VERSION = 2
"""Raised whenever a feature changes its meaning: older files no longer fit."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """The tagger of one language."""

    tagger: Any
    """A `pycrfsuite.Tagger`; it keeps the sequence that it tagged last. None where spans are of one
    kind: their labels are worked out without it.
    """
    content: ModelContent
    """What its file says."""
    clusters: WordClusters
    threshold: float
    """Probability of each label of a find, under which it is left out."""
    right: float
    """Share of its finds that are right."""
    more: Mapping[str, float] = field(default_factory=dict)
    """Further thresholds of its kind, by their name."""


@dataclass(frozen=True, slots=True)
class TaggerKind:
    """What the models of a file are for, and which files fit."""

    version: int
    without: str
    """How the program goes on without them."""
    training: str
    """The module that makes them anew."""
    asks_library: bool = True
    """Whether spans are of several kinds, so that the library has to label them."""
    thresholds: tuple[str, ...] = ()
    """Names of further thresholds."""
    clusters: Path | None = None
    """Folder of the clusters of words; None: they lie beside the models."""


BODIES = TaggerKind(
    VERSION,
    "bodies are read by tables and patterns alone",
    "benchmarks.tagger_training",
    asks_library=False,
)


class TaggerModels:
    """Languages and their models; each is read when the first text asks for it."""

    def __init__(self, path: Path = MODELS, kind: TaggerKind = BODIES) -> None:
        self._path = path
        self._kind = kind
        self._read = cache(self._read_model)

    def of(self, language: str | None) -> TaggerModel | None:
        """The model of a language; None without one, or where its file doesn't fit."""
        return self._read(language) if language in self._entries else None

    @cached_property
    def _entries(self) -> Mapping[str | None, Mapping[str, Any]]:
        try:
            given = json.loads(self._path.read_text("utf-8"))
            version, languages = given["version"], dict(given["languages"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            self._refuse(self._path, error)
            return {}
        if version != self._kind.version:
            self._refuse(self._path, f"it is of version {version}, not {self._kind.version}")
            return {}
        return languages

    def _read_model(self, language: str) -> TaggerModel | None:
        entry = self._entries[language]
        path = self._path.with_name(f"{language}.crfsuite")
        try:
            beside = self._clusters(path)
            found, clusters = read_clusters(beside)
            _check(beside, found, entry["clusters"])
            # The library trusts what it opens: a file cut short would end the process.
            given = path.read_bytes()
            _check(path, hashlib.sha256(given).hexdigest(), entry["sha256"])
            content = read_model(given)
            tagger = _opened(path) if self._kind.asks_library else None
            more = {name: float(entry[name]) for name in self._kind.thresholds}
            threshold, right = float(entry["threshold"]), float(entry["right"])
            return TaggerModel(tagger, content, clusters, threshold, right, more)
        except (OSError, ValueError, TypeError, KeyError) as error:
            self._refuse(path, error)
            return None

    def _clusters(self, model: Path) -> Path:
        beside = clusters_file(model)
        folder = self._kind.clusters
        return beside if folder is None else folder / beside.name

    def _refuse(self, path: Path, error: Exception | str) -> None:
        _logger.warning(
            "%s can't be used (%s): %s. Install the program again, or make its files anew in a"
            " checkout: python -m benchmarks.word_clusters, then python -m %s.",
            path.name,
            error,
            self._kind.without,
            self._kind.training,
        )


def clusters_file(model: Path) -> Path:
    """The file with the clusters of words that belongs to that of a model."""
    return model.with_suffix(".clusters")


def _opened(path: Path) -> Any:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def _check(path: Path, found: str, told: str) -> None:
    """Raises ValueError where a file is another one than was trained, by their SHA-256."""
    if found != told:
        raise ValueError(f"{path.name} is not the one that models.json tells of")
