"""Where digits and words that look like a date are none: laws, standards, names, amounts, phones.

Each check looks at the text around a reading; the words come from the language's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.parsers.dates.lexer import DateToken
from crawler.parsers.dates.lexicon import DateLexicon
from crawler.parsers.scripts import CYRILLIC_SMALL

_WINDOW = 40
_YEAR_RULES = frozenset({"year", "years", "short_year_span"})
_NUMBER_RULES = _YEAR_RULES | {"month_in_digits", "numeric_yearless"}
_ACRONYM = re.compile(rf"(?<!\w)[^\W\d_a-z{CYRILLIC_SMALL}]{{2,}}(?:[\s-]+)$")
_CAPITAL = re.compile(
    r"[^\W\d_][»”\",]?\s+(?:[«“\"])?"
    rf"([^\W\d_a-z{CYRILLIC_SMALL}][^\W\d_]*)[»”\"]?\s$"
)
_NUMBER_BEFORE = re.compile(r"(?:\d[\s/–-]{1,2}|[/#№§$€£])\s?$")
_NUMBER_AFTER = re.compile(r"\s\d{2,3}(?!\d)(?!\.\s?\w)|[/:]\d|[–-]\d|\s?[$€£%‰°]|\.\d")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s-]+$")
_JOINED = re.compile(r"(?P<weekday>[^\W\d_]+)\s+(?P<and>[^\W\d_]+)\s+$")
_OPENING = re.compile(r"[«»„“\"‚‘‹][^«»„“”\"‚‘‹›]{0,60}$")
_CLOSING = re.compile(r"[»«“”\"’›]")
_NAME_TYPES = "vgkuhqC0"  # units with a capital: Mining Week
_ROUND = 100
_LAST_BARE_YEAR = 2060  # plans reach to 2050 and 2060; a later number alone is rather an amount


def is_date(rule: str, tokens: list[DateToken], text: str, lexicon: DateLexicon) -> bool:
    """Whether the surroundings let the reading of `rule` stand."""
    start, end = tokens[0].start, tokens[-1].end
    left = text[max(0, start - _WINDOW) : start]
    if rule not in _YEAR_RULES:
        return _others_stand(rule, left, lexicon)
    if _is_part_of_name(left, text, start, end, lexicon):
        return False
    if rule == "year" and tokens[-1].number > _LAST_BARE_YEAR:
        return False
    if tokens[-1].type == "j" or tokens[0].type == "j":
        return True
    return not (
        (not lexicon.capital_nouns and _follows_name(left, lexicon))
        or lexicon.after.match(text, end)
        or _NUMBER_AFTER.match(text, end)
        or _is_amount(tokens[-1], left, text, lexicon)
    )


def is_date_in_any(
    rule: str, text: str, start: int, end: int, lexicons: Iterable[DateLexicon]
) -> bool:
    """For a text of unknown language: whether no language's words make a number of the date."""
    if rule not in _NUMBER_RULES or not text[end - 1].isdigit():
        return True
    left = text[max(0, start - _WINDOW) : start]
    return not any(
        lexicon.before.search(left) or lexicon.about.search(left) or lexicon.after.match(text, end)
        for lexicon in lexicons
    )


def _is_part_of_name(left: str, text: str, start: int, end: int, lexicon: DateLexicon) -> bool:
    """Numbers of laws and standards, names of programmes."""
    return bool(
        lexicon.before.search(left)
        or _NUMBER_BEFORE.search(left)
        or _ACRONYM.search(left)
        or _is_hyphenated(text, start, end)
        or _is_quoted_name(left, text, end)
    )


def _others_stand(rule: str, left: str, lexicon: DateLexicon) -> bool:
    """Numbers of laws and file references can look like days in digits, weekdays can be names, and
    every Monday, the first Monday of each month or every morning is no day.
    """
    if rule == "weekday":
        return not _is_habit(left, lexicon)
    if rule == "relative_day":
        return not lexicon.before_weekday.search(left)
    if rule in ("numeric_day", "months_after_year"):
        return not _NUMBER_BEFORE.search(left[-1:])
    if rule == "quarters_in_code_yearless":
        return is_behind(left, "peAsTUb", lexicon)
    return True


def _is_habit(left: str, lexicon: DateLexicon) -> bool:
    """Whether the weekday behind `left` recurs, or is a name; of several (every Saturday and
    Sunday) what stands before the first says so.
    """
    while (joined := _JOINED.search(left)) and _has_type(joined["weekday"], "W", lexicon):
        if not _has_type(joined["and"], "a", lexicon):
            break
        left = left[: joined.start()]
    return lexicon.before_weekday.search(left) or is_behind(left, "o", lexicon)


def _has_type(word: str, type_: str, lexicon: DateLexicon) -> bool:
    known = lexicon.words.get(word.lower())
    return known is not None and known.type == type_


def is_behind(left: str, types: str, lexicon: DateLexicon) -> bool:
    """Whether the last word of `left` is of one of these token types."""
    match = _LAST_WORD.search(left)
    known = lexicon.words.get(match[1].lower()) if match else None
    return known is not None and known.type in types


def _is_hyphenated(text: str, start: int, end: int) -> bool:
    """Казахстан-2050, 2030-Agenda, 9001:2015."""
    before = text[start - 2 : start] if start > 1 else ""
    glued = before[1:] in ("-", "–", "/") and before[:1].isalnum()
    glued = glued or (before[1:] == ":" and before[:1].isdigit())
    return glued or (text[end - 1] == "-" and text[end : end + 1].isalpha())


def _follows_name(left: str, lexicon: DateLexicon) -> bool:
    """ "Mining Week 2024": a word with a capital inside the sentence."""
    match = _CAPITAL.search(left)
    known = lexicon.words.get(match[1].lower()) if match else None
    return match is not None and (known is None or known.type in _NAME_TYPES)


def _is_quoted_name(left: str, text: str, end: int) -> bool:
    """»Rohstoffe 2030«: the number ends a name in quotation marks."""
    return bool(_CLOSING.match(text, end) and _OPENING.search(left))


def _is_amount(token: DateToken, left: str, text: str, lexicon: DateLexicon) -> bool:
    """ "rund 2000 Beschäftigte": a round number behind a word for about."""
    if token.number % _ROUND and not lexicon.about.search(left):
        return False
    following = re.match(r"\s+[^\W\d_]{3,}", text[token.end : token.end + 12])
    return bool(lexicon.about.search(left)) and following is not None
