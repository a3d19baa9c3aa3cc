"""Looks for letters of names, in any script. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.text.folding import surfaces_of
from indexer.text.romanisation import romanise


def matches(asked: str, forms: Iterable[str]) -> bool:
    """Whether one of the forms of a name has all words that are asked for, in any script; those
    behind it are not looked at.
    """
    wanted = _romanised(asked)
    if not wanted:
        return not asked.strip()
    texts = (" ".join(_romanised(form)) for form in forms)
    return any(all(word in text for word in wanted) for text in texts)


def _romanised(text: str) -> list[str]:
    # Of letters, double ones are one sound; of digits they are another number.
    return [word if word.isdigit() else romanise(word) for word in surfaces_of(text)]
