"""Trains the taggers of job titles, and writes their files.

    python -m benchmarks.title_tagger_training [--crosswise] FOLDER…

The folders hold labelled pages, each split by host (event_parts.py). Which probabilities a tagger
needs is chosen on the part `chosen-on` with one that learnt from `train`; what is written learnt
from both, never from `blind`. Sums are printed, never a text; `--crosswise` prints how titles are
read on the hosts that a tagger has not learnt from, each in turn. The same pages give the same
files.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycrfsuite

from benchmarks.labelled_titles import (
    TitleCount,
    count_titles,
    find_places,
    label_tokens,
    labelled_titles,
    sentences_with_persons,
)
from benchmarks.tagger import LANGUAGES
from benchmarks.tagger_training import clusters_of
from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.entities.tagger.word_clusters import WordClusters
from crawler.parsers.events.part_tagger.title_tagger import KIND, TITLES, VERSION
from crawler.parsers.events.people.persons import TAGGED, EventPerson
from indexer.records.reference import Reference, load_reference
from radar.training.arguments import trainer_arguments
from radar.training.event_parts import FOLDS, TAUGHT, fold_of, split_training
from radar.training.labelled_pages import LabelledPage, TrainingReader
from radar.training.marked_pages import read_folder

SETTINGS = {"c1": 0.2, "c2": 0.02, "max_iterations": 60, "feature.possible_transitions": True}
ALONE = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
OVER_RULES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
NEVER = 2.0
"""No probability."""


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A page of a folder."""

    folder: str
    part: str
    labelled: LabelledPage

    @property
    def language(self) -> str:
        """Its language."""
        return str(self.labelled.record["lang"])

    @property
    def fold(self) -> int:
        """The group of its host."""
        return fold_of(self.labelled.host)


class Trainer:
    """Makes the tagger of one language."""

    def __init__(self, reference: Reference, language: str, reader: TrainingReader) -> None:
        self._reference = reference
        self._language = language
        self._reader = reader
        self._clusters = clusters_of(language).read_bytes()
        self._samples: dict[int, list[tuple[list[list[str]], list[str]]]] = {}

    def train(self, pages: Iterable[TrainingPage], to: Path) -> None:
        """Write the tagger that pages teach."""
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for page in pages:
            for features, labels in self._sentences(page):
                trainer.append(features, labels)
        trainer.set_params(SETTINGS)
        trainer.train(str(to))

    def _sentences(self, page: TrainingPage) -> list[tuple[list[list[str]], list[str]]]:
        """The features and labels of the words of each sentence; read once."""
        known = self._samples.get(id(page))
        if known is None:
            known = self._samples[id(page)] = list(self._read(page.labelled))
        return known

    def _read(self, labelled: LabelledPage) -> Iterator[tuple[list[list[str]], list[str]]]:
        tagger = self._reader.people_reader(labelled.page).titles
        if tagger is None:
            return
        clusters = WordClusters.read(self._clusters)
        for sentence in sentences_with_persons(labelled):
            tokens, features = tagger.words(labelled.page, sentence, clusters)
            yield features, label_tokens(tokens, find_places(labelled, sentence))

    def entry(self, model: Path, **values: float) -> dict[str, Any]:
        """What is written of a tagger beside its file."""
        return {
            "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "clusters": hashlib.sha256(self._clusters).hexdigest(),
            **values,
        }

    def choose(self, model: Path, pages: Sequence[TrainingPage]) -> Mapping[str, float]:
        """The probabilities with the best F1 on pages, and of equal ones the highest; then the
        share of right titles among those that the tagger adds or changes.
        """

        def score(alone: float, over_rules: float) -> float:
            values = {"threshold": alone, "over_rules": over_rules, "right": 0.5}
            counted = self.count(model, pages, values)
            return round(sum(counted.values(), TitleCount()).f1, 3)

        alone = max(ALONE, key=lambda p: (score(p, NEVER), p))
        over = max(OVER_RULES, key=lambda p: (score(alone, p), p))
        chosen = {"threshold": alone, "over_rules": over, "right": 0.5}
        tagged = self.count(model, pages, chosen, tagged=True)
        added = sum(tagged.values(), TitleCount())
        return {**chosen, "right": round(added.right / max(1, added.read), 2)}

    def count(
        self,
        model: Path | None,
        pages: Iterable[TrainingPage],
        values: Mapping[str, float],
        *,
        tagged: bool = False,
    ) -> dict[str, TitleCount]:
        """How job titles of each folder are read, with a tagger or by rules alone; `tagged`: only
        those of the tagger.
        """
        counts: dict[str, TitleCount] = defaultdict(TitleCount)
        with tempfile.TemporaryDirectory() as folder:
            models = None
            if model is not None:
                tried = Path(folder, "models.json")
                tried.with_name(f"{self._language}.crfsuite").write_bytes(model.read_bytes())
                write(tried, {self._language: self.entry(model, **values)})
                models = TaggerModels(tried, KIND)
            for page in pages:
                people = self._people(page.labelled, models)
                if tagged:
                    people = [p for p in people if p.role and p.role.rule == TAGGED]
                counts[page.folder] += count_titles(labelled_titles(page.labelled.record), people)
        return counts

    def _people(self, labelled: LabelledPage, models: TaggerModels | None) -> list[EventPerson]:
        page = labelled.page
        reader = copy(self._reader.people_reader(page))
        titles, reader.titles = copy(reader.titles), None
        if models is not None and titles is not None:
            reader.titles, titles.models = titles, models
        return [p for s in sentences_with_persons(labelled) for p in reader.read(page, s)]


