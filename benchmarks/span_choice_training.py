"""Trains which theme and which house each event of a page has (`values/theme_choice.py`,
`venue_choice.py`), and the tagger of themes.

    python -m benchmarks.span_choice_training [--keep STAGE]… [--turns FOLDER] FOLDER…

All pages of the folders teach. What a tagger of themes reads on a page is learnt from as one reads
it that has not seen its host; that of houses must not have learnt from these pages at all. How
models are fitted: radar/training/joint_fit.py. The threshold is the one with the best F1 of values
of events, of hosts in turn; for houses among those that keep a precision of .8. Sums are printed,
never a text. The same pages give the same files.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pycrfsuite

from benchmarks.bodies.tagger import LANGUAGES
from benchmarks.events.labelled_parts import label_tokens
from benchmarks.events.labelled_themes import find_themes, themes_of
from benchmarks.events.labelled_venues import houses_of
from benchmarks.measuring.counted import Counted
from benchmarks.tagger_training import clusters_of, write
from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.entities.tagger.word_clusters import read_clusters
from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import MARGIN, OF_EVENT
from crawler.parsers.events.part_tagger.span_tagger import VERSION
from crawler.parsers.events.part_tagger.theme_tagger import KIND, THEMES, ThemeTagger
from crawler.parsers.events.trained.choice_models import CHOICES_FILE, CHOICES_VERSION
from crawler.parsers.events.values import theme_choice, venue_choice
from radar.training.arguments import trainer_arguments
from radar.training.choice_training import Read, answered
from radar.training.event_parts import FOLDS, fold_of
from radar.training.joint_fit import Sample, fit, structure_of
from radar.training.labelled_pages import LabelledPage, Record, TrainingReader
from radar.training.marked_pages import read_folder
from radar.training.value_answers import same

NEVER = 1e9
"""Log odds that nothing has."""
SETTINGS = {"c1": 2.1, "c2": 0.02, "max_iterations": 60, "feature.possible_transitions": True}
REPEATED = 6
"""How often a sentence with a theme counts for the tagger: most have none."""
UNUSED = {"threshold": 0.5, "over_rules": 1.0, "right": 0.5}
"""What the file of a tagger says of when it is believed: here a choice judges what it reads."""
THRESHOLDS = [step / 4 for step in range(-6, 9)]
"""Log odds."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was read of one event: its samples, which stand in this order."""

    samples: Sequence[Sample]

    def given(self, odds: Sequence[float], threshold: float) -> bool | None:
        """Whether the value that the event gets is right; None: it gets none.

        For houses the program decides more than this: it doubts those of rules, and refuses towns
        and offices. To count that here changes the threshold: train anew then.
        """
        ruled = [i for i, s in enumerate(self.samples) if s.measures.get(RULED)]
        best = max(range(len(odds)), key=lambda i: odds[i])
        least = max([threshold, *(odds[i] + MARGIN for i in ruled)])
        if best not in ruled and odds[best] > least:
            return self.samples[best].answer
        return self.samples[ruled[0]].answer if ruled else None


class Stage(ABC):
    """A value of events that is chosen."""

    name: ClassVar[str]
    precision: ClassVar[float] = 0.0
    """Share of right answers that the threshold must keep; those of rules are among them."""

    def __init__(self, reader: TrainingReader) -> None:
        self.reader = reader

    @abstractmethod
    def measure(self, labelled: LabelledPage, events: Sequence[EventMentions]) -> Iterable[Read]:
        """What may be the value of each event of a page, with what speaks for it."""

    @abstractmethod
    def is_labelled(self, event: Record, value: Any) -> bool | None:
        """Whether the label of an event has a value; None where it may be given or not."""

    def answers(self, pages: Sequence[LabelledPage]) -> Iterator[Answers]:
        """What pages teach."""
        for labelled in pages:
            yield from self._answers(labelled)

    def _answers(self, labelled: LabelledPage) -> Iterator[Answers]:
        events = self.reader.find_events(labelled, "train")
        if not events:
            return
        read = list(self.measure(labelled, events))
        samples = answered(labelled, "train", read, self.is_labelled)
        of_event: dict[EventMentions, list[Sample]] = {}
        for (event, _, _), sample in zip(read, samples, strict=True):
            of_event.setdefault(event, []).append(sample)
        yield from map(Answers, of_event.values())


class ThemeStage(Stage):
    """Themes; the taggers that all pages teach are written to the folder `written`."""

    name = theme_choice.STAGE

    def __init__(self, reader: TrainingReader, written: Path = THEMES.parent) -> None:
        super().__init__(reader)
        self._written = written

    def tagger(self, labelled: LabelledPage) -> ThemeTagger:
        """What tags themes on a page."""
        return self.reader.taggers(labelled.page)[2]

    def measure(self, labelled: LabelledPage, events: Sequence[EventMentions]) -> Iterable[Read]:
        """What may be a theme."""
        page, tagger = labelled.page, self.tagger(labelled)
        sentences = EventSentences(page, events, labelled.candidates)
        ruled = theme_choice.rule_themes(page, events, sentences)
        choice = theme_choice.ThemeChoice(page, lambda s: tagger.spans(page, s), ruled)
        return choice.measure().measure()

    def is_labelled(self, event: Record, value: Any) -> bool | None:
        """By the words."""
        return _is_one_of(themes_of(event), value.mention.value, event.get("theme"))

    def answers(self, pages: Sequence[LabelledPage]) -> Iterator[Answers]:
        """What pages teach, as taggers read them that have not seen their hosts."""
        entries = {}
        for language in LANGUAGES:
            mine = [page for page in pages if page.record["lang"] == language]
            trainer = TaggerTrainer(self, language, mine)
            for fold in range(FOLDS):
                inside = [page for page in mine if fold_of(page.group) == fold]
                with tempfile.TemporaryDirectory() as folder:
                    models = trainer.read_in_turn(Path(folder), fold)
                    for page in inside:
                        self.tagger(page).models = models
                    yield from super().answers(inside)
            entries[language] = trainer.train(self._written)
        write(self._written / "models.json", entries, VERSION)


