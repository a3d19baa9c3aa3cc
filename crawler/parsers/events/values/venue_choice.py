"""In which house each event of a page is, as a trained model chooses among those of the page: where
rules give none, or another one than the model is surer of; what it doubts is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.value_choice import choose_or_doubt, model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from crawler.parsers.events.values.span_measures import measure_span
from crawler.parsers.events.values.venues import VenueReader
from indexer.records.document import Mention

STAGE = "venues"
"""Of the file of models."""
_RULE, _CONFIDENCE = "placing.venue-trained", 0.6
_AROUND = (-1, 0, 1, 2, 3)
"""Sentences around a mention of an event of which the tagger is asked."""
_ENDINGS = (4, 6)


class VenueChoice:
    """Measures the houses of one page at its events, and chooses among them."""

    def __init__(
        self,
        page: AnnotatedPage,
        reader: VenueReader,
        ruled: Mapping[EventMentions, FoundValue[str] | None],
    ) -> None:
        self._page, self._reader, self._ruled = page, reader, ruled
        self._events: Sequence[EventMentions] = list(ruled)
        told = {i for event in self._events for i in event.sentences()}
        self._around = {i + n for i in told for n in _AROUND}

    def choose(self, models: RoleModels) -> Mapping[EventMentions, FoundValue[str] | None]:
        """The house of each event."""
        model = model_of(models, STAGE)
        if model is None:
            return self._ruled
        measured = self.measure()
        chosen = choose_or_doubt(measured, model)
        told = {
            e: v
            for e, v in chosen.items()
            if measured.may_be_chosen(e) and (v is None or self._fits(e, v))
        }
        own = {e: _read(v) if v else None for e, v in told.items()}
        return {**self._ruled, **own}

    def _fits(self, event: EventMentions, value: ValueMention) -> bool:
        """Whether a house is no town, nobody's office, and not one that rules give another event,
        where its sentence doesn't mention this one.
        """
        if value.measures.get("is.town") or value.measures.get("is.office"):
            return False
        others = {_key(v.value) for e, v in self._ruled.items() if v and e is not event}
        own = value.sentence.index in event.sentences()
        return event.may_be_told_in(value.sentence) and (own or value.value not in others)

    def measure(self) -> ChoiceMeasures:
        """What speaks for each house of the page."""
        ruled = {e: (_key(v.value),) if v else () for e, v in self._ruled.items()}
        return ChoiceMeasures(self._events, self._mentions(), ruled)

    def _mentions(self) -> Iterator[ValueMention]:
        spans: dict[tuple[str, int, int], tuple[AnnotatedSentence, Measures]] = {}
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            houses = self._reader.may_be_houses(s, tagged=s.index in self._around)
            for start, end, measures in (*houses, *self._of_rules(s)):
                if end - start > 2:
                    spans.setdefault((s.part, start, end), (s, {}))[1].update(measures)
        names = [
            (c.sentence.part, c.name.start, c.name.end) for e in self._events for c in e.candidates
        ]
        for (_, start, end), (s, measures) in spans.items():
            value = self._page.cut(s.part, start, end)
            measured = {
                **measures,
                **measure_span(self._page, s, start, end, "house"),
                **self._measure_words(value),
                "is.town": self._reader.is_town(s, start, end),
                "in.names": any(p == s.part and a < end and start < b for p, a, b in names),
                "in.labelled": self._page.labelled(s, "venue_labels") > 0,
                "in.role": any(p.end <= start for p in s.of("persons")),
                "town.behind": any(0 <= m.start - end <= 5 for m in s.of("places")),
                "town.before": any(0 <= start - m.end <= 5 for m in s.of("places")),
                "town.within": any(start <= m.start < end for m in s.of("places")),
            }
            yield ValueMention(
                s, Mention("venue", s.part, start, end, value, value), _key(value), measured
            )

    def _measure_words(self, value: str) -> Measures:
        """Its words and their endings, wherever they stand."""
        lang = self._page.vocabulary.lang
        words = value.casefold().split()[:8]
        return {
            hashed(f"{lang}:house:-{word[-n:]}"): 1.0
            for word in words
            for n in _ENDINGS
            if len(word) >= n
        }

    def _of_rules(self, s: AnnotatedSentence) -> Iterator[tuple[int, int, Measures]]:
        for venue in self._ruled.values():
            if venue and venue.part == s.part and s.start <= venue.start < s.end:
                yield venue.start, venue.end, {f"rule.{venue.rule}": 1.0}


def _read(value: ValueMention) -> FoundValue[str]:
    m = value.mention
    return FoundValue(m.surface, m.part, m.start, m.end, _RULE, _CONFIDENCE)


def _key(value: str) -> str:
    """By which mentions of a house are known as one."""
    return " ".join(value.casefold().split())
