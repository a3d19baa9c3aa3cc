"""Endings of nouns in languages that put them behind each other: Turkic, Mongolian, Tajik.

A word takes the plural, the possessive of a compound and a case in this order. Which of the forms
of an ending a word takes, its last vowel and its last letter tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from sys import intern

_FRONT = frozenset("әөүіеиэe")
_VOWELS = frozenset("аәоөұүыіеэияюёуӣӯaeiou")
_NASALS = frozenset("мнң")
_SOUNDING = frozenset("рйулзж")
_LONG_U = "у"


def noun_forms(phrase: str, language: str) -> frozenset[str]:
    """A phrase, case folded, with the endings that its last word takes in a language."""
    words = phrase.casefold().split()
    last = words[-1] if words else ""
    endings = _ENDINGS.get(language)
    made = endings(last) if endings and last else iter(())
    # Lists overlap, and each is kept by several readers: one string for equal forms.
    return frozenset(intern(" ".join([*words[:-1], form])) for form in (last, *made))


def bound_forms(phrase: str, language: str) -> tuple[str, ...]:
    """A phrase, case folded, alone and as the last word of a compound (министр, министрі)."""
    words = phrase.casefold().split()
    last = words[-1]
    bound = _BOUND[language](last) if language in _BOUND else ()
    return tuple(" ".join([*words[:-1], form]) for form in (last, *bound))


def is_linked(word: str, language: str) -> bool:
    """Whether a word, case folded, has the ending that links what follows it."""
    return word.endswith(_LINKS.get(language, ()))


def is_located(word: str, language: str | None) -> bool:
    """Whether a word, case folded, says where something is, as what qualifies a noun (…дағы)."""
    return word.endswith(_LOCATED.get(language or "", ("\n",)))


def _kazakh(word: str) -> Iterator[str]:
    for stem in (word, word + _kazakh_plural(word)):
        yield stem
        yield from (stem + e for e in _kazakh_cases(stem))
        yield from _kazakh_owned(stem)


def _kazakh_plural(word: str) -> str:
    first = "л" if word.endswith(_LONG_U) else _sound(word, "л", "д", "д", "т")
    return first + _low(word) + "р"


def _kazakh_bound(word: str) -> tuple[str, ...]:
    high = "і" if _is_front(word) else "ы"
    if word.endswith("сс"):
        word = word[:-1]
    if word.endswith("зд"):
        return (word[:-1] + high, word + high)
    if word[-1] in "кқп":
        soft = {"к": "г", "қ": "ғ", "п": "б"}[word[-1]]
        return (word[:-1] + soft + high, word + high)
    return (word + ("с" if word[-1] in _VOWELS and word[-1] != _LONG_U else "") + high,)


def _kazakh_owned(word: str) -> Iterator[str]:
    for bound in _kazakh_bound(word):
        low, high = _low(bound), bound[-1]
        yield bound
        within = f"нд{low}" + ("гі" if low == "е" else "ғы")
        ends = f"н{high}ң", f"н{low}", "н", f"нд{low}", f"н{low}н", "мен", within
        yield from (bound + e for e in ends)


def _kazakh_cases(word: str) -> Iterator[str]:
    low, high = _low(word), "і" if _is_front(word) else "ы"
    voiceless = not _is_sounding(word)
    yield _sound(word, "н", "д", "н", "т") + high + "ң"
    yield (("к" if voiceless else "г") if low == "е" else ("қ" if voiceless else "ғ")) + low
    yield _sound(word, "н", "д", "д", "т") + high
    yield ("т" if voiceless else "д") + low
    yield ("т" if voiceless else "д") + low + ("гі" if low == "е" else "ғы")
    yield _sound(word, "д", "д", "н", "т") + low + "н"
    yield _sound(word, "м", "м", "м", "п") + "ен"


def _kyrgyz(word: str) -> Iterator[str]:
    low = _kyrgyz_low(word)
    plural = word + _sound(word, "л", "д", "д", "т") + low + "р"
    for stem in (word, plural):
        yield stem
        yield from (stem + e for e in _kyrgyz_cases(stem))
        for bound in _kyrgyz_bound(stem):
            low, high = _kyrgyz_low(bound), bound[-1]
            yield bound
            within = f"нд{low}г{_kyrgyz_high(low)}"
            ends = f"н{high}н", f"н{low}", "н", f"нд{low}", f"н{low}н", within
            yield from (bound + e for e in ends)


def _kyrgyz_bound(word: str) -> tuple[str, ...]:
    high = _kyrgyz_high(word)
    if word.endswith("сс"):
        word = word[:-1]
    if word[-1] in "кп":
        return (word[:-1] + {"к": "г", "п": "б"}[word[-1]] + high, word + high)
    return (word + ("с" if word[-1] in _VOWELS else "") + high,)


def _kyrgyz_cases(word: str) -> Iterator[str]:
    low, high = _kyrgyz_low(word), _kyrgyz_high(word)
    voiceless = not _is_sounding(word)
    yield _sound(word, "н", "д", "д", "т") + high + "н"
    yield ("к" if voiceless else "г") + low
    yield _sound(word, "н", "д", "д", "т") + high
    yield ("т" if voiceless else "д") + low
    yield ("т" if voiceless else "д") + low + "г" + _kyrgyz_high(low)
    yield ("т" if voiceless else "д") + low + "н"


def _uzbek(word: str) -> Iterator[str]:
    cyrillic = word[-1] > "\u0400"
    ends = _UZBEK_CYRILLIC if cyrillic else _UZBEK_LATIN
    plural = word + ("лар" if cyrillic else "lar")
    for stem in (word, plural, *_uzbek_bound(word), *_uzbek_bound(plural)):
        yield stem
        yield from (stem + e for e in ends)
        if stem[-1] in _UZBEK_DATIVE:
            yield stem + _UZBEK_DATIVE[stem[-1]]


def _uzbek_bound(word: str) -> tuple[str, ...]:
    cyrillic = word[-1] > "\u0400"
    after_vowel, after_consonant = ("си", "и") if cyrillic else ("si", "i")
    if word[-1] in _UZBEK_SOFT:
        return (word[:-1] + _UZBEK_SOFT[word[-1]] + after_consonant, word + after_consonant)
    return (word + (after_vowel if word[-1] in _VOWELS else after_consonant),)


def _tajik(word: str) -> Iterator[str]:
    yield from (word + e for e in ("ро", "ҳо", "ҳои", "ҳоро", "е"))
    yield from _tajik_bound(word)
    yield from (form + "ро" for form in _tajik_bound(word))


def _tajik_bound(word: str) -> tuple[str, ...]:
    """With the link of ezafe."""
    return (word[:-1] + "ии" if word.endswith("ӣ") else word + "и",)


def _mongolian(word: str) -> Iterator[str]:
    ends = _MONGOLIAN_FRONT if _is_mongolian_front(word) else _MONGOLIAN_BACK
    yield from (word + e for e in ends)
    stem = word.removesuffix("ь")
    if word not in _KEEPS_VOWEL and _has_fleeting_vowel(word):
        stem = word[:-2] + word[-1]  # хурал: хурлын
    if stem != word:
        yield from (stem + e for e in ends if e[0] in _VOWELS)


def _has_fleeting_vowel(word: str) -> bool:
    """Whether a last vowel between two consonants falls away, as it is not the only one (төв)."""
    between = word[-2:-1] in _FLEETING and not _VOWELS & {*word[-3::2]}
    return between and not _VOWELS.isdisjoint(word[:-2])


def _is_mongolian_front(word: str) -> bool:
    return not any(sign in "аоуяёы" for sign in word)


def _is_front(word: str) -> bool:
    """Whether the last vowel of a word is a front one; a closing у leaves it to the one before, in
    loans it is a back one (институты).
    """
    return (
        next((sign for sign in reversed(word.removesuffix(_LONG_U)) if sign in _VOWELS), "")
        in _FRONT
    )


def _low(word: str) -> str:
    return "е" if _is_front(word) else "а"


def _last_vowel(word: str) -> str:
    return next((sign for sign in reversed(word) if sign in _VOWELS), "а")


def _kyrgyz_high(word: str) -> str:
    return _KYRGYZ_HIGH.get(_last_vowel(word), "ы")


def _kyrgyz_low(word: str) -> str:
    return _KYRGYZ_LOW.get(_last_vowel(word), "а")


def _is_sounding(word: str) -> bool:
    last = word[-1]
    return last in _VOWELS or last in _NASALS or last in _SOUNDING


def _sound(word: str, vowel: str, sounding: str, nasal: str, other: str) -> str:
    """The letter that an ending begins with, by the last one of a word."""
    last = word[-1]
    if last in _VOWELS and (last != _LONG_U or word.endswith("уу")):
        return vowel
    if last in _NASALS:
        return nasal
    return sounding if last in _SOUNDING else other


_KYRGYZ_HIGH: Mapping[str, str] = dict(zip("аыяоуёюеиэөү", "ыыыууууиииүү", strict=True))
_KYRGYZ_LOW: Mapping[str, str] = dict(zip("аыяуюоёеиэөү", "аааааооеееөө", strict=True))
_UZBEK_LATIN = ("ning", "ni", "ga", "da", "dan", "dagi")
_UZBEK_CYRILLIC = ("нинг", "ни", "га", "да", "дан", "даги")
_UZBEK_SOFT: Mapping[str, str] = {"k": "g", "q": "gʻ", "к": "г", "қ": "ғ"}
_UZBEK_DATIVE: Mapping[str, str] = {"k": "ka", "q": "qa", "к": "ка", "қ": "қа"}
_FLEETING = frozenset("аоэө")
_KEEPS_VOWEL = frozenset({"газар"})
"""As of a body: газрын is "of the earth" (газрын тос)."""
_MONGOLIAN_BACK = (
    *("ын", "ны", "ы", "ийн", "гийн", "д", "т", "ад", "анд", "ыг", "ийг", "г", "аас", "оос"),
    *("наас", "аар", "оор", "тай", "той", "ууд", "уудын", "нууд", "аа", "даа", "таа", "йн", "йг"),
)
_MONGOLIAN_FRONT = (
    *("ийн", "ний", "гийн", "д", "т", "эд", "өд", "энд", "ийг", "г", "ээс", "өөс", "нээс"),
    *("ээр", "өөр", "тэй", "үүд", "үүдийн", "нүүд", "ээ", "дээ", "тээ", "йн", "йг"),
)
_ENDINGS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "kk": _kazakh,
    "ky": _kyrgyz,
    "uz": _uzbek,
    "tg": _tajik,
    "mn": _mongolian,
}
_BOUND: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "kk": _kazakh_bound,
    "ky": _kyrgyz_bound,
    "uz": _uzbek_bound,
    "tg": _tajik_bound,
}
SUFFIXED = tuple(_ENDINGS)
"""Languages whose nouns take such endings."""

ARGUMENTS: Mapping[str, str] = {
    "kk": (
        "(?<!сау)д[ае]|(?<!шах)(?<!кар)(?<!ала)(?<!ор)т[ае]|(?:[дн]|(?<!с)т)[ае]н|[нд][ае]ғы"
        "|[дт]ағы|[дт]егі|(?<!и)[гк]е|[ғқ]а|[мбп]ен|н[ае]"
    ),
    "ky": (
        "(?<!соо)д[аеоө]|(?<!шах)(?<!кар)(?<!ала)(?<!ор)т[аеоө]|(?:[дн]|(?<!с)т)[аеоө]н"
        "|[дт][аеоө]г[ыиуү]|(?<!и)[гк][аеоө]|н[аеоө]"
    ),
    "uz": "da|dan|dagi|ga|(?<!i)ka|qa|да|дан|даги|га|(?<!и)ка|қа",
    "mn": "[днт][аэоө]?д|[тд]|[аэоө]{2}[срд]|[тд][аэо]й",
}
"""Language → endings of the cases in which a word belongs to the verb, as an expression."""
GOALS: Mapping[str, str] = {
    "kk": "[ғқ]а|[гк]е|н[ае]",
    "ky": "[гк][аеоө]|н[аеоө]",
    "uz": "ga|qa|ka|га|қа|ка",
    "mn": "(?!)",
}
"""Language → endings of the case of a goal, as an expression: names may end so, too."""
PLACES: Mapping[str, str] = {
    "kk": "[дт][ае]",
    "ky": "[дт][аеоө]",
    "uz": "da|да",
    "mn": "[дт]",
}
"""Language → endings of the case of place, as an expression."""
ORIGINS: Mapping[str, str] = {
    "kk": "[дтн][ае]н|[лдт][ыі]қ(?:тар)?|[лдт]ік(?:тер)?",
    "ky": "[дтн][аеоө]н|[лдт][ыиуү]к",
    "uz": "dan|lik(?:lar)?|дан|лик(?:лар)?",
    "mn": "[аэоө]{2}с",
}
"""Language → endings of the case of an origin, and of those who are from there."""
OBJECTS: Mapping[str, str] = {
    "kk": "[ндт][ыі]",
    "ky": "[ндт][ыиуү]",
    "uz": "ni|ни",
    "mn": "[ыийаэоө]г",
}
"""Language → endings of the object, which a noun made of a verb may follow in a name."""
CASES: Mapping[str, str] = {
    "kk": "(?<=[ыі])(?:н(?:[ыі]ң|[ае]н?|д[ае]н?)?|мен)",
    "ky": "(?<=[ыиуү])н(?:[ыиуү]н|[аеоө]н?|д[аеоө]н?)?",
    "uz": "(?<=i)(?:ning|ni|ga|da|dan)|(?<=и)(?:нинг|ни|га|да|дан)",
    "tg": r"(?<=\w{5})ро",
}
"""Language → endings of cases behind the possessive of a compound, as an expression."""
_LINKS: Mapping[str, tuple[str, ...]] = {"tg": ("и", "ӣ")}
_LOCATED: Mapping[str, tuple[str, ...]] = {
    "kk": ("дағы", "дегі", "тағы", "тегі"),
    "ky": ("дагы", "деги", "догу", "дөгү", "тагы", "теги", "тогу", "төгү"),
    "uz": ("dagi", "даги"),
}
"""Language → endings of an adjective of place."""
OWNERS: Mapping[str, str] = {
    "kk": "[ндт][ыі]ң",
    "ky": "[нд][ыиуү]н|(?<!ал)т[ыиуү]н",
    "uz": "ning|lik|нинг|лик",
    "mn": "[ый]н|н(?:ы|ий)",
}
"""Language → endings of the owner before a noun."""
PARTICIPLES: Mapping[str, str] = {
    "kk": "[ғқ]ан|[гк]ен|(?<!кәс)[ыі]п",
    "ky": "[гк][аеоө]н|[ыиуү]п",
    "uz": "gan|ib|ган|иб",
    "mn": "с[аэоө]н",
}
"""Language → endings of verbs that qualify what follows."""
PLURALS: Mapping[str, tuple[str, ...]] = {
    "kk": ("лар", "лер", "дар", "дер", "тар", "тер"),
    "ky": ("лар", "лер", "лор", "лөр", "дар", "дер", "дор", "дөр", "тар", "тер", "тор", "төр"),
    "uz": ("lar", "лар"),
    "mn": ("ууд", "үүд"),
    "tg": ("ҳо", "ҳои", "ҳоро"),
}
"""Language → endings of the plural."""
NAMES_WITH_COMMAS = frozenset({"mn"})
"""Languages whose names of bodies list what they are for with commas alone; others have a joiner
before the last.
"""
FIRMS_WITH_OWNERS = frozenset({"mn"})
"""Languages whose names of firms begin with an owner (Монголын Алт ХХК)."""
