"""Splits runs of capitals at everything that is known to be no part of a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.lexicon.tables import COUNTRIES, PLACES
from crawler.parsers.entities.persons.rules import PersonRules
from crawler.parsers.entities.persons.tokens import NameToken, without_outer_particles
from crawler.parsers.entities.spans import EntityMatch

_DAY = re.compile(r"\b(\w{3,12})\.? \d\d?,? \d{4}\b")
"""A word before a day and a year, which is a month if it may be one (By A B August 19, 2026), also
where it is a first name elsewhere (June, April, Jan).
"""
_MAY_HOLD_DAY = re.compile(r"\d,? \d{4}\b")
"""What a text with such a day has in any case; found in a fraction of the time."""

_POSSESSIVES = ("'s", "’s")
"""What ends so ends a name: TCM's | A B."""


_KEPT_WORDS = 20_000


class _Word(NamedTuple):
    """What the word lists say of a word."""

    opens_body: bool
    is_first_name: bool
    is_of_calendar: bool
    """A surname behind a first name."""
    is_no_name: bool
    ends_as_no_name: bool


class Splitter:
    """Splits the runs of one script."""

    def __init__(self, words: EntityWords, rules: PersonRules) -> None:
        self._words = words
        self._rules = rules
        self._before_day = words.calendar_surnames | words.first_names
        self._word = lru_cache(_KEPT_WORDS)(self._look_up)

    def pieces(
        self, run: Sequence[NameToken], blocked: Mapping[int, bool], bodies: frozenset[int]
    ) -> Iterator[list[NameToken]]:
        """The run split at words that are no part of a name."""
        piece: list[NameToken] = []
        for place, token in enumerate(run):
            behind_particle = bool(piece) and piece[-1].kind == "particle"
            ends = behind_particle and (
                token.start in bodies
                or self._ends_as_no_name(token)
                or self._is_whole(piece, run[place : place + 2])
            )
            if ends or self._splits(token, piece, blocked):
                yield without_outer_particles(piece)
                piece = []
            else:
                piece.append(token._replace(is_place=True) if token.start in blocked else token)
            if token.text.endswith(_POSSESSIVES):
                yield without_outer_particles(piece)
                piece = []
        yield without_outer_particles(piece)

    def _ends_as_no_name(self, token: NameToken) -> bool:
        """Whether behind its hyphen stands no surname (Jan Berg von der Zinn-Partei)."""
        _, hyphen, last = token.text.rpartition("-")
        word = self._word(last.lower())
        return bool(hyphen) and (word.is_no_name or word.ends_as_no_name)

    def _is_whole(self, piece: Sequence[NameToken], behind: Sequence[NameToken]) -> bool:
        """Whether a name has its surname before particles already and two words stand behind them,
        of which a second surname would be one: they are whom somebody is of (A B von der Kanzlei
        C). Of two first names the surname follows (Johann Wolfgang von Goethe); a particle that
        says nothing else is of the name (A B de Oliveira Santos).
        """
        if piece[-1].text.split()[0] not in self._words.belongs_to:
            return False
        words = [token for token in piece if token.kind == "word"]
        return (
            len(words) > 1
            and len(behind) > 1
            and all(token.kind == "word" for token in behind)
            and not self._word(words[-1].text).is_first_name
        )

    def find_blocked(self, text: str, names: Sequence[EntityMatch]) -> dict[int, bool]:
        """Start of a word that is a month, a country or town → whether it may be a first name (Iran
        Sharkhan).
        """
        days = _DAY.finditer(text) if _MAY_HOLD_DAY.search(text) else ()
        blocked = {match.start(): False for match in days if fold(match[1]) in self._before_day}
        for name in names:
            surface = text[name.start : name.end]
            may_be_first = name.field in (COUNTRIES, PLACES) and self._rules.is_first_name(surface)
            for match in re.finditer(r"\w+", surface):
                blocked[name.start + match.start()] = may_be_first
        return blocked

    def _splits(
        self, token: NameToken, piece: Sequence[NameToken], blocked: Mapping[int, bool]
    ) -> bool:
        if token.kind != "word":
            return False
        if token.start in blocked:
            is_surname = token.text.endswith(self._words.surname_endings or "\n")
            if is_surname and piece and self._opens_name(piece[-1]):
                return False  # Қаныш | Сәтбаев: towns are called by people
            return not (blocked[token.start] and not piece)
        word = self._word(token.text)
        if word.opens_body:
            return True
        follows_first_name = bool(piece) and self._word(piece[-1].text).is_first_name
        if word.is_first_name or (follows_first_name and word.is_of_calendar):
            return False
        return word.is_no_name or (word.ends_as_no_name and not follows_first_name)

    def _opens_name(self, token: NameToken) -> bool:
        """Whether a surname may follow a token: an initial or a first name."""
        return token.kind == "initial" or self._word(token.text).is_first_name

    def _look_up(self, text: str) -> _Word:
        words, folded = self._words, fold(text)
        return _Word(
            text.startswith(words.body_prefixes or "\n"),
            folded in words.first_names,
            folded in words.calendar_surnames,
            folded in words.not_names or self._rules.roles.is_role(text),
            text.endswith(words.not_name_endings),
        )
