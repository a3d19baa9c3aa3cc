"""States and provinces that stand behind towns and say which country those are in: Paris, Texas."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import fold


class Regions:
    """The regions of all languages: keys `regions` and `regions_in_brackets` of their cues, lists
    by country (ISO code). Behind a comma the latter are the next of a row (Prag, Sachsen und …).
    """

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._countries: defaultdict[str, set[str]] = defaultdict(set)
        bracketed: set[str] = set()
        for code in languages:
            for key in ("regions", "regions_in_brackets"):
                for country, regions in cues(languages, code).get(key, {}).items():
                    for region in regions:
                        self._countries[region].add(country)
                    bracketed.update(regions if key == "regions_in_brackets" else ())
        short = {region for region in self._countries if region.isupper()}
        full = self._countries.keys() - short
        self._folded = frozenset(map(fold, full))
        self._behind = re.compile(
            rf"(?:,[ ]({literal(full - bracketed)})|[ ]\(({literal(full)})"
            rf"|,[ ](?P<short>{literal(short)})(?![ ][A-Z]{{2}}))(?![\w-])"
        )

    def __contains__(self, name: str) -> bool:
        """Whether it is called so, in full."""
        return fold(name) in self._folded

    def is_of(self, name: str, country: str | None) -> bool:
        """Whether a region of that country is called so."""
        return country in self._countries.get(name, ())

    def is_elsewhere(self, text: str, end: int, country: str | None) -> bool:
        """Whether a region of no such country stands behind a comma or in brackets there. Short for
        one counts behind a comma only, as brackets have provinces of any country (Milano (MI)); it
        may be short for the country itself (Toronto, CA), or a word in a line of capitals.
        """
        found = self._behind.match(text, end)
        if found is None or found.group("short") == country:
            return False
        return country not in self._countries[next(filter(None, found.groups()))]
