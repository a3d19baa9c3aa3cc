"""Words of page boilerplate and page states (`pages` in config/languages), compiled for look-up.

The words of all languages count on every page: what a page's language is shows only once its text
is known, and sites mix languages in their boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, get_args

from crawler.parsers.alternatives import either
from crawler.parsers.article.month_names import MonthNames
from indexer.text.calendar_names import FULL_AND_SHORT, weekday_names
from indexer.text.times_ago import TimesAgo

WordKind = Literal[
    "byline",
    "published",
    "updated",
    "reading_time",
    "related",
    "closing",
    "comments",
    "credit",
    "consent",
    "paywall",
    "soft_404",
    "name_joiner",
    "more_by",
    "worked_on_by",
    "office",
    "desk",
    "contact",
    "event_day",
    "venue",
    "other_day",
    "as_of",
    "vacancy",
    "counter",
    "reached",
    "degree",
    "byline_alone",
    "advertisement",
    "account",
]

_OF_OTHERS: tuple[WordKind, ...] = (
    "contact",
    "event_day",
    "venue",
    "office",
    "counter",
    "reached",
)
"""Kinds of which all words, or some, are those of other readers."""
_LISTED: tuple[WordKind, ...] = tuple(kind for kind in get_args(WordKind) if kind not in _OF_OTHERS)
"""Kinds whose words stand under their name in `pages`."""
_REACHED = ("tel", "mobile", "fax", "email", "address", "web")
"""Labels of how somebody is reached."""
_CUT, _ENDING = 3, 2
"""Letters that a weekday has in common with its forms at least, and of an ending at most."""
_APOSTROPHE = re.compile("['’‘ʼʻ`´]")
"""Signs that are written for one another: so is a letter of Uzbek."""
_OF_SITE = re.compile(r"\s(?:[|·»]|::)\s")
"""What parts a title from its site's. A dash parts titles as well."""
_NEVER = re.compile(r"(?!)")


class _Expressions(dict[WordKind, re.Pattern[str]]):
    """Expressions of the words of each kind, made when a kind is asked for: of half of them only
    one of the two is.
    """

    def __init__(self, words: Mapping[WordKind, set[str]], *, anchored: bool) -> None:
        super().__init__()
        self._words, self._anchored = words, anchored

    def __missing__(self, kind: WordKind) -> re.Pattern[str]:
        found = _compile(self._words[kind], anchored=self._anchored, initials=kind == "name_joiner")
        self[kind] = found
        return found


