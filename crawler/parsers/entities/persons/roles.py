"""Roles and titles beside a name: the expressions for them, each tried only where it may hold."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import word_before

_SINGLE = re.compile(r"[^\W_]+(?:’s)?")
_LONGEST_ROLE = 6
_FARTHEST_ROLE = 14
"""Single words before a Russian name among which its role may stand."""
TITLES_REACH = 40
"""Characters that titles between a comma and a name may take."""
_REMIT = re.compile(r"\b(?:für|der|des)\b")
BEFORE = 160
"""Characters before a name that are looked at."""


class Roles:
    """Finds the roles and titles of one script around a place in the text."""

    def __init__(self, words: EntityWords, *, cyrillic: bool) -> None:
        self._words = words
        self._cyrillic = cyrillic
        flags = re.IGNORECASE
        role = re.compile(words.role, flags)
        self.is_role = lru_cache(maxsize=20_000)(lambda word: role.fullmatch(word) is not None)
        """Whether a word is a role."""
        gap = r"[^\S\n]+"
        states = literal(words.states)
        word = rf"(?:[а-яё-]+|Республик\w+|{states}|[А-ЯЁ][а-яё]+(?:стана|стану|ана|ии|ая))"
        between = rf"(?:{gap}{word}){{0,9}}{gap}" if cyrillic else gap
        self._role_before = re.compile(
            rf"(?<![\w-])(?P<role>{words.role}){between}[«„“\"]?$", flags
        )
        self._role_comma = re.compile(
            rf"(?<![\w-]){words.role}(?:{gap}[\w-]+(?:,(?={gap}[^\W\d_a-zß-ÿа-яё]))?){{0,14}},{gap}(?:{words.title}{gap})?$",
            flags,
        )
        self._office = re.compile(words.surname_roles, flags)
        remit = r"(?:[^\S\n]+(?:für|der|des|und|[^\W\d_a-zß-öø-ÿ][\w-]*,?))"
        self._role_chain = re.compile(
            rf"(?<![\w-])(?:{words.role})[^\S\n]+(?:für|der|des){remit}{{1,9}}[^\S\n]+$", flags
        )
        self._title_before = re.compile(rf"(?:^|(?<=[\s(,;:„\"«-]))(?:{words.title})[^\S\n]*$")
        attribute = r"(?:[\w.&-]+[^\S\n]+){0,4}?"
        self._role_after = re.compile(
            rf"[^\S\n]*(?:,[^\S\n]*|\([^\S\n]*|[–—-][^\S\n]+|\n|(?<=[^\S\n])(?:as|als|zum|zur)[^\S\n]+)(?:{attribute})(?:{words.role})(?![\w])",
            flags,
        )

    def up_to(self, before: str) -> re.Match[str] | None:
        """The role that leads up to the end. Only words that roles are made of are tried, for
        speed.
        """
        words = list(_SINGLE.finditer(before))[-_FARTHEST_ROLE:]
        if not self._cyrillic:
            last = words[-1].group() if words else ""
            if not self.may_end(last):
                return None
            return self._role_before.search(
                before, words[max(0, len(words) - _LONGEST_ROLE)].start()
            )
        for word in words:
            low = word.group().lower()
            if not {low, low.removeprefix("зам")}.isdisjoint(self._words.role_words):
                role = self._role_before.match(before, word.start())
                if role:
                    return role
        return None

    def may_end(self, word: str) -> bool:
        """Whether a role may end in this word: a quick look before the expression is tried."""
        return word.lower().removesuffix("s") in self._words.role_words or self.is_role(word)

    def title(self, before: str) -> bool:
        """Whether a title leads up to the end (Prof. Dr.)."""
        return self._title_before.search(before, max(0, len(before) - TITLES_REACH)) is not None

    def is_office(self, word: str) -> bool:
        """Whether it is a public office that a surname alone may follow (Minister)."""
        return self._office.fullmatch(word) is not None

    def chain(self, before: str) -> bool:
        """Whether a role with its remit leads up to the end (Minister für Bergbau und Energie)."""
        opened = any(
            self.may_end(word_before(before, m.start()).rpartition("-")[2])
            for m in _REMIT.finditer(before)
        )
        return opened and self._role_chain.search(before) is not None

    def after(self, text: str, end: int) -> bool:
        """Whether a role follows (…, Leiter des Referats)."""
        return self._role_after.match(text, end) is not None

    def between_commas(self, text: str, start: int, end: int) -> bool:
        """Whether it is an apposition: `der Außenminister des Landes, Vorname Nachname, sagte`."""
        if "," not in text[max(0, start - TITLES_REACH) : start]:
            return False
        return text[end : end + 1] in (",", ".", ";", ")", "") and bool(
            self._role_comma.search(text[max(0, start - BEFORE) : start])
        )
