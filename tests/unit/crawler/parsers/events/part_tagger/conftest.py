"""A small tagger of job titles, trained here on a few sentences of its own."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from crawler.parsers.entities.tagger.word_clusters import CLUSTERS, WordClusters
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from crawler.parsers.events.part_tagger.span_tagger import VERSION, SpanTagger
from indexer.records.reference import Reference
from tests.event_texts import annotate
from tests.small_taggers import write_models

TITLES = ("Hüterin", "Lotsin", "Bergfrau", "Patin", "Kennerin", "Wortführerin")
SENTENCES = (
    ("Zur Zinntagung kam {} Petra Gros mit Anna Wolf.", "<"),
    ("Zur Zinntagung kam Petra Gros als {} mit Anna Wolf.", ">"),
)


@pytest.fixture(scope="session")
def small_titles(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`models.json` beside a tagger that knows titles of one word beside a name."""
    folder = tmp_path_factory.mktemp("titles")
    clusters = (CLUSTERS / "de.clusters").read_bytes()
    features = SentenceFeatures(reference.languages, "de", lambda word: False)
    tagger = SpanTagger(features, "de", None)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for text, side in SENTENCES:
        for title in TITLES:
            page = annotate(text.format(title), "de", "2031-05-02")
            (sentence,) = page.sentences
            tokens, rows = tagger.words(page, sentence, WordClusters.read(clusters))
            trainer.append(rows, [f"B{side}" if t.text == title else "O" for t in tokens])
    trainer.set_params({"c1": 0.0, "c2": 0.01, "max_iterations": 50})
    trainer.train(str(folder / "de.crfsuite"))
    return write_models(folder, clusters, VERSION, threshold=0.4, over_rules=0.6, right=0.75)
