"""Further mentions of bodies by an acronym that the text explains: `Open Institute (OI)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.lexicon.tables import ORGANISATIONS
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.scripts import CYRILLIC_CAPITALS, GERMAN_CAPITALS

_CAPITAL = f"[{GERMAN_CAPITALS}{CYRILLIC_CAPITALS}]"
_ACRONYM_AT_END = re.compile(rf"\(({_CAPITAL}[\w-]{{0,3}}{_CAPITAL}[\w-]{{0,6}})\)\Z")
_BY_ACRONYM = 0.8
_MOST_ACRONYMS = 60
"""Acronyms that one text explains; each costs a pass over it."""


def by_acronym(text: str, found: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """Mentions of a body by the acronym that the text gives in brackets behind its name."""
    given: dict[str, EntityMatch] = {}
    for body in found:
        acronym = _ACRONYM_AT_END.search(text, body.start, body.end)
        if acronym is not None:
            given.setdefault(acronym.group(1), body)
    for acronym_word, body in list(given.items())[:_MOST_ACRONYMS]:
        word = re.compile(rf"(?<![\w(-]){re.escape(acronym_word)}(?![\w)])")
        for match in word.finditer(text, body.end):
            yield EntityMatch(
                ORGANISATIONS, *match.span(), body.value, _BY_ACRONYM, "organisation:acronym"
            )
