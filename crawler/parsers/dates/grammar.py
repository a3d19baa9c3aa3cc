"""The language-independent grammar: ordered patterns over token types, compiled into one.

Each rule's name is that of its resolver in crawler.parsers.dates.rules. All repetitions are
bounded, so that a text of any kind is read in time proportional to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEEKDAY = r"(?:[WB]\.?(?:[-aTt/]p?e?[WB]\.?)?c?p?e{0,2})"
_AND = r"(?:c?[a/]|c)p?e?"
_TO = r"c?[-Tt]p?e?"
_LINK = rf"(?:{_TO}|{_AND})"
# the year behind a day or month: ", 2015", "im Jahr 2015", "dieses Jahres", "т.г."
_YEAR = r"(?:c?p?e?j?Yj?|nj|c?p?e?lj|I)"
_LEADING_YEAR = r"(?:Yj?|lj|I)"
_DAYS = rf"{_WEEKDAY}?D(?:{_LINK}{_WEEKDAY}?D){{0,12}}"
_MONTH_FIRST_DAYS = r"D(?![:q])(?:[-Tta/]e?D(?!e?p?M)(?![:q])|(?:cD){0,8}c?aD(?!e?p?M))?"
_ORDINAL = r"[oDRl]"
_COUNT = r"[CDn]"

RULES: tuple[tuple[str, str], ...] = (
    # -- days
    ("days_after_year", rf"{_LEADING_YEAR}p?(?:D(?:{_LINK}D){{0,6}}[pe]?M|Mk?D(?:[-t]D)?(?![:q]))"),
    ("days_of_numbered_month", rf"{_LEADING_YEAR}?DrD(?:{_LINK}D(?!r)){{0,6}}(?![:q])"),
    ("numbered_month", rf"{_LEADING_YEAR}Dr"),
    ("days_before_month", rf"{_DAYS}[pe]{{0,2}}M{_YEAR}?"),
    ("days_after_month", rf"{_WEEKDAY}?Mk?e?{_MONTH_FIRST_DAYS}(?:c?p?Yj?|c?lj)?"),
    ("days_in_digits", rf"{_WEEKDAY}?D(?:{_LINK}{_WEEKDAY}?D){{0,6}}{_LINK}{_WEEKDAY}?[dF]"),
    ("numeric_range", rf"{_WEEKDAY}?[dm]{_TO}{_WEEKDAY}?F"),
    ("numeric_day", rf"{_WEEKDAY}?Fj?"),
    ("numeric_yearless", rf"{_WEEKDAY}?d(?:p?e?j?Yj?|lj|I)?"),
    ("day_of_relative_month", r"Dg?[pe]{0,2}(?:lk|i)"),
    ("days_of_relative_month", rf"l[rk]D(?:{_LINK}D){{0,6}}(?![:q])"),
    ("weekday_of_month", rf"[ol]W[pe]{{0,2}}M{_YEAR}?"),
    ("week_of_month", rf"[ol]v[pe]{{0,2}}M{_YEAR}?"),
    # -- parts
    ("part_of_month", rf"P-?[pe]{{0,2}}M{_YEAR}?"),
    ("part_after_year", r"(?:Yj|lj|I)P(?![-pe]{0,2}[MYyES])"),
    ("part_after_month", rf"{_LEADING_YEAR}?Mk?P(?![-pe]{{0,2}}[MYyES])"),
    ("part_of_decade", r"P-?[pe]{0,2}Ej?"),
    ("part_of_year", r"P-?[pe]{0,2}(?:j?Yj?|e?lj|I)"),
    ("part_of_season", r"P-?[pe]{0,2}S(?:p?e?Y[-/]n|p?e?j?Yj?|[pe]*lj|I)?"),
    ("part_of_unit", r"(?:P-?[pe]{0,2}|L)l[vk]"),
    ("later_in_unit", r"Llj"),
    ("part_of_this", r"Pp?e?[jk](?!Y)"),
    ("part_in_one_word", rf"X(?:[pe]?{_YEAR})?"),
    ("month_part_in_one_word", r"Z"),
    ("half_of_month", r"[oDR]h[pe]{0,2}M(?:c?p?e?j?Yj?|lj)?"),
    ("third_of_month", r"[oDR]zp?M(?:c?p?e?j?Yj?|lj)?"),
    # -- months
    ("month_in_digits", r"G"),
    ("months_after_year", rf"{_LEADING_YEAR}[pe]?M(?:{_LINK}M)?(?!D)k?"),
    ("months", rf"M(?:{_LINK}M){{0,6}}(?:k?{_YEAR})?"),
    ("relative_month", r"lM|lDr"),
    # -- quarters, halves, counted months
    ("part_of_quarter", rf"P[pe]{{0,2}}[oDR]q(?:[pe]{{0,2}}{_YEAR})?"),
    ("quarters_in_code", rf"[QH](?:{_LINK}[QH])?[-/c]?p?j?(?:[Yn]|lj)"),
    ("quarters_in_code_yearless", rf"[QH](?:{_LINK}[QH])?"),
    ("quarters", rf"{_ORDINAL}(?:{_LINK}{_ORDINAL}){{0,3}}[qh][/-]?(?:[pe]{{0,2}}{_YEAR})?"),
    ("quarters_after_year", rf"{_LEADING_YEAR}[pe]?{_ORDINAL}(?:{_LINK}{_ORDINAL})?[qh]"),
    ("first_months", rf"o?{_COUNT}[kq][pe]{{0,2}}(?:j?Yj?|lj|I|j)"),
    ("first_months_after_year", rf"Yj?p?e?o{_COUNT}[kq]"),
    # -- seasons
    ("season_over_new_year", r"S[pe]{0,2}Y[-/][nDY]"),
    ("relative_season", r"lS"),
    ("season_after_year", rf"{_LEADING_YEAR}[pe]?S"),
    ("season", r"S(?:[pe]{0,2}j?Yj?|[pe]{0,2}lj|I)?"),
    # -- years
    ("decade", r"E(?:[-/]?E)?-?j?"),
    ("years_between", r"b(?:p?e?j?)[Yy]j?a[Yy]j?"),
    ("years", rf"j?[Yy]j?(?:{_LINK}[Yy]j?){{1,8}}"),
    ("short_year_span", r"j?Y[-/][nD](?![-/cDn:])j?"),
    ("year", r"j?Yj?|jy|yj"),
    ("short_fiscal_year", r"jn"),
    # -- relative to the reference date
    ("weekday_of_week", r"W[pe]{0,2}lv"),
    ("weeks_from_day", r"[Wx]p[CD]?v|[CD]vp?[Wx]|Wv"),
    ("relative_weekday", r"lW|Wl"),
    ("relative_day", r"x"),
    ("relative_unit_in_one_word", r"[IiN]"),
    ("ago", r"[CD]?[gvkj]O"),
    ("ago_before", r"Ve?[CD]e?[gvkj]"),
    ("ahead", r"p[CD]?[gvkj]"),
    ("counted_units", r"l[CD][gvk]|[CD]l[gvk]"),
    ("numbered_week", r"KD(?:[/-]?p?Y)?|DKp?Y?"),
    ("relative_unit", r"l[vkjqhu]"),
    ("weekday", r"W"),
    ("weekend", r"u"),
)

_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in RULES))
# where an expression can begin at all; keeps the long pattern off the other tokens
_BEGIN = re.compile(
    r"[BCEFGHIKLMNPQRSVWXYZbdijlmnouxy]|[gvkj](?=O)|j(?=[Yyn])|p(?=[CD]?[gvkj])"
    r"|D(?=[D/.,:cpeaTtWB-]{0,60}[^D/.,:cpeaTtWBw-])"
)
_AFTER = {
    name: tuple((later, re.compile(pattern)) for later, pattern in RULES[position + 1 :])
    for position, (name, pattern) in enumerate(RULES)
}


def candidates(types: str, position: int) -> Iterator[tuple[str, int, int]]:
    """Readings of the tokens from the first place at or behind `position` that has one.

    Best first, as (rule, first token, end); all of them start at the same token.
    """
    begin = _BEGIN.search(types, position)
    while begin is not None:
        match = _PATTERN.match(types, begin.start())
        if match is not None:
            break
        begin = _BEGIN.search(types, begin.end())
    else:
        return
    name, start = str(match.lastgroup), match.start()
    yield name, start, match.end()
    for later, pattern in _AFTER[name]:
        other = pattern.match(types, start)
        if other:
            yield later, start, other.end()
