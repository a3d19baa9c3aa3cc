"""Alphabets: the letters of scripts, as ranges for character classes of regular expressions.

Here belongs what is a property of a script, whatever the language: small letters and capitals, and
letters that only some alphabets have. Words stand in `config/languages`, constructions in the
module of their language.
"""

from __future__ import annotations

from collections.abc import Mapping

GERMAN_CAPITALS = "A-ZÄÖÜ"
LATIN_SMALL = "a-zß-öø-ÿ"
RUSSIAN_CAPITALS = "А-ЯЁ"
RUSSIAN_SMALL = "а-яё"

TURKIC_CAPITALS = "ӘҒҚҢӨҰҮІ"
"""Letters that Kazakh and Kyrgyz add to the Russian alphabet, without the rare һ."""
CYRILLIC_CAPITALS = f"{RUSSIAN_CAPITALS}{TURKIC_CAPITALS}ҲЎҶӢӮ"
CYRILLIC_SMALL = f"{RUSSIAN_SMALL}әғқңөұүһіҳўҷӣӯ"
"""Russian, Kazakh, Kyrgyz, Uzbek and Tajik."""
TURKIC_SMALL = f"{RUSSIAN_SMALL}әғқңөұүһі"
KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
"""Letters of the Kazakh alphabet that Russian lacks."""

LATIN_TRANSCRIPTIONS = r"[CDGKSZ]h|Ts|Dz|Y[aeou]"
"""Two Latin letters that stand for one Cyrillic letter (Kh. Bold, Ts. Bat)."""
CYRILLIC_TRANSCRIPTIONS = "Дж|Дз"
"""Two Cyrillic letters that stand for one sound of another language (Дж. Смит)."""

CYRILLIC_A = "а"
"""Looks like the Latin letter, and stands for it in a disguised at sign: `(а)`."""
CYRILLIC_I = "і"
"""Looks like the Latin letter, and stands for it in Roman numerals."""
YO, YE = "ё", "е"
"""Many texts write the first as the second."""

UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Chinese characters, which stand without blanks between words."""

FREQUENT_CYRILLIC = frozenset("оеаинтсрвл")
"""The commonest letters of texts in Cyrillic script."""

ALPHABET_SIGNS: Mapping[str, str] = {
    "tg": "ӣӯҷ",
    "uz": "ў",
    "kk": "әұі",
    "ky": "ңөү",
    "uk": "їєґ",
}
"""Language → letters that tell its Cyrillic alphabet from the others."""
KAZAKH_ONLY = frozenset("әғқұһ")
TAJIK_TOO = "ҳ"
"""Uzbek in Cyrillic letters has it, too."""
KYRGYZ_ONLY = "ң"
"""Mongolian, too, has the other letters that Kyrgyz adds to the Russian alphabet."""
RARE_IN_MONGOLIAN = frozenset("кп")
"""Mongolian has them in loans alone; in Kyrgyz they are six of a hundred letters."""
