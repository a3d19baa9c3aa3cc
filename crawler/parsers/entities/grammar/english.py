"""English names: a plural of things that have one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from crawler.parsers.entities.grammar.base import NameGrammar

_COUNTABLE = re.compile(r"(\s\w+|ore|ite|stone|metal|alloy|mineral|diamond|phosphate|shale)$")
"""Names with a plural; of a bare metal the plural is a verb or a can (leads, tins)."""
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


class EnglishNames(NameGrammar):
    """English."""

    capital_continues_town: ClassVar[bool] = True
    before_town: ClassVar[str] = (
        r"in the (?:[a-z-]+ ){0,2}(?:town|city|village|municipality) of"
        r"|(?:visitors|guests|delegates|participants|people|members|students|experts) to"
        r"|(?:tour|trip|visit|journey|excursion|mission|going|back|on|over) to"
    )
    """In the picturesque town of Aracena; who or what came to Aracena."""

    def inflect(self, words: Sequence[str], *, plural: bool) -> Iterable[str]:
        """The plural."""
        name = " ".join(words)
        if not plural or name.endswith("s") or not _COUNTABLE.search(name):
            return ()
        return (name[:-1] + "ies" if _CONSONANT_Y.search(name) else name + "s",)

    def role_expression(self, roles: Sequence[str], other_words: Sequence[str]) -> str:
        """The plural besides."""
        return super().role_expression(roles, other_words) + "s?"
