"""Days and lists and ranges of days."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta

from crawler.parsers.dates import spans
from crawler.parsers.dates.lexer import DateToken
from crawler.parsers.dates.rules.context import (
    DateTokens,
    RuleContext,
    SpanMatch,
    intervals_of,
    left_of,
    month_away,
    of_type,
    one,
    put_in_year,
)
from crawler.parsers.dates.spans import DateSpan

_MAX_DAYS_IN_RANGE = 31
MONTHS = 12


def _days(
    tokens: DateTokens, numbers: DateTokens, offset: int, month: int, *, leading: int = 0
) -> list[SpanMatch]:
    """Days of one month; the tokens before and behind the list belong to the outer ones."""
    found = []
    intervals = intervals_of(numbers)
    for position, (first, last, begin, end) in enumerate(intervals):
        if last < first or first < 1 or last > _MAX_DAYS_IN_RANGE:
            return []
        span = dataclasses.replace(
            spans.day(month, first),
            last=(month, last),
            kind="date" if first == last else "range",
        )
        here = leading if position == 0 else offset + begin
        stop = len(tokens) if position == len(intervals) - 1 else offset + end
        found.append(SpanMatch(put_in_year(span, tokens), here, stop))
    return found


def days_before_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "3. bis 5. Mai 2021", "8, 15 и 22 июня"."""
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    month = tokens[position]
    if types[-1] == "M" and _is_name(tokens, position, context):
        return []
    return _days(tokens, tokens[:position], 0, month.number)


def days_after_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "June 8 and 9, 2015"."""
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    year_at = next((i for i, t in enumerate(types) if t in "Yl"), len(types))
    numbers = [t for t in tokens[position + 1 : year_at] if t.type in "D-Tta/c"]
    while numbers and numbers[-1].type != "D":
        numbers.pop()
    is_of_month = _is_of_month(tokens, position, context)
    if "k" in types[:year_at] and not is_of_month:
        return []
    if not (context.lexicon.month_first or is_of_month) and year_at == len(types):
        return []
    if year_at < len(types) and types[year_at - 1] == "D" and tokens[year_at - 1].short:
        return []
    if _is_name(tokens, position, context) or _counts(tokens, context, year_at):
        return []
    skip = next(i for i in range(position + 1, len(tokens)) if types[i] == "D")
    return _days(tokens, numbers, skip, tokens[position].number)


def _is_of_month(tokens: DateTokens, position: int, context: RuleContext) -> bool:
    """Whether the days behind a month are of it, as its case and theirs say: наурыздың 12-сінде,
    мамыр айының 3-і.
    """
    owner = tokens[position + (tokens[position + 1].type == "k")]
    last = of_type(tokens[position:], "D")[-1]
    inflected = not context.text[last.start : last.end].isdecimal()
    return inflected and owner.surface.lower().endswith(context.lexicon.owner_endings)


def _counts(tokens: DateTokens, context: RuleContext, year_at: int) -> bool:
    """ "in May 15 companies": the number behind the month counts something."""
    if year_at < len(tokens):
        return False
    end = tokens[-1].end
    if context.lexicon.after.match(context.text, end):
        return True
    before = context.text[max(0, tokens[0].start - 3) : tokens[0].start].lower().strip()
    bare = tokens[-1].surface == context.text[tokens[-1].start : end]
    return (
        bare and before in context.lexicon.ahead and context.text[end : end + 2].strip().isalpha()
    )


def _is_name(tokens: DateTokens, position: int, context: RuleContext) -> bool:
    """Written small, though the names of months are written with a capital."""
    surface = tokens[position].surface
    lexicon = context.lexicon
    return lexicon.proper_months and surface.islower() and surface.lower() in lexicon.ambiguous


def days_after_year(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2024 жылғы 8 маусым", "2024-yil 8-iyun"."""
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    month = tokens[position].number
    start = types.index("D")
    has_case = tokens[position].surface.lower() in context.lexicon.locative or "k" in types
    if position < start and has_case and not _is_of_month(tokens, position, context):
        return []  # 2031 жылғы мамырда 5 кеніш
    numbers = [t for t in tokens[min(start, position) :] if t.type in "D-Tta/c"]
    return _days(tokens, numbers, start, month)


