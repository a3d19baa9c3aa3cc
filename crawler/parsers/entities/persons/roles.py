"""Roles and titles beside a name: the expressions for them, each tried only where it may hold."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.scripts import RUSSIAN_SMALL

SINGLE_WORD = re.compile(r"[^\W_]+(?:’s)?")
FARTHEST_ROLE = 14
"""Single words before a name among which its role may stand."""
TITLES_REACH = 40
"""Characters that titles between a comma and a name may take."""
_LONGEST_LINK = 12
"""Characters that a preposition with its article may take."""
_REMIT_LINKS = r"(?:für|der|des|und|of|for|the|and)"
_LONGEST_REMIT = 10
"""Words of what an office is for."""
BEFORE = 160
"""Characters before a name that are looked at."""


def last_word(before: str) -> str:
    """The last of the single words of a text; empty without one."""
    for text in (*before.rsplit(None, 1)[-1:], before):
        found = SINGLE_WORD.findall(text)
        if found:
            return str(found[-1])
    return ""


_NAMED_BEFORE = re.compile(
    rf"[^\W\d_a-zß-ÿ{RUSSIAN_SMALL}][\w-]*,[^\S\n]+(?:[a-zß-ÿ{RUSSIAN_SMALL}][\w-]*[^\S\n]+){{0,3}}\Z"
)
"""A name before a role: the role is of that one, and what ends the entry is a body (Jane Doe, chief
engineer, Northern Water Works; ...).
"""


class Roles:
    """Finds the roles and titles of one script around a place in the text."""

    def __init__(self, words: EntityWords, *, gap: str) -> None:
        """Take the words of a script; `gap`: what may stand between a role and a name."""
        role = re.compile(words.role, re.IGNORECASE)
        self._links = frozenset(words.belongs_to)
        self.is_role = lru_cache(maxsize=20_000)(lambda word: role.fullmatch(word) is not None)
        """Whether a word is a role."""
        self.before = re.compile(rf"(?<![\w-])(?P<role>{words.role}){gap}[«„“\"]?$", re.IGNORECASE)
        """A role, as group `role`, that leads up to the end of a text."""
        blank = r"[^\S\n]+"
        self._role_comma = re.compile(
            rf"(?<![\w-]){words.role}(?:{blank}[\w-]+(?:,(?={blank}(?-i:[^\W\d_a-zß-ÿ{RUSSIAN_SMALL}])))?){{0,14}},"
            rf"{blank}(?:{words.title}{blank})?$",
            re.IGNORECASE,
        )
        self._behind_comma = re.compile(rf",{blank}(?:{words.title}{blank})?$", re.IGNORECASE)
        """How what `_role_comma` matches ends: most names have no comma there."""
        self._of_role = re.compile(
            rf"(?<![\w-]){words.role}{blank}{any_of(map(re.escape, words.belongs_to))}{blank}"
            rf"(?:the{blank})?$",
            re.IGNORECASE,
        )
        self._office = re.compile(words.surname_roles, re.IGNORECASE)
        self._state_office = re.compile(rf"{literal(words.state_offices)}(?!\w)", re.IGNORECASE)
        capital = rf"[^\W\d_a-zß-ÿ{RUSSIAN_SMALL}][\w-]*,?"
        self._remit = re.compile(
            rf"(?:(?:{blank}(?:{_REMIT_LINKS}|{capital})){{0,{_LONGEST_REMIT}}}{blank}{capital})?"
            + blank
        )
        self._title_before = re.compile(rf"(?:^|(?<=[\s(,;:„\"«-]))(?:{words.title})[^\S\n]*$")
        attribute = r"(?:[\w.&-]+[^\S\n]+){0,4}?"
        self._role_after = re.compile(
            rf"[^\S\n]*(?:,[^\S\n]*|\([^\S\n]*|[–—-][^\S\n]+|\n"
            rf"|(?<=[^\S\n]){any_of(map(re.escape, words.role_linkers))}[^\S\n]+)"
            rf"(?:{attribute})(?:{words.role})(?![\w])",
            re.IGNORECASE,
        )

    def title(self, before: str) -> bool:
        """Whether a title leads up to the end (Prof. Dr.)."""
        return self._title_before.search(before, max(0, len(before) - TITLES_REACH)) is not None

    def is_of_role(self, before: str) -> bool:
        """Whether what a post is of follows the end: a body or a remit (chief executive of)."""
        last = before.rstrip()[-_LONGEST_LINK:].casefold().split()[-2:]
        if not any(word in self._links for word in last):
            return False
        return self._of_role.search(before) is not None

    def is_office(self, word: str) -> bool:
        """Whether it is a public office that a surname alone may follow (Minister)."""
        return self._office.fullmatch(word) is not None

    def follows_state_office(self, before: str) -> bool:
        """Whether an office of a state with what it is for leads up to the end (Minister of Energy
        and Natural Resources, Vizeminister für Geologie, President of the Republic). Right behind
        a link (Minister für Ländliche Räume) there is a part of that.
        """
        offices = self._state_office.finditer(before)
        return any(self._remit.fullmatch(before, office.end()) for office in offices)

    def after(self, text: str, end: int) -> bool:
        """Whether a role follows (…, Leiter des Referats)."""
        return self._role_after.match(text, end) is not None

    def between_commas(self, text: str, start: int, end: int) -> bool:
        """Whether it is an apposition: `der Außenminister des Landes, Vorname Nachname, sagte`."""
        if "," not in text[max(0, start - TITLES_REACH) : start]:
            return False
        behind = text[end : end + 1]
        if behind not in (",", ".", ";", ")", ""):
            return False
        before = text[max(0, start - BEFORE) : start]
        if self._behind_comma.search(before) is None:
            return False
        role = self._role_comma.search(before)
        return role is not None and (
            behind == "," or _NAMED_BEFORE.search(before, 0, role.start()) is None
        )
