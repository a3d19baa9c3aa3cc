"""Months, quarters, halves and seasons."""

from __future__ import annotations

import dataclasses
import re

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
    put_in_year,
)
from crawler.parsers.dates.rules.days import MONTHS
from crawler.parsers.dates.spans import DateSpan


# -- months
def month_in_digits(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "09/2022"."""
    token = tokens[0]
    month, year = (int(number) for number in re.findall(r"\d+", token.surface))
    left = left_of(context.text, token.start)
    if context.lexicon.before.search(left):
        return []
    # "5/2021" is as often a number of something; a date says 05/2021 or stands behind a preposition
    plain = "/" in token.surface and not token.surface.startswith("0")
    if plain and not context.lexicon.future and not left.endswith(" "):
        return []
    return one(spans.month(month).in_year(year), tokens)


def months_after_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2024 жылғы маусым"."""
    names = of_type(tokens, "M")
    span = spans.month(names[0].number)
    if len(names) > 1:
        span = spans.months(names[0].number, names[1].number)
    return one(put_in_year(span, tokens), tokens)


def numbered_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2026 оны 11-р сар"; without a year "11 сар" may be the length of a time."""
    month = of_type(tokens, "D")[0].number
    return one(put_in_year(spans.month(month), tokens), tokens) if month <= MONTHS else []


def months(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """One month, a range, or a list; months that follow each other are one range."""
    head = len(tokens) - next(i for i, t in enumerate(reversed(tokens)) if t.type == "M")
    names = tokens[:head]
    intervals = intervals_of(names, "M")
    found = []
    for position, (first, last, begin, end) in enumerate(intervals):
        span = spans.month(first) if first == last else spans.months(first, last)
        outer = position == len(intervals) - 1
        stop = len(tokens) if outer else end
        span = put_in_year(span, tokens[head:])
        if span.year is not None and span.years:
            span = span.in_year(span.year - span.years)
        if not span.has_year and span.kind == "month":
            if not _month_stands_alone(names[begin], context):
                return []
            span = dataclasses.replace(span, kind="relative")
        elif span.shift is not None:
            span = dataclasses.replace(span, kind="relative")
        found.append(SpanMatch(span, begin, stop))
    return found


def _month_stands_alone(name: DateToken, context: RuleContext) -> bool:
    """A bare month is one only behind a preposition, or with a case ending that is one."""
    lexicon = context.lexicon
    if name.surface.lower() in lexicon.locative:
        return True
    unit = re.match(r"\s+([^\W\d_]+)", context.text[name.end : name.end + 20])
    known = lexicon.words.get(unit[1].lower()) if unit else None
    if known is not None and known.type == "k" and not lexicon.proper_months:
        return True  # маусым айында
    following = context.text[name.end : name.end + 2]
    if following[:1] in ("-", "–") and following[1:].isalpha():
        return False  # Mai-Hochwasser
    capital = name.surface[:1].isupper()
    if name.short or (lexicon.proper_months and not capital) or (lexicon.small_months and capital):
        return False
    return is_behind(left_of(context.text, name.start), "peATUstbaPLVl", lexicon)


def relative_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "next May", "ирэх 9 дүгээр сард": the nearest on that side; "өнгөрсөн 9 сард" may be nine
    months.
    """
    name = tokens[1].surface
    counted = tokens[-1].type == "r" and " " not in tokens[-1].surface
    bare = tokens[1].end - tokens[1].start == len(name)
    if (counted and bare) or tokens[1].number > MONTHS:
        return []
    written_small = not name[:1].isupper() and (tokens[1].short or context.lexicon.proper_months)
    if context.reference is None or written_small:
        return []
    number, direction = tokens[1].number, tokens[0].number
    here = context.reference
    if direction == 0:
        return one(
            dataclasses.replace(spans.month(number).in_year(here.year), kind="relative"), tokens
        )
    year = here.year
    if direction > 0 and number <= here.month:
        year += 1
    if direction < 0 and number >= here.month:
        year -= 1
    return one(dataclasses.replace(spans.month(number).in_year(year), kind="relative"), tokens)


# -- quarters, halves, counted months
def _quarter_span(first: int, last: int, unit: str) -> DateSpan | None:
    length, count, kind = (3, 4, "quarter") if unit in "qQ" else (6, 2, "half")
    if not 1 <= first <= last <= count:
        return None
    kind = kind if first == last else "range"
    return spans.months(length * (first - 1) + 1, length * last, kind)


def quarters_in_code(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Q3/2022", "H1 2023", "Q1-Q3 2023"."""
    codes = of_type(tokens, "QH")
    span = _quarter_span(codes[0].number, codes[-1].number, codes[0].type)
    if span is None:
        return []
    short = next((t for t in tokens if t.type == "n"), None)
    return one(span.in_year(full_year(short)) if short else put_in_year(span, tokens), tokens)


def quarters(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "drittes Quartal 2019", "last quarter of 2022", "I–III кварталы"."""
    unit_at = next(i for i, t in enumerate(tokens) if t.type in "qh")
    unit = tokens[unit_at].type
    numbers = [t for t in tokens[:unit_at] if t.type in "oDRl"]
    tail = tokens[unit_at + 1 :]
    if numbers[0].type == "l":
        whole = _quarter_span(_last(unit), _last(unit), unit)
        dated_whole = put_in_year(whole, tail) if whole else None
        alone = numbers[0].number < 0 and len(numbers) == 1
        if dated_whole is None or not alone or not dated_whole.has_year:
            return []
        return one(dated_whole, tokens)
    if numbers[0].type == "D" and not _is_ordinal(numbers[0], context):
        return []
    if tokens[unit_at].surface.lower() in context.lexicon.needs_year and not of_type(tail, "YIl"):
        return []
    found = []
    listed = [t._replace(type="D") if t.type in "oR" else t for t in tokens[:unit_at]]
    intervals = intervals_of(listed)
    for position, (first, last, begin, end) in enumerate(intervals):
        span = _quarter_span(first, last, unit)
        if span is None:
            return []
        stop = len(tokens) if position == len(intervals) - 1 else end
        found.append(SpanMatch(put_in_year(span, tail), begin, stop))
    return found


def _last(unit: str) -> int:
    return 4 if unit == "q" else 2


def _is_ordinal(token: DateToken, context: RuleContext) -> bool:
    """ "2 quarters" in English counts; "2. Quartal", "2nd quarter" and "2 квартал" name."""
    return not context.lexicon.month_first or not context.text[token.start : token.end].isdigit()


def quarters_after_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2024 жылдың бірінші тоқсаны"."""
    numbers = [t for t in tokens if t.type in "oDR"]
    span = (
        _quarter_span(numbers[0].number, numbers[-1].number, tokens[-1].type) if numbers else None
    )
    return one(put_in_year(span, tokens) if span else None, tokens)


def first_months(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "the first nine months of 2023": January to September."""
    ordinal = tokens[0] if tokens[0].type == "o" else None
    if ordinal is not None and ordinal.number != 1:
        return []
    count = of_type(tokens, "CDn")[0].number * (3 if of_type(tokens, "q") else 1)
    if not 1 < count <= 12:
        return []
    span = put_in_year(spans.months(1, count), tokens)
    if not span.has_year and tokens[-1].type == "j":  # "of the year": of this one
        span = span.in_year(None, 0)
    return one(span, tokens)


def first_months_after_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2023 жылдың алғашқы тоғыз айы"."""
    found = first_months([t for t in tokens if t.type in "oCDnkq"], context)
    return one(found[0].span.in_year(tokens[0].number), tokens) if found else []


# -- seasons
def season(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Herbst 2015", "in autumn"."""
    season_at = next(i for i, t in enumerate(tokens) if t.type == "S")
    token = tokens[season_at]
    span = put_in_year(spans.season(token.number), tokens)
    if span.has_year or token.surface.lower() not in context.lexicon.ambiguous:
        return one(span, tokens)
    if not is_behind(left_of(context.text, token.start), "peATUsPL", context.lexicon):
        return []
    return one(span, tokens)


def season_over_new_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Winter 2012/13"."""
    year = of_type(tokens, "Y")[0].number
    end = full_year(tokens[-1])
    if end != year + 1:
        return []
    return one(spans.season(of_type(tokens, "S")[0].number).in_year(year), tokens)


def relative_season(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "next spring": the nearest on that side."""
    if context.reference is None:
        return []
    span = spans.season(tokens[1].number)
    here = context.reference
    around = [spans.resolve(span.in_year(here.year + offset), None) for offset in (-2, -1, 0, 1, 2)]
    days = [pair for pair in around if pair]
    direction = tokens[0].number
    if direction > 0:
        chosen = next(pair for pair in days if pair[0] > here)
    elif direction < 0:
        chosen = next(pair for pair in reversed(days) if pair[1] < here)
    else:
        nearest = spans.resolve(span, here)
        chosen = nearest or days[0]
    return one(span.in_year(chosen[0].year), tokens)
