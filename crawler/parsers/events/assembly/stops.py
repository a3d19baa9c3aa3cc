"""Further places and days at which an event is held again: rows of days and towns, each with one of
the other (hearings on 8 April in Buxton and on 10 April in Matlock; a roadshow, and below it lines
of a day and a town).

Each is an event of its own: who lives in the second town looks for that. What the text says of all,
name, theme and organisers, is said of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.page.paper_dates import days_of_events
from crawler.parsers.events.values.event_places import EventPlace, PlaceReader
from indexer.records.document import Event, Mention, Participants

_FEWEST = 2
_APART, _WORDS_APART = 40, 2
"""Characters and words, marks among them, between a day and its town, or a pair and the next."""
_VERBS = ("takes_place", "will_take_place", "moved", "cancelled", "travel", "receive")
"""Cues that tell, between two pairs, of something else."""
_OF_EACH = ("name", "series", "ordinal", "theme", "organisers")
"""Paths of values that each stop shares."""
_RULE_DAY = "dating.stop"
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS = 4
"""Words of a line besides its day and town: a weekday, a house, an hour."""


@dataclass(frozen=True, slots=True)
class _Stop:
    day: DateMention
    town: Mention


def add_stops(
    page: AnnotatedPage,
    events: Sequence[EventMentions],
    assembled: Sequence[AssembledEvent],
    candidates: Sequence[Candidate],
    places: PlaceReader,
) -> list[AssembledEvent]:
    """The events with those at the further stops of each behind them; `events` and `assembled` are
    of one length. A journey stays one, with all its stations.
    """
    found = list(assembled)
    days = {one.event.start for one in assembled}
    for number, (event, one) in enumerate(zip(events, assembled, strict=True)):
        if event.is_journey or one.event.end:
            continue
        stops = next(_rows_of(page, event, candidates, places), [])
        own = next((stop for stop in stops if stop.day.first == one.event.start), None)
        if own is None:
            continue
        if not (one.event.place.city or one.event.place.country):
            found[number] = _with_place(one, places.place_of(own.town))
        further = [stop for stop in stops if stop.day.first not in days]
        days.update(stop.day.first for stop in further)
        found += [_at_stop(page, one, stop, places.place_of(stop.town)) for stop in further]
    return found


def _with_place(one: AssembledEvent, place: EventPlace) -> AssembledEvent:
    """An event with a town, and the house that it has."""
    record = replace(place.to_record(), venue=one.event.place.venue)
    return AssembledEvent(
        replace(one.event, place=record), (*one.evidence, *_evidence_of(place)), one.measures
    )


def _evidence_of(place: EventPlace) -> Iterator[tuple[str, FoundValue[object]]]:
    values = (("place.city", place.city), ("place.country", place.country))
    return ((path, found) for path, found in values if found)


def _rows_of(
    page: AnnotatedPage,
    event: EventMentions,
    candidates: Sequence[Candidate],
    places: PlaceReader,
) -> Iterator[list[_Stop]]:
    """The rows that tell of an event: in a sentence that mentions it, or in lines on the page of a
    single one.
    """
    for c in event.candidates:
        stops = _stops_of_sentence(page, c, candidates, places)
        if len(stops) >= _FEWEST:
            yield stops
    if not event.second:
        stops = _stops_of_lines(page, candidates, places)
        if len(stops) >= _FEWEST:
            yield stops


def _stops_of_sentence(
    page: AnnotatedPage, c: Candidate, candidates: Sequence[Candidate], places: PlaceReader
) -> list[_Stop]:
    """Days and towns that take turns in a sentence, without a verb or another event between, and
    not of a journey to them (Der Minister reiste am 8. Mai nach Suhl und …).
    """
    s = c.sentence
    if s.cue("travel"):
        return []
    days = [d for d in days_of_events(page, s) if not d.last or d.last == d.first]
    towns = places.towns_at(s)
    if not _FEWEST <= len(days) == len(towns):
        return []
    stops = [_Stop(day, town) for day, town in zip(days, towns, strict=True)]
    spans = [
        sorted([(stop.day.start, stop.day.end), (stop.town.start, stop.town.end)]) for stop in stops
    ]
    flat = [span for pair in spans for span in pair]
    text = page.texts[s.part]
    gaps = [text[a[1] : b[0]] for a, b in pairwise(flat)]
    near = all(a[1] <= b[0] <= a[1] + _APART for a, b in pairwise(flat)) and all(
        len(gap.split()) <= _WORDS_APART and ";" not in gap for gap in gaps
    )
    first, last = flat[0][1], flat[-1][0]
    others = any(o.sentence is s and first <= o.head[0] < last for o in candidates)
    verbs = any(first <= cue.start < last for cue in s.cue(*_VERBS))
    return stops if near and not (others or verbs) and _differ(stops) else []


def _stops_of_lines(
    page: AnnotatedPage, candidates: Sequence[Candidate], places: PlaceReader
) -> list[_Stop]:
    """Lines of a page that hold a day to come and a town and little else: those of days past are
    as often datelines of other news, and those that others part, but the first, head entries of
    a calendar (14 May, Hull, and below it: Lead Forum).
    """
    named = {c.sentence.index for c in candidates if not c.titles_line}
    stops: dict[int, _Stop] = {}
    for s in page.sentences:
        days, towns = s.dates, places.towns_at(s, located=False)
        if s.part != "text" or s.index in named or s.zone not in ("list", "headline"):
            continue
        if len(days) != 1 or len(towns) != 1 or not days[0].is_day or days[0].last:
            continue
        stop = _Stop(days[0], towns[0])
        if stop.day.first > (page.draft.published or "") and _says_little_else(page, s, stop):
            stops[s.index] = stop
    rows = [
        stop
        for number, (index, stop) in enumerate(stops.items())
        if not number or index - 1 in stops or index + 1 in stops
    ]
    return rows if _differ(rows) else []


def _says_little_else(page: AnnotatedPage, s: AnnotatedSentence, stop: _Stop) -> bool:
    """Whether a line has no title of its own (12 May | Blast design | Hull): nothing but a house
    between its day and town, a weekday before them, and a house or an hour behind, but no colon
    (12 May, Hull: Mine opens).
    """
    spans = sorted([(stop.day.start, stop.day.end), (stop.town.start, stop.town.end)])
    gaps = [(s.start, spans[0][0]), (spans[0][1], spans[1][0]), (spans[1][1], s.end)]
    text = page.texts["text"]
    if text.startswith(":", spans[1][1]):
        return False
    before, between, behind = (_WORD.findall(text, *gap) for gap in gaps)
    housed = len(between) <= 1 or any(map(page.vocabulary.is_house, between))
    return len(before) <= 1 and housed and max(len(between), len(behind)) <= _MOST_WORDS


def _differ(stops: Sequence[_Stop]) -> bool:
    """Whether each is on a later day than the one before it, and none in a town of another."""
    towns = {stop.town.value for stop in stops}
    later = all(a.day.first < b.day.first for a, b in pairwise(stops))
    return later and len(towns) == len(stops)


def _at_stop(
    page: AnnotatedPage, one: AssembledEvent, stop: _Stop, place: EventPlace
) -> AssembledEvent:
    """The event at another stop: of its own day and town, with what is said of all."""
    day, known = stop.day, dict(one.evidence)
    start = replace(
        known["start"],
        value=day.first,
        part=day.part,
        start=day.start,
        end=day.end,
        rule=_RULE_DAY,
    )
    event = replace(
        _in_time(one.event, day.first, page.draft.published),
        start=day.first,
        place=place.to_record(),
        participants=Participants(),
        persons=(),
    )
    told = (*_OF_EACH, "status") if event.status == one.event.status else _OF_EACH
    shared = [(path, found) for path, found in one.evidence if path in told]
    return AssembledEvent(event, (*shared, ("start", start), *_evidence_of(place)))


def _in_time(event: Event, day: str, published: str | None) -> Event:
    """The event with role and status as they are on a day; one that was called off is so at all its
    stops.
    """
    if event.status not in ("held", "scheduled") or published is None:
        return event
    if day > published:
        return replace(event, role="upcoming", status="scheduled")
    role = "main" if event.role == "upcoming" else event.role
    return replace(event, role=role, status="held")
