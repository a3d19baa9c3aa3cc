"""What speaks for a value of an event being right, as numbers: what its confidence is judged by.

Measures are of where a value stands and how it was read, never of words. A value is wrong for two
reasons: its event is none (what the trained gate says of it is measured), or it belongs to another
event of the page (how near those are is measured).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawler.parsers.events.assembly.event_values import EventValues, field_of
from crawler.parsers.events.assembly.value_rivals import ValueRivals
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import bounded

OF_FIELD = "field."
"""What the name of the measure begins with that says of which field a value is."""
_LIKELY = 1.0
"""Score from which a candidate that is no event may have been one."""
_FAR = 3
"""Sentences between a value and its event from which on it is far away."""
_FEW, _MANY = 4, 8
_HIGHEST_SCORE = 6.0
_MOST_ODDS = 5.0
"""Log odds from which on an answer hardly counts for more."""
_DATES = "dates"
_RIVALS: Mapping[str, str] = {
    "start": _DATES,
    "end": _DATES,
    "place.city": "places",
    "place.country": "countries",
    "organisers": "organisations",
    "participants.organisations": "organisations",
    "participants.countries": "countries",
    "persons.name": "persons",
    "persons.role": "persons",
    "persons.organisation": "organisations",
}
"""What else on a page may be a value of a field: dates, or mentions of such a field."""
_KINDS = ("persons", "organisations", "places")
"""What is counted in the sentence of a value, besides its days and cue phrases."""
_BESIDE = 30
"""Characters on either side of a value that are looked at."""
_QUOTES, _ENDS = '„“”«»"', ".;!?\n"
_BENDS = (0.0, 1.0, 2.0, 3.0, 4.0)
"""Log odds at which the share of right values may bend."""


class ConfidenceMeasures:
    """Measures the values of the events of a page; `candidates` are all that may be one there."""

    def __init__(
        self,
        page: AnnotatedPage,
        every: Sequence[tuple[EventMentions, EventValues]],
        candidates: Sequence[Candidate],
    ) -> None:
        self._page = page
        self._beside = ValueRivals(every)
        events = self._events = [event for event, _ in every]
        self._told_of = Counter(
            value
            for _, values in every
            for value in {(field_of(path), str(found.value)) for path, found in values.evidence()}
        )
        known = {id(c) for event in events for c in event.candidates}
        self._left = [c for c in candidates if id(c) not in known and c.score >= _LIKELY]
        self._events_in = Counter(index for event in events for index in event.sentences())
        self._told: dict[str, Counter[str]] = {
            kind: Counter(name for s in page.sentences for name in self._names(kind, s))
            for kind in dict.fromkeys(_RIVALS.values())
        }
        self._most = {kind: max(told.values(), default=0) for kind, told in self._told.items()}

    def measure(self, event: EventMentions, values: EventValues) -> Iterator[Mapping[str, float]]:
        """The measures of each value of an event, in the order of its evidence."""
        of_event = self._measure_event(event, values)
        others = [c for one in self._events if one is not event for c in one.candidates]
        evidence = list(values.evidence())
        number = Counter(field_of(path) for path, _ in evidence)
        persons = {
            path.partition(".")[0]: v.odds for path, v in evidence if path.endswith("].name")
        }
        judged = [
            bounded(found.odds, _MOST_ODDS) for _, found in evidence if found.odds is not None
        ]
        of_models = {
            "models.mean": sum(judged) / max(1, len(judged)),
            "models.least": min(judged, default=0.0),
        }
        for path, found in evidence:
            field = field_of(path)
            measures = {
                "value.number": math.log(number[field]),
                f"{OF_FIELD}{field}": 1.0,
                f"rule.{field}.{found.rule}": 1.0,
                f"rank.{found.rule}": found.confidence,
                **of_event,
                **of_models,
                **dict(self._measure_nearness(event, found, others)),
                **self._measure_sentence(event, found),
                **self._measure_rivals(field, found),
                "value.events": math.log(self._told_of[field, str(found.value)]),
                **self._measure_bodies(found),
                **self._measure_words(found),
                **_measure_odds("model", found.odds),
                "model.lead": bounded(found.lead or 0.0, _MOST_ODDS),
                **self._beside.measure(event, field, found),
                **_measure_odds("person", persons.get(path.partition(".")[0])),
            }
            yield {name: float(value) for name, value in measures.items() if value}

    def _measure_event(self, event: EventMentions, values: EventValues) -> dict[str, float]:
        odds, best = event.odds, event.best
        measures = {
            "bias": 1.0,
            f"event.kind.{best.kind}": 1.0,
            "event.score": max(0.0, min(best.score, _HIGHEST_SCORE)) / _HIGHEST_SCORE,
            "event.first": event is self._events[0],
            "event.headline": any(c.sentence.zone == "headline" for c in event.candidates),
            "event.opening": best.sentence.index < _FAR,
            "event.place": best.sentence.index / max(1, len(self._page.sentences)),
            "event.ordinal": values.ordinal is not None,
            "event.series": values.series is not None,
            "event.venue": values.place.venue is not None,
            "event.organisers": min(len(values.organisers), _FEW) / _FEW,
            "event.persons": min(len(values.people), _MANY) / _MANY,
            "event.words": min(len(values.name.value.split()), _MANY) / _MANY,
            "event.second": event.second,
            "event.lifted": event.lifted,
            f"event.{values.role}": 1.0,
            "event.mentions": math.log(len(event.candidates)),
            "event.day": values.dates.start is not None,
            "event.town": values.place.city is not None,
            "event.bare": best.is_bare,
            **self._measure_day(values),
            "page.events": math.log(len(self._events)),
            "page.sentences": math.log(1 + len(self._page.sentences)) / 3,
        }
        if odds is None:
            return measures | {"odds.unknown": 1.0}
        measures["event.odds"] = bounded(odds, _MOST_ODDS)
        bends = {f"odds.{bend:.0f}": min(0.0, max(odds, -4.0) - bend) for bend in _BENDS}
        return measures | bends

    def _measure_day(self, values: EventValues) -> dict[str, float]:
        """How exact the first day of an event is, and how far it is from that of the page."""
        day = values.dates.start.value if values.dates.start else None
        first, page = first_day(day), first_day(self._page.draft.published)
        if day is None or first is None:
            return {}
        ahead = (first - page).days if page else 0
        return {
            "event.exact": len(day) / len(first.isoformat()),
            "event.ahead": math.copysign(math.log(1 + abs(ahead)), ahead),
        }

    def _measure_bodies(self, found: FoundValue[object]) -> dict[str, float]:
        """Whether a body is named where a value stands, and whether it is the whole value."""
        sentence = self._page.sentence_up_to(found.part, found.start)
        bodies = sentence.of("organisations") if sentence else []
        return {
            "is.body": any(b.start < found.end and found.start < b.end for b in bodies),
            "is.whole_body": any((b.start, b.end) == (found.start, found.end) for b in bodies),
        }

    def _measure_nearness(
        self, event: EventMentions, found: FoundValue[object], others: Sequence[Candidate]
    ) -> Iterator[tuple[str, float]]:
        """How far the event is, and whether another one is nearer."""
        sentence = self._sentence(found)
        if sentence is None:
            yield "elsewhere", 1.0
            return
        own, left = _distance(event.candidates, found, sentence), self._left
        yield f"sentences.{min(own[0], _FAR)}", 1.0
        yield "headline", self._page.sentences[sentence].zone == "headline"
        yield "list", self._page.sentences[sentence].zone == "list"
        yield "other.nearer", bool(others) and _distance(others, found, sentence) < own
        yield "other.inside", any(c.sentence.index == sentence for c in others)
        yield "left.nearer", bool(left) and _distance(left, found, sentence) < own
        yield "left.inside", any(c.sentence.index == sentence for c in left)
        yield "left.some", bool(left)

    def _measure_sentence(
        self, event: EventMentions, found: FoundValue[object]
    ) -> dict[str, float]:
        """What the sentence of a value is like, and what else stands there: a long one with several
        of each is easily misread.
        """
        index = self._sentence(found)
        if index is None:
            return {}
        s = self._page.sentences[index]
        length = max(1, s.end - s.start)
        since = min((index - i for i in event.sentences() if i <= index), default=-1)
        return {
            "sentence.length": math.log(1 + length),
            "sentence.at": (found.start - s.start) / length,
            "sentence.place": index / max(1, len(self._page.sentences)),
            "sentence.own": since == 0,
            "sentence.since": math.log(1 + since) if since >= 0 else -1.0,
            "sentence.events": self._events_in[index],
            "sentence.dates": len(s.dates),
            "sentence.cues": len(s.cues),
            **{f"sentence.{kind}": len(s.of(kind)) for kind in _KINDS},
        }

    def _measure_rivals(self, field: str, found: FoundValue[object]) -> dict[str, float]:
        """What else may be the value: in its sentence, and on the page; and whether the page says
        the same again.
        """
        measures = {"value.words": min(len(str(found.value).split()), _MANY) / _MANY}
        kind, sentence = _RIVALS.get(field), self._sentence(found)
        if kind is None or sentence is None:
            return measures
        told, here = self._told[kind], self._names(kind, self._page.sentences[sentence])
        rivals, times = len(told) - 1, told[str(found.value)]
        return measures | {
            "rivals.here": min(max(0, len(set(here)) - 1), _FEW) / _FEW,
            "rivals.page": math.log(1 + max(0, rivals)),
            "rivals.none": rivals < 1,
            "value.again": times > 1,
            "value.most": bool(told) and times == self._most[kind],
        }

    def _measure_words(self, found: FoundValue[object]) -> dict[str, float]:
        """How often the page has the words of a value, what they are like, and what stands on
        either side: a name that runs on or is cut amid its words shows there.
        """
        text = self._page.texts.get(found.part, "")
        surface = text[found.start : found.end]
        words = surface.split()
        if not words:
            return {}
        before = text[max(0, found.start - _BESIDE) : found.start]
        behind = text[found.end : found.end + _BESIDE]
        sign, rest = behind[:1], behind.lstrip(" ")[:1]
        last = before.split()[-1:]
        capitals = sum(word[0].isupper() for word in words)
        return {
            "words.again": math.log(max(1, text.count(surface))),
            "words.headline": surface in text.partition("\n")[0],
            "words.length": math.log(len(surface)),
            "words.capitals": capitals / len(words),
            "words.opening": words[0][0].isupper(),
            "words.closing": words[-1][0].isupper(),
            "words.acronym": surface.isupper(),
            "words.quotes": any(mark in surface for mark in _QUOTES),
            "behind.end": not sign or sign in _ENDS,
            "behind.comma": sign == ",",
            "behind.quote": sign in _QUOTES and bool(sign),
            "behind.bracket": rest == "(",
            "behind.capital": sign == " " and rest.isupper(),
            "behind.small": sign == " " and rest.islower(),
            "behind.number": rest.isdigit(),
            "behind.amid": sign.isalnum(),
            "before.line": not before or before[-1] == "\n",
            "before.quote": bool(before) and before[-1] in _QUOTES,
            "before.capital": bool(last) and last[0][0].isupper(),
            "before.comma": bool(last) and last[0].endswith(","),
        }

    def _names(self, kind: str, sentence: AnnotatedSentence) -> list[str]:
        """What a sentence has of a kind."""
        if kind == _DATES:
            return [date.first for date in sentence.dates]
        return [m.surface if m.value is None else str(m.value) for m in sentence.of(kind)]

    def _sentence(self, found: FoundValue[object]) -> int | None:
        """The number of the sentence that a value stands in."""
        sentence = self._page.sentence_up_to(found.part, found.start)
        return sentence.index if sentence else None


def _measure_odds(of: str, odds: float | None) -> dict[str, float]:
    """What a model that chooses among the page's bodies or persons says of a value."""
    if odds is None:
        return {}
    return {f"{of}.judged": 1.0, f"{of}.odds": bounded(odds, _MOST_ODDS)}


def _distance(
    candidates: Sequence[Candidate], found: FoundValue[object], sentence: int
) -> tuple[int, int]:
    """Sentences, and characters within one, to the nearest of the candidates."""
    return min(
        (
            abs(c.sentence.index - sentence),
            max(0, c.name.start - found.end, found.start - c.name.end)
            if c.sentence.index == sentence
            else 0,
        )
        for c in candidates
    )
