"""How a body stands to the persons beside it, as numbers: what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.people.body_mentions import BodyMention
from crawler.parsers.events.trained.hashed_words import hashed

_WORD = re.compile(r"[\w-]+")
_HALF = 3
"""Words between a body and a person over which nearness falls to one half."""
_FEW, _SOME = 2, 8
_BEFORE, _BEHIND = 60, 40
"""Characters around a body in which job titles are looked for."""
_WORDS_BEFORE, _RIGHT_BESIDE = 4, 2
_STEM = 6
_HASHED = 0.3
"""Value of a word that is there."""

_words_of = cache(JobTitleWords)


def measure_persons(page: AnnotatedPage, body: BodyMention) -> dict[str, float]:
    """The next person on either side, and job titles right beside a body."""
    s, m = body.sentence, body.mention
    masked, is_role = page.masked[s.part], _words_of(page.vocabulary).is_role
    before = [p for p in s.of("persons") if p.end <= m.start]
    behind = [p for p in s.of("persons") if p.start >= m.end]
    measures: dict[str, float] = {}
    if before:
        measures |= _measure_gap(page, body, "person.left", before[-1].end, m.start)
    if behind:
        measures |= _measure_gap(page, body, "person.right", m.end, behind[0].start)
    left = _WORD.findall(masked, max(s.start, m.start - _BEFORE), m.start)[-_WORDS_BEFORE:]
    right = _WORD.findall(masked, m.end, min(s.end, m.end + _BEHIND))[:_RIGHT_BESIDE]
    left_roles = [is_role(word) for word in left]
    return measures | {
        "role.before": any(left_roles),
        "role.right_before": any(left_roles[-_RIGHT_BESIDE:]),
        "role.right_behind": any(map(is_role, right)),
    }


def _measure_gap(
    page: AnnotatedPage, body: BodyMention, side: str, start: int, end: int
) -> dict[str, float]:
    """What stands between a person and a body: words, a job title, a comma, other bodies."""
    gap = page.masked[body.sentence.part][start:end]
    words = _WORD.findall(gap)
    between = sum(start <= o.start < end for o in body.sentence.of("organisations"))
    is_role = _words_of(page.vocabulary).is_role
    role = float(any(map(is_role, words)))
    near = 1 / (1 + len(words) / _HALF)
    measures = {
        side: 1.0,
        f"{side}.near": near,
        f"{side}.role": role,
        f"{side}.role.near": role * near,
        f"{side}.role.comma": role * ("," in gap),
        f"{side}.comma": float("," in gap),
        f"{side}.bracket": float("(" in gap),
        f"{side}.bodies": min(between, 2) / 2,
    }
    if between:
        return measures
    measures |= dict.fromkeys(_words_of_gap(side, words), _HASHED)
    return measures | {
        f"{side}.role.alone": role,
        f"{side}.short": float(len(words) <= _FEW),
        f"{side}.direct": float(len(words) <= _SOME),
    }


def _words_of_gap(side: str, words: list[str]) -> Iterator[str]:
    for word in (*words[:1], *words[-1:]):
        yield hashed(f"{side}:{word.casefold()[:_STEM]}")
