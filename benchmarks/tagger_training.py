"""Trains the taggers of bodies, and writes their files.

    python -m benchmarks.tagger_training PAGES [--language CODE]…

PAGES holds labelled pages (`*.jsonl`, labelled_bodies.py); those of `benchmarks/training/events`
and `benchmarks/training/plain` are added. Each folder is split by host (event_parts.py): a tagger
is trained on the part `train`, its threshold is chosen on `chosen-on`; the blind part takes no
part. The pages of `benchmarks/training/open` train and choose nothing. To the pages come copies
with their bodies replaced by made-up names, which a further page does not change for the others,
and made-up sentences. Sums are printed, never a text.
The same input gives the same files.

Sentences of public sets (GermEval, factRuEval) are no help any more: in turn by host, exact spans
F1 .708 with them and .711 without in German, .702 and .727 in Russian.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite
import yaml

from benchmarks.bodies.labelled_bodies import MarkedText, mark_page
from benchmarks.bodies.made_up_bodies import bodies_of
from benchmarks.bodies.tagger import LANGUAGES, judge, read_parts
from benchmarks.bodies.tagger_sentences import SentenceMaker, replace_bodies
from benchmarks.events.labelled_parts import PartPlace, label_tokens
from crawler.parsers.entities import EntityReader
from crawler.parsers.entities.spans import Spans
from crawler.parsers.entities.tagger.features import TokenFeatures
from crawler.parsers.entities.tagger.finder import TaggedBodies
from crawler.parsers.entities.tagger.models import MODELS, VERSION, TaggerModels, clusters_file
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from indexer.records.reference import Reference, load_reference
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OPEN_PAGES, OWN_PAGES, PLAIN_PAGES

WORDS = Path(__file__).parent / "training" / "bodies"
COPIES, REPLACED = 3, 0.85
"""Copies of a page with made-up bodies, and the share of its bodies that are made up."""
WEIGHT = 2
"""How often a page as it is counts."""
SENTENCES = 1500
SETTINGS = {"c1": 0.4, "c2": 0.02, "max_iterations": 40, "feature.possible_transitions": True}
THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
SEED = 20261127


class Trainer:
    """Makes the tagger of one language."""

    def __init__(self, reference: Reference, language: str) -> None:
        self.reader = EntityReader(reference)
        self.languages = reference.languages
        self._language = language
        _, clusters = read_clusters(clusters_of(language))
        self._features = TokenFeatures(reference.languages, language, clusters)
        self._rng = random.Random(SEED)  # noqa: S311 - the same names again, no secret

    def train(self, pages: Sequence[MarkedText], to: Path) -> None:
        """Write the tagger that pages teach, and beside it the clusters that it reads."""
        clusters_file(to).write_bytes(clusters_of(self._language).read_bytes())
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for text in self._texts(pages):
            names = Spans(self.reader.find_by_rules(text.text, self._language))
            for stretch in stretches(text.text):
                labels = label_tokens(stretch, [PartPlace(*body) for body in text.bodies])
                trainer.append(self._features.of(stretch, names), labels)
        trainer.set_params(SETTINGS)
        trainer.train(str(to))

    def _texts(self, pages: Sequence[MarkedText]) -> Iterator[MarkedText]:
        words = {
            language: yaml.safe_load((WORDS / f"{language}.yaml").read_text("utf-8"))
            for language in LANGUAGES
        }
        bodies = bodies_of(self._language, words, self._rng)
        for page in pages:
            self._rng.seed(f"{SEED} {page.text}")
            yield from [page] * WEIGHT
            for _ in range(COPIES):
                yield replace_bodies(page, bodies, self._rng, REPLACED)
        names = str(self.languages[self._language]["cues"]["first_names"]).split()
        self._rng.seed(SEED)
        maker = SentenceMaker(self._language, words[self._language], bodies, names, self._rng)
        yield from maker.make(SENTENCES)


def clusters_of(language: str) -> Path:
    """The file with the clusters of a language's words (word_clusters.py)."""
    return clusters_file(MODELS.with_name(f"{language}.crfsuite"))


def main() -> None:
    """Train a tagger for each language, print how it does, write it where it helps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--language", action="append")
    given = parser.parse_args()
    reference = load_reference()
    parts = read_parts([given.pages, OWN_PAGES, PLAIN_PAGES])
    taught = [*parts["train"], *map(mark_page, read_folder(OPEN_PAGES))]
    languages = given.language or LANGUAGES
    kept = json.loads(given.models.read_text("utf-8"))["languages"] if given.language else {}
    for language in languages:
        train, chosen = (
            [page for page in pages if page.lang == language]
            for pages in (taught, parts["chosen-on"])
        )
        trainer = Trainer(reference, language)
        trainer.train(train, given.models.with_name(f"{language}.crfsuite"))
        print(f"{language}: trained on {len(train)} pages, chosen on {len(chosen)}")
        entry = choose(trainer, language, given.models, chosen)
        if entry is None:
            given.models.with_name(f"{language}.crfsuite").unlink()
            kept.pop(language, None)
        else:
            kept[language] = entry
    write(given.models, kept)


def choose(
    trainer: Trainer, language: str, models: Path, chosen: Sequence[MarkedText]
) -> Mapping[str, Any] | None:
    """What is written of a tagger: the threshold with the highest F1 to three digits, and of equal
    ones the highest, if it is above that of rules alone; None without one.
    """
    content = models.with_name(f"{language}.crfsuite").read_bytes()
    clusters = clusters_of(language).read_bytes()
    entry: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest(), "right": 0.0}
    entry["clusters"] = hashlib.sha256(clusters).hexdigest()
    best: tuple[float, Mapping[str, Any] | None] = (0.0, None)
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder, "models.json")
        tried.with_name(f"{language}.crfsuite").write_bytes(content)
        tried.with_name(f"{language}.clusters").write_bytes(clusters)
        for threshold in THRESHOLDS:
            write(tried, {language: {**entry, "threshold": threshold}})
            tagged = TaggedBodies(trainer.languages, TaggerModels(tried))
            rules, both, added = judge(trainer.reader, tagged, chosen)
            print(f"  from {threshold} on: {both}, added {added.right} of {added.found} right")
            f1 = round(both.f1, 3)
            if f1 >= best[0] and f1 > rules.f1:
                right = round(added.precision, 2)
                best = (f1, {**entry, "threshold": threshold, "right": right})
        print(f"  by rules alone: {rules}", flush=True)
    return best[1]


def write(models: Path, languages: Mapping[str, Mapping[str, Any]], version: int = VERSION) -> None:
    """The file that says what is known of the taggers; `version`: of their features."""
    content = json.dumps({"version": version, "languages": languages}, indent=1, sort_keys=True)
    models.write_text(content + "\n", "utf-8")


if __name__ == "__main__":
    main()
