"""Trains which events stay that only a likely word names, on labelled pages, and writes their
parameters.

    python -m radar.training.likely_training --turns FOLDER FOLDER…

Folders and parts as in event_training.py; of `--turns` come the gates that have not seen a fold of
hands. Three models, each judged and learnt from in turn: which words name an event, which mentions
by such words are of an event that the page does not give yet, and which of those stay once their
values are read. Sums are printed, never a text. The same pages give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from crawler.parsers.events import EventReader
from crawler.parsers.events.assembly.event_review import LIKELY, measure_events
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.head_words import OF_WORD, SHORTEST
from crawler.parsers.events.candidates.likely_mentions import (
    MOST,
    Found,
    group_likely,
    may_have_likely,
    measure_likely,
    with_likely,
)
from crawler.parsers.events.candidates.likely_words import LikelyWords, features, may_name, words_of
from crawler.parsers.events.candidates.selection import LikelyEvents, find_likely
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.trained.event_models import PARAMETERS, EventModels, read_models
from crawler.parsers.events.trained.likely_models import (
    LIKELY_FILE,
    LIKELY_VERSION,
    OF_LIKELY_EVENT,
    OF_LIKELY_VALUES,
    OF_LIKELY_WORD,
    read_likely_models,
)
from indexer.records.reference import load_reference
from radar.training.arguments import trainer_arguments
from radar.training.event_parts import FOLDS, TAUGHT, folder_of_turn, read_parts, turn_of
from radar.training.head_training import head_of_mention, labelled_sentences, learn_weights
from radar.training.joint_fit import (
    MOST_ODDS,
    Fitted,
    Sample,
    choose_threshold,
    fit,
    structure_of,
)
from radar.training.labelled_pages import DraftReader, LabelledPage, TrainingReader
from radar.training.logistic import Places

SETTINGS = {"c1": 0.3, "c2": 0.3, "max_iterations": 50, "feature.minfreq": 3}
SHARE_OF_NONE = 4
"""Of so many words that name no event one teaches."""
LEAST = -2.0
"""Log odds from which on likely mentions teach what their values say."""
PRECISION = 0.6
"""Share of right ones among the likely events beside others: half of what else is found would do
for F1, as a page that has an event may have a further one.
"""
MOST_FALSE_PAGES = 0.002
"""Share of the pages without an event that likely words may give one."""
_SMALLEST = 0.005


@dataclass(frozen=True, slots=True)
class WordSample:
    """A word of a page with what is known of it."""

    turn: int
    known: Sequence[str]
    names_event: bool


@dataclass(slots=True)
class LikelyPage:
    """A page with its likely mentions, and what the models read of them."""

    labelled: LabelledPage
    turn: int
    known: LikelyEvents
    groups: Sequence[EventMentions]
    samples: Sequence[Sample]
    odds: Sequence[float] = ()

    @property
    def part(self) -> str:
        """The part of its samples."""
        return self.samples[0].part if self.samples else TAUGHT[0]


def main(
    folders: Sequence[Path],
    turns: Path,
    parameters: Path = LIKELY_FILE,
    drafts: DraftReader | None = None,
) -> None:
    """Train on the pages of the folders with the gates in turn, print how the models do, and write
    the parameters.
    """
    drafts = drafts or DraftReader(load_reference())
    reader = TrainingReader(drafts)
    parts = read_parts(folders)
    pages = [
        (part, reader.read(record))
        for part in TAUGHT
        for record in parts[part]
        if "_events" in record
    ]
    gates = [read_models(folder_of_turn(turns, n) / PARAMETERS.name) for n in range(FOLDS + 1)]
    words = fit_words(pages)
    likely = list(likely_pages(drafts.events, pages, gates, words))
    of_event = fit_events(likely)
    of_values = fit_values(drafts.events, likely)
    content = {
        "version": LIKELY_VERSION,
        OF_LIKELY_WORD: {"weights": words[FOLDS], "threshold": 0.0},
        "stages": {OF_LIKELY_EVENT: of_event, OF_LIKELY_VALUES: of_values},
    }
    parameters.write_text(json.dumps(content, sort_keys=True) + "\n", "utf-8")
    read_likely_models.cache_clear()


def fit_words(pages: Sequence[tuple[str, LabelledPage]]) -> list[Mapping[str, float]]:
    """The weights of what is known of words, in turn (turn_of)."""
    samples = [sample for part, page in pages for sample in word_samples(part, page)]
    named = sum(sample.names_event for sample in samples)
    print(f"{OF_LIKELY_WORD}: {len(samples)} words, {named} of them name an event")
    return [_fit_turn(samples, turn) for turn in range(FOLDS + 1)]


def word_samples(part: str, labelled: LabelledPage) -> Iterator[WordSample]:
    """Words of a page: the head of each labelled mention, and some that are in none."""
    page, turn = labelled.page, turn_of(part, labelled.group)
    for sentence, mentions in labelled_sentences(labelled):
        words = words_of(page, sentence)
        inside = [span for span, mark in mentions if mark["event"] is not None]
        found = [head_of_mention(labelled, sentence, span, SHORTEST - 1) for span in inside]
        heads = {head[0] for head in found if head}
        for at, word in enumerate(words):
            names = word.start in heads
            if not names:
                if any(a <= word.start < b for a, b in inside) or not may_name(sentence, word):
                    continue
                if not _teaches(labelled, sentence, at):
                    continue
            yield WordSample(turn, tuple(features(page, sentence, words, at)), names)


def _teaches(labelled: LabelledPage, sentence: AnnotatedSentence, at: int) -> bool:
    """Whether a word that names no event teaches: the same ones in every run."""
    place = f"{labelled.record['id']} {sentence.index} {at}"
    return crc32(place.encode()) % SHARE_OF_NONE == 0


def _fit_turn(samples: Sequence[WordSample], turn: int) -> Mapping[str, float]:
    """Weights that pages outside of a turn teach; `chosen-on` teaches nothing."""
    weights = learn_weights(
        ((one.known, one.names_event) for one in samples if one.turn not in (turn, FOLDS)), SETTINGS
    )
    return {name: round(w, 3) for name, w in sorted(weights.items()) if abs(w) >= _SMALLEST}


def likely_pages(
    events: EventReader,
    pages: Sequence[tuple[str, LabelledPage]],
    gates: Sequence[EventModels],
    weights: Sequence[Mapping[str, float]],
) -> Iterator[LikelyPage]:
    """The pages with their likely mentions, each read by models that have not seen its hand."""
    words: dict[tuple[int, str], LikelyWords] = {}
    for part, labelled in pages:
        turn, page = turn_of(part, labelled.group), labelled.page
        known = find_likely(page, labelled.candidates, gates[turn])
        lang = page.vocabulary.lang
        if (turn, lang) not in words:
            words[turn, lang] = LikelyWords(weights[turn], lang)
        found: Found = ()
        if may_have_likely(page, known):
            found = events.find_words(page, labelled.candidates, words[turn, lang])
        groups = group_likely(page, found)
        heads = gates[turn][OF_WORD].linear if OF_WORD in gates[turn] else None
        measured = measure_likely(page, groups, found, known, heads)
        answers = _answers(labelled, known, groups, {id(c): odds for odds, c in found})
        samples = [
            Sample(part, labelled.group, measures, *answer)
            for measures, answer in zip(measured, answers, strict=True)
        ]
        yield LikelyPage(labelled, turn, known, groups, samples)


def _answers(
    labelled: LabelledPage,
    known: LikelyEvents,
    groups: Sequence[EventMentions],
    odds: Mapping[int, float],
) -> list[tuple[bool, bool]]:
    """Whether each group is an event of the labels that the page does not give yet, and whether
    they say so: a second group of one event is none, that of an optional one says nothing.
    """
    taken = {labelled.event_of(event) for event in known.events}
    answers: dict[int, tuple[bool, bool]] = {}
    for group in sorted(groups, key=lambda g: -max(odds[id(c)] for c in g.candidates)):
        answers[id(group)] = _answer(labelled, event_of_likely(labelled, group), taken)
    return [answers[id(group)] for group in groups]


def _answer(labelled: LabelledPage, event: int | None, taken: set[int | None]) -> tuple[bool, bool]:
    optional = event is not None and bool(labelled.record["events"][event].get("optional"))
    right = event is not None and event not in taken and not optional
    if event is not None:
        taken.add(event)
    return right, not optional


def event_of_likely(labelled: LabelledPage, group: EventMentions) -> int | None:
    """The labelled event of a group: the one that it mentions, or else the only one of its day, of
    which its sentence tells. With that day and its town it would be known for it.
    """
    named = labelled.event_of(group)
    if named is not None:
        return named
    events = labelled.record["events"]
    for c in group.candidates:
        days, s = {d.first for d in c.dates if d.is_day}, c.sentence
        same = [place for place, event in enumerate(events) if event.get("start") in days]
        if len(same) != 1:
            continue
        place = events[same[0]].get("place") or {}
        town = place.get("city_surface") or place.get("city")
        told = labelled.labelled("_events", s.part, s.start, s.end)
        if any(mark["event"] == same[0] for mark in told) or (
            town and town in labelled.page.texts[s.part][s.start : s.end]
        ):
            return same[0]
    return None


def fit_events(pages: Sequence[LikelyPage]) -> Mapping[str, Any]:
    """Which likely mentions are events, as it is written; what it says in turn stays with them."""
    samples = [sample for page in pages for sample in page.samples]
    names = structure_of(samples)
    fitted = fit(samples, names)
    choose_threshold(f"likely {OF_LIKELY_EVENT}", samples, fitted.odds, 0.5)
    at = 0
    for page in pages:
        page.odds = fitted.odds[at : at + len(page.samples)].tolist()
        at += len(page.samples)
    return fitted.in_turn(OF_LIKELY_EVENT, names, 0.0)[FOLDS]


def fit_values(events: EventReader, pages: Sequence[LikelyPage]) -> Mapping[str, Any]:
    """Which likely events stay by their values, as it is written. It learns from those of all
    events, and chooses its thresholds by the likely ones.
    """
    samples: list[Sample] = []
    alone: list[bool] = []
    without = sum(not page.labelled.record["events"] for page in pages)
    false: dict[int, list[int]] = {}
    for number, page in enumerate(pages):
        for sample in value_samples(events, page):
            first = LIKELY in sample.measures and not page.known.events
            if first and not page.labelled.record["events"]:
                false.setdefault(number, []).append(len(samples))
            samples.append(sample)
            alone.append(not page.known.events)
    names = structure_of(samples)
    fitted = fit(samples, names)
    likely = np.array([LIKELY in sample.measures for sample in samples])
    beside = np.flatnonzero(likely & ~np.array(alone))
    threshold = _choose(f"likely {OF_LIKELY_VALUES}", samples, fitted, beside)
    highest = sorted((float(fitted.odds[places].max()) for places in false.values()), reverse=True)
    allowed = int(MOST_FALSE_PAGES * without)
    least = highest[allowed] if allowed < len(highest) else LEAST
    chosen = np.flatnonzero(likely & np.array(alone))
    right = sum(samples[i].answer for i in chosen if fitted.odds[i] > least)
    print(
        f"likely {OF_LIKELY_VALUES}, alone: {sum(fitted.odds[chosen] > least)} let in, {right}"
        f" right, {allowed} of {without} pages without an event given one"
    )
    written = dict(fitted.in_turn(OF_LIKELY_VALUES, names, threshold)[FOLDS])
    question = written["questions"][OF_LIKELY_VALUES] | {"alone": round(least, 4)}
    return written | {"questions": {OF_LIKELY_VALUES: question}}


def _choose(title: str, samples: Sequence[Sample], fitted: Fitted, places: Places) -> float:
    if not len(places):
        return MOST_ODDS
    chosen = [samples[i] for i in places]
    return choose_threshold(title, chosen, fitted.odds[places], PRECISION)


def value_samples(events: EventReader, page: LikelyPage) -> Iterator[Sample]:
    """The events of a page, likely ones among them, with their values."""
    labelled = page.labelled
    ranked = sorted(zip(page.odds, page.groups, strict=True), key=lambda each: -each[0])
    for odds, group in ranked:
        group.odds = odds
    likely = [group for odds, group in ranked if odds > LEAST][:MOST]
    known = with_likely(page.known, likely)
    if not known.every:
        return
    candidates = labelled.candidates
    every = events.assembler(labelled.page, known.every, candidates).read(known.every, candidates)
    taken: set[int | None] = set()
    measured = measure_events(labelled.page, every, known, candidates)
    for (event, _), measures in zip(every, measured, strict=True):
        of = event_of_likely(labelled, event) if event.likely else labelled.event_of(event)
        right, asked = _answer(labelled, of, taken)
        yield Sample(page.part, labelled.group, measures, right, asked)


if __name__ == "__main__":
    given = trainer_arguments(__doc__).parse_args()
    main(given.folders, given.turns)