def main(folders: Sequence[Path], models: Path = TITLES, *, crosswise: bool = False) -> None:
    """Train a tagger for each language, print how it does, write it."""
    reference, reader = load_reference(), TrainingReader()
    pages = list(read_pages(folders, reader))
    written = {}
    for language in LANGUAGES:
        trainer = Trainer(reference, language, reader)
        here = [page for page in pages if page.language == language]
        file = models.with_name(f"{language}.crfsuite")
        trainer.train((page for page in here if page.part == "train"), file)
        chosen_on = [page for page in here if page.part == "chosen-on"]
        values = trainer.choose(file, chosen_on)
        print(f"{language}: {len(here)} pages, {values}")
        print_counts("chosen-on", trainer, [(file, chosen_on)], values)
        if crosswise:
            with tempfile.TemporaryDirectory() as folder:
                turns = [
                    (Path(folder, f"{fold}"), [p for p in here if p.fold == fold])
                    for fold in range(FOLDS)
                ]
                for fold, (model, _) in enumerate(turns):
                    trainer.train((page for page in here if page.fold != fold), model)
                print_counts("in turn by host", trainer, turns, values)
        trainer.train(here, file)
        written[language] = trainer.entry(file, **values)
        print(f"  {file.stat().st_size} bytes", flush=True)
    write(models, written)


def read_pages(folders: Sequence[Path], reader: TrainingReader) -> Iterator[TrainingPage]:
    """The pages that teach."""
    for folder in folders:
        for part, records in split_training(read_folder(folder)).items():
            if part in TAUGHT:
                for record in records:
                    yield TrainingPage(folder.name, part, reader.read(record))


def print_counts(
    name: str,
    trainer: Trainer,
    turns: Sequence[tuple[Path, Sequence[TrainingPage]]],
    values: Mapping[str, float],
) -> None:
    """Precision, recall and F1 of titles by folder, by rules alone and with the taggers."""
    sums: dict[tuple[str, str], TitleCount] = defaultdict(TitleCount)
    for model, pages in turns:
        for way, file in (("rules", None), ("with the tagger", model)):
            for folder, count in trainer.count(file, pages, values).items():
                sums[folder, way] += count
    for (folder, way), count in sorted(sums.items()):
        print(f"  {name}, {folder}, {way}: {count}", flush=True)


def write(models: Path, languages: Mapping[str, Mapping[str, Any]]) -> None:
    """The file that says what is known of the taggers."""
    content = json.dumps({"version": VERSION, "languages": languages}, indent=1, sort_keys=True)
    models.write_text(content + "\n", "utf-8")


if __name__ == "__main__":
    parser = trainer_arguments(__doc__)
    parser.add_argument("--crosswise", action="store_true", help="print hosts in turn")
    given = parser.parse_args()
    main(given.folders, crosswise=given.crosswise)
