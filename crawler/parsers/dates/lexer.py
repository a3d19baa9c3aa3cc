"""Cuts a text into the tokens of the date grammar with one compiled pattern for each language.

A token's type is one character, so that a text becomes a short string for the grammar. Whatever
the lexicon does not know becomes `w`, and a run of such words one single `w`.

F day in digits (2015-06-08, 8.6.2015)   d day and month (8.6.)   m the same without last stop
G month in digits (06/2015)   D number 1-31   n number 0-99   Y year 1900-2099   y older year
E decade   Q H quarter, half with its number (Q3, H1)   R roman number I-IV
M month   W weekday   B its abbreviation   S season   P part (early, mid, late)
X Z part of the year, of the month in one word   q h j k v u g z K units (quarter, half, year,
month, week, weekend, day, third of a month, numbered week)   r month behind its number   o ordinal
C cardinal l direction (last, this, next)   x I i N relative day, year, month, week in one word
O V ago (after, before)   L later/earlier   p preposition   e article   a and   t T to, until or to
U until   < until (behind)
s since   > since (behind)   A from   b between   c , - / . punctuation   : clock time
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawler.parsers.dates.lexicon import HEAD, DateLexicon, DateWord

BREAK = "w"
_NEVER_FIRST = frozenset("c-/.:aetOhquz")  # no expression begins with them: dropped behind a break
_WRAPPED = 60  # a line this long may go on in the next one; a shorter one is a heading or an entry
_TAKE_ENDINGS = frozenset("MWj")
"""Types of words whose ending may say "until" (12-martgacha, jumagacha, 2031-yilgacha)."""
_YEARS = range(1900, 2100)
_OLD_YEARS = range(1000, 1900)


class DateToken(NamedTuple):
    """A word, number or sign that the grammar may use (a tuple: they are made by the thousand)."""

    type: str
    start: int = 0
    end: int = 0
    number: int = 0
    surface: str = ""
    short: bool = False
    """Abbreviated word, or a number written with a full stop (German ordinal)."""


_PATTERN = re.compile(
    r"""
  (?P<word>[^\W\d_]++(?:[’'ʻʼ‘`][^\W\d_]++)*+(?!\d))
| (?P<code>(?<!\w)(?<![^\W\d_]-)(?:[QHqh][1-4]|HY[12]|[1-4][QHqh]|FY)(?=\d{0,4}\b|[’']\d))
| (?P<comma>,)
| (?P<stop>\.)
| (?P<line>\n)
| (?P<phone>\+\d[\d\ ()/–-]{6,20})
| (?P<iso>(?<![\w./-])\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\d]|-\w))
| (?P<full>(?<![\w.,])(?:\d{1,2}\.\d{1,2}\.\d{4}|(?<!\d\d\d[/–-])\d{1,2}\.\d{1,2}\.\d{2}
    |\d{1,2}\.\ \d{1,2}\.\ \d{4}
    |(?<![/-])\d{1,2}(?P<sep>[/-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})
    |\d{4}(?P<sep2>[./])\d{2}(?P=sep2)\d{2})(?!\d|[./]\d|-\d(?!\d?\.)))
| (?P<clock>(?<![\w.])\d{1,2}:\d{2}(?::\d{2})?(?!\d))
| (?P<month>(?<![\w.,/-])(?:0?[1-9]|1[0-2])[./](?:19|20)\d{2}(?![\w/]|[.,-]\d))
| (?P<strong>(?<![\w.,/])\d{1,2}\.\ ?\d{1,2}\.(?!\d))
| (?P<weak>(?<![\w.,/])\d{1,2}\.\d{1,2}(?![\w.,/]|-[^\W\d]|-\d(?!\d?\.)))
| (?P<number>\d+(?:[.,]\d+)*)
| (?P<dash>[-–—−])
| (?P<slash>/)
| (?P<other>[^\s\w])
| (?P<letters>[^\W\d_]+)
""",
    re.VERBOSE,
)

_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_SIGNS = {"dash": "-", "comma": "c", "slash": "/", "stop": ".", "clock": ":"}
_DIGITS = {"iso": "F", "full": "F", "month": "G", "strong": "d", "weak": "m"}


class Lexer:
    """Tokens of a text in one language."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self._words = lexicon.words
        self._ordinal = lexicon.day_suffix
        self._decade = lexicon.decade_suffix
        self._from = lexicon.from_suffix
        self._until = lexicon.until_endings
        self._phrases = lexicon.phrases

    def scan(self, text: str) -> list[DateToken]:
        """The tokens in order; between two of them that are no `w` there is only white space."""
        tokens: list[DateToken] = []
        words = self._words
        broken = True  # the last token is a break
        gap = DateToken(BREAK)
        past = 0
        line = 0
        for match in _PATTERN.finditer(text):
            if match.start() < past:
                continue
            kind = match.lastgroup
            if kind == "word":
                known = words.get(match[0].lower())
                if known is None or (broken and known.type in _NEVER_FIRST and not known.heads):
                    token = None
                else:
                    token = self._word(text, match, known)
            elif broken and kind in _SIGNS:
                continue
            elif kind == "line":
                wrapped = (
                    match.start() - line > _WRAPPED and text[match.end() : match.end() + 1] != "\n"
                )
                line = match.end()
                if wrapped:
                    continue
                token = None
            else:
                token = self._token(text, match, kind)
            if token is not None:
                tokens.append(token)
                tokens.extend(self._of_ending(text, match, token))
                past = token.end
                broken = False
            elif not broken:
                tokens.append(gap)
                broken = True
        return tokens

    def _of_ending(self, text: str, match: re.Match[str], token: DateToken) -> Iterator[DateToken]:
        """What an ending says besides: "to" behind the first day of a range, "until"."""
        if token.type == "D":
            if self._from.match(text, match.end()):
                yield DateToken("t", token.end, token.end)
        elif token.type in _TAKE_ENDINGS and token.surface.lower().endswith(self._until):
            yield DateToken("<", token.end, token.end)

    def _word(self, text: str, match: re.Match[str], known: DateWord) -> DateToken | None:
        start, end = match.span()
        if start and (text[start - 1].isdigit() or text[start - 1] == "_"):
            return None
        if known.heads:
            phrase = self._phrases.match(text, start)
            # A pattern that ignores case takes letters for one another that lower case keeps
            # apart: the Turkish dotless i, the long s, the sign of Kelvin.
            whole = self._words.get(_fold(phrase[0])) if phrase else None
            if phrase and whole:
                return DateToken(whole.type, *phrase.span(), whole.number, phrase[0], whole.short)
        if known.type == HEAD:
            return None
        if text[end : end + 1] == "_":
            return None
        if known.type == "R" and not match[0].isupper():
            return None
        if (known.short or known.type == "R") and text[end : end + 1] == ".":
            end += 1
        return DateToken(known.type, start, end, known.number, match[0], known.short)

    def _token(self, text: str, match: re.Match[str], kind: str | None) -> DateToken | None:
        if kind in _SIGNS:
            return DateToken(_SIGNS[kind], *match.span())
        if kind in _DIGITS:
            return DateToken(_DIGITS[kind], *match.span(), 0, match[0])
        if kind == "number":
            return self._number(text, match)
        if kind == "other":
            known = self._words.get(match[0])
            return known and DateToken(known.type, *match.span(), known.number, match[0])
        if kind == "code":
            return _code(match)
        return None

    def _number(self, text: str, match: re.Match[str]) -> DateToken | None:
        start, end = match.span()
        digits = match[0]
        if not digits.isdecimal() or len(digits) > 4 or (start and text[start - 1] in ".,_"):
            return None
        number = int(digits)
        if start and text[start - 1].isalpha():
            # FY2023: the code before it has its own token
            return _year(number, start, end, digits) if text[start - 1] in "YyQqHh" else None
        suffixed = self._read_suffix(text, match, number)
        if suffixed is not None:
            return suffixed
        following = text[end : end + 2]
        if following[:1].isalpha() or following[:1] == "_":
            unit = _LETTERS.match(text, end)
            known = self._words.get(unit[0].lower()) if unit else None
            if known is None or known.type != "j":
                return None
            return _year(number, start, end, digits)
        if following[:1] == "-" and following[1:].isalpha():
            end += 1
        return _year(number, start, end, digits) if len(digits) == 4 else _day(text, match, end)

    def _month_follows(self, text: str, position: int) -> bool:
        """ "10-е июня" is a day, "90-е годы" a decade."""
        word = _NEXT_WORD.match(text, position)
        known = self._words.get(word[1].lower()) if word else None
        return known is not None and known.type == "M"

    def _read_suffix(self, text: str, match: re.Match[str], number: int) -> DateToken | None:
        """8th, 5-го, 2016-м, 1990er, 90-х."""
        start, end = match.span()
        suffix = self._decade.match(text, end)
        if suffix and _is_decade(number) and not self._month_follows(text, suffix.end()):
            return DateToken("E", start, suffix.end(), number, match[0])
        suffix = self._ordinal.match(text, end)
        if suffix is None:
            return None
        if 1 <= number <= 31:
            return DateToken("D", start, suffix.end(), number, match[0])
        return _year(number, start, suffix.end(), match[0]) if number in _YEARS else None


def _is_decade(number: int) -> bool:
    return number % 10 == 0 and (10 <= number < 100 or number >= _OLD_YEARS.start)


def _fold(phrase: str) -> str:
    """As phrases stand in the lexicon: lower case, one space."""
    return re.sub(r"\s+", " ", phrase.lower())


def _year(number: int, start: int, end: int, digits: str) -> DateToken | None:
    if len(digits) == 4 and number in _YEARS:
        return DateToken("Y", start, end, number, digits)
    if len(digits) == 4 and number in _OLD_YEARS:
        return DateToken("y", start, end, number, digits)
    if len(digits) == 2:
        return DateToken("n", start, end, number, digits)
    return None


def _day(text: str, match: re.Match[str], end: int) -> DateToken | None:
    number = int(match[0])
    if len(match[0]) > 2:
        return None
    if not 1 <= number <= 31:
        return DateToken("n", match.start(), end, number, match[0])
    dotted = text[end : end + 1] == "."
    return DateToken("D", match.start(), end + dotted, number, match[0], dotted)


def _code(match: re.Match[str]) -> DateToken:
    code = match[0].upper()
    if code == "FY":
        return DateToken("j", *match.span(), 0, match[0])
    kind = "H" if "H" in code else "Q"
    number = int(next(character for character in code if character.isdigit()))
    return DateToken(kind, *match.span(), number, match[0])
