"""The words before numbers and contacts: Tel., Mobil, Fax, Ansprechpartner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.parsers.alternatives import either
from crawler.parsers.entities.entity_words import cues

_KINDS = ("tel", "mobile", "fax", "block")
_PARTS = ("number", "and", "extension", "at")


def contact_labels(languages: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Expressions for the words of all languages.

    Labels: `tel`, `mobile`, `fax`, and `block` for a contact. Parts: `number`, a noun joined to a
    label; `and` between two labels; `extension` before one; `at` before a number in a sentence.
    """
    made: dict[str, list[str]] = {kind: [] for kind in (*_KINDS, *_PARTS)}
    for code in languages:
        for kind, words in cues(languages, code).get("contact_labels", {}).items():
            if kind in _KINDS:
                made[kind].extend(w.rstrip(".:") for w in words)
            elif kind in _PARTS:
                made[kind].extend(words)
    return {kind: either(words) for kind, words in made.items()}
