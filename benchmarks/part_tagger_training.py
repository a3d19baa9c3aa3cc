"""Trains the taggers of job titles and of houses, and writes their files.

    python -m benchmarks.part_tagger_training [--part PART]… [--crosswise] FOLDER…

The folders hold labelled pages, each split by host (event_parts.py). Which probabilities a tagger
needs is chosen on the part `chosen-on` with one that learnt from `train`; what is written learnt
from both, never from `blind`. Sums are printed, never a text; `--crosswise` prints how a part is
read on the hosts that a tagger has not learnt from, each in turn. The same pages give the same
files.
"""

from __future__ import annotations

import hashlib
import tempfile
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycrfsuite

from benchmarks.bodies.tagger import LANGUAGES
from benchmarks.events.labelled_parts import PartPlace, label_tokens
from benchmarks.events.labelled_titles import (
    count_titles,
    find_titles,
    labelled_titles,
    sentences_with_persons,
)
from benchmarks.events.labelled_venues import count_venues, find_houses
from benchmarks.measuring.counted import Counted
from benchmarks.tagger_training import clusters_of, write
from crawler.parsers.entities.tagger.models import TaggerKind, TaggerModels
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.part_tagger import title_tagger, venue_tagger
from crawler.parsers.events.part_tagger.span_tagger import VERSION, SpanTagger
from crawler.parsers.events.people import persons
from crawler.parsers.events.trained.event_models import read_models
from crawler.parsers.events.values import venues
from radar.training.arguments import trainer_arguments
from radar.training.event_parts import FOLDS, TAUGHT, fold_of, split_training
from radar.training.labelled_pages import LabelledPage, TrainingReader
from radar.training.marked_pages import read_folder

SETTINGS = {"c2": 0.02, "max_iterations": 60, "feature.possible_transitions": True}
ALONE = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
OVER_RULES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
NEVER = 2.0
"""No probability."""

Sentence = tuple[list[list[str]], list[str]]
"""The features of its words, and their labels."""


class Part(ABC):
    """A part of events that is tagged."""

    name: str
    models: Path
    kind: TaggerKind
    penalty: float
    """On absolute weights: it decides how large the files become."""

    def __init__(self, reader: TrainingReader) -> None:
        self.reader = reader

    @abstractmethod
    def tagger(self, page: AnnotatedPage) -> SpanTagger:
        """What tags it on a page."""

    @abstractmethod
    def places(
        self, labelled: LabelledPage
    ) -> Iterator[tuple[AnnotatedSentence, Sequence[PartPlace]]]:
        """The sentences that teach, and where the part stands in each."""

    @abstractmethod
    def count(self, labelled: LabelledPage, *, tagged: bool) -> Counted:
        """How it is read; `tagged`: only what the tagger adds or changes."""


class TitlePart(Part):
    """Job titles of persons."""

    name = "titles"
    models, kind, penalty = title_tagger.TITLES, title_tagger.KIND, 0.25

    def tagger(self, page: AnnotatedPage) -> SpanTagger:
        """That of the reader of persons."""
        return self.reader.taggers(page)[0]

    def places(
        self, labelled: LabelledPage
    ) -> Iterator[tuple[AnnotatedSentence, Sequence[PartPlace]]]:
        """Sentences with persons."""
        for sentence in sentences_with_persons(labelled):
            yield sentence, find_titles(labelled, sentence)

    def count(self, labelled: LabelledPage, *, tagged: bool) -> Counted:
        """Titles of the persons of the page."""
        page = labelled.page
        reader = self.reader.people_reader(page)
        people = [p for s in sentences_with_persons(labelled) for p in reader.read(page, s)]
        if tagged:
            people = [p for p in people if p.role and p.role.rule == persons.TAGGED]
        return count_titles(labelled_titles(labelled.record), people)