class VenueStage(Stage):
    """Houses."""

    name, precision = venue_choice.STAGE, 0.8

    def measure(self, labelled: LabelledPage, events: Sequence[EventMentions]) -> Iterable[Read]:
        """What may be a house."""
        places = self.reader.place_reader(labelled.page)
        closed = EventSentences(labelled.page, events, labelled.candidates).closed
        by_rules = places.read_by_rules(events, closed, labelled.candidates)
        return places.venue_choice(by_rules).measure().measure()

    def is_labelled(self, event: Record, value: Any) -> bool | None:
        """By the words."""
        given = (event.get("place") or {}).get("venue")
        return _is_one_of(houses_of(event), value.mention.value, given)


STAGES = {stage.name: stage for stage in (ThemeStage, VenueStage)}


def _is_one_of(wanted: Sequence[str], value: str, given: str | None) -> bool | None:
    """Whether a value is labelled; None where it is but an alternative to nothing."""
    right = any(same(one, value) for one in wanted)
    return None if right and not given else right


class TaggerTrainer:
    """Makes taggers of themes from pages whose features are made once."""

    def __init__(self, stage: ThemeStage, language: str, pages: Sequence[LabelledPage]) -> None:
        self._checksum, clusters = read_clusters(clusters_of(language))
        self._language = language
        self._taught: list[tuple[int, Any, list[str], int]] = []
        for labelled in pages:
            tagger, fold = stage.tagger(labelled), fold_of(labelled.group)
            for sentence in labelled.page.sentences:
                if sentence.zone != "contact":
                    tokens, features = tagger.words(labelled.page, sentence, clusters)
                    places = find_themes(labelled, sentence)
                    times = REPEATED if places else 1
                    sequence = pycrfsuite.ItemSequence(features)
                    self._taught.append((fold, sequence, label_tokens(tokens, places), times))

    def read_in_turn(self, folder: Path, without: int) -> TaggerModels:
        """The tagger that all pages teach but those of a group of hosts, by way of a folder."""
        models = folder / "models.json"
        write(models, {self._language: self.train(folder, without)}, VERSION)
        return TaggerModels(models, KIND)

    def train(self, folder: Path, without: int | None = None) -> dict[str, Any]:
        """Write the file of the tagger that all pages teach, but those of a group of hosts; what is
        written of it beside.
        """
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for fold, features, labels, times in self._taught:
            for _ in range(times if fold != without else 0):
                trainer.append(features, labels)
        trainer.set_params(SETTINGS)
        file = folder / f"{self._language}.crfsuite"
        trainer.train(str(file))
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        return {"sha256": checksum, "clusters": self._checksum, **UNUSED}


def train_choice(name: str, answers: Sequence[Answers], precision: float) -> dict[str, Any]:
    """The model of a stage, as it is written; its threshold keeps a precision where one does."""
    samples = [sample for one in answers for sample in one.samples]
    names = structure_of(samples)
    fitted = fit(samples, names)
    odds, at = [], 0
    for one in answers:
        odds.append(fitted.odds[at : at + len(one.samples)].tolist())
        at += len(one.samples)
    asked = [
        (one, of_one)
        for one, of_one in zip(answers, odds, strict=True)
        if all(sample.asked for sample in one.samples)
    ]
    counts = {threshold: count(asked, threshold) for threshold in (NEVER, *THRESHOLDS)}
    threshold = max(
        THRESHOLDS, key=lambda t: (counts[t].precision >= precision, round(counts[t].f1, 3), t)
    )
    print(f"{name}: {len(asked)} events, by rules {counts[NEVER]}, in turn {counts[threshold]}")
    return {"measures": names, "questions": {OF_EVENT: fitted.written(threshold)}}


def count(answers: Iterable[tuple[Answers, Sequence[float]]], threshold: float) -> Counted:
    """The values that events get, with those that can be found at all."""
    counted = Counted()
    for one, odds in answers:
        given = one.given(odds, threshold)
        labelled = any(sample.answer for sample in one.samples)
        counted += Counted(bool(given), given is not None, labelled)
    return counted


def main(
    folders: Sequence[Path],
    keep: Sequence[str] = (),
    choices: Path = CHOICES_FILE,
    themes: Path = THEMES.parent,
    turns: Path | None = None,
) -> None:
    """Train, print how the choices do, write the files. Stages of `keep` stay as they are. `turns`:
    folder that the gates in turn are read from.
    """
    reader = TrainingReader(turns=turns)
    pages = [reader.read(record) for folder in folders for record in read_folder(folder)]
    known = json.loads(choices.read_text("utf-8"))["stages"] if keep else {}
    stages = {name: known[name] for name in keep}
    for stage in (ThemeStage(reader, themes), VenueStage(reader)):
        if stage.name not in keep:
            answers = list(stage.answers(pages))
            stages[stage.name] = train_choice(stage.name, answers, stage.precision)
    content = {"version": CHOICES_VERSION, "stages": stages}
    choices.write_text(json.dumps(content, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    parser = trainer_arguments(__doc__)
    parser.add_argument(
        "--keep", action="append", default=[], choices=STAGES, help="a choice that stays as it is"
    )
    given = parser.parse_args()
    main(given.folders, given.keep, turns=given.turns)
