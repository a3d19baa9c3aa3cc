"""What speaks for the role of a body at an event, as numbers: what the trained roles read.

Measures are of structure (where the body stands, what stands beside it), of what is said near to it
(words that open cue phrases of a kind, in whatever construction) and of the words around it, as
hashed beginnings. No verdict of the rules is among them, so that both err in different places.
Bodies in a row (A, B und C) share what stands around the row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.grammar.function_words import AND, AS_WELL_AS
from crawler.parsers.events.grammar.vocabulary import SAYING_STEM
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Mention

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORDS = re.compile(r"\w{5,}")
_ROW = re.compile(
    rf"[\s,;“”»\"]*(?:\([^)]*\))?[\s,;]*(?:{AND}|{AS_WELL_AS}|&)?(?:\s\w{{1,4}}){{0,2}}\s*[„“«\"]?"
)
"""What stands between two bodies of a row: a comma or "and", an article or a preposition."""
_LONGEST_GAP = 30
_NEAR = 25
"""Characters over which what is said near to a body loses half its weight."""
_BUCKETS = 1024
"""Numbers that words are hashed to."""
_STEM = 6
"""Letters of a word that are hashed: the rest is mostly inflection."""
_WORD = 0.3
"""Value of a word that is there: what a single word says counts for less than structure does."""
_BESIDE = 5
"""Words on either side of a body that are looked at; characters in which they are looked for."""
_WINDOW = 90
_MOST_WORDS = 60
"""Words of a sentence that are looked at: no sentence that a person wrote has more."""


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body in its sentence, and the row that it stands in."""

    sentence: AnnotatedSentence
    mention: Mention
    row: tuple[int, int]
    """Offsets of the first and last body that it is joined with."""
    place_in_row: int


def find_bodies(page: AnnotatedPage) -> list[BodyMention]:
    """The bodies of a page in its order, but those of contact blocks."""
    return [
        body
        for sentence in page.sentences
        if sentence.zone != "contact"
        for body in _bodies_of(page, sentence)
    ]


def _bodies_of(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[BodyMention]:
    masked = page.masked[sentence.part]
    rows: list[list[Mention]] = []
    for mention in sentence.of("organisations"):
        last = rows[-1][-1] if rows else None
        if last is not None and mention.start < last.end:
            continue
        if (
            last is not None
            and mention.start - last.end <= _LONGEST_GAP
            and _ROW.fullmatch(masked, last.end, mention.start)
        ):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    for row in rows:
        for place, mention in enumerate(row):
            yield BodyMention(sentence, mention, (row[0].start, row[-1].end), place)


def measure_body(
    page: AnnotatedPage, body: BodyMention, candidates: Sequence[Candidate]
) -> dict[str, float]:
    """Measures of a body; `candidates` are all that may be events in its sentence."""
    measures: dict[str, float] = {"bias": 1.0}
    measures |= _measure_structure(page, body)
    measures |= _measure_candidates(body, candidates)
    measures |= _measure_sayings(page, body)
    for name in _words_around(page, body):
        measures[name] = _WORD
    return {name: float(value) for name, value in measures.items() if value}


def _measure_structure(page: AnnotatedPage, body: BodyMention) -> dict[str, float]:
    s, m, (start, end) = body.sentence, body.mention, body.row
    masked = page.masked[s.part]
    before, behind = masked[max(s.start, start - 3) : start], masked[end : min(s.end, end + 3)]
    persons = s.of("persons")
    return {
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
    body: BodyMention, candidates: Sequence[Candidate]
) -> Mapping[str, float | bool]:
    """Where the events of the sentence stand: around the body, before it, behind it."""
    start, end = body.row
    before = [start - c.head[1] for c in candidates if c.head[1] <= start]
    behind = [c.head[0] - end for c in candidates if c.head[0] >= end]
    return {
        "event.none": not candidates,
        "event.clause": any(c.covers(start) for c in candidates),
        "event.in_name": any(c.name.start <= start and end <= c.name.end for c in candidates),
        "event.before": bool(before),
        "event.right_before": bool(before) and min(before) < 25,
        "event.behind": bool(behind),
        "event.right_behind": bool(behind) and min(behind) < 25,
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


def _words_around(page: AnnotatedPage, body: BodyMention) -> Iterator[str]:
    s, (start, end) = body.sentence, body.row
    masked = page.masked[s.part]
    before = _words(masked, max(s.start, start - _WINDOW), start)[::-1][:_BESIDE]
    behind = _words(masked, end, min(s.end, end + _WINDOW))[:_BESIDE]
    for side, words in (("before", before), ("behind", behind)):
        for at, word in enumerate(words):
            yield _hashed(f"{side}:{word}")
            if at < 2:
                yield _hashed(f"{side}{at}:{word}")
        if len(words) > 1:
            yield _hashed(f"{side}:{words[0]}:{words[1]}")
    own = masked[body.mention.start : body.mention.end].casefold()
    yield _hashed(f"last:{own[-4:]}")
    tokens = islice(_TOKEN.finditer(masked, s.start, s.end), _MOST_WORDS)
    for word in {m.group().casefold()[:_STEM] for m in tokens}:
        yield _hashed(f"in:{word}")


def _words(masked: str, start: int, end: int) -> list[str]:
    return [m.group().casefold()[:_STEM] for m in _TOKEN.finditer(masked, start, end)]


def _hashed(text: str) -> str:
    return f"word.{crc32(text.encode()) % _BUCKETS}"
