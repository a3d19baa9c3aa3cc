"""Whether two pages tell the same news.

A reprint is recognised by its shingles. A translation or a rewritten version is recognised by its
meaning together with what it names: meaning alone can't tell the tenth session of a council from
the eleventh, names and numbers alone not a fire in a smelter from its new furnace.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from indexer.meaning.vectors import cosine
from indexer.stories.traits import Traits
from indexer.text.reprints import is_reprint

WINDOW = 7
"""Days between two pages of one story: what comes later is news of its own."""
CUT = 0.65
"""The score (a cosine with what is added to it below) from which two pages are one story. It and
the shares were chosen on the open half of `tests/quality/stories.yaml`.
"""
LEAST_MEANING = 0.5
"""A cosine below which no evidence makes two pages one story."""
_SAME_NUMBERS, _OTHER_NUMBERS, _MANY_OTHER_NUMBERS = 0.15, -0.15, -0.3
_MANY = 3
"""Numbers of each page: prices and results of two weeks have all of them other."""
_SAME_NAMES = 0.1
_FEWEST_NAMES = 2
"""That tell something together: one is that of the town, the mine, the country."""
_SAME_CONCEPTS, _OTHER_CONCEPTS = 0.05, -0.1
_SAME_DAYS, _OTHER_DAYS = 0.1, -0.1


def story_score(one: Traits, other: Traits) -> float:
    """How sure it is that two pages tell the same news: `CUT` and above they do, 0 they don't.

    On one site and in one language only reprints are the same news.
    """
    if abs(one.day - other.day) > WINDOW:
        return 0.0
    one_site = one.site == other.site
    if is_reprint(one.sample, other.sample, one_site=one_site):
        return 2.0
    if one.vector is None or other.vector is None or (one_site and one.lang == other.lang):
        return 0.0
    near = cosine(one.vector, other.vector)
    return near + _evidence(one, other) if near >= LEAST_MEANING else 0.0


def _evidence(one: Traits, other: Traits) -> float:
    many = min(len(one.numbers), len(other.numbers)) >= _MANY
    unlike = _MANY_OTHER_NUMBERS if many else _OTHER_NUMBERS
    telling = len(one.names & other.names) >= _FEWEST_NAMES
    return (
        _compared(one.numbers, other.numbers, _SAME_NUMBERS, unlike)
        + (_compared(one.names, other.names, _SAME_NAMES, 0.0) if telling else 0.0)
        + _compared(one.concepts, other.concepts, _SAME_CONCEPTS, _OTHER_CONCEPTS)
        + _compared(one.days, other.days, _SAME_DAYS, _OTHER_DAYS)
    )


def _compared(
    one: AbstractSet[object], other: AbstractSet[object], same: float, different: float
) -> float:
    """`same` if half of the fewer are in both, `different` if none is."""
    fewer = min(len(one), len(other))
    shared = len(one & other)
    if not fewer or 0 < 2 * shared < fewer:
        return 0.0
    return same if shared else different
