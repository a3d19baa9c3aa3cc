"""All names of the tables in one automaton: where in a text does which of them stand?

A name is found where its folded form stands between word borders and its capitals are kept: a
letter that is a capital in the table has to be one in the text, and an acronym is written as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick_rs

from crawler.parsers.entities.folding import borders, fold, rest_of_word
from crawler.parsers.scripts import RUSSIAN_SMALL

_LEAST_WORDS = {"commodities": 2, "organisations": 3, "strategies": 3, "programmes": 3}
"""Kind → words from which on a name's first one may be small: an adjective (die seltenen Erden)."""
_ACRONYM = re.compile(rf"^[^\W\d_a-z{RUSSIAN_SMALL}]{{1,5}}$")


@dataclass(frozen=True, slots=True)
class LexiconName:
    """A form of a name, and what it stands for."""

    form: str
    """Folded."""
    kind: str
    """Field of the mention: countries, places, commodities, …"""
    value: str
    alias: str
    """The name as the table spells it."""
    language: str
    """Column of the table."""
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class LexiconHit:
    """A name at a place in a text."""

    start: int
    end: int
    name: LexiconName
    rest: str = ""
    """Letters that follow without a border: a suffix or the head of a compound.

    Capitals are not compared where there are any.
    """


class NameLexicon:
    """Finds names; hits may overlap. Built once, about 1 s for 100,000 forms."""

    def __init__(self, names: Iterable[LexiconName]) -> None:
        by_form: dict[str, list[LexiconName]] = {}
        for name in names:
            entries = by_form.setdefault(name.form, [])
            if not any(e.kind == name.kind and e.value == name.value for e in entries):
                entries.append(name)
        self._names = list(by_form.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_form)) if by_form else None

    def find(self, text: str, folded: str | None = None) -> Iterator[LexiconHit]:
        """Hits that start at a word border; `rest` is empty where they end at one."""
        if self._automaton is None:
            return
        folded = fold(text) if folded is None else folded
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            starts, ends = borders(folded, start, end)
            if not starts:
                continue
            rest = "" if ends else rest_of_word(folded, end)
            if not ends and not rest:
                continue  # a digit follows: Vision-20500
            surface = text[start:end]
            for name in self._names[index]:
                if rest or keeps_capitals(name.alias, surface, _LEAST_WORDS.get(name.kind)):
                    yield LexiconHit(start, end, name, rest)


def keeps_capitals(alias: str, surface: str, least_words: int | None = None) -> bool:
    """Whether the surface is written with the capitals of the alias (more are allowed).

    In a name of `least_words` or more the first may be small (der nationalen Strategie bis 2030).
    """
    if surface[-1:] in "\n\t" or "\n\n" in surface:
        return False
    if _ACRONYM.match(alias):
        return surface.startswith(alias)
    words = list(zip(alias.split(), surface.split(), strict=False))
    for wanted, written in words[1:] if least_words and len(words) >= least_words else words:
        if wanted[0].isupper() and wanted[0].lower() != wanted[0] and not written[0].isupper():
            return False
    return True