class PageWords:
    """Looks words of `config/languages/*.yaml` up in lines of a page."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        """Take `Reference.languages`; a language without the key `pages` adds nothing."""
        lists: dict[WordKind, set[str]] = {kind: set() for kind in get_args(WordKind)}
        particles: set[str] = set()
        event_paths: set[str] = set()
        first_names: set[str] = set()
        menus: set[str] = set()
        for language in languages.values():
            for kind in _LISTED:
                lists[kind].update(language.get("pages", {}).get(kind, ()))
            labels = language.get("cues", {}).get("contact_labels", {})
            lists["contact"].update(labels.get("block", ()))
            for way in _REACHED:
                lists["reached"].update(labels.get(way, ()))
            lists["counter"].update(language.get("widgets", {}).get("counters", ()))
            lists["event_day"].update(language.get("cues", {}).get("date_labels", ()))
            lists["venue"].update(language.get("cues", {}).get("venue_labels", ()))
            for kind in ("event_day", "venue"):
                lists[kind].update(language.get("pages", {}).get(kind, ()))
            for until in ("until", "until_or_to"):
                lists["other_day"].update(language.get("dates", {}).get(until, ()))
            lists["office"].update(language.get("pages", {}).get("author_roles", ()))
            lists["office"].update(language.get("cues", {}).get("role_words", ()))
            event_paths.update(map(str, language.get("pages", {}).get("event_paths", ())))
            particles.update(language.get("cues", {}).get("name_particles", ()))
            first_names.update(str(language.get("cues", {}).get("first_names", "")).split())
            menus.update(map(str, language.get("discovery", {}).get("furniture", ())))
        self._event_paths = frozenset(event_paths)
        self._menus = frozenset(map(str.casefold, menus))
        self._months = MonthNames(languages)
        self._all_languages = languages
        self._particles = frozenset(word for phrase in particles for word in phrase.split())
        self._languages = frozenset(languages)
        self._dates = {code: language.get("dates", {}) for code, language in languages.items()}
        self._first_names = frozenset(map(str.casefold, first_names))
        self._starts = _Expressions(lists, anchored=True)
        self._inside = _Expressions(lists, anchored=False)

    @cached_property
    def times_ago(self) -> TimesAgo:
        """Finds times that are counted back, in any language."""
        return TimesAgo(self._all_languages)

    def start(self, kind: WordKind, line: str) -> str:
        """The words of this kind that the line begins with; empty if it does not."""
        match = self._starts[kind].match(line)
        return match.group().strip() if match else ""

    def count(self, kind: WordKind, text: str) -> int:
        """How many different words of this kind the text holds."""
        return len({match.group().lower() for match in self._inside[kind].finditer(text)})

    def last(self, text: str, *kinds: WordKind) -> WordKind | None:
        """Which of the kinds the last word found in the text is of."""
        found = [
            (match.end(), kind) for kind in kinds for match in self._inside[kind].finditer(text)
        ]
        return max(found)[1] if found else None

    def find_last(self, kind: WordKind, text: str) -> re.Match[str] | None:
        """The last place where the text holds a word of this kind."""
        return next(reversed([*self.find_all(kind, text)]), None)

    def find_all(self, kind: WordKind, text: str) -> Iterator[re.Match[str]]:
        """All places where the text holds words of this kind."""
        return self._inside[kind].finditer(text)

    def split_joined(self, text: str) -> list[str]:
        """The pieces between words such as "and"."""
        return [piece.strip() for piece in self._inside["name_joiner"].split(text)]

    def knows(self, lang: str) -> bool:
        """Whether there are words of a language, given as pages do: `de-AT`."""
        return re.split(r"[-_]", lang.strip().casefold())[0] in self._languages

    def is_particle(self, word: str) -> bool:
        """Whether it stands with a small letter inside of names: von, de, bin."""
        return word in self._particles

    def holds_events(self, segment: str) -> bool:
        """Whether a segment of an address, in lower case, is one below which events stand."""
        return segment in self._event_paths

    def is_of_menus(self, title: str | None) -> bool:
        """Whether a title is nothing but the label of what menus lead to, before that of the site
        perhaps: Contact, Impressum | Verband.
        """
        label, *_ = _OF_SITE.split(title or "", 1)
        return " ".join(label.split()).casefold() in self._menus

    def is_weekday(self, word: str) -> bool:
        """Whether it is the name of a weekday, in any case and cut short: `среды`, `Mi`."""
        folded = word.casefold()
        return any(
            folded == weekday
            or (
                len(folded) > _CUT
                and abs(len(folded) - len(weekday)) <= _ENDING
                and folded.startswith(weekday[: max(_CUT, len(weekday) - _ENDING)])
            )
            for weekday in self._weekdays
        )

    @cached_property
    def _weekdays(self) -> frozenset[str]:
        """Of languages whose words are kept for their own texts the whole names alone: cut short
        they are words elsewhere (`fre`, `ma`). What CLDR holds of these takes 13 MiB of a process,
        which names of months in a page take as well.
        """
        return frozenset(
            name.casefold().rstrip(".")
            for code, dates in self._dates.items()
            for name in (
                *weekday_names(
                    code,
                    ("wide",) if dates.get("own_texts_only") == "true" else FULL_AND_SHORT,
                ),
                *(str(name) for names in (dates.get("weekdays") or {}).values() for name in names),
            )
        )

    def month_names(self, month: int) -> str:
        """An expression of what a month is called, from its number on; for `re.IGNORECASE`."""
        return self._months.expression(month)

    def is_first_name(self, word: str) -> bool:
        """Whether it is a known first name."""
        return word.casefold() in self._first_names

    def find(self, kind: WordKind, text: str) -> re.Match[str] | None:
        """The first place where the text holds a word of this kind."""
        return self._inside[kind].search(text)


def _compile(words: set[str], *, anchored: bool, initials: bool = False) -> re.Pattern[str]:
    """An expression of any of the words; `initials`: a single capital is none (Anna I Berg)."""
    if not words:
        return _NEVER
    # Longest first, so that "Read more" wins over "Read"; a word ends where the next letter doesn't
    # go on.
    given = {"'".join(_APOSTROPHE.split(word)) for word in words}
    letters = {word for word in given if initials and len(word) == 1}
    either_of = either(given - letters, _sign, str.lower)
    if letters:
        either_of = f"(?:{either_of}|(?-i:{either(letters)}))"
    bounded = rf"{either_of}(?!(?<=\w)\w)"
    return re.compile(rf"\W*{bounded}" if anchored else rf"(?<!\w){bounded}", re.IGNORECASE)


def _sign(sign: str) -> str:
    """A character of a word: of a blank any white space."""
    if sign == "'":
        return _APOSTROPHE.pattern
    return r"\s+" if sign == " " else re.escape(sign)
