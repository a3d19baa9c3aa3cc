"""English tails: prepositions with capitals, or with any words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.phrases.marks import CAPITALIZED_WORD, Tail, tail_by


def english_tail(
    prepositions: Iterable[str],
    stops: Collection[str],
    heads: str,
    most: int,
    *,
    small_letters: bool,
) -> Tail:
    """Tails like `of Industry and Construction of the Kyrgyz Republic`.

    With `small_letters` also `on raw materials, batteries and renewable hydrogen`. `heads`: an
    expression of words that start a new name after `and`.
    """
    stop = rf"(?!(?:{'|'.join(map(re.escape, stops))})\b)"
    word = CAPITALIZED_WORD
    if small_letters:
        word = rf"(?:{CAPITALIZED_WORD}|{stop}[a-z][\w-]+|\d{{4}}(?:[-–]\d{{2,4}})?)"
    phrase = rf"{word}(?:[^\S\n]+{word}){{0,5}}"
    joined = rf"(?!(?:{CAPITALIZED_WORD}[^\S\n]+){{0,4}}{heads}\b){phrase}"
    several = rf"(?:,[^\S\n]+{joined}){{1,4}},?[^\S\n]+and[^\S\n]+{joined}"
    chain = rf"{phrase}(?:{several}|[^\S\n]+and[^\S\n]+{joined})?"
    starts = any_of(map(re.escape, prepositions))
    tail = re.compile(rf"(?:[^\S\n]+{starts}[^\S\n]+(?:the[^\S\n]+)?{chain}){{1,{most}}}")
    return tail_by(tail)
