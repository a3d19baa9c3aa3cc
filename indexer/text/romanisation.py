"""One spelling for a name in all scripts and romanisations: Токобаев, Tokobajew, Tokobayev. Pure.

It is made for comparing, not for reading: sounds that German, English and scientific romanisation
write alike become one (ж and ш; х and ч; з and с), so that a name needs no language. What is made
from it stays as it is when it is made again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from indexer.text.central_asian_names import (
    national_letters_read,
    sounds_of_central_asia,
    vowels_of_the_region_read,
)
from indexer.text.folding import LONGEST_WORD, fold
from indexer.text.german_names import spelled_in_german

_LETTERS: Mapping[int, str] = MappingProxyType(
    str.maketrans(
        {
            **dict(zip("абвгдеёзийклмнопрстуфэы", "abvgdeesiiklmnoprstufei", strict=True)),
            **dict(zip("әғқңөұүіўїєґ", "agknouuiuieg", strict=True)),
            "ж": "zh",
            "х": "kh",
            "ц": "ts",
            "ч": "ch",
            "ш": "sh",
            "щ": "shch",
            "ҳ": "kh",
            "һ": "kh",
            "ю": "iu",
            "я": "ia",
            "ь": "",
            "ъ": "",
            "ҷ": "j",
        }
    )
)
"""Letters of the Cyrillic alphabets of the region, in their plainest romanisation."""

_SOUNDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("schtsch", "shch", "sch", "sh", "zh"), "sh"),
        **dict.fromkeys(("tsch", "tch", "kh", "ch"), "kh"),
        "dt": "t",
        "th": "t",
        "ph": "f",
        "gh": "g",
        "ck": "k",
        "x": "ks",
        "qu": "kv",
        "q": "k",
        "tz": "s",
        "ts": "s",
        "z": "s",
        "w": "v",
        "j": "i",
        "y": "i",
    }
)
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SOUND_OF_PERSONS = re.compile(
    "|".join(sorted((sound for sound in _SOUNDS if sound != "dt"), key=len, reverse=True))
)
"""Schmidt is not Schmitt, and Шмидт has both letters."""

_SILENT_H = "(?<=[aeiou])h(?![aeiou])"
_TWICE = r"(.)\1+"
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("ff$", "v"),  # Iwanoff
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        (_SILENT_H, ""),  # Mahler, Sarah
        ("(?<![ks])h", "kh"),  # Hasan: Хасан
        ("i[eo]", "e"),  # Токобаев; Fjodor: Фёдор
        ("(?<=kh|sh)o", "e"),  # Gorbatschow: Горбачёв
        ("iu", "u"),  # Müller: Мюллер
        ("([aou])e", r"\1"),  # Mueller
        (_TWICE, r"\1"),
    )
)


_GLIDES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("(?<=[ae])[jy](?=er(?!o?[vw]))", "i"),  # Meyer
        ("(?<=.)[jy]o", "e"),  # Fjodor: Фёдор; but Johannes: Йоханнес
        ("[jy]e", "e"),  # Jelzin, Токобаев
        ("^christ(?=i|oph|of$)", "krist"),  # Christine: Кристине
    )
)
"""Letters that are another sound in this place than elsewhere."""

_EXACTLY: Mapping[str, str] = MappingProxyType(
    {
        _SILENT_H: f"{_SILENT_H}(?!(?<=^mah)ler$)",  # Mahler is not Maler
        _TWICE: r"(.)(?<!hof)\1+",  # Hoffmann is not Hofmann
    }
)
"""Spelling → how much of it holds for names of persons."""

_PERSON_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    *(
        (re.compile(pattern), becomes)
        for pattern, becomes in (
            # Dschaparow, Джапаров: Жапаров; but Джон, Джордж
            ("dsh(?=.*va?$)|^dsh(?=[aeiou]+[^aeiou]+[aeiou])|(?<=[aeiou])dsh(?=[aiou])", "sh"),
            ("(?<=[aeou])ie(?=va?$)", "e"),  # Andreiev
            ("(?<=[^aeiou])ie(?=[^aeioul]|l[^$])", "i"),  # Dietrich: Дитрих; but Daniel
            ("(?<=kh|sh)o(?=va?$|rn[ia])", "e"),  # Gorbatschow: Горбачёв; but not Шолохов
        )
    ),
    *(
        (re.compile(_EXACTLY.get(each.pattern, each.pattern)), becomes)
        for each, becomes in _SPELLINGS
        if each.pattern not in ("i[eo]", "(?<=kh|sh)o")
    ),
)
"""In names of persons a vowel less tells two apart: Weber and Wieber, Heller and Holler."""


@lru_cache(maxsize=100_000)
def romanise(word: str) -> str:
    """The comparable spelling of one word: small Latin letters, digits, and letters of scripts that
    have no romanisation here.
    """
    return _until_it_stays(fold(word).translate(_LETTERS), _SPELLINGS)


@lru_cache(maxsize=100_000)
def romanise_person(word: str) -> str:
    """The same of a word of a person's name, more exactly; what is German in Cyrillic as German
    writes it.
    """
    word = unicodedata.normalize("NFC", word[: 4 * LONGEST_WORD])  # as it is folded
    spelled = spelled_in_german(fold(national_letters_read(word)))
    spelled = spelled.replace("мырат", "мурат").replace("мырад", "мурад")  # but Гүлмыра
    spelled = spelled.replace("й", "j").replace("ҷ", "дж").translate(_LETTERS)
    spelled = sounds_of_central_asia(spelled)
    for pattern, becomes in _GLIDES:
        spelled = pattern.sub(becomes, spelled)
    return vowels_of_the_region_read(_until_it_stays(spelled, _PERSON_SPELLINGS, _SOUND_OF_PERSONS))


def _until_it_stays(
    spelled: str,
    spellings: Iterable[tuple[re.Pattern[str], str]],
    sound: re.Pattern[str] = _SOUND,
) -> str:
    before = ""
    while spelled != before:
        before = spelled
        spelled = sound.sub(_sound, spelled)
        for pattern, becomes in spellings:
            spelled = pattern.sub(becomes, spelled)
    return spelled


def _sound(match: re.Match[str]) -> str:
    return _SOUNDS[match[0]]
