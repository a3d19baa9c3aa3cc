"""Regular expressions from lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(expressions: Iterable[str]) -> str:
    """An expression that matches any of these, the longest first."""
    ranked = sorted(set(expressions), key=lambda e: (-len(e), e))
    return f"(?:{'|'.join(ranked)})" if ranked else r"(?!)"


def literal(words: Iterable[str]) -> str:
    """As `any_of`, for words as they are written; a blank matches any white space of one line."""
    return any_of(re.escape(w).replace(r"\ ", r"[^\S\n]+") for w in words)
