"""What speaks for mentions being of an event, as numbers: what the trained gate reads.

Measures are of structure (where it stands, what stands around it, how it is named), and hold for
pages in wording that no list has. The reasons of the rules (scoring.py) are among them; their hand
set weights are not. Of the words only the head is measured, with its endings, as hashed numbers:
what compounds and suffixes share speaks for words that no list has, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.distinctness import is_distinct
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.paper_dates import OPEN_KINDS
from crawler.parsers.events.trained.hashed_words import hashed

LEAST_SCORE, MOST_SCORE = -2.0, 4.0
"""Scores of rules beyond which measures tell no difference."""
_WORD = re.compile(r"\w+")
_STEM = 5
"""Letters by which words of the headline are told: the rest is mostly inflection."""
_HEADLINES = 4
"""Sentences at the top of a page among which headlines are looked for."""
_NEAR = 20
"""Characters that are right beside."""
_LINE = 70
"""Characters of a sentence that is hardly more than a line."""
_ENDINGS = (3, 4, 5, 7)
"""Letters at the end of a head that are hashed."""
_SOON, _FAR = 60, 200
"""Days between an event and the page that tells of it."""
_OF_THE_FIELD = frozenset({"commodities", "strategies", "programmes"})
"""Fields of mentions that tell press of the field from general press."""
_MOST_BODIES = 2.0


def measure_page(page: AnnotatedPage) -> dict[str, float]:
    """What kind of page it is: how much of the field it names, and how many bodies."""
    mentions = page.draft.mentions
    sentences = max(1, len(page.sentences))
    field = _named_of_the_field(page)
    bodies = sum(m.field == "organisations" for m in mentions)
    measures = {
        "page.general": float(not field),
        "page.field": min(1.0, field / sentences),
        "page.bodies": min(_MOST_BODIES, bodies / sentences),
    }
    return {name: value for name, value in measures.items() if value}


def is_general(page: AnnotatedPage) -> bool:
    """Whether a page names nothing of the field."""
    return not _named_of_the_field(page)


def _named_of_the_field(page: AnnotatedPage) -> int:
    return sum(m.field in _OF_THE_FIELD for m in page.draft.mentions)


def measure_mentions(
    page: AnnotatedPage,
    event: EventMentions,
    events: Sequence[EventMentions],
    main: EventMentions | None,
) -> dict[str, float]:
    """Measures of an event's mentions; `events` are all of the page, itself among them, `main` the
    one that the rules take for its own.
    """
    measures = {"bias": 1.0, "mentions": math.log(len(event.candidates))}
    for c in event.candidates:
        measures[f"kind.{c.kind}"] = 1.0
        measures |= {f"reason.{reason}": 1.0 for reason in c.reasons}
    best = event.best
    measures |= {f"best.{reason}": 1.0 for reason in best.reasons}
    measures |= _measure_place_in_page(page, event, events)
    measures |= _measure_surroundings(page, best.sentence)
    measures |= _measure_days(page, event)
    measures |= _measure_beside_name(page, event)
    measures |= _measure_name(page, best)
    measures |= dict.fromkeys(_hash_head(best.word), 1.0)
    measures |= _measure_beside(event, main or max(events, key=lambda e: e.score))
    measures |= {
        "score": _bounded(event.score),
        "page.best": _bounded(max(e.score for e in events)),
        "page.sure": main is not None,
        "main": event is main,
    }
    return {name: float(value) for name, value in measures.items() if value}


def _bounded(score: float) -> float:
    return max(LEAST_SCORE, min(score, MOST_SCORE))


def _measure_name(page: AnnotatedPage, best: Candidate) -> dict[str, float]:
    """How it is called, and whether the headline calls it so."""
    masked = page.masked[best.sentence.part]
    words = [m.group() for m in _WORD.finditer(masked, best.name.start, best.name.end)]
    stems = [w.casefold()[:_STEM] for w in words if len(w) >= _STEM]
    headline = _headline_stems(page)
    return {
        "name.bare": best.is_bare,
        "name.words": min(len(best.name.left_words) + len(best.head_tail_words), 6) / 6,
        "name.length": min(best.name.end - best.name.start, 80) / 80,
        "name.capital": page.texts[best.sentence.part][best.name.start].isupper(),
        "name.capitals": sum(w[0].isupper() for w in words) / max(1, len(words)),
        "name.number": bool(best.name.ordinal),
        "name.determiner": bool(best.name.determiner),
        "name.in_headline": sum(stem in headline for stem in stems) / max(1, len(stems)),
        "head.in_headline": best.word[:_STEM] in headline,
    }


def _hash_head(words: str) -> Iterator[str]:
    """The head, and the endings of its last word."""
    last = words.rpartition(" ")[2]
    endings = [f"ending:{last[-n:]}" for n in _ENDINGS if len(last) >= n]
    yield from map(hashed, (f"head:{words}", *endings))


def _headline_stems(page: AnnotatedPage) -> set[str]:
    """Beginnings of the long words of the first headlines."""
    headlines = [s for s in page.sentences[:_HEADLINES] if s.zone == "headline"]
    return {
        m.group().casefold()[:_STEM]
        for s in headlines
        for m in _WORD.finditer(page.masked[s.part], s.start, s.end)
        if len(m.group()) >= _STEM
    }


def _measure_beside_name(page: AnnotatedPage, event: EventMentions) -> dict[str, float]:
    """What stands right beside the best mention: a day, a body, a place, a colon."""
    best = event.best
    s, (start, end) = best.sentence, best.head
    days = [max(d.start - end, start - d.end) for d in s.dates if d.is_day]
    bodies = [max(o.start - end, start - o.end) for o in s.of("organisations")]
    behind = page.masked[s.part][best.name.end : best.name.end + 2].strip()
    return {
        "beside.day": 1 / (1 + max(0, min(days)) / _NEAR) if days else 0.0,
        "beside.body": bool(bodies) and min(bodies) < _NEAR,
        "beside.place": any(0 <= p.start - end < _NEAR for p in s.of("places", "countries")),
        "beside.colon": behind.startswith((":", "–", "-")),
        "in.line": s.end - s.start < _LINE,
    }


def _measure_place_in_page(
    page: AnnotatedPage, event: EventMentions, events: Sequence[EventMentions]
) -> dict[str, float]:
    index = min(c.sentence.index for c in event.candidates)
    higher = sum(other.score > event.score for other in events)
    best = event.best
    return {
        "page.sentences": math.log(1 + len(page.sentences)) / 3,
        "page.events": math.log(1 + len(events)) / 2,
        "page.higher": min(higher, 4) / 4,
        "page.first": event is events[0],
        "at.index": math.log(1 + index) / 2,
        "at.opening": index <= 1,
        "at.headline": any(c.sentence.zone == "headline" for c in event.candidates),
        "at.list": best.sentence.zone == "list",
        "at.start": (best.name.start - best.sentence.start) < 8,
        "page.doubt": any(s.cue("not_events") for s in page.sentences[:5]),
    }


def _measure_beside(event: EventMentions, main: EventMentions) -> dict[str, float]:
    """What sets it apart from the event that most speaks for."""
    if event is main:
        return {"beside.none": 1.0}
    return {
        "beside.distinct": is_distinct(event, main),
        "beside.in_sentences": event.sentences() <= main.sentences(),
        "beside.in_dates": bool(event.dates) and set(event.dates) <= set(main.dates),
        "beside.other_dates": bool(event.dates) and not set(event.dates) & set(main.dates),
    }


def _measure_surroundings(page: AnnotatedPage, sentence: AnnotatedSentence) -> dict[str, float]:
    at = sentence.index
    near = [*page.sentences[max(0, at - 1) : at], *page.sentences[at + 1 : at + 2]]
    return {
        "in.persons": bool(sentence.of("persons")),
        "in.organisations": bool(sentence.of("organisations")),
        "in.countries": bool(sentence.of("countries")),
        "in.towns": bool(sentence.of("places")),
        "in.organiser": bool(sentence.cue("organiser", "co_organiser")),
        "in.participants": bool(sentence.cue("participants")),
        "in.theme": bool(sentence.cue("theme")),
        "in.words": math.log(1 + sentence.end - sentence.start) / 6,
        "near.day": any(_has_day(s) for s in near),
        "near.towns": any(s.of("places") for s in near),
        "near.persons": any(s.of("persons") for s in near),
        "near.verb": any(s.cue("takes_place", "will_take_place", "body_meets") for s in near),
        "near.participants": any(s.cue("participants", "organiser") for s in near),
    }


def _has_day(sentence: AnnotatedSentence) -> bool:
    return any(d.is_day and d.kind not in OPEN_KINDS for d in sentence.dates)


def _measure_days(page: AnnotatedPage, event: EventMentions) -> dict[str, float]:
    days = [first_day(d.first) for d in event.dates if d.is_day]
    published = first_day(page.draft.published)
    known = [(day - published).days for day in days if day and published]
    nearest = min(known, key=abs, default=None)
    return {
        "day.in": bool(days),
        "day.range": any(d.last and d.last != d.first for d in event.dates),
        "day.soon": nearest is not None and 0 < nearest <= _FAR,
        "day.recent": nearest is not None and -_SOON <= nearest <= 0,
        "day.far": nearest is not None and abs(nearest) > _FAR,
    }
