"""The words before numbers and contacts: Tel., Mobil, Fax, Ansprechpartner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of


def contact_labels(languages: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Expressions for the labels of all languages: `tel`, `mobile`, `fax`, and `block` for a
    contact.
    """
    made: dict[str, list[str]] = {"tel": [], "mobile": [], "fax": [], "block": []}
    for code in languages:
        for kind, words in cues(languages, code).get("contact_labels", {}).items():
            if kind in made:
                made[kind].extend(w.rstrip(".:") for w in words)
    return {kind: any_of(map(re.escape, words)) for kind, words in made.items()}
