"""What a site puts around the titles of its pages: `Copper found | News | Example`."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from crawler.parsers.article.blocks import words_of

SEPARATOR = re.compile(r"\s+[|–—·•»«:/\\~-]+\s+|\s*\|\s*|\s+::\s+")
"""Between the pieces of a window's title."""


def title_pieces(title: str) -> list[str]:
    """Folded words of the pieces between separators, and of the whole."""
    pieces = [" ".join(words_of(piece)) for piece in SEPARATOR.split(title)]
    return [piece for piece in {*pieces, " ".join(words_of(title))} if piece]


def without_frame(title: str, frame: AbstractSet[str]) -> str:
    """The title without pieces at its ends that are the site's; empty where nothing is left."""
    title = " ".join(title.split())
    if _is_frame(title, frame):
        return ""
    cuts = [(0, 0), *(cut.span() for cut in SEPARATOR.finditer(title)), (len(title), len(title))]
    while len(cuts) > 1 and _is_frame(title[cuts[-2][1] : cuts[-1][0]], frame):
        cuts.pop()
    while len(cuts) > 1 and _is_frame(title[cuts[0][1] : cuts[1][0]], frame):
        cuts.pop(0)
    return title[cuts[0][1] : cuts[-1][0]]


def _is_frame(piece: str, frame: AbstractSet[str]) -> bool:
    words = " ".join(words_of(piece))
    return not words or words in frame
