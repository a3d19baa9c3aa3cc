"""Who holds all events of a page, as one sentence of a calendar says (All meetings: Tin Federation;
unless stated otherwise, courses are run by the academy).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import (
    body_found,
    is_at_place,
    joined_behind,
    outermost,
)

OF_ALL = "organisers.all"
"""Rule of the bodies that hold all events of a page."""
_CONFIDENCE = 0.8
_LABEL = re.compile(r"\s*(?::|(?P<dash>[–—-]))\s*")
"""Behind a word that it labels; a second dash ends what is but inserted."""


@dataclass(frozen=True, slots=True)
class BodiesOfAll:
    """The bodies that one sentence of a page says all its events to be of."""

    bodies: Sequence[FoundValue[str]]
    unless_stated: bool
    """Whether they are only said to hold what names nobody else."""


def find_bodies_of_all(page: AnnotatedPage) -> list[BodiesOfAll]:
    """Each sentence of a page that says whose all events are."""
    found = ((s, _bodies_of_all(page, s)) for s in page.sentences)
    return [BodiesOfAll(bodies, bool(s.cue("unless_stated"))) for s, bodies in found if bodies]


def _bodies_of_all(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[FoundValue[str]]:
    """The first body, with those beside it, of a sentence that says whose all events are: with
    words for organising, or as a label. Further ones attend or pay, or are spoken of. One with a
    day speaks of what is held then.
    """
    cues = sentence.cue("all_events", "unless_stated")
    if not cues or any(d.is_day for d in sentence.dates):
        return []
    masked = page.masked[sentence.part]
    bodies = [
        m
        for m in outermost(sentence.of("organisations"))
        if m.start > cues[0].start and not is_at_place(page, sentence, m)
    ]
    if not bodies:
        return []
    row = joined_behind(masked, bodies, page.vocabulary)
    labels = (_LABEL.fullmatch(masked, c.end, bodies[0].start) for c in cues)
    behind = masked[row[-1].end : sentence.end]
    is_label = any(label and f" {label['dash']} " not in behind for label in labels)
    if not is_label and not sentence.cue("organiser", "co_organiser"):
        return []
    return [body_found(m, OF_ALL, _CONFIDENCE) for m in row]
