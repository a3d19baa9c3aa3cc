"""The nominative of a German noun phrase, without article: (auf der) achten Sitzung, achte Sitzung.

Adjectives before a noun take the strong endings of its gender, which `genders` of the language file
tells; the noun loses the ending of its genitive or dative plural. What follows it stays. A phrase
whose noun has no gender there stays as it is. Of adjectives before another noun only those in -en
are of the head (Deutsch-Kasachischen Rohstoff Forum, but Kritische Rohstoffe Gipfel).
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Protocol

_STRONG = {"masculine": "er", "feminine": "e", "neuter": "es", "plural": "e"}
_INFLECTED = {"masculine": ("s", "es"), "neuter": ("s", "es"), "plural": ("n",)}
"""Endings of the genitive in the singular, and of the dative in the plural."""
_WORD = re.compile(r"\w[\w-]*")
_ENDING = re.compile(r"e[nmrs]?\Z")
_SMALL = re.compile(
    r"[a-zäöüß][\w-]+?(?:e[nm]?|(?:isch|lich|ig|sam|iv|ell|al|iert|haft|los)e[rs])\Z"
)
"""Not every word in -er and -es is an adjective (bisher)."""
_CAPITAL = re.compile(
    r"(?:[A-ZÄÖÜ][\w-]*(?:isch|eutsch|lich|ional|ell|iert|weit)e[nmrs]?"
    r"|(?:Alt|Digital|Frei|Gemeinsam|Groß|Grün|Jung|Klein|Lang|Neu|Offen|Schwarz|Virtuell)en)\Z"
)
"""Not Leipziger or Genter, which have no other form; of short ones that in -en, which is no noun's
(Grüne, Neue Energie Forum).
"""


class NounWords(Protocol):
    """What is known of the words of a phrase."""

    @property
    def number_words(self) -> Container[str]:
        """Words for numbers, which are no adjectives."""

    def gender_of(self, noun: str) -> str | None:
        """Gender of a noun in the nominative; None for another word."""

    def ordinal(self, word: str) -> object | None:
        """Not None for an ordinal, which is inflected as an adjective."""


def is_adjective(word: str) -> bool:
    """Whether a word looks like an adjective with an ending."""
    return bool(_SMALL.match(word) or _CAPITAL.match(word))


def nominative_of(name: str, words: NounWords) -> str:
    """The name as one writes it alone, by its first noun behind adjectives."""
    noun = next((w for w in _WORD.finditer(name) if not is_adjective(w.group())), None)
    return nominative_phrase(name, noun.span(), words) if noun else name


def nominative_phrase(text: str, head: tuple[int, int], words: NounWords) -> str:
    """The phrase as one writes it alone; `head` is the span of its head, one word or more."""
    before = list(_WORD.finditer(text, 0, head[1]))
    if not before:
        return text
    *adjectives, last = before
    noun, gender = _read_noun(last.group(), words)
    if gender is None:
        return text
    nouns = [w.end() for w in adjectives if w.end() < head[0] and not _is_of_noun(w.group(), words)]
    pieces, at = [], 0
    for word in adjectives:
        agrees = word.start() >= head[0] or _is_of_noun(word.group(), words)
        agrees &= word.group().endswith("en") or word.end() > max(nouns, default=0)
        moved = _ENDING.sub(_STRONG[gender], word.group()) if agrees else word.group()
        pieces += [text[at : word.start()], moved]
        at = word.end()
    return "".join([*pieces, text[at : last.start()], noun, text[last.end() :]])


def _is_of_noun(word: str, words: NounWords) -> bool:
    numbers = word.casefold() in words.number_words
    return not numbers and (is_adjective(word) or words.ordinal(word) is not None)


def _read_noun(word: str, words: NounWords) -> tuple[str, str | None]:
    """A noun in the nominative, and its gender."""
    gender = words.gender_of(word)
    if gender:
        return word, gender
    for gender, endings in _INFLECTED.items():
        for ending in endings:
            stem = word.removesuffix(ending)
            if stem != word and words.gender_of(stem) == gender:
                return stem, gender
    return word, None
