"""One spelling for a name in all scripts and romanisations: Токобаев, Tokobajew, Tokobayev. Pure.

It is made for comparing, not for reading: sounds that German, English and scientific romanisation
write alike become one (ж and ш; х and ч; з and с), so that a name needs no language. What is made
from it stays as it is when it is made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from indexer.text.folding import fold

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

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("ff$", "v"),  # Iwanoff
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("(?<=[aeiou])h(?![aeiou])", ""),  # Mahler, Sarah
        ("(?<![ks])h", "kh"),  # Hasan: Хасан
        ("i[eo]", "e"),  # Токобаев; Fjodor: Фёдор
        ("(?<=kh|sh)o", "e"),  # Gorbatschow: Горбачёв
        ("iu", "u"),  # Müller: Мюллер
        ("([aou])e", r"\1"),  # Mueller
        (r"(.)\1+", r"\1"),
    )
)


_GERMAN_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("^sh(?=[tp])", "s"),  # Stein: Штайн
        ("[ea]ier", "aiar"),  # Meyer: Майер, Мейер
        ("ei(?![aeiou])", "ai"),  # Reinhard: Райнхард
        ("eu(?![aeiou])|eu(?=e)", "oi"),  # Neumann: Нойман
    )
)
"""Vowels that German writes otherwise than they sound, and Russian by the sound."""

_NOT_GERMAN = re.compile("[aeou](?:[vw]a?|ff)$")
"""Ending of surnames in which the vowels tell people apart: Seitow and Saitow, Сейтов and Саитов;
as they are romanised, too (Beisenbaev: beisenbav).
"""


@lru_cache(maxsize=100_000)
def romanise(word: str) -> str:
    """The comparable spelling of one word: small Latin letters, digits, and letters of scripts that
    have no romanisation here.
    """
    return _spelled(word, _SPELLINGS)


@lru_cache(maxsize=100_000)
def romanise_person(word: str) -> str:
    """The same of a word of a person's name: German ones in Russian go by their sound."""
    if _NOT_GERMAN.search(fold(word).translate(_LETTERS)):
        return romanise(word)
    return _spelled(word, (*_GERMAN_SPELLINGS, *_SPELLINGS))


def _spelled(word: str, spellings: Iterable[tuple[re.Pattern[str], str]]) -> str:
    before, spelled = "", fold(word).translate(_LETTERS)
    while spelled != before:
        before = spelled
        spelled = _SOUND.sub(_sound, spelled)
        for pattern, becomes in spellings:
            spelled = pattern.sub(becomes, spelled)
    return spelled


def _sound(match: re.Match[str]) -> str:
    return _SOUNDS[match[0]]
