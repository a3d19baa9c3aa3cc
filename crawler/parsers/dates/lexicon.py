"""The words of one language that the date grammar knows, each as a token type and a number.

The names of months and weekdays come from CLDR (babel); all other words from the key `dates` of
the language's file. No word of a language stands in the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from crawler.parsers.scripts import CYRILLIC_I

Section = Mapping[str, object]
"""The `dates` key of a language: lists of words, or numbered lists of words."""


class DateWord(NamedTuple):
    """What a word is to the grammar."""

    type: str
    """Token type, one character (crawler.parsers.dates.lexer lists them)."""
    number: int = 0
    """Number of the month, of the weekday (1 = Monday), of the season, offset of a relative word.
    """
    short: bool = False
    """An abbreviation: takes a full stop with it and says little when it stands alone."""
    heads: bool = False
    """A phrase of the lexicon begins with it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Words beside a number, in lower case: ten times faster than a pattern that ignores case."""

    pattern: re.Pattern[str]

    def search(self, left: str) -> bool:
        """Whether the text before a number ends with such a word."""
        return self.pattern.search(left.lower()) is not None

    def match(self, text: str, position: int) -> bool:
        """Whether such a word stands at `position`."""
        return self.pattern.match(text[position : position + _LONGEST_WORD].lower()) is not None


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """One language, ready for the lexer and the guards."""

    language: str
    words: Mapping[str, DateWord]
    """Lower-case word, or dotted or spaced phrase → what it is."""
    phrases: re.Pattern[str]
    """The entries that are no single word; each begins with a word that has `heads`."""
    day_suffix: re.Pattern[str]
    """What may follow a number of a day or year directly: 8th, 5-го, 2016-м."""
    decade_suffix: re.Pattern[str]
    """What may follow a number of a decade: 1990er, 90-х."""
    from_suffix: re.Pattern[str]
    """What a number of a day has that begins a range: 12-ноос."""
    until_endings: tuple[str, ...]
    """Endings that say "until": martgacha."""
    owner_endings: tuple[str, ...]
    """Endings of a month that the day behind it is of: наурыздың 12-сі."""
    ahead: frozenset[str]
    """Words that turn a length of time into a day to come: in (two weeks), через."""
    surely_ahead: frozenset[str]
    """Those of them that never name a length of time alone (через год)."""
    month_first: bool
    """The day may follow the month without a year: June 8."""
    proper_months: bool
    """Names of months begin with a capital."""
    small_months: bool
    """Names of months are written small; a capital begins a person's name."""
    bare_parts: bool
    """No article in "end of the year" (конец года)."""
    dotted_days: bool
    """Day and month are written 8.6. without a year."""
    capital_nouns: bool
    """All nouns are written with a capital, so that one says nothing about a name."""
    ambiguous: frozenset[str]
    """Words that are other words too (May, fall, end); alone they need a preposition."""
    plural: frozenset[str]
    """Units in the plural: without a number ("coming weeks") they are no interval."""
    plural_endings: tuple[str, ...]
    """Endings of an adjective in the plural, where the noun does not tell (ближайшие недели)."""
    needs_year: frozenset[str]
    """Words for half that mean a half of anything; with a year they are a half-year."""
    locative: frozenset[str]
    """Month words whose ending is the preposition (маусымда); empty where there are no endings."""
    future: re.Pattern[str]
    """Words of a clause that make its weekday one still to come."""
    past: re.Pattern[str]
    """Words of a clause (said, wurde) that make its weekday one gone by, if they stand nearer."""
    before: Surroundings
    """Ends with a word after which a number is no year (ISO, Agenda, №)."""
    before_weekday: Surroundings
    """Ends with a word that makes a name or a habit of the weekday behind it (Black Friday, every
    Friday).
    """
    about: Surroundings
    """Ends with a word after which a round number is an amount (rund 2000 …)."""
    after: Surroundings
    """Starts with a unit or a noun that makes the number before it an amount."""


