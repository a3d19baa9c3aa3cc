"""Years, spans of years and decades."""

from __future__ import annotations

from crawler.parsers.dates import spans
from crawler.parsers.dates.guards import is_behind
from crawler.parsers.dates.lexer import DateToken
from crawler.parsers.dates.rules.context import (
    DateTokens,
    RuleContext,
    SpanMatch,
    full_year,
    intervals_of,
    left_of,
    of_type,
    one,
)

_CENTURY = 100


def decade_year(token: DateToken) -> int:
    """The first year of a decade that is written with two digits or four."""
    return token.number + 1900 if token.number < _CENTURY else token.number


def decade(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "1990er Jahre", "90-х годах"."""
    decades = of_type(tokens, "E")
    first, last = decade_year(decades[0]), decade_year(decades[-1])
    if decades[0].number < _CENTURY and tokens[-1].type != "j":
        # "in her 80s" is an age
        left = left_of(context.text, tokens[0].start)
        if not is_behind(left, "eP", context.lexicon):
            return []
    if last > first:
        return one(spans.year(first, last + 9), tokens)
    return one(spans.decade(first), tokens)


def years_between(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "between 2010 and 2014"."""
    first, last = (token.number for token in of_type(tokens, "Yy"))
    if first >= last:
        return []
    start = next(i for i, t in enumerate(tokens) if t.type in "Yy")
    return [SpanMatch(spans.year(first, last), start, len(tokens))]


def years(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2018 bis 2020", "2023 und 2024", "2012, 2015 und 2018"."""
    listed = [t._replace(type="c") if t.type in "pe" else t for t in tokens]
    intervals = intervals_of([t if t.type != "j" else t._replace(type="W") for t in listed], "Yy")
    types = [token.type for token in tokens]
    found = []
    for first, last, begin, end in intervals:
        if last < first:
            return []
        stop = end
        while stop < len(types) and types[stop] == "j":
            stop += 1
        found.append(SpanMatch(spans.year(first, last), begin, stop))
    if all(token.type != "Y" for token in of_type(tokens, "Yy")):
        return []
    return found


def short_year_span(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """2012/13 and 2012-15; but 2015-06 is a month."""
    year, end, link = of_type(tokens, "Y")[0], of_type(tokens, "nD")[0], of_type(tokens, "-/")[0]
    text = context.text
    tight = year.end == link.start and link.end == end.start
    if not tight or len(end.surface) != 2 or end.end - end.start > 2 + end.short:
        return []
    last = year.number // _CENTURY * _CENTURY + end.number
    is_month = 1 <= end.number <= 12 and link.type == "-" and text[link.start] == "-"
    if is_month and (last != year.number + 1 or end.surface.startswith("0")):
        return one(spans.month(end.number).in_year(year.number), tokens)
    if last <= year.number:
        return []
    return one(spans.year(year.number, last), tokens)


def year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2013", "im Jahr 1848"."""
    token = of_type(tokens, "Yy")[0]
    return one(spans.year(token.number), tokens)


def short_fiscal_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "FY15", with nothing between."""
    code, number = tokens
    tight = code.end == number.start and len(code.surface) == 2
    return one(spans.year(full_year(number)) if tight else None, tokens)
