"""The nominative of a Russian noun phrase: Концепцию развития отрасли → Концепция развития отрасли.

Only the head and the adjectives before it move; what follows stands in its own case already. A
phrase whose head the dictionary doesn't know stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from crawler.parsers.entities.russian.dictionary import Parse, readings

_WORD = re.compile(r"[\w-]+")
_NUMBERED = re.compile(r"(\d+)-(?:й|я|е|ю|го|му|м|ой|ей|ом|ая|ое|ый|ий)\Z")
_NUMBER_ENDINGS = {"masc": "й", "femn": "я", "neut": "е"}
_BEHIND = re.compile(r",\s([а-яё]+)")
_WITH_GENITIVE = re.compile(r"Мин(?!ист|ерал)[а-яё]{2,}[иы]\Z")
"""A short name of a ministry that ends in the genitive of its remit (Минэкологии): it has no other
case.
"""
_PLURAL_ENDINGS = ("ые", "ие", "ьи")
"""Those of adjectives that stand in the nominative plural, or in the accusative like it."""
_CYRILLIC = re.compile(r"[а-яё]+(?:-[а-яё]+)*\Z", re.IGNORECASE)


def nominative_phrase(phrase: str, head: tuple[int, int]) -> str:
    """The phrase with its head (a span of offsets in it, one word or more) in the nominative."""
    words = list(_WORD.finditer(phrase, 0, head[1]))
    position = next(
        (i for i, w in enumerate(words) if w.start() >= head[0] and _heads(w.group())), None
    )
    if position is None:
        return phrase
    prefix, dash, last = words[position].group().rpartition("-")
    noun = None if _WITH_GENITIVE.match(last) else _noun(last)
    if noun is None:
        return phrase
    number, gender = noun.tag.number or "sing", noun.tag.gender or "masc"
    pieces, at = [], 0
    for word in words[: position + 1]:
        moved = (
            prefix.lower() + dash + _inflect_noun(noun, number)
            if word is words[position]
            else _adjective(word.group(), number, gender)
        )
        pieces += [phrase[at : word.start()], _copy_case(moved, word.group())]
        at = word.end()
    return "".join([*pieces, _behind(phrase[at:], number, gender)])


def _heads(word: str) -> bool:
    """Whether a word of a head is its noun, not an adjective of it (круглый | стол)."""
    last = word.lower().rpartition("-")[2]
    return bool(_CYRILLIC.match(word)) and readings(last)[0].tag.POS not in ("ADJF", "PRTF")


def nominative_of(phrase: str) -> str:
    """As `nominative_phrase`, where the head is the first noun behind adjectives.

    Where one of these says that the phrase is in the plural, it stays: the noun alone may be a
    genitive (Железные дороги, дороги).
    """
    for word in _WORD.finditer(phrase):
        likeliest = readings(word.group().lower())[0] if _CYRILLIC.match(word.group()) else None
        if likeliest is None:
            continue
        if likeliest.tag.POS in ("ADJF", "PRTF"):
            if word.group().lower().endswith(_PLURAL_ENDINGS):
                return phrase
            continue
        return nominative_phrase(phrase, word.span()) if likeliest.tag.POS == "NOUN" else phrase
    return phrase


def _behind(rest: str, number: str, gender: str) -> str:
    """What follows the head, with a participle that a comma parts from it in agreement."""
    word = _BEHIND.match(rest)
    if word is None:
        return rest
    return rest[: word.start(1)] + _adjective(word.group(1), number, gender) + rest[word.end() :]


@lru_cache(maxsize=8192)
def _noun(word: str) -> Parse | None:
    """The reading of a head as a noun; of its last part where it is hyphenated."""
    if not _CYRILLIC.match(word) or word.isupper():
        return None
    return next((r for r in readings(word.lower()) if r.tag.POS == "NOUN" and r.is_known), None)


def _inflect_noun(noun: Parse, number: str) -> str:
    fits = [f for f in noun.lexeme if f.tag.case == "nomn" and f.tag.number == number]
    return fits[0].word if fits else noun.word


@lru_cache(maxsize=8192)
def _adjective(word: str, number: str, gender: str) -> str:
    """An adjective or participle in agreement with a nominative; other words as they are."""
    numbered = _NUMBERED.match(word)
    if numbered and number == "sing":
        return f"{numbered.group(1)}-{_NUMBER_ENDINGS.get(gender, 'й')}"
    prefix, dash, last = word.lower().rpartition("-")
    if not _CYRILLIC.match(word):
        return word
    for reading in readings(last):
        if reading.tag.POS in ("ADJF", "PRTF"):
            fits = [
                form.word
                for form in reading.lexeme
                if (number == "plur" or form.tag.gender == gender)
                and form.tag.POS == reading.tag.POS
                and _alike(form, reading)
                and form.tag.case == "nomn"
                and form.tag.number == number
            ]
            if fits:
                return prefix + dash + max(fits, key=lambda fit: _shared(fit, last))
    return word


def _shared(a: str, b: str) -> int:
    """Letters that two words begin with alike, by which a superlative is told from the others
    (высшего, высший; not высочайший).
    """
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))))


def _alike(form: Parse, reading: Parse) -> bool:
    """Whether two forms of a participle or adjective are of one voice and tense."""
    return all((g in form.tag) == (g in reading.tag) for g in ("pssv", "past", "Supr"))


def _copy_case(word: str, like: str) -> str:
    """A word with the capitals of its parts (Казахстанско-Китайский, ИТ-компания)."""
    parts, written = word.split("-"), like.split("-")
    if len(parts) != len(written):
        parts, written = [word], [like]
    return "-".join(map(_copy_case_of_part, parts, written))


def _copy_case_of_part(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
