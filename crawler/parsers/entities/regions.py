"""States and provinces that stand behind towns and say which country those are in: Paris, Texas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import fold


class Regions:
    """The regions of all languages: key `regions` of their cues, lists by country (ISO code)."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._countries: dict[str, str] = {}
        for code in languages:
            for country, regions in cues(languages, code).get("regions", {}).items():
                self._countries.update(dict.fromkeys(regions, country))
        self._folded = frozenset(fold(r) for r in self._countries if not r.isupper())
        self._behind = re.compile(rf"(?:,[ ]|[ ]\()({literal(self._countries)})(?![\w-])")

    def __contains__(self, name: str) -> bool:
        """Whether it is called so, in full."""
        return fold(name) in self._folded

    def country_behind(self, text: str, end: int) -> str | None:
        """Country of the region that stands behind a comma or in brackets there."""
        found = self._behind.match(text, end)
        return self._countries[found.group(1)] if found else None
