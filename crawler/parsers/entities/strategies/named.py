"""Programmes called by a name that stands right beside their head, without quotes: the Horizon
Europe programme, das Projekt MIREU, проект GeoHub.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.lexicon.tables import PROGRAMMES
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.entities.strategies.heads import NAMED, NAMED_RULE, strategy_match

CAPITAL = "A-ZÀ-ÖØ-Þ"
YEAR = r"20\d\d"
ACRONYM = rf"(?![IVXLC]+\b)(?=[\w-]*[{CAPITAL}\d@][\w-]*[{CAPITAL}\d])[A-Za-z][\w@+-]+"
"""With two capitals, figures or signs; no Roman numeral (программу XXIV сессии)."""
ACRONYM_NAME = rf"{ACRONYM}(?:[ ]{YEAR})?(?![\w-])"
_LONGEST = 80
"""Characters before a head that its name may have."""


class NamedProgrammes:
    """Finds them in texts of one language.

    `heads`: what its words for programmes end with; `head`: an expression of one in any form;
    `behind`, `before`: expressions of a name behind the head, and before it; None: no name there.
    """

    def __init__(
        self, heads: Sequence[str], head: str, behind: str, before: str | None = None
    ) -> None:
        self._anchors = Anchors(heads, endings=None)
        self._head = re.compile(rf"(?<![\w-]){head}(?![\w-])")
        self._behind = re.compile(rf"[ ]({behind})")
        self._before = re.compile(rf"(?<![\w-])({before})[ ]\Z") if before else None

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        for match in self._anchors.matches(self._head, text):
            found = self._behind.match(text, match.end())
            if found is None and self._before is not None:
                start = match.start()
                found = self._before.search(text, max(0, start - _LONGEST), start)
            if found is not None:
                yield strategy_match(text, found.span(1), PROGRAMMES, NAMED, NAMED_RULE)
