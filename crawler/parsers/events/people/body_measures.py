"""What speaks for the role of a body at an event, as numbers: what the trained roles read.

Measures are of structure (where the body stands, what stands beside it, what the page says of it
elsewhere), of what is said near to it (words that open cue phrases of a kind, in whatever
construction), and of the words in and around it, as hashed beginnings. Bodies in a row (A, B und C)
share what stands around the row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.grammar.vocabulary import SAYING_STEM
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.people.body_persons import measure_persons
from crawler.parsers.events.people.body_words import words_around, words_of_name
from indexer.records.site import host

_WORDS = re.compile(r"\w{5,}")
_NAME_WORDS = re.compile(r"[\w-]+")
_NEAR = 25
"""Characters over which what is said near to a body loses half its weight."""
_WORD = 0.3
"""Value of a word that is there: what a single word says counts for less than structure does."""
_CUE, _CUE_BEFORE = 0.5, 0.3
"""Value of a kind of cue phrase in the sentence of a body, and in the one before."""
_MOST_WORDS = 60
"""Words of a sentence that are looked at: no sentence that a person wrote has more."""
_STEM = 6
_SHORTEST_WORD, _SHORTEST_ACRONYM = 3, 3
_FEW, _MANY = 2, 8
"""Bodies of a page."""
_SENTENCES_BESIDE = {"last": -1, "last2": -2, "next": 1}
_LATIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""German letters as addresses spell them."""


def measure_bodies(
    page: AnnotatedPage, bodies: Sequence[BodyMention], candidates: Sequence[Candidate]
) -> list[dict[str, float]]:
    """Measures of each of the bodies of a page; `candidates` are all that may be events there.

    A measure that is 0 is left out.
    """
    here: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        here[candidate.sentence.index].append(candidate)
    site = host(page.draft.url).rpartition(".")[0]
    measured = []
    for body, repeats in zip(bodies, _measure_repeats(bodies), strict=True):
        measures = {"bias": 1.0, f"lang.{page.vocabulary.lang}": 1.0} | repeats
        measures |= _measure_structure(page, body)
        measures |= _measure_candidates(body, here)
        measures |= _measure_sayings(page, body)
        measures |= _measure_cues(page, body)
        measures |= measure_site(site, body.mention.surface)
        measures |= measure_persons(page, body)
        measures |= dict.fromkeys(words_around(page, body), _WORD)
        measures |= dict.fromkeys(words_of_name(page, body), _WORD)
        measured.append({name: float(value) for name, value in measures.items() if value})
    return measured


def _measure_repeats(bodies: Sequence[BodyMention]) -> Iterator[dict[str, float | bool]]:
    """Where else on the page a body is named: by the same words, or by some of them."""
    names = [stems_of_name(body.mention.surface) for body in bodies]
    for place, name in enumerate(names):
        same = [
            other
            for other, words in enumerate(names)
            if other != place and words & name and (words <= name or name <= words)
        ]
        yield {
            "again": bool(same),
            "again.often": len(same) > 1,
            "again.before": any(other < place for other in same),
            "again.title": any(bodies[other].sentence.part == "title" for other in same),
            "page.first": place == 0,
            "page.place": place / len(names),
            "page.few": len(names) <= _FEW,
            "page.many": len(names) >= _MANY,
        }


def stems_of_name(name: str) -> frozenset[str]:
    """Beginnings of the words of a body's name, by which its short forms are told."""
    return frozenset(
        word.casefold()[:_STEM]
        for word in _NAME_WORDS.findall(name)
        if len(word) >= _SHORTEST_WORD or word.isupper()
    )


def measure_site(site: str, name: str) -> dict[str, float | bool]:
    """Whether the address of the page speaks of a body: its words, or its acronym."""
    words = _NAME_WORDS.findall(name)
    plain = "".join(c for c in site if c.isalnum())
    stems = [word.casefold()[:_STEM].translate(_LATIN) for word in words if len(word) > _STEM - 3]
    acronym = "".join(word[0] for word in words if word[0].isupper()).casefold()
    written = [word.casefold() for word in words if word.isupper() and len(word) > 1]
    if len(acronym) >= _SHORTEST_ACRONYM:
        written.append(acronym)
    return {
        "site.words": min(sum(stem in plain for stem in stems), 2) / 2,
        "site.acronym": any(acronym in plain for acronym in written),
    }


