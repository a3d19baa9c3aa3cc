"""Russian names: cases of a noun and the adjectives before it, by dictionary and by ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.grammar.base import NameGrammar
from crawler.parsers.entities.grammar.noun_genders import NounGenders
from crawler.parsers.entities.russian.adjectives import CASES, decline, is_adjective
from crawler.parsers.entities.russian.dictionary import Parse, readings
from crawler.parsers.entities.russian.nominatives import nominative_of
from crawler.parsers.scripts import RUSSIAN_SMALL

_AND = "и"
_ADVERB_ENDINGS = ("ски", "о")
_DEPUTY = "зам"
"""Is written together with a word for an office."""
_WORD = re.compile(rf"[{RUSSIAN_SMALL}]+")
_FOREIGN_NAME = re.compile(r"[А-ЯЁ][а-яё]{3,}[бвгдзклмнпрстфх]")
"""A name in one word that ends in a hard consonant (Эрдэнэт)."""
_HARD_MASCULINE = {"gent": "а", "datv": "у", "ablt": "ом", "loct": "е"}
"""Case → ending of such a name."""


class RussianNames(NameGrammar):
    """Russian."""

    before_town: ClassVar[str] = (
        r"(?:[Вв]о?|под|близ|около) [а-яё-]+ск(?:ом|ой)|близ|около|пос[её]лк[еа]|сел[еа]|аул[еа]"
        r"|(?<!\d[ \u00a0])г\."
    )
    """В монгольском Ховде, близ Хорога, в селе Покровка; г. Пермь, but no year (в 2031 г.)."""

    def inflect(self, words: Sequence[str], *, plural: bool) -> Iterator[str]:
        """The noun and the adjectives before it in all cases; a name that no dictionary knows by
        its ending, or in none.
        """
        head = _head(words)
        if head is None:
            return
        noun, after = words[head], words[head + 1 :]
        for number, case, gender, form in _inflect_noun(noun, plural=plural):
            before = [_agreeing(w, case, number, gender) for w in words[:head]]
            yield " ".join((*before, form, *after))

    def alone(self, name: str, genders: NounGenders) -> str:
        """Its first noun, and the adjectives before it, in the nominative."""
        return nominative_of(name)

    def inflect_adjective(self, adjective: str) -> Iterable[str]:
        """All cases, by ending."""
        if not is_adjective(adjective):
            return (adjective,)
        return (adjective, *decline(adjective).values())

    def role_expression(self, roles: Sequence[str], other_words: Sequence[str]) -> str:
        """In all cases, of a deputy as well."""
        cases = {form for role in roles for form in self._folded(role, plural=True)}
        spaced = any_of(re.escape(c).replace(chr(92) + " ", "[ -]") for c in cases)
        return rf"(?:(?:{_DEPUTY})?{spaced})"

    def role_forms(self, role: str) -> Iterable[str]:
        """In all cases."""
        return self._folded(role, plural=True)

    def office_expressions(self, role: str) -> Iterable[str]:
        """In all cases."""
        return (re.escape(form) for form in self._folded(role, plural=False))

    def _folded(self, name: str, *, plural: bool) -> set[str]:
        return {fold(form) for form in (name, *self.inflect(name.split(), plural=plural))}


def _head(words: Sequence[str]) -> int | None:
    """The noun that moves: the first one; adjectives, adverbs and `и` may stand before it."""
    for position, word in enumerate(words):
        last = position == len(words) - 1
        if is_adjective(word) and not last:
            continue
        if word == _AND:
            continue
        if last or _nominative_noun(word.rpartition("-")[2]) is not None:
            return position
        if not word.endswith(_ADVERB_ENDINGS):
            return None
    return None


def _agreeing(adjective: str, case: str, number: str, gender: str) -> str:
    if not is_adjective(adjective):
        return adjective
    key = f"plur {case}" if number == "plur" else f"{gender} {case}"
    made = decline(adjective)
    return made.get(key) or made.get(f"plur {case}") or adjective


def _inflect_noun(noun: str, *, plural: bool) -> Iterator[tuple[str, str, str, str]]:
    """Number, case, gender and form of a noun; the last part of a hyphenated one is inflected."""
    prefix, dash, last = noun.rpartition("-")
    last = last.strip("«»„“\"'")
    if not _WORD.fullmatch(last.lower()) or (last.isupper() and len(last) <= 5):
        return
    found = _nominative_noun(last)
    if found is None:
        if is_adjective(last):
            yield from _substantivised(prefix + dash, last)
        elif not plural and _FOREIGN_NAME.fullmatch(noun):
            yield from (("sing", case, "masc", noun + end) for case, end in _HARD_MASCULINE.items())
        return
    numbers = {found.tag.number} if not plural else {"sing", "plur"}
    gender = found.tag.gender or "masc"
    for form in found.lexeme:
        number, case = form.tag.number, _plain_case(form.tag.case)
        if number in numbers and case is not None:
            yield number or "sing", case, gender, prefix + dash + form.word


def _nominative_noun(word: str) -> Parse | None:
    nouns = [r for r in readings(word.lower()) if r.tag.POS == "NOUN"]
    nominative = [r for r in nouns if r.tag.case == "nomn"]
    places = [r for r in nominative if "Geox" in r.tag]
    chosen = places or nominative
    return chosen[0] if chosen and fold(chosen[0].word) == fold(word) else None


def _plain_case(case: str | None) -> str | None:
    return {"gen2": "gent", "loc2": "loct", "acc2": "accs"}.get(case or "", case)


def _substantivised(prefix: str, adjective: str) -> Iterator[tuple[str, str, str, str]]:
    gender = "femn" if adjective.endswith(("ая", "яя")) else "masc"
    gender = "neut" if adjective.endswith(("ое", "ее")) else gender
    number = "plur" if adjective.endswith(("ые", "ие")) else "sing"
    made = decline(adjective)
    for case in CASES:
        key = f"{number} {case}" if number == "plur" else f"{gender} {case}"
        yield number, case, gender, prefix + made[key]
