"""Expressions of any of many words, in which what words begin with stands once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence


def either(
    words: Iterable[str],
    sign: Callable[[str], str] = re.escape,
    alike: Callable[[str], str] = str,
) -> str:
    """An expression of any of the words, the longest first; of none it matches nothing.

    Without a common beginning each word would be tried at every place of a text. `sign`: the
    expression of a character; `alike`: what is the same of characters that the expression takes
    for one another.
    """
    ranked = sorted(set(words), key=lambda word: (-len(word), word))
    return _grouped(ranked, sign, alike) if ranked else r"(?!)"


def _grouped(words: Sequence[str], sign: Callable[[str], str], alike: Callable[[str], str]) -> str:
    """As `either`, of words in their order."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(alike(word[:1]), []).append(word)
    ends = by_first.pop("", None) is not None
    pieces = [
        sign(some[0][0])
        + (
            _grouped([word[1:] for word in some], sign, alike)
            if len(some) > 1
            else "".join(map(sign, some[0][1:]))
        )
        for some in by_first.values()
    ]
    if len(pieces) == 1 and not ends:
        return pieces[0]
    return f"(?:{'|'.join(pieces)}{'|' if ends else ''})"
