"""Which blocks of a page are its article: boosted trees over structure, place and votes revise what
rules say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from crawler.parsers.article.blocks import TextBlock
from crawler.parsers.article.choice.measures import Column, measure
from crawler.parsers.article.choice.places import FARTHEST
from crawler.parsers.trees import Trees

PARAMETERS = Path(__file__).with_name("parameters.json")
"""Made by `python -m benchmarks.text_training`."""

SURE = 0.5
"""Log odds by which structure must speak against what rules say of a block: of 0 to 3 the best on
pages of open hosts that the trees were not grown from.
"""
FEWEST = 25
"""Blocks of a page that has a structure to be judged by; nine of ten pages have more. A notice on a
page made by hand may not.
"""


def measure_all(blocks: Sequence[TextBlock], voted: Sequence[bool]) -> dict[str, Column]:
    """Name → a number for each block, always the same names in the same order."""
    measured = measure(blocks)
    return {**measured.columns, **measured.votes(np.array(voted, dtype=np.float64))}


def revise(blocks: Sequence[TextBlock], voted: Sequence[bool], ruled: Sequence[bool]) -> list[bool]:
    """Which blocks are the article's: those that rules take for it (`ruled`), unless the page is
    made in a way that says otherwise. `voted` says which blocks another extractor takes for it.
    """
    return _revised("article", blocks, voted, ruled)


def revise_other(blocks: Sequence[TextBlock], chosen: Sequence[bool]) -> list[bool]:
    """Which blocks are the text of a page that is no article: posts of a thread, entries of a
    list, what is said of a product. `chosen` are those that were taken for an article's.
    """
    return _revised("other", blocks, chosen, chosen)


def _revised(
    question: str, blocks: Sequence[TextBlock], voted: Sequence[bool], taken: Sequence[bool]
) -> list[bool]:
    """What was taken, unless trees say otherwise. What stands among comments, sources and the like
    by its name is never added, however much there is of it.
    """
    if len(blocks) < FEWEST:
        return list(taken)
    trees = _trees(question)
    measured = measure_all(blocks, voted)
    odds = trees.log_odds_of_rows(measured) - trees.threshold
    notes = measured["place.name.note"] < FARTHEST
    needed = np.where(taken, -SURE, np.where(notes, np.inf, SURE))
    revised = [bool(yes) for yes in odds > needed]
    return revised if any(revised) else list(taken)


@cache
def _trees(question: str) -> Trees:
    return Trees.read(PARAMETERS, question)
