"""How many people and which countries took part in each event of a page, as trained models choose
them: another number than rules give where they are surer of it, and further countries.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import Measures
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import (
    choose_several,
    judge,
    judge_values,
    model_of,
)
from crawler.parsers.events.grammar.function_words import CASE_ARTICLES, FROM
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.participants import (
    FEW,
    Count,
    ParticipantReader,
    country_rows,
    is_at_cue,
)
from crawler.parsers.events.trained.hashed_words import hashed
from crawler.parsers.events.trained.joint_model import RoleModels
from indexer.records.document import Mention

_WORD = re.compile(r"[^\W\d][\w-]*")
_BEHIND, _BEFORE = 60, 30
"""Characters behind and before a number or a country that are looked at."""
_COUNTED = 4
"""Words behind a number that may be what it counts."""
_STEM = 6
"""Letters by which words beside a number or country are told: the rest is mostly inflection."""
_ENDINGS = (3, 4, 5)
_FEWEST = 2
"""What is one is nobody's number."""
_MANY = 100
_YEARS = range(1900, 2100)
_YEAR = len("2031")
_CONFIDENCE = 0.6
_ENDING = re.compile(r"[-‑]([^\W\d]{1,3})(?!\w)")
_COMES_FROM = re.compile(rf"\b(?:{FROM})\s(?:(?:{CASE_ARTICLES})\s)?\Z", re.IGNORECASE)


