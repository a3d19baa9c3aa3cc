"""Half characters: JSON can hold one of the two surrogates of a character (`"\\ud83d"`), which no
encoding takes.
"""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def without_halves(text: str) -> str:
    """The text with U+FFFD in place of each half character, so that offsets stay."""
    return text if text.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def value_without_halves(value: Any) -> Any:
    """The same for all texts of a value that was read from JSON."""
    written = json.dumps(value, ensure_ascii=False)
    return json.loads(without_halves(written)) if _HALF.search(written) else value