def days_of_numbered_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "2026 оны 11-р сарын 12"."""
    position = "".join(token.type for token in tokens).index("r")
    month = tokens[position - 1].number
    numbers = [t for t in tokens[position + 1 :] if t.type in "D-Tta/c"]
    return _days(tokens, numbers, position + 1, month) if month <= MONTHS else []


def read_digits(surface: str, *, day_first: bool) -> date | None:
    """A day written in digits: 2015-06-08, 8.6.2015, 08/06/15, 2024.06.08."""
    numbers = [int(number) for number in re.findall(r"\d+", surface)[:3]]
    if len(numbers) < 3:
        return None
    if len(re.match(r"\d+", surface)[0]) == 4:  # type: ignore[index]  # three numbers were found
        year, month, day = numbers
    else:
        day, month, year = numbers
        if "." not in surface and (not day_first or month > 12) and day <= 12:
            day, month = month, day
        if len(re.findall(r"\d+", surface)[2]) == 2:
            year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _digits(token: DateToken, context: RuleContext) -> DateSpan | None:
    if token.type == "F":
        day = read_digits(token.surface, day_first=context.day_first)
        plausible = day is not None and 1800 <= day.year < 2200
        return spans.exact(day, day, "date") if day is not None and plausible else None
    day_number, month = (int(number) for number in re.findall(r"\d+", token.surface))
    if not (1 <= day_number <= 31 and 1 <= month <= 12):
        return None
    return spans.day(month, day_number)


def numeric_day(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "08.06.2015", "2015-06-08"."""
    return one(_digits(of_type(tokens, "F")[0], context), tokens)


def numeric_yearless(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "8.6." with its last full stop."""
    token = of_type(tokens, "d")[0]
    span = _digits(token, context)
    lexicon = context.lexicon
    is_clock = lexicon.after.match(context.text, token.end)  # 9.30. Uhr
    is_number = lexicon.before.search(left_of(context.text, token.start))
    if span is None or not lexicon.dotted_days or is_clock or is_number:
        return []
    return one(put_in_year(span, tokens), tokens)


def days_in_digits(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "8.–9.06.2022"."""
    last = tokens[-1]
    span = _digits(last, context)
    if span is None:
        return []
    end_day = DateToken("D", last.start, last.end, span.last[1])
    numbers = [*tokens[:-1], end_day]
    found = _days(tokens, numbers, 0, span.first[0])
    return [dataclasses.replace(f, span=f.span.in_year(span.year)) for f in found]


def numeric_range(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "23.12. bis 2.1.2021"."""
    first = _digits(of_type(tokens, "dm")[0], context)
    last = _digits(tokens[-1], context)
    return one(spans.join(first, last) if first and last else None, tokens)


def day_of_relative_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "the 3rd of this month", "3. dieses Monats", "3-юми моҳи равон"."""
    bare = tokens[0].end - tokens[0].start == len(tokens[0].surface)
    if context.reference is None or (bare and tokens[-1].type == "i"):  # 20, Vormonat 18
        return []
    month = month_away(context.reference, of_type(tokens, "li")[0].number)
    try:
        day = month.replace(day=tokens[0].number)
    except ValueError:
        return []
    return one(spans.exact(day, day, "date"), tokens)


def days_of_relative_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "энэ сарын 18–19", "осы айдың 20-сында": days behind the month that they are of; "өткен айда
    20 …" is a month, and what is counted.
    """
    unit = tokens[1]
    owns = unit.type != "k" or unit.surface.lower().endswith(context.lexicon.owner_endings)
    if context.reference is None or not owns:
        return []
    month = month_away(context.reference, of_type(tokens, "l")[0].number)
    numbers = [t for t in tokens if t.type in "D-Tta/c"]
    found = _days(tokens, numbers, 2, month.month)
    return [dataclasses.replace(f, span=f.span.in_year(month.year)) for f in found]


def weekday_of_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "letzter Montag im März 2014", "first Tuesday of October"."""
    weekday, month = of_type(tokens, "W")[0].number, of_type(tokens, "M")[0].number
    return _counted_in_month(tokens, context, weekday, month, length=1)


def week_of_month(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "first week of October": the week of its first Monday; "last week": the last whole one."""
    return _counted_in_month(tokens, context, 1, of_type(tokens, "M")[0].number, length=7)


def _counted_in_month(
    tokens: DateTokens, context: RuleContext, weekday: int, month: int, *, length: int
) -> list[SpanMatch]:
    year = _year_of(put_in_year(spans.month(month), tokens), context)
    count = tokens[0].number
    if year is None or not (1 <= count <= 4 or (tokens[0].type == "l" and count == -1)):
        return []
    first = date(year, month, 1)
    day = first + timedelta((weekday - 1 - first.weekday()) % 7 + 7 * (max(count, 1) - 1))
    if count < 0:
        last = spans.last_day_of(year, month) - timedelta(length - 1)
        day = last - timedelta((last.weekday() - weekday + 1) % 7)
    kind = "date" if length == 1 else "range"
    return one(spans.exact(day, day + timedelta(length - 1), kind), tokens)


def _year_of(month: DateSpan, context: RuleContext) -> int | None:
    days = spans.resolve(month, context.reference)
    return days[0].year if days else None