class VenuePart(Part):
    """Houses of events."""

    name = "venues"
    models, kind, penalty = venue_tagger.VENUES, venue_tagger.KIND, 1.2

    def __init__(self, reader: TrainingReader) -> None:
        super().__init__(reader)
        self._known: dict[int, tuple[Sequence[EventMentions], frozenset[int]]] = {}

    def tagger(self, page: AnnotatedPage) -> SpanTagger:
        """That of the reader of places."""
        return self.reader.taggers(page)[1]

    def places(
        self, labelled: LabelledPage
    ) -> Iterator[tuple[AnnotatedSentence, Sequence[PartPlace]]]:
        """All sentences but those of contact blocks."""
        for sentence in labelled.page.sentences:
            if sentence.zone != "contact":
                yield sentence, find_houses(labelled, sentence)

    def count(self, labelled: LabelledPage, *, tagged: bool) -> Counted:
        """Houses of the events of the page."""
        events, closed = self._events_of(labelled)
        if not events:
            return Counted()
        places = self.reader.place_reader(labelled.page)
        read = places.read_by_rules(events, closed, labelled.candidates)
        houses = [(event, place.venue) for event, place in read.items()]
        if tagged:
            houses = [(e, v) for e, v in houses if v and v.rule == venues.TAGGED]
        return count_venues(labelled, houses)

    def _events_of(self, labelled: LabelledPage) -> tuple[Sequence[EventMentions], frozenset[int]]:
        """The events of a page and the sentences that belong to others than its own one; found
        once.
        """
        key = id(labelled)
        if key not in self._known:
            events = find_events(labelled.page, labelled.candidates, read_models())
            closed: frozenset[int] = frozenset()
            if events:
                closed = EventSentences(labelled.page, events, labelled.candidates).closed
            self._known[key] = events, closed
        return self._known[key]


PARTS = {part.name: part for part in (TitlePart, VenuePart)}


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
        return fold_of(self.labelled.group)


class Trainer:
    """Makes the tagger of a part in one language."""

    def __init__(self, part: Part, language: str) -> None:
        self._part = part
        self._language = language
        self._checksum, self._clusters = read_clusters(clusters_of(language))
        self._read: dict[int, list[Sentence]] = {}

    def train(self, pages: Iterable[TrainingPage], to: Path) -> None:
        """Write the tagger that pages teach."""
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for page in pages:
            for features, labels in self._sentences(page):
                trainer.append(features, labels)
        trainer.set_params({**SETTINGS, "c1": self._part.penalty})
        trainer.train(str(to))

    def _sentences(self, page: TrainingPage) -> Sequence[Sentence]:
        """The features and labels of the words of each sentence; read once."""
        known = self._read.get(id(page))
        if known is None:
            known = self._read[id(page)] = []
            tagger = self._part.tagger(page.labelled.page)
            for sentence, places in self._part.places(page.labelled):
                tokens, features = tagger.words(page.labelled.page, sentence, self._clusters)
                known.append((features, label_tokens(tokens, places)))
        return known

    def entry(self, model: Path, values: Mapping[str, float]) -> dict[str, Any]:
        """What is written of a tagger beside its file."""
        return {
            "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "clusters": self._checksum,
            **values,
        }

    def count(
        self,
        model: Path | None,
        pages: Iterable[TrainingPage],
        values: Mapping[str, float],
        *,
        tagged: bool = False,
    ) -> dict[str, Counted]:
        """How the part is read in each folder, with a tagger or by rules alone; `tagged`: only what
        the tagger adds or changes.
        """
        counts: dict[str, Counted] = defaultdict(Counted)
        with tempfile.TemporaryDirectory() as folder:
            models = None
            if model is not None:
                tried = Path(folder, "models.json")
                tried.with_name(f"{self._language}.crfsuite").write_bytes(model.read_bytes())
                write(tried, {self._language: self.entry(model, values)}, VERSION)
                models = TaggerModels(tried, self._part.kind)
            for page in pages:
                self._part.tagger(page.labelled.page).models = models
                counts[page.folder] += self._part.count(page.labelled, tagged=tagged)
        return counts


def main(
    folders: Sequence[Path],
    parts: Iterable[str] = PARTS,
    models: Path | None = None,
    *,
    crosswise: bool = False,
) -> None:
    """Train the taggers of parts, print how they do, write them, to the files of the program or
    beside `models`.
    """
    reader = TrainingReader()
    pages = list(read_pages(folders, reader))
    for name in parts:
        part = PARTS[name](reader)
        trainers = {language: Trainer(part, language) for language in LANGUAGES}
        train_part(trainers, pages, models or part.models, crosswise=crosswise)


