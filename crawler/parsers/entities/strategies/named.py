"""Programmes called by a name that stands right beside their head, without quotes: the Horizon
Europe programme, the programme Future Minerals, das Projekt MIREU, проект GeoHub.

In German, where each noun has a capital, and in Russian the name is an acronym or a foreign word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.lexicon.tables import COUNTRIES, ORGANISATIONS, PLACES, PROGRAMMES
from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.strategies.heads import NAMED, strategy_match

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_LONGEST = 80
"""Characters before a head that its name may have."""
_WORD = rf"[{_CAPITAL}](?:[\w’&@+.-]*\w)?"
_YEAR = r"20\d\d"
_ACRONYM = rf"(?=[\w-]*[{_CAPITAL}\d@][\w-]*[{_CAPITAL}\d])[A-Za-z][\w@+-]+"
_FEMININE = "ая"
"""What the endings of cases stand in place of."""
_OWNERS = frozenset({COUNTRIES, ORGANISATIONS, PLACES})
"""Whose name before a head says whose programme it is (the UNDP programme)."""


class NamedProgrammes:
    """Finds them in texts of one of these languages."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def find(self, text: str, names: Spans, language: str | None) -> Iterator[EntityMatch]:
        """Finds in the order of the text; `names` are those of tables."""
        heads = self._heads.get(language or "")
        if heads is None:
            return
        head, anchors = heads
        for match in anchors.matches(head, text):
            span = self._behind(text, match.end(), language)
            if span is None and language == "en":
                span = self._before(text, match.start(), names)
            if span is not None:
                yield strategy_match(text, span, PROGRAMMES, NAMED, "named")

    def _behind(self, text: str, end: int, language: str | None) -> tuple[int, int] | None:
        found = (self._english_behind if language == "en" else _FOREIGN).match(text, end)
        return found.span(1) if found else None

    def _before(self, text: str, start: int, names: Spans) -> tuple[int, int] | None:
        found = self._english_before.search(text, max(0, start - _LONGEST), start)
        if found is None:
            return None
        first, last = found.span(1)
        owners = (n for n in names.touching(first, last) if n.field in _OWNERS)
        return None if any(n.start <= first for n in owners) else (first, last)

    @cached_property
    def _heads(self) -> Mapping[str, tuple[re.Pattern[str], Anchors]]:
        """Language → the head of a programme, and where to look for one."""
        made: dict[str, tuple[re.Pattern[str], Anchors]] = {}
        for code, compound, endings in _GRAMMAR:
            words = cues(self._languages, code).get("programme_heads", ())
            words = [word.rstrip(_FEMININE) for word in words]
            if words:
                pattern = rf"(?<![\w-]){compound}(?i:{literal(words)}){any_of(endings)}(?![\w-])"
                made[code] = re.compile(pattern), Anchors(words, before=1, endings=None)
        return made

    @cached_property
    def _english_name(self) -> str:
        """Several words with capitals, or an acronym; what a sentence opens with is none of it."""
        words = cues(self._languages, "en")
        no_names = [*words.get("determiners", ()), *words.get("phrase_stops", ())]
        opens = rf"(?!(?i:{any_of(map(re.escape, no_names))})\b)"
        links = "(?:(?:of|for|and|in)[ ])?"
        several = rf"{_WORD}(?:[ ]{links}(?:{_WORD}|{_YEAR}))+"
        return rf"(?<![\w-]){opens}({several}|{_ACRONYM})"

    @cached_property
    def _english_before(self) -> re.Pattern[str]:
        return re.compile(rf"{self._english_name}[ ]\Z")

    @cached_property
    def _english_behind(self) -> re.Pattern[str]:
        return re.compile(rf"[ ]{self._english_name}")


_GRAMMAR: Sequence[tuple[str, str, Sequence[str]]] = (
    ("en", "", ("",)),
    ("de", r"(?:\w+-?)?", ("e?s", "")),
    ("ru", "", ("[а-я]{0,3}",)),
)
"""Language, what may stand before a head in one word, and its endings."""
_FOREIGN = re.compile(rf"[ ]({_ACRONYM}(?:[ ]{_YEAR})?)(?![\w-])")