class ParticipantChoice:
    """Measures the numbers and countries of one page at its events, and chooses among them."""

    def __init__(
        self,
        page: AnnotatedPage,
        reader: ParticipantReader,
        events: Sequence[EventMentions],
        sentences: EventSentences,
    ) -> None:
        self._page, self._reader = page, reader
        self._years = frozenset(year for e in events for year in _years_of(e))
        self._counts = {
            e: reader.read_count(
                page,
                [*sentences.near(e), *(sentences.right_behind(e) if e.second else ())],
                _years_of(e),
                few=e.is_journey,
            )
            for e in events
        }
        self._countries = {e: self._countries_by_rules(e, sentences) for e in events}

    def _countries_by_rules(
        self, event: EventMentions, sentences: EventSentences
    ) -> list[FoundValue[str]]:
        journey = event.is_journey
        own = frozenset() if journey else frozenset(event.sentences())
        told = sentences.near(event) if event.second else sentences.running()
        return self._reader.read_countries(self._page, told, own)

    def choose_counts(self, models: RoleModels) -> Mapping[EventMentions, Count | None]:
        """The number of people of each event."""
        model = model_of(models, "counts")
        if model is None:
            return _without_shared(self._counts)
        counts = dict(self._counts)
        nearly: dict[EventMentions, Count | None] = {}
        for event, judged in judge_values(self.measure_counts(), model).items():
            count, odds, other = counts[event], judged.odds_of_rules, judged.other
            if other and event.may_be_told_in(other.sentence) and self._may_be_all(event, other):
                count, odds = self._read_count(other), judged.odds
            near = None if counts[event] else judged.nearly
            if near and event.may_be_told_in(near.sentence) and self._may_be_all(event, near):
                found = self._read_count(near)
                number = replace(judged.odds.of(found.number), doubtful=True)
                nearly[event] = replace(found, number=number)
            if count and odds:
                counts[event] = replace(count, number=odds.of(count.number))
        chosen = _without_shared(counts)
        taken = {count.number.place for count in chosen.values() if count}
        free = {
            e: count for e, count in nearly.items() if count and count.number.place not in taken
        }
        return {**chosen, **_without_shared(free)}

    def choose_countries(self, models: RoleModels) -> Mapping[EventMentions, list[FoundValue[str]]]:
        """The countries that took part in each event."""
        model = model_of(models, "countries")
        if model is None:
            return self._countries
        several = choose_several(judge(self.measure_countries(), model), model.threshold)
        further = {event: values.further for event, values in several.items()}
        told = {id(v): v for values in further.values() for v in values}
        parties = {key for key, value in told.items() if self._may_take_part(value)}
        doubted = {event: {v.value for v in values.doubted} for event, values in several.items()}
        kept = {
            event: [c for c in ruled if c.value not in doubted.get(event, ())]
            for event, ruled in self._countries.items()
        }
        chosen = {
            event: [*ruled, *(_read_country(v) for v in further.get(event, ()) if id(v) in parties)]
            for event, ruled in kept.items()
        }
        odds = {
            event: {value.value: above for value, above in values.above}
            for event, values in several.items()
        }
        return {
            event: [replace(c, odds=odds.get(event, {}).get(c.value)) for c in countries]
            for event, countries in chosen.items()
        }

    def _may_be_all(self, event: EventMentions, value: ValueMention) -> bool:
        """Whether so many may be all who came: no things, no ordinal (14-е), and few on journeys
        only, or where a word holds the number. What things belong to that stand behind people
        (взрывников городов) are no things that are counted.
        """
        told = value.measures
        of_people = told.get("noun.ending") and not told.get("noun.thing_first")
        if (told.get("noun.thing") and not of_people) or self._is_ordinal(value.mention):
            return False
        few = isinstance(value.value, int) and value.value < FEW
        return not few or event.is_journey or bool(value.measures.get("is.joined"))

    def _is_ordinal(self, number: Mention) -> bool:
        ending = _ENDING.match(self._page.masked[number.part], number.end)
        cardinal = self._page.vocabulary.cardinal_endings
        return ending is not None and ending[1].casefold() not in cardinal

    def _may_take_part(self, value: ValueMention) -> bool:
        """Whether the sentence of a country tells of people, or that somebody comes from there:
        whence ore comes (Lithium aus Chile) and who trades in it takes part in nothing.
        """
        page, s = self._page, value.sentence
        if self._reader.tells_of_people(page, s):
            return True
        row = next(row for row in country_rows(page, s) if value.mention in row)
        start = row[0].start
        comes_from = _COMES_FROM.search(page.masked[s.part][max(s.start, start - _BEFORE) : start])
        return comes_from is not None and all(m.start > start for m in s.of("commodities"))

    def measure_counts(self) -> ChoiceMeasures:
        """What speaks for each number of the page."""
        ruled = {e: (c.number.value,) if c else () for e, c in self._counts.items()}
        return ChoiceMeasures(list(ruled), self._find_counts(), ruled)

    def measure_countries(self) -> ChoiceMeasures:
        """What speaks for each country of the page."""
        ruled = {e: tuple(c.value for c in found) for e, found in self._countries.items()}
        return ChoiceMeasures(list(ruled), self._find_countries(), ruled)

    def _read_count(self, value: ValueMention) -> Count:
        found = next(m for m in self._numbers(value.sentence) if m.start() == value.mention.start)
        return self._reader.read_number(self._page, value.sentence, found)

    def _numbers(self, sentence: AnnotatedSentence) -> Iterator[re.Match[str]]:
        yield from self._reader.find_numbers(self._page, sentence, self._years)
        yield from self._reader.find_joined(self._page, sentence)

    def _find_counts(self) -> Iterator[ValueMention]:
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            masked = self._page.masked[s.part]
            for m in self._numbers(s):
                count = self._reader.read_number(self._page, s, m)
                limit = min(s.end, m.end() + _BEHIND)
                counted = [w.group() for w in _WORD.finditer(masked, m.end(), limit)][:_COUNTED]
                if count.number.value < _FEWEST or not counted:
                    continue
                if self._page.vocabulary.counted_countries.match(counted[0]):
                    continue
                number = count.number.value
                mention = Mention("count", s.part, m.start(), m.end(), m.group(), number)
                measures = {
                    **self._measure_number(s, m, count),
                    **self._measure_counted(counted),
                    **_hash_beside(masked[max(s.start, m.start() - _BEFORE) : m.start()], 1),
                }
                yield ValueMention(s, mention, number, measures)

    def _measure_number(self, s: AnnotatedSentence, m: re.Match[str], count: Count) -> Measures:
        masked = self._page.masked[s.part]
        number = count.number.value
        return {
            "number.log": math.log(number) / 8,
            "number.digits": m.group()[:1].isdigit(),
            "number.year": number in _YEARS,
            "number.few": number < FEW,
            "number.many": number >= _MANY,
            "is.hedged": count.approximate,
            "is.people": self._reader.counts_people(masked, m.end(), s),
            "is.row": self._reader.counts_row(masked, m, s),
            "is.joined": masked[m.end() : m.end() + 1] != " ",
            "in.organiser": bool(s.cue("organiser")),
            "in.body_meets": bool(s.cue("body_meets")),
            "in.countries": bool(s.of("countries")),
        }

    def _measure_counted(self, counted: Sequence[str]) -> Measures:
        """What is counted, as the words behind the number tell."""
        words = self._page.vocabulary
        return {
            **{name: 1.0 for i, word in enumerate(counted[:2]) for name in _hash_word(i, word)},
            "noun.near": any(words.count_nouns.match(w) for w in counted),
            "noun.first": bool(words.count_nouns.match(counted[0])),
            "noun.firm": any(words.firms.match(w) for w in counted),
            "noun.compound": any(self._reader.is_compound_of_people(w) for w in counted),
            **self._measure_people(counted),
        }

    def _measure_people(self, counted: Sequence[str]) -> Measures:
        """Whether what is counted are people or things: the first two words behind the number, an
        adjective and the noun.
        """
        words = self._page.vocabulary
        near = counted[:2]
        things = [words.is_counted_thing(w) for w in near]
        people = [w.casefold().endswith(words.people_endings) for w in near]
        return {
            "noun.crowd": any(words.crowds.match(w) for w in near),
            "noun.person": any(words.is_person_noun(w) for w in near),
            "noun.thing": things[0] or (any(things) and not words.count_nouns.match(near[0])),
            "noun.thing_first": things[0],
            "noun.ending": people[0],
            "noun.ending_near": any(people),
        }

    def _find_countries(self) -> Iterator[ValueMention]:
        for s in self._page.sentences:
            if s.zone == "contact":
                continue
            rows = [row for row in country_rows(self._page, s) if row[0].start >= s.dateline_end]
            around = self._measure_sentence(s) if rows else {}
            for row in rows:
                of_row = {**self._measure_row(s, row), **around}
                for m in row:
                    located = self._reader.is_located(self._page.masked[s.part], s, m)
                    yield ValueMention(s, m, str(m.value), {**of_row, "is.located": located})

    def _measure_row(self, s: AnnotatedSentence, row: Sequence[Mention]) -> Measures:
        masked, start = self._page.masked[s.part], row[0].start
        return {
            **_hash_beside(masked[max(s.start, start - _BEFORE) : start], 2),
            "row.log": math.log(len(row)),
            "row.one": len(row) == 1,
            "row.two": len(row) == 2,
            "row.many": len(row) > 2,
            "row.at_cue": is_at_cue(masked, s, row),
            "row.located": self._reader.is_located(masked, s, row[0]),
        }

    def _measure_sentence(self, s: AnnotatedSentence) -> Measures:
        """What a sentence with countries tells of besides."""
        return {
            "in.people": self._reader.tells_of_people(self._page, s),
            "in.persons": bool(s.of("persons")),
            "in.bodies": bool(s.of("organisations")),
            "in.town": bool(s.of("places")),
            "in.organiser": bool(s.cue("organiser")),
            "in.receive": bool(s.cue("receive")),
            "in.journey": bool(s.cue("travel")),
            "in.body_meets": bool(s.cue("body_meets")),
            "in.theme": bool(s.cue("theme")),
        }


