"""What reading persons asks of a script: the Latin one, or the Cyrillic one with Russian names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from crawler.parsers.entities.persons.roles import Roles
from crawler.parsers.entities.persons.tokens import NameToken


class PersonRules(Protocol):
    """The constructions around names, and the inflection of names, in one script."""

    roles: Roles
    token: re.Pattern[str]
    """Words with a capital, initials and particles, as groups `word`, `initial` and `particle`."""

    def role_up_to(self, before: str) -> re.Match[str] | None:
        """The role that leads up to the end of a text."""

    def speaks_behind(self, text: str, end: int) -> bool:
        """Whether a verb of speaking follows."""

    def is_first_name(self, word: str) -> bool:
        """Whether it is a known first name; several words count as one."""

    def is_patronymic(self, word: str) -> bool:
        """Whether it can only follow a first name."""

    def is_ordinary(self, word: str) -> bool:
        """Whether the word, written with a capital, is known as anything but a name."""

    def is_numbering(self, text: str, piece: Sequence[NameToken]) -> bool:
        """Whether an initial is none: it numbers a heading (`A. Introduction`), ends a sentence."""

    def has_shape_of_name(self, text: str, piece: Sequence[NameToken]) -> bool:
        """Whether capitals without any other sign are a name."""

    def nominative(self, name: str, before: str) -> str:
        """The name in the nominative; `before` is the text that leads up to it."""
