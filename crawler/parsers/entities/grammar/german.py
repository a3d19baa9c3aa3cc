"""German names: cases and numbers of a noun and the adjectives before it; compounds of offices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import ClassVar

from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.grammar.base import NameGrammar
from crawler.parsers.entities.grammar.german_nominatives import nominative_of
from crawler.parsers.entities.grammar.noun_genders import NounGenders

_ADJECTIVE_ENDINGS = ("e", "er", "es", "en", "em")
_ADJECTIVE_ENDING = re.compile(r"(e|er|es|en|em)$")
_ADJECTIVE = re.compile(r"^[\w-]{3,}?(e|er|es|en|em)$")
_TAIL = re.compile(
    r"^(der|die|das|des|dem|den|für|und|in|im|zu|zur|zum|von|vom|mit|am|bis|ohne|über|–|-|&|\d.*)$"
)
"""A word behind the noun of a name."""
_ROLE_ENDING = r"(?:s|in|en|innen|n|e|es|er|em|ns)?"


class GermanNames(NameGrammar):
    """German."""

    before_town: ClassVar[str] = (
        r"im [a-zäöüß-]+ischen|ins [a-zäöüß-]+ische"
        r"|in der (?:[a-zäöüß-]+en )?[A-ZÄÖÜ][a-zäöüß]+stadt"
    )
    """Im sächsischen Freiberg, in der Bergstadt Freiberg."""

    def inflect(self, words: Sequence[str], *, plural: bool) -> Iterator[str]:
        """The noun and the adjectives before it in all cases."""
        head = 0
        while head < len(words) - 1 and _is_adjective(words, head):
            head += 1
        before = [_inflect_adjective(w) for w in words[:head]]
        after = words[head + 1 :]
        nouns = _inflect_noun(words[head], plural=plural)
        for choice in product(*before, nouns):
            yield " ".join((*choice, *after))

    def alone(self, name: str, genders: NounGenders) -> str:
        """Its first noun, and the adjectives before it, in the nominative."""
        return nominative_of(name, genders)

    def inflect_adjective(self, adjective: str) -> Iterable[str]:
        """A stem with all endings."""
        return (adjective, *(adjective + ending for ending in _ADJECTIVE_ENDINGS))

    def role_expression(self, roles: Sequence[str], other_words: Sequence[str]) -> str:
        """With first parts (Vizepräsident) and endings.

        What the roles share stands before and behind the alternatives, not in each: that is several
        times faster.
        """
        stems = any_of(map(re.escape, map(_stem, roles)))
        return rf"(?:(?!{literal(other_words)})[\w-]*{stems}{_ROLE_ENDING})"

    def role_forms(self, role: str) -> Iterable[str]:
        """None: compounds can't be listed."""
        return ()

    def office_expressions(self, role: str) -> Iterable[str]:
        """With first parts."""
        return (rf"[\w-]*{re.escape(role.lower())}",)


def _is_adjective(words: Sequence[str], position: int) -> bool:
    return bool(_ADJECTIVE.match(words[position])) and not _TAIL.match(words[position + 1])


def _inflect_adjective(word: str) -> tuple[str, ...]:
    stem = _ADJECTIVE_ENDING.sub("", word)
    return tuple(stem + ending for ending in _ADJECTIVE_ENDINGS)


def _inflect_noun(word: str, *, plural: bool) -> tuple[str, ...]:
    if word.isupper() or not word[-1:].isalpha():
        return (word, word + "s")
    made = [word]
    if not word.endswith(("s", "ß", "z", "x")):
        made.append(word + "s")
    if not word.endswith("e"):
        made.append(word + ("ses" if word.endswith("nis") else "es"))
    if plural:
        made.append(word + "e")
        if word.endswith(("e", "l", "r")):
            made.append(word + "n")
        if word.endswith(("erz", "stein", "salz", "phat", "metall", "gestein")):
            made.append(word + "en")
    return tuple(made)


def _stem(role: str) -> str:
    """Vorsitzender, Beauftragte: adjectives, whose ending is cut."""
    return re.sub(r"(?<=nd)er$|(?<=gt)er?$|(?<=et)er$", "", role)