_NUMBERED = {
    "months": "M",
    "month_abbreviations": "M",
    "weekdays": "W",
    "weekday_abbreviations": "B",
    "seasons": "S",
    "parts": "P",
    "year_parts": "X",
    "month_parts": "Z",
    "ordinals": "o",
    "cardinals": "C",
    "directions": "l",
    "relative_days": "x",
    "relative_years": "I",
    "relative_months": "i",
    "relative_weeks": "N",
}
_PLAIN = {
    "quarter": "q",
    "half": "h",
    "year": "j",
    "month": "k",
    "numbered_month": "r",
    "week": "v",
    "day": "g",
    "weekend": "u",
    "calendar_week": "K",
    "decade_third": "z",
    "ago": "O",
    "ago_before": "V",
    "prepositions": "p",
    "articles": "e",
    "and": "a",
    "to": "t",
    "until_or_to": "T",
    "until": "U",
    "until_after": "<",
    "since_after": ">",
    "since": "s",
    "from": "A",
    "between": "b",
    "later": "L",
}
_SHORT = ("month_abbreviations", "weekday_abbreviations", "year")
_LONGEST_WORD = 40
_NEVER = "(?!)"
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    **{number * CYRILLIC_I: number for number in (1, 2, 3)},
}
_HEAD = re.compile(r"[^\W\d_]+(?:[’'ʻʼ‘`][^\W\d_]+)*")
HEAD = "0"
"""Type of a word that means nothing but that a phrase may begin here."""


def build_lexicon(language: str, section: Section) -> DateLexicon:
    """The lexicon of a language (ISO 639-1) from its `dates` key; all keys are optional."""
    words: dict[str, DateWord] = {numeral: DateWord("R", n) for numeral, n in _ROMAN.items()}
    for key, type_ in _PLAIN.items():
        for word in _expand(_words(section.get(key)), section):
            words.setdefault(word, DateWord(type_, 0, key in _SHORT and len(word) <= 3))
    for key, type_ in _NUMBERED.items():
        for number, word in _number_words(section.get(key), section):
            words[word] = DateWord(type_, number, key in _SHORT)
    locative = _add_names(language, section, words)
    phrases = sorted((w for w in words if not _is_word(w)), key=len, reverse=True)
    for phrase in phrases:
        head = _HEAD.match(phrase)
        if head:
            words[head[0]] = words.get(head[0], DateWord(HEAD))._replace(heads=True)
    return DateLexicon(
        language=language,
        words=words,
        phrases=re.compile("|".join(map(_phrase, phrases)) or _NEVER, re.IGNORECASE),
        day_suffix=_suffix(
            _words(section.get("day_endings")) + _words(section.get("day_from_endings"))
        ),
        decade_suffix=_suffix(_words(section.get("decade_endings"))),
        from_suffix=_suffix(_words(section.get("day_from_endings"))),
        until_endings=tuple(_words(section.get("until_endings"))),
        owner_endings=tuple(_words(section.get("owner_endings"))),
        ahead=frozenset(_words(section.get("ahead"))),
        surely_ahead=frozenset(_words(section.get("surely_ahead"))),
        month_first=section.get("month_first") == "true",
        proper_months=section.get("proper_months") == "true",
        small_months=section.get("small_months") == "true",
        bare_parts=section.get("bare_parts") == "true",
        dotted_days=section.get("dotted_days") == "true",
        capital_nouns=section.get("capital_nouns") == "true",
        ambiguous=frozenset(_words(section.get("ambiguous"))),
        plural=frozenset(_words(section.get("plural_units"))),
        plural_endings=tuple(_words(section.get("plural_endings"))),
        needs_year=frozenset(_words(section.get("any_half"))),
        locative=frozenset(locative),
        future=_any_word(_words(section.get("future"))),
        past=_any_word(_words(section.get("past"))),
        before=_ends_with(_words(section.get("names")) + _words(section.get("number_words"))),
        before_weekday=_ends_with(_words(section.get("before_weekday"))),
        about=_ends_with(_words(section.get("about"))),
        after=_starts_with(_words(section.get("units")), _words(section.get("counted"))),
    )


