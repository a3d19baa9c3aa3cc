"""Names of bodies that don't exist, filled into the patterns of `training/bodies`: by head and
subject, by adjective, by place, by brand and legal form, as an acronym.

German names come in four cases with their article, Russian ones in six.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, Protocol

import pymorphy3

Words = Mapping[str, Any]
Piece = tuple[str, bool]
"""Text, and whether it is the name of a body."""

_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLES = {
    "m": {"nom": "der", "gen": "des", "dat": "dem", "acc": "den"},
    "f": {"nom": "die", "gen": "der", "dat": "der", "acc": "die"},
    "n": {"nom": "das", "gen": "des", "dat": "dem", "acc": "das"},
}
_STRONG = {"m": "er", "f": "e", "n": "es"}
_NO_E = ("e", "er", "el", "um", "or", "ing")
"""Ends of German nouns that take -s in the genitive, never -es."""
_CASES = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}
_CAPITALS = {
    "latin": "ABCDEFGHIKLMNOPRSTUVWZ",
    "cyrillic": "".join(chr(letter) for letter in range(0x410, 0x42A)),
}
_LETTERS = (2, 3, 3, 3, 4, 4, 5)
_FURTHER_LATIN = 0.6
"""Share of names in Latin letters that are none of the list."""
_CONSONANTS, _VOWELS, _ENDS = "bdfgklmnprstvz", "aeiou", "nrlsxt"


class Bodies(Protocol):
    """Makes names in one language."""

    def slot(self, kind: str) -> list[Piece] | None:
        """What a pattern of a sentence names: a body in a case, with or without its article; None
        for other slots.
        """

    def plain(self, before: str) -> str:
        """A name to stand behind a word, in place of another."""


class NameParts:
    """Fills patterns with words, brands and acronyms."""

    def __init__(self, words: Words, rng: random.Random, script: str = "latin") -> None:
        self.words, self.rng, self._script = words, rng, script

    def chance(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.rng.random() < share

    def pattern(self, kind: str) -> str:
        """One of the patterns of a kind."""
        return str(self.rng.choice(self.words["names"][kind]))

    def fill(self, pattern: str, inner: Mapping[str, str] | None = None) -> str:
        """A pattern with its slots filled; `inner` are those that are made already."""
        made = inner or {}
        return _SLOT.sub(lambda slot: made.get(slot[1]) or self.part(slot[1]), pattern)

    def part(self, kind: str) -> str:
        """A word of the list of this name, a brand or an acronym."""
        if kind == "acronym":
            return self.acronym()
        if kind == "brand":
            return self.fill(self.pattern("brands"))
        return self.made_up_word() if kind == "word" else str(self.rng.choice(self.words[kind]))

    def acronym(self) -> str:
        """Two to five capitals, at times with a small letter."""
        letters = self.rng.choices(_CAPITALS[self._script], k=self.rng.choice(_LETTERS))
        if self._script == "latin" and self.chance(0.15):
            letters.insert(self.rng.randrange(1, len(letters)), self.rng.choice("aefgiuw"))
        return "".join(letters)

    def made_up_word(self) -> str:
        """Two or three syllables."""
        syllables = (
            self.rng.choice(_CONSONANTS) + self.rng.choice(_VOWELS)
            for _ in range(self.rng.choice((1, 2, 2)))
        )
        return ("".join(syllables) + self.rng.choice(_ENDS)).capitalize()


class EnglishBodies:
    """English names: some with an article."""

    def __init__(self, parts: NameParts) -> None:
        self._parts = parts

    def slot(self, kind: str) -> list[Piece] | None:
        """`name`, `the`, `The`, `acronym`."""
        if kind == "acronym":
            return [(self._parts.acronym(), True)]
        if kind == "name":
            return [(self.plain(""), True)]
        if kind.lower() != "the":
            return None
        if self._parts.chance(0.7):
            return [(f"{kind} ", False), (self._name("with_article"), True)]
        return [(self._name("without_article"), True)]

    def plain(self, before: str) -> str:
        """A name that goes with or without an article, as the word before tells."""
        with_article = before.lower() == "the" or self._parts.chance(0.5)
        return self._name("with_article" if with_article else "without_article")

    def without_article(self) -> str:
        """A name that goes without one."""
        return self._name("without_article")

    def _name(self, kind: str) -> str:
        return self._parts.fill(self._parts.pattern(kind))


class GermanBodies:
    """German names in their cases; `+` in a pattern is where the ending of the genitive goes."""

    def __init__(self, parts: NameParts, english: EnglishBodies) -> None:
        self._parts, self._english = parts, english

    def slot(self, kind: str) -> list[Piece] | None:
        """`nom`, `gen`, `dat`, `acc` with the article; `name`, `acronym`."""
        if kind == "acronym":
            return [(self._parts.acronym(), True)]
        if kind == "name":
            return [(self.plain(""), True)]
        if kind not in _ARTICLES["m"]:
            return None
        if self._parts.chance(0.28):
            name = [(self._without_article(), True)]
            return [("von ", False), *name] if kind == "gen" else name
        gender = self._parts.rng.choice("mfn")
        acronym = self._parts.chance(0.2)
        name = [(self._parts.acronym() if acronym else self._with_head(gender, kind), True)]
        return [(f"{_ARTICLES[gender][kind]} ", False), *name]

    def plain(self, before: str) -> str:
        """A name that fits the article before it, as far as that tells."""
        fits = [
            (gender, case)
            for gender, articles in _ARTICLES.items()
            for case, article in articles.items()
            if article == before.lower()
        ]
        if fits:
            return self._with_head(*self._parts.rng.choice(fits))
        if self._parts.chance(0.5):
            return self._with_head(self._parts.rng.choice("mfn"), "")
        return self._without_article()

    def _without_article(self) -> str:
        if self._parts.chance(0.1):
            return self._english.plain("")
        return self._parts.fill(self._parts.pattern("without_article"))

    def _with_head(self, gender: str, case: str) -> str:
        """A name with a head of this gender; without a case as it stands alone."""
        parts = self._parts
        head = str(parts.rng.choice(parts.words["heads"][gender]))
        compound = parts.fill(
            parts.pattern("compounds"), {"head": head, "small_head": head.lower()}
        )
        inner = {"head": head, "compound": compound.replace(" & ", "-").replace(" ", "-")}
        name = parts.fill(parts.pattern("with_head"), inner)
        ending = self._genitive(head) if case == "gen" and gender != "f" else ""
        name = name.replace("+", ending, 1)
        return f"{self._adjective(gender, case)} {name}" if parts.chance(0.35) else name

    def _genitive(self, head: str) -> str:
        if head.endswith("s"):
            return "" if self._parts.chance(0.5) else "es"
        return "s" if head.endswith(_NO_E) or self._parts.chance(0.6) else "es"

    def _adjective(self, gender: str, case: str) -> str:
        adjective = self._parts.part("adjectives")
        if adjective.endswith("er"):
            return adjective
        if not case:
            return adjective + _STRONG[gender]
        return adjective + ("e" if case == "nom" or (case == "acc" and gender != "m") else "en")


class RussianBodies:
    """Russian names in their cases, and some in Latin letters; a pattern with `^` at its start
    begins with a capital.
    """

    def __init__(self, parts: NameParts, english: EnglishBodies) -> None:
        self._parts, self._english = parts, english

    def slot(self, kind: str) -> list[Piece] | None:
        """The six cases, and `acronym`."""
        if kind == "acronym":
            return [(self._parts.acronym(), True)]
        return [(self._name(kind), True)] if kind in _CASES else None

    def plain(self, before: str) -> str:
        """A name in any case."""
        return self._name(self._parts.rng.choice(list(_CASES)))

    def _name(self, case: str) -> str:
        parts = self._parts
        pattern = parts.pattern("patterns")
        head = parts.part("heads")
        made = _SLOT.sub(lambda slot: self._fill(slot[1], case, head), pattern.removeprefix("^"))
        return made[0].upper() + made[1:] if pattern.startswith("^") else made

    def _fill(self, kind: str, case: str, head: str) -> str:
        if kind == "heads":
            return self._inflect(head, case, "")
        if kind == "adjectives":
            return self._inflect(self._parts.part(kind), case, head)
        if kind in ("one_word", "one_word_as_is"):
            end = self._parts.part("one_word_ends")
            inflected = self._inflect(end, case, "") if kind == "one_word" else end
            return self._parts.part("one_words") + inflected
        if kind == "latin" and self._parts.chance(_FURTHER_LATIN):
            return self._english.without_article()
        return self._parts.part(kind)

    @cached_property
    def _morphology(self) -> pymorphy3.MorphAnalyzer:
        return pymorphy3.MorphAnalyzer()

    @cache  # noqa: B019 - one maker for a whole training
    def _inflect(self, word: str, case: str, head: str) -> str:
        """A word in a case; an adjective agrees with its head."""
        wanted = {_CASES[case]}
        kind = "ADJF" if head else "NOUN"
        if head:
            gender = str(self._morphology.parse(head)[0].tag.gender)
            if case == "acc" and gender == "masc":
                return word
            wanted |= {"sing", gender}
        parse = next((p for p in self._morphology.parse(word) if kind in p.tag), None)
        found = parse.inflect(wanted) if parse else None
        return str(found.word) if found else word


def bodies_of(language: str, words: Mapping[str, Words], rng: random.Random) -> Bodies:
    """The maker of a language."""
    english = EnglishBodies(NameParts(words["en"], rng))
    makers: Mapping[str, Bodies] = {
        "de": GermanBodies(NameParts(words["de"], rng), english),
        "en": english,
        "ru": RussianBodies(NameParts(words["ru"], rng, "cyrillic"), english),
    }
    return makers[language]
