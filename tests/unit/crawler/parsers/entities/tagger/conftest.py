"""A small tagger, trained here on a few sentences of its own."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from crawler.parsers.entities.spans import Spans
from crawler.parsers.entities.tagger.features import TokenFeatures
from crawler.parsers.entities.tagger.models import VERSION
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import WordClusters, write_clusters
from indexer.records.reference import Reference
from tests.small_taggers import write_models

NAMES = ("Norlit", "Kamtero", "Zufenal", "Dirmasol", "Bolketan", "Terfosin")
SENTENCES = ("Gestern lud die Firma {} nach Jena ein.", "Es kam niemand von {} zur Feier.")


@pytest.fixture(scope="session")
def small_models(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`models.json` beside a tagger that knows what a firm's name looks like in two sentences."""
    folder = tmp_path_factory.mktemp("models")
    write_clusters(folder / "de.clusters", {"lud": 0b101, "niemand": 0b1101})
    clusters = (folder / "de.clusters").read_bytes()
    features = TokenFeatures(reference.languages, "de", WordClusters.read(clusters))
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for sentence in SENTENCES:
        for name in NAMES:
            (stretch,) = stretches(sentence.format(name))
            labels = ["B" if token.text == name else "O" for token in stretch]
            trainer.append(features.of(stretch, Spans(())), labels)
    trainer.set_params({"c1": 0.0, "c2": 0.01, "max_iterations": 50})
    trainer.train(str(folder / "de.crfsuite"))
    return write_models(folder, clusters, VERSION, threshold=0.5, right=0.75)
