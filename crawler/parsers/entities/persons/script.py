"""Reads the persons of one script: runs, pieces, evidence, and the name in the nominative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import word_before
from crawler.parsers.entities.grammar.suffixes import SUFFIXED, is_located
from crawler.parsers.entities.lexicon.tables import PERSONS
from crawler.parsers.entities.persons.evidence import EvidenceReader
from crawler.parsers.entities.persons.pieces import Splitter
from crawler.parsers.entities.persons.roles import BEFORE
from crawler.parsers.entities.persons.rules import PersonRules
from crawler.parsers.entities.persons.tokens import NameToken, runs_of
from crawler.parsers.entities.spans import EntityMatch

_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.?[ ]\Z")
"""Before a month that is a first name as well (12 June)."""
_QUOTED_NAME = re.compile(r"[\w-]+(?:[ ][\w-]+){1,4}(?=[»”“])")
"""Words that fill quotes: with capitals alone a firm, a ship, a title; a person needs none."""
_OPENING_QUOTES = ("«", "„", "“", '"')
_OPENED = re.compile(r"[«„“\"][^«»„“”\"\n]{0,80}\Z")
_CLOSED = re.compile(r"[^«»„“”\"\n]{0,80}[»”“\"] ?-?(\w+)")
"""Quotes around words, and the word behind them."""


class ScriptReader:
    """The reader of one script."""

    def __init__(self, words: EntityWords, rules: PersonRules) -> None:
        self._words = words
        self._rules = rules
        self._legal_forms = words.legal_forms
        self._legal_starts = tuple(words.legal_forms) or ("\n",)
        self._of_father = re.compile(rf" {literal(words.patronymic_endings)}(?!\w)")
        self._splitter = Splitter(words, rules)
        self._evidence = EvidenceReader(words, rules)
        self._street_before = re.compile(rf"(?<!\w)(?i:{literal(words.streets_before)})\s*\Z")
        self._no_person_before = re.compile(rf"[\s-]*{literal(words.not_after_names)}(?!\w)")

    def find(
        self, text: str, names: Sequence[EntityMatch], bodies: frozenset[int], lang: str | None
    ) -> Iterator[EntityMatch]:
        """Persons of one text; `bodies` are the offsets at which a body's name starts. Cases behind
        surnames are those of `lang`.
        """
        blocked = self._splitter.find_blocked(text, names)
        for run in runs_of(self._rules.token, text):
            for piece in self._splitter.pieces(run, blocked, bodies):
                found = self._person(text, piece, lang)
                if found is not None:
                    yield found

    def leads_to_name(self, before: str) -> bool:
        """Whether a title or a run with a first name ends there (Dr. | Halle, Eva von | Halle)."""
        if self._rules.roles.title(before):
            return True
        runs = list(runs_of(self._rules.token, before))
        if not runs or before[runs[-1][-1].end :].strip(" \N{NO-BREAK SPACE}"):
            return False
        blocked = self._splitter.find_blocked(before, ())
        *_, piece = self._splitter.pieces(runs[-1], blocked, frozenset())
        return any(
            token.kind == "word"
            and self._rules.is_first_name(token.text)
            and not _DAY_BEFORE.search(before, 0, token.start)
            for token in piece
        )

    def _names_firm(self, text: str, before: str, start: int) -> bool:
        """Whether quotes open the name of a firm: its legal form stands before (АО «А Б»), or they
        hold words with capitals alone (специалисты «А Б»).
        """
        if not before.endswith(_OPENING_QUOTES):
            return False
        legal = word_before(before, len(before) - 1) in self._legal_forms
        quoted = _QUOTED_NAME.match(text, start)
        titled = quoted and not any(word[0].islower() for word in quoted.group().split())
        return legal or bool(titled)

    def _is_in_firm(self, text: str, before: str, end: int) -> bool:
        """Whether it stands in quotes with a legal form behind them («Кен А Б» ЖШСның)."""
        closed = _CLOSED.match(text, end) if _OPENED.search(before) else None
        return closed is not None and closed.group(1).startswith(self._legal_starts)

    def _length_of_case(self, name: str, lang: str | None) -> int:
        """Letters of the case behind a surname: one that ends as surnames do (Асанов|тың), or a
        hyphen (Болд|-той).
        """
        for case in self._words.surname_cases.get(lang or "", ()):
            if name.endswith(case):
                bare = name[: -len(case)]
                if case.startswith("-") or bare.endswith(self._words.surname_endings):
                    return len(case)
        return 0

    def _person(self, text: str, piece: list[NameToken], lang: str | None) -> EntityMatch | None:
        if not piece or len(piece) > 7 or not any(t.kind == "word" for t in piece):
            return None
        start, end = piece[0].start, piece[-1].end
        before = text[max(0, start - BEFORE) : start]
        firm = any(token.text in self._legal_forms for token in piece)
        if firm or self._names_firm(text, before, start) or self._no_person_before.match(text, end):
            return None
        street = piece[-1].text in self._words.streets or self._street_before.search(before)
        if street or self._is_in_firm(text, before, end):
            return None
        while len(piece) > 1 and is_located(piece[-1].text.casefold(), lang):
            piece = piece[:-1]  # Зарипов | Қизилқумдаги ёшлигини эслади
        rule, confidence, piece = self._evidence.read(text, before, piece)
        if not rule:
            return None
        start, end = piece[0].start, piece[-1].end
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        elif text[end - 2 : end] in ("s'", "s’"):
            end -= 1
        end -= self._length_of_case(text[start:end], lang)
        of_father = self._of_father.match(text, end)
        end = of_father.end() if of_father and len(piece) > 1 else end
        value = re.sub(r"\s+", " ", text[start:end])
        if lang not in SUFFIXED:
            value = self._rules.nominative(value, before)
        return EntityMatch(PERSONS, start, end, value, confidence, rule)
