"""A text that its page shows again: once for wide screens and once for narrow ones. Pure.

A copy begins where the text begins, or is as long as the text, and has its paragraphs in their
order. What merely comes again does not: rows of tables, quoted posts, the points of a summary.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.article.blocks import TextBlock

REPEATED = 8
"""Words; a longer block with the same words as another is the same passage shown twice."""
_BEGINNING = 3
"""Such blocks of the text, at one of which a copy begins."""
_FEWEST = 4
"""Such blocks that make a copy; each but one of the copy's own ends it."""
_LEAST_WORDS = 100
_LEAST_SHARE = 0.15
"""Of the words of the whole text."""
_COPY = 2 / 3
"""Of the words of what is said for the first time, from which on a copy may begin anywhere: titles
and teasers for both widths may stand above the text.
"""


def without_copies(blocks: Sequence[TextBlock], chosen: Sequence[bool]) -> list[bool]:
    """The blocks of a text without those of its copies; short ones go with what they stand amid."""
    kept = list(chosen)
    places = [i for i, yes in enumerate(chosen) if yes and len(blocks[i].words) >= REPEATED]
    first: dict[tuple[str, ...], int] = {}
    again = {i: at for i in places if (at := first.setdefault(blocks[i].words, i)) != i}
    if len(again) < _FEWEST:
        return kept
    whole = sum(len(b.words) for b, yes in zip(blocks, chosen, strict=True) if yes)
    new = whole - sum(len(blocks[i].words) for i in again)
    dropped: set[int] = set()
    for run in _runs(places, again):
        begins = again[run[0]] in places[:_BEGINNING]
        least = _LEAST_SHARE * whole if begins else _COPY * new
        if sum(len(blocks[i].words) for i in run) >= max(_LEAST_WORDS, least):
            dropped.update(run)
    said = {blocks[i].words for i in places if i not in dropped}
    ahead = iter([*places, None])
    before, behind = None, next(ahead)
    for i, yes in enumerate(chosen):
        if i == behind:
            before, behind = i, next(ahead)
        beside = [at for at in (before, behind) if at is not None]
        is_amid = dropped.issuperset(beside) and blocks[i].words in said
        kept[i] = yes and i not in dropped and not is_amid
        said.update([blocks[i].words] if kept[i] else [])
    return kept


def _runs(places: Sequence[int], again: dict[int, int]) -> list[list[int]]:
    """Runs of blocks that come again, in the order in which they came first."""
    runs: list[list[int]] = []
    run: list[int] = []
    own = 0
    for i in places:
        if run and i in again and again[run[-1]] < again[i] < run[0]:
            run.append(i)
            own = 0
        elif run and i not in again and not own:
            own = 1
        else:
            runs.append(run)
            run, own = ([i] if i in again else []), 0
    return [found for found in (*runs, run) if len(found) >= _FEWEST]
