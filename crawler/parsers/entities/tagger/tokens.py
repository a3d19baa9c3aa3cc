"""Words and marks of a text, in stretches that are tagged as one sequence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_TOKEN = re.compile(r"\n|\w+(?:[-'’.&+]\w+)*|[^\w\s]")
_ENDS = frozenset(".!?…")
_LONGEST = 120
"""Tokens of a stretch: what goes on without a full stop is cut."""
_ABBREVIATED = 3
"""Letters that the word before a full stop may have without ending the sentence (e. V., Dr.)."""


class Token(NamedTuple):
    """A word or a mark."""

    start: int
    end: int
    text: str


_new = tuple.__new__
"""Makes a token in half the time that its class takes: there is one for each word of a page."""


def tokens_between(text: str, start: int, end: int, most: int = _LONGEST) -> list[Token]:
    """The words and marks of a part of a text, `most` of them at the most."""
    found = (m for m in _TOKEN.finditer(text, start, end) if m.group() != "\n")
    return [Token(*m.span(), m.group()) for m in islice(found, most)]


def stretches(text: str) -> Iterator[list[Token]]:
    """The text cut at line ends and full stops, at the latest after so many tokens."""
    stretch: list[Token] = []
    is_ended = False
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word == "\n":
            if stretch:
                yield stretch
            stretch, is_ended = [], False
            continue
        if len(stretch) >= _LONGEST or (is_ended and _begins_anew(stretch, word)):
            yield stretch
            stretch = []
        stretch.append(_new(Token, (*match.span(), word)))
        is_ended = word in _ENDS
    if stretch:
        yield stretch


def _begins_anew(stretch: list[Token], word: str) -> bool:
    """Whether the word behind a sentence's last mark opens the next one."""
    if not word[0].isupper():
        return False
    last = stretch[-2].text if len(stretch) > 1 else ""
    return len(last) > _ABBREVIATED and last.isalpha()
