"""What the finders of entities ask of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.grammar.noun_genders import NounGenders


class NameGrammar:
    """The inflection of names and of words for offices in one language; here of one whose words are
    looked for as they are written.
    """

    capital_continues_town: ClassVar[bool] = False
    """Whether a capital right behind the name of a town makes it a part of a longer name."""
    before_town: ClassVar[str] = r"(?!)"
    """An expression of what stands before a town, besides the words of the language's file."""

    def inflect(self, words: Sequence[str], *, plural: bool) -> Iterable[str]:
        """Forms of a name, given by its words, besides itself; `plural`: a thing that has one."""
        return ()

    def alone(self, name: str, genders: NounGenders) -> str:
        """The name of a body as one writes it alone: in the nominative."""
        return name

    def inflect_adjective(self, adjective: str) -> Iterable[str]:
        """The forms of an adjective, given as the language's file writes it."""
        return (adjective,)

    def role_expression(self, roles: Sequence[str], other_words: Sequence[str]) -> str:
        """One expression for the words for offices in all forms, with white space of any kind
        between those of one office; `other_words` look like one.
        """
        return any_of(re.escape(role).replace(r"\ ", r"\s+") for role in roles)

    def role_forms(self, role: str) -> Iterable[str]:
        """Forms of a word for an office, in small letters, where they can be listed."""
        return (role.lower(),)

    def office_expressions(self, role: str) -> Iterable[str]:
        """Expressions for an office that a bare surname may follow."""
        return (re.escape(role.lower()),)
