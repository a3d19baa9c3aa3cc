"""Whether one text is printed again, more or less edited, told by the shingles of both."""

from __future__ import annotations

from indexer.text.shingles import containment, resemblance

FEWEST = 5
"""Sampled shingles (of about 25 words) below which a text is too short to be recognised by them."""
RESEMBLING = 0.5
CONTAINED = 0.8
"""Texts of two sites are one story if they resemble each other, or one has most of the other."""
IDENTICAL = 0.95
"""The same for two pages of one site, whose news follow the same patterns (prices of the week)."""


def is_reprint(one: frozenset[int], other: frozenset[int], *, one_site: bool) -> bool:
    """Whether two samples of shingles are of one text, more or less edited."""
    if min(len(one), len(other)) < FEWEST:
        return False
    alike = resemblance(one, other)
    if one_site:
        return alike >= IDENTICAL
    shorter, longer = sorted((one, other), key=len)
    return alike >= RESEMBLING or containment(shorter, longer) >= CONTAINED
