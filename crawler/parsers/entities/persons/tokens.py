"""Words with a capital, initials and particles: the runs of them that a name may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.parsers.entities.expressions import any_of

_new = tuple.__new__
"""Makes a token in half the time that its class takes."""
_BLANKS = " \N{NO-BREAK SPACE}"
_GAPS = frozenset(["", *_BLANKS, *(one + other for one in _BLANKS for other in _BLANKS)])


class NameToken(NamedTuple):
    """A word of a name; `kind` is initial, particle or word."""

    start: int
    end: int
    text: str
    kind: str
    is_place: bool = False
    """A country or town that is a first name as well."""


def token_pattern(initial: str, particles: Iterable[str], word: str) -> re.Pattern[str]:
    """An expression with the groups `initial`, `particle` and `word`."""
    particle = any_of(map(re.escape, particles))
    return re.compile(
        rf"(?P<initial>(?<!\w){initial})|(?P<particle>\b{particle}\b)|(?P<word>\b{word})"
    )


def runs_of(token_pattern: re.Pattern[str], text: str) -> Iterator[list[NameToken]]:
    """Tokens with nothing but a blank or two between them."""
    run: list[NameToken] = []
    for match in token_pattern.finditer(text):
        start, word = match.start(), match.group().rstrip()
        token = _new(NameToken, (start, start + len(word), word, match.lastgroup, False))
        if run and text[run[-1].end : start] not in _GAPS:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def up_to_words(piece: list[NameToken], words: int) -> list[NameToken]:
    """The piece up to so many words."""
    kept: list[NameToken] = []
    for token in piece:
        if sum(t.kind == "word" for t in kept) == words:
            break
        kept.append(token)
    return without_outer_particles(kept)


def without_outer_particles(piece: list[NameToken]) -> list[NameToken]:
    """Without particles at its ends."""
    while piece and piece[0].kind == "particle":
        piece = piece[1:]
    while piece and piece[-1].kind == "particle":
        piece = piece[:-1]
    return piece
