"""How likely a word is the head of an event's name, as the gate reads it: learned from the heads of
labelled pages; endings and words that are used alike tell it of words that none of them has, too.

Features of words are kept as checksums, so that no list of words is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from zlib import crc32

from crawler.parsers.entities.tagger.word_clusters import place_of_word
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.linear_model import LinearModel

OF_WORD = "head"
"""The question that the model answers: whether a word is the head of an event's name."""
WORD = re.compile(r"\w[\w-]*")
SHORTEST = 4
"""Letters of a word that may be one."""
_ENDINGS = (2, 3, 4, 5, 7)
_BRANCHES = (4, 7, 10, 16)
"""So far down the tree of clusters words are told apart."""
_LOWEST, _HIGHEST, _SCALE = -6.0, 4.0, 3.0
"""Log odds that are told apart, and what they are divided by, so that penalties treat them as other
measures.
"""
_UNLIKELY = -3.0
_KEPT_WORDS = 20_000


def measure_heads(
    page: AnnotatedPage, event: EventMentions, model: LinearModel | None
) -> dict[str, float]:
    """What the model says of the heads of an event's mentions; nothing without one."""
    if model is None:
        return {}
    lang = page.vocabulary.lang
    odds = [model.log_odds(word_features(last_word(page, c), lang)) for c in event.candidates]
    best = odds[event.candidates.index(event.best)]
    measures = {
        "head.odds": _bounded(best),
        "head.most": _bounded(max(odds)),
        "head.likely": best > 0,
        "head.unlikely": best < _UNLIKELY,
    }
    return {name: float(value) for name, value in measures.items() if value}


def last_word(page: AnnotatedPage, candidate: Candidate) -> str:
    """The last word of a head, as it is written."""
    head = page.texts[candidate.sentence.part][slice(*candidate.head)]
    words: list[str] = WORD.findall(head)
    return words[-1] if words else head


@lru_cache(_KEPT_WORDS)
def word_features(word: str, lang: str) -> Mapping[str, float]:
    """What is known of a word as it is written, by the checksum of what it is."""
    return {f"{crc32(f'{lang}:{f}'.encode()):x}": 1.0 for f in _features(word, lang)}


def _features(word: str, lang: str) -> Iterator[str]:
    low = word.casefold()
    yield ""
    yield f"word:{low}"
    yield from (f"{n}:{low[-n:]}" for n in _ENDINGS if len(low) >= n)
    if "-" in low:
        yield "hyphen"
        yield f"word:{low.rpartition('-')[2]}"
    if word[:1].isupper():
        yield "capital"
    if word.isupper():
        yield "capitals"
    place = place_of_word(word, lang)
    if place is None:
        yield "rare"
    else:
        yield from (f"cluster {n}:{place & ((1 << n) - 1)}" for n in _BRANCHES)


def _bounded(odds: float) -> float:
    return max(_LOWEST, min(odds, _HIGHEST)) / _SCALE
