"""Parts of months, quarters, seasons, years and decades: early, mid, late, first half."""

from __future__ import annotations

import dataclasses

from crawler.parsers.dates import spans
from crawler.parsers.dates.rules.context import (
    DateTokens,
    RuleContext,
    SpanMatch,
    of_type,
    one,
    put_in_year,
)
from crawler.parsers.dates.rules.periods import season_over_new_year
from crawler.parsers.dates.rules.relative import relative_unit
from crawler.parsers.dates.rules.years import decade_year


def _is_verb(tokens: DateTokens, context: RuleContext) -> bool:
    """ "may end in August": a verb, not the end of August."""
    words = [token.surface.lower() for token in tokens[:2]]
    return words[0] in context.lexicon.ambiguous and words[1] in context.lexicon.ahead


def part_of_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Ende Oktober", "mid-June 2018"."""
    if _is_verb(tokens, context):
        return []
    month = of_type(tokens, "M")[0]
    return one(put_in_year(spans.third_of_month(month.number, tokens[0].number), tokens), tokens)


def part_of_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Anfang 2023", "late last year"."""
    if _is_verb(tokens, context):
        return []
    return one(put_in_year(spans.third_of_year(tokens[0].number), tokens), tokens)


def part_of_decade(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "early 1970s": the decade, as its thirds are nobody's convention."""
    return one(spans.decade(decade_year(of_type(tokens, "E")[0])), tokens)


def part_of_season(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "early spring 2023": the month that is that third of the season."""
    whole = (
        season_over_new_year(tokens, context)
        if of_type(tokens, "Y") and of_type(tokens, "n")
        else []
    )
    if whole:
        return whole
    season = spans.season(of_type(tokens, "S")[0].number)
    first, part = season.first[0], tokens[0].number
    month = (first + part - 2) % 12 + 1
    span = dataclasses.replace(spans.months(month, month, "part"))
    return one(put_in_year(span, tokens), tokens)


def part_of_unit(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "late last month"; of weeks only the whole is known, and "later this month" is the month."""
    whole = relative_unit(tokens[-2:], context)
    if not whole or tokens[0].type != "P" or tokens[-1].type != "k":
        return [dataclasses.replace(f, first=0, end=len(tokens)) for f in whole]
    span = whole[0].span
    part = spans.third_of_month(span.first[0], tokens[0].number).in_year(span.year)
    return one(part, tokens)


def later_in_unit(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "later this year": the whole year."""
    return one(
        dataclasses.replace(spans.year().in_year(None, tokens[1].number), kind="relative"), tokens
    )


def part_of_this(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Ende des Jahres", "by the end of the month": of the year or month of the reference."""
    if not (context.lexicon.bare_parts or of_type(tokens, "e")):
        return []
    if tokens[-1].type == "j":
        return one(spans.third_of_year(tokens[0].number).in_year(None, 0), tokens)
    if context.reference is None:
        return []
    part = spans.third_of_month(context.reference.month, tokens[0].number)
    return one(part.in_year(context.reference.year), tokens)


def part_in_one_word(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Jahresende 2019"; without a year that of the reference."""
    span = put_in_year(spans.third_of_year(tokens[0].number), tokens)
    return one(span if span.has_year else span.in_year(None, 0), tokens)


def month_part_in_one_word(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Monatsende": of the month of the reference."""
    if context.reference is None:
        return []
    part = spans.third_of_month(context.reference.month, tokens[0].number)
    return one(part.in_year(context.reference.year), tokens)


def half_of_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "первая половина мая"."""
    month = of_type(tokens, "M")[0].number
    if tokens[0].number not in (1, 2):
        return []
    return one(put_in_year(spans.half_of_month(month, tokens[0].number), tokens), tokens)


def third_of_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "вторая декада июня": its second ten days."""
    month = of_type(tokens, "M")[0].number
    if tokens[0].number not in (1, 2, 3):
        return []
    return one(put_in_year(spans.third_of_month(month, tokens[0].number), tokens), tokens)


def part_of_quarter(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "end of the second quarter": the month that is that third of it."""
    quarter = next(token for token in tokens if token.type in "oDR").number
    if not 1 <= quarter <= 4:
        return []
    month = 3 * (quarter - 1) + tokens[0].number
    unit_at = next(i for i, token in enumerate(tokens) if token.type == "q")
    return one(put_in_year(spans.months(month, month, "part"), tokens[unit_at:]), tokens)


def part_after_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2024 жылдың басында"."""
    return one(put_in_year(spans.third_of_year(tokens[-1].number), tokens), tokens)


def part_after_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "маусымның басында", "2024-yil iyun oxirida"."""
    if context.lexicon.proper_months:
        return []
    month = of_type(tokens, "M")[0].number
    return one(put_in_year(spans.third_of_month(month, tokens[-1].number), tokens), tokens)
