"""Strings that look like a day as pages print it, in any language: where they are, not what they
say.
"""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d{2}"
_BETWEEN = r"\s?[./-]\s?"
_WORDS = r"(?:[^\W\d_]{1,14}[.,]?[\s-]{1,2}){1,3}"
DATE = re.compile(
    rf"""(?<![\d./-])(?:
        {_YEAR}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{1,2}}
      | \d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}(?:{_YEAR}|\d{{2}})
      | \d{{1,2}}[^\W\d_]{{0,2}}[.º]?[\s-]{{1,2}}{_WORDS}{_YEAR}
      | [^\W\d_]{{3,14}}[.]?\s\d{{1,2}}[^\W\d_]{{0,2}},?\s{_YEAR}
      | {_YEAR}[.]?\s?{_WORDS}\d{{1,2}}
      | {_YEAR}\s?[^\W\d_]\s?\d{{1,2}}\s?[^\W\d_]\s?\d{{1,2}}
    )(?!\d)""",
    re.VERBOSE,
)
"""Day, month and year in any order, the month as a number or a word."""


def has_date(text: str) -> bool:
    """Whether a text holds a day with its year."""
    return DATE.search(text) is not None
