"""Names in quotes, which may be an event's: „Glut und Schlacke“, "Night Shift", «Рудный берег»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.parsers.events.grammar.function_words import CAPITAL

_QUOTED = re.compile(rf"[„“«\"]([{CAPITAL}\d][^„“”«»\"\n.!?]{{3,60}})[“”»\"]")
"""A name in quotes, which holds no sentence."""
_MOST_QUOTES = 20
"""Names in quotes of one sentence that are looked at: no sentence that a person wrote has more."""


def quoted_names(masked: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The first names in quotes of a span; the name without its quotes is the one group."""
    return islice(_QUOTED.finditer(masked, start, end), _MOST_QUOTES)