def _without_shared(
    counts: Mapping[EventMentions, Count | None],
) -> dict[EventMentions, Count | None]:
    """The numbers, each at one event only: that of its sentence, mentioned last before it; an event
    without a day of its own or on the same one, which may be that one in other words, keeps it.
    """
    nearest: dict[tuple[str, int], EventMentions] = {}
    for event, count in counts.items():
        if count:
            other = nearest.get(count.number.place)
            if other is None or _last_mention(event, count) > _last_mention(other, count):
                nearest[count.number.place] = event

    def keeps(event: EventMentions, count: Count) -> bool:
        owner = nearest[count.number.place]
        days = {d.first for d in event.dates}
        return owner is event or not days or bool(days & {d.first for d in owner.dates})

    return {e: count if count and keeps(e, count) else None for e, count in counts.items()}


def _last_mention(event: EventMentions, count: Count) -> tuple[bool, int]:
    """Whether the sentence of a number mentions an event, and where it is mentioned last before the
    number; -1 where it is not.
    """
    number = count.number
    inside = any(
        c.sentence.part == number.part and c.sentence.start <= number.start < c.sentence.end
        for c in event.candidates
    )
    before = (
        c.head[0]
        for c in event.candidates
        if c.sentence.part == number.part and c.head[0] < number.start
    )
    return inside, max(before, default=-1)


def _read_country(value: ValueMention) -> FoundValue[str]:
    m = value.mention
    return FoundValue(
        str(m.value), m.part, m.start, m.end, "participants.countries-trained", _CONFIDENCE
    )


def _hash_word(position: int, word: str) -> Iterator[str]:
    low = word.casefold()
    yield hashed(f"counted {position}:{low[:_STEM]}")
    yield from (hashed(f"counted {position}:-{low[-n:]}") for n in _ENDINGS if len(low) >= n)


def _hash_beside(before: str, number: int) -> Measures:
    """The last words before something."""
    last = before.casefold().split()[-number:]
    return {hashed(f"before {i}:{w[:_STEM]}"): 1.0 for i, w in enumerate(reversed(last))}


def _years_of(event: EventMentions) -> frozenset[str]:
    """The year of all days that its mentions have; none where they have days of several."""
    years = frozenset(d.first[:_YEAR] for d in event.dates)
    return years if len(years) == 1 else frozenset()