def train_part(
    trainers: Mapping[str, Trainer],
    pages: Sequence[TrainingPage],
    models: Path,
    *,
    crosswise: bool,
) -> None:
    """Train the taggers of a part, by language, print how they do, write them."""
    files = {language: models.with_name(f"{language}.crfsuite") for language in trainers}
    of = {lang: [page for page in pages if page.language == lang] for lang in trainers}
    turns = []
    for language, trainer in trainers.items():
        trainer.train((page for page in of[language] if page.part == "train"), files[language])
        chosen_on = [page for page in of[language] if page.part == "chosen-on"]
        turns.append(Turn(language, trainer, files[language], chosen_on))
    values = choose(turns)
    print(models.parent.name, values)
    print_counts("chosen-on", turns, values)
    if crosswise:
        with tempfile.TemporaryDirectory() as folder:
            turns = [
                take_turn(language, trainer, of[language], fold, Path(folder, f"{language}{fold}"))
                for language, trainer in trainers.items()
                for fold in range(FOLDS)
            ]
            print_counts("in turn by host", turns, values)
    written = {}
    for language, trainer in trainers.items():
        trainer.train(of[language], files[language])
        written[language] = trainer.entry(files[language], values)
        print(f"{language}: {files[language].stat().st_size} bytes", flush=True)
    write(models, written, VERSION)


@dataclass(frozen=True, slots=True)
class Turn:
    """A tagger, and pages that it has not learnt from."""

    language: str
    trainer: Trainer
    model: Path
    pages: Sequence[TrainingPage]


def take_turn(
    language: str, trainer: Trainer, pages: Sequence[TrainingPage], fold: int, to: Path
) -> Turn:
    """A tagger that learnt from the other groups of hosts."""
    trainer.train((page for page in pages if page.fold != fold), to)
    return Turn(language, trainer, to, [page for page in pages if page.fold == fold])


def choose(turns: Sequence[Turn]) -> Mapping[str, float]:
    """The probabilities with the best F1 in all languages, and of equal ones the highest; then the
    share of right values among those that the taggers add or change.
    """

    def count(values: Mapping[str, float], *, tagged: bool = False) -> Counted:
        counts = [t.trainer.count(t.model, t.pages, values, tagged=tagged) for t in turns]
        return sum((one for by_folder in counts for one in by_folder.values()), Counted())

    def score(alone: float, over_rules: float) -> float:
        return round(count(_values(alone, over_rules)).f1, 3)

    alone = max(ALONE, key=lambda p: (score(p, NEVER), p))
    over = max(OVER_RULES, key=lambda p: (score(alone, p), p))
    right = count(_values(alone, over), tagged=True).precision
    return _values(alone, over, round(right, 2))


def _values(alone: float, over_rules: float, right: float = 0.5) -> Mapping[str, float]:
    return {"threshold": alone, "over_rules": over_rules, "right": right}


def read_pages(folders: Sequence[Path], reader: TrainingReader) -> Iterator[TrainingPage]:
    """The pages that teach."""
    for folder in folders:
        for part, records in split_training(read_folder(folder)).items():
            if part in TAUGHT:
                for record in records:
                    yield TrainingPage(folder.name, part, reader.read(record))


def print_counts(name: str, turns: Sequence[Turn], values: Mapping[str, float]) -> None:
    """Precision, recall and F1 by language and folder, by rules alone and with the taggers."""
    sums: dict[tuple[str, str, str], Counted] = defaultdict(Counted)
    for turn in turns:
        for way, file in (("rules", None), ("with the tagger", turn.model)):
            for folder, count in turn.trainer.count(file, turn.pages, values).items():
                sums[turn.language, folder, way] += count
                sums["all", folder, way] += count
    for (language, folder, way), count in sorted(sums.items()):
        print(f"  {name}, {language}, {folder}, {way}: {count}", flush=True)


if __name__ == "__main__":
    parser = trainer_arguments(__doc__, turns=False)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part")
    parser.add_argument("--crosswise", action="store_true", help="print hosts in turn")
    given = parser.parse_args()
    main(given.folders, given.part or PARTS, crosswise=given.crosswise)