def _words(value: object) -> list[str]:
    return [str(word).lower() for word in value] if isinstance(value, list) else []


def _number_words(value: object, section: Section) -> Iterator[tuple[int, str]]:
    if isinstance(value, Mapping):
        for number, words in value.items():
            for word in _expand(_words(words), section):
                yield int(number), word


def _expand(words: Iterable[str], section: Section) -> Iterator[str]:
    """`letzt~` stands for the stem with each of `adjective_endings`, `жыл^` with `noun_endings`."""
    endings = {"~": "adjective_endings", "^": "noun_endings"}
    for word in words:
        key = endings.get(word[-1:])
        if key is None:
            yield word
        else:
            yield from (word[:-1] + ending for ending in _words(section.get(key)))
            if key == "noun_endings":
                yield word[:-1]


def _add_names(language: str, section: Section, words: dict[str, DateWord]) -> list[str]:
    """Add months and weekdays of CLDR and their case endings; returns the forms with an ending."""
    try:
        locale = Locale(language)
    except UnknownLocaleError:
        return []
    skip = frozenset(_words(section.get("not_names")))
    for context in ("stand-alone", "format"):
        for width in ("abbreviated", "wide"):
            for number, name in locale.months[context][width].items():
                _add(words, name, DateWord("M", number, width == "abbreviated"), skip)
            for number, name in locale.days[context][width].items():
                kind = "B" if width == "abbreviated" else "W"
                _add(words, name, DateWord(kind, number + 1, width == "abbreviated"), skip)
    return list(_inflect(section, words))


def _add(words: dict[str, DateWord], name: str, word: DateWord, skip: frozenset[str]) -> None:
    key = name.lower().rstrip(".")
    if key in skip:
        return
    known = words.get(key)
    if known is None or (known.type == word.type and known.short and not word.short):
        words[key] = word


def _inflect(section: Section, words: dict[str, DateWord]) -> Iterator[str]:
    for key, type_ in (("month_endings", "M"), ("weekday_endings", "W")):
        endings = _words(section.get(key))
        for name, word in list(words.items()):
            if word.type == type_ and not word.short:
                for ending in endings:
                    words.setdefault(name + ending, word)
                    if type_ == "M":
                        yield name + ending


def _is_word(entry: str) -> bool:
    """Whether the lexer sees it as one word, or one sign."""
    return len(entry) == 1 or _HEAD.fullmatch(entry) is not None


def _phrase(phrase: str) -> str:
    """A pattern of it; spaces of any width, none needed behind a full stop."""
    pattern = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\.\s+", r"\.\s*")
    return pattern + (r"\b" if phrase[-1].isalnum() else "")


def _suffix(endings: list[str]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(endings, key=len, reverse=True))) or _NEVER
    return re.compile(rf"(?:{listed})(?!\w)", re.IGNORECASE)


def _any_word(words: list[str]) -> re.Pattern[str]:
    """`word*` is the beginning of a word."""
    stems = "|".join(re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words)
    return re.compile(rf"\b(?:{stems or _NEVER})\b", re.IGNORECASE)


def _ends_with(words: list[str]) -> Surroundings:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or _NEVER
    return Surroundings(re.compile(rf"(?:^|[^\w])(?:{listed})[\s:.\-–»“”\"')]*$"))


def _starts_with(units: list[str], nouns: list[str]) -> Surroundings:
    """`noun*` is the beginning of a word."""
    listed = "|".join(
        [re.escape(u) + r"\b" for u in units if u[-1:] != "*"]
        + [re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else r"\b") for w in nouns]
    )
    return Surroundings(re.compile(rf"[\s-]?(?:[%‰°€$£₸₽]|(?:{listed or _NEVER}))"))