def _measure_cues(page: AnnotatedPage, body: BodyMention) -> dict[str, float | bool]:
    """Kinds of cue phrases in the sentence and in the one before."""
    s = body.sentence
    last = page.sentences[s.index - 1] if s.index else None
    measures: dict[str, float | bool] = {}
    if last is not None and last.part == s.part:
        measures |= dict.fromkeys((f"cue.before.{c.category}" for c in last.cues), _CUE_BEFORE)
        measures["before.colon"] = page.text(last).rstrip().endswith(":")
    measures |= dict.fromkeys((f"cue.{c.category}" for c in s.cues), _CUE)
    return measures


def _measure_structure(page: AnnotatedPage, body: BodyMention) -> dict[str, float | bool]:
    s, m, (start, end) = body.sentence, body.mention, body.row
    masked = page.masked[s.part]
    before, behind = masked[max(s.start, start - 3) : start], masked[end : min(s.end, end + 3)]
    persons, text = s.of("persons"), page.text(s)
    return {
        "sentence.words": min(len(text.split()), _MOST_WORDS) / _MOST_WORDS,
        "sentence.quote": any(mark in text for mark in '„“«»"'),
        "body.single": " " not in m.surface,
        "body.small": m.surface[0].islower(),
        "body.words": min(len(m.surface.split()), 6) / 6,
        "body.acronym": m.surface.isupper(),
        "row.place": min(body.place_in_row, 3) / 3,
        "row.several": end > m.end or start < m.start,
        "row.start": start - s.start <= 8,
        "row.end": s.end - end <= 2,
        "row.brackets": before.rstrip().endswith("(") or behind.startswith(")"),
        "row.comma": behind.startswith(","),
        "row.colon": before.rstrip().endswith(":"),
        "zone.list": s.zone == "list",
        "zone.headline": s.zone == "headline",
        "at.opening": s.index <= 2,
        "at.late": s.index / max(1, len(page.sentences)),
        "in.persons": min(len(persons), 4) / 4,
        "person.before": any(0 <= start - p.end <= 40 for p in persons),
        "person.right_before": any(0 <= start - p.end <= 3 for p in persons),
        "person.behind": any(0 <= p.start - end <= 40 for p in persons),
        "person.right_behind": any(0 <= p.start - end <= 3 for p in persons),
        "in.day": any(d.is_day for d in s.dates),
        "in.towns": bool(s.of("places")),
    }


def _measure_candidates(
    body: BodyMention, here: Mapping[int, Sequence[Candidate]]
) -> dict[str, float | bool]:
    """Where events stand: around the body, before it, behind it, in the sentences beside it."""
    (start, end), index = body.row, body.sentence.index
    candidates = here.get(index, ())
    before = [start - c.head[1] for c in candidates if c.head[1] <= start]
    behind = [c.head[0] - end for c in candidates if c.head[0] >= end]
    best = max((c.score for c in candidates), default=0.0)
    return {
        "event.none": not candidates,
        "event.clause": any(c.covers(start) for c in candidates),
        "event.in_name": any(c.name.start <= start and end <= c.name.end for c in candidates),
        "event.before": bool(before),
        "event.right_before": bool(before) and min(before) < 25,
        "event.behind": bool(behind),
        "event.right_behind": bool(behind) and min(behind) < 25,
        "event.score": min(max(best, 0.0), 4.0) / 4,
        **{f"event.{c.kind}": True for c in candidates},
        **{f"event.{side}": bool(here.get(index + n)) for side, n in _SENTENCES_BESIDE.items()},
    }


def _measure_sayings(page: AnnotatedPage, body: BodyMention) -> dict[str, float]:
    """How near words of organising, taking part, meeting … are, before the body and behind it; a
    body that stands between counts as distance.
    """
    s, (start, end) = body.sentence, body.row
    others = [m.start for m in s.of("organisations")]
    first, last = bisect_left(others, start), bisect_left(others, end)
    measures: dict[str, float] = {}
    stems, masked = page.vocabulary.saying_stems, page.masked[s.part]
    for m in islice(_WORDS.finditer(masked, s.start, s.end), _MOST_WORDS):
        kinds = stems.get(m.group().casefold()[:SAYING_STEM], ())
        if not kinds or start <= m.start() < end:
            continue
        if m.end() <= start:
            side, apart = "before", start - m.end()
            between = first - bisect_left(others, m.end())
        else:
            side, apart = "behind", m.start() - end
            between = bisect_left(others, m.start()) - last
        near = 1 / len(kinds) / (1 + apart / _NEAR) / (1 + between)
        for kind in kinds:
            for name, value in ((f"says.{kind}.{side}", near), (f"says.{kind}", 1 / len(kinds))):
                measures[name] = max(value, measures.get(name, 0.0))
    return measures
