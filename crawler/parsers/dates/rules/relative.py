"""Expressions that count from the reference date."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from crawler.parsers.dates import spans
from crawler.parsers.dates.guards import is_behind
from crawler.parsers.dates.rules.context import (
    DateTokens,
    RuleContext,
    SpanMatch,
    left_of,
    month_away,
    of_type,
    one,
)
from crawler.parsers.dates.spans import DateSpan


def _shifted_day(reference: date, months: int) -> date:
    first = month_away(reference, months)
    last = spans.last_day_of(first.year, first.month)
    return last.replace(day=min(reference.day, last.day))


def weekday_of_week(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "Monday of next week"."""
    if context.reference is None:
        return []
    monday = context.reference - timedelta(context.reference.weekday())
    day = monday + timedelta(7 * tokens[-2].number + tokens[0].number - 1)
    return one(spans.exact(day, day), tokens)


def weeks_from_day(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "a week on Saturday", "Saturday week", "heute in einer Woche": so many weeks behind a day
    that is still to come.
    """
    begins = tokens[0].type in "Wx"
    named = tokens[0] if begins else tokens[-1]
    lead = [token.surface.lower() for token in tokens if token.type == "p"]
    if context.reference is None or not context.comes(named.start):
        return []
    if begins and lead and lead[0] not in context.lexicon.ahead:
        return []
    if is_behind(left_of(context.text, tokens[0].start), "g", context.lexicon):
        return []  # two days a week on Tuesday
    counts = of_type(tokens, "CD")
    if not counts and of_type(tokens, "v")[0].surface.lower() in context.lexicon.plural:
        return []
    weeks = timedelta(7 * (counts[0].number if counts else 1))
    if named.type == "x":
        day = context.reference + timedelta(named.number)
    else:
        near = spans.resolve(_weekday_near(context.reference, named.number, 1), None)
        day = near[0] if near else context.reference
    try:
        return one(spans.exact(day + weeks, day + weeks), tokens)
    except OverflowError:
        return []


def relative_weekday(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "kommenden Montag", "last Friday"."""
    if context.reference is None:
        return []
    weekday, direction = of_type(tokens, "W")[0].number, of_type(tokens, "l")[0].number
    return one(_weekday_near(context.reference, weekday, direction), tokens)


def _weekday_near(reference: date, weekday: int, direction: int) -> DateSpan:
    """1 = first one after, -1 = last one before, 0 = that of the week."""
    ahead = (weekday - 1 - reference.weekday()) % 7
    if direction > 0:
        day = reference + timedelta(ahead or 7)
    elif direction < 0:
        day = reference - timedelta((7 - ahead) % 7 or 7)
    else:
        day = reference + timedelta(weekday - 1 - reference.weekday())
    return spans.exact(day, day)


def weekday(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """Behind a verb of the future the first one after, else the last one up to the day itself."""
    if context.reference is None:
        return []
    token = tokens[0]
    if context.comes(token.start):
        return one(_weekday_near(context.reference, token.number, 1), tokens)
    back = (context.reference.weekday() - token.number + 1) % 7
    day = context.reference - timedelta(back)
    return one(spans.exact(day, day), tokens)


def relative_day(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "gestern", "завтра"."""
    name = tokens[0].surface.isupper()  # USA TODAY
    if context.reference is None or name:
        return []
    day = context.reference + timedelta(tokens[0].number)
    return one(spans.exact(day, day), tokens)


def relative_unit_in_one_word(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "heuer", "Vormonat", "биыл"."""
    unit = {"I": "j", "i": "k", "N": "v"}[tokens[0].type]
    compares = tokens[0].surface.lower() in context.lexicon.ambiguous  # gegenüber dem Vorjahr
    left = left_of(context.text, tokens[0].start)
    if compares and not is_behind(left, "psATU", context.lexicon):
        return []
    span = unit_away(context.reference, unit, tokens[0].number)
    return one(span, tokens)


def relative_unit(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "last month", "на следующей неделе"."""
    modifier, unit = (token.surface.lower() for token in tokens)
    plural_modifier = modifier.endswith(context.lexicon.plural_endings or ("\n",))
    if plural_modifier or unit in context.lexicon.plural:
        return []
    return one(unit_away(context.reference, tokens[1].type, tokens[0].number), tokens)


def unit_away(reference: date | None, unit: str, offset: int) -> DateSpan | None:
    """The week, month, year … that many after that of the reference."""
    if unit == "j":
        return dataclasses.replace(spans.year().in_year(None, offset), kind="relative")
    if reference is None:
        return None
    monday = reference - timedelta(reference.weekday()) + timedelta(7 * offset)
    if unit == "v":
        return spans.exact(monday, monday + timedelta(6))
    if unit == "u":
        return spans.exact(monday + timedelta(5), monday + timedelta(6))
    length = {"k": 1, "q": 3, "h": 6}[unit]
    first_month = (reference.month - 1) // length * length + 1
    first = month_away(reference.replace(month=first_month, day=1), length * offset)
    last = month_away(first, length) - timedelta(1)
    return spans.exact(first, last, grain="month")


def _away(tokens: DateTokens, context: RuleContext, sign: int) -> list[SpanMatch]:
    """A number of days or weeks away: that day; months: the same day; years: that year."""
    if context.reference is None:
        return []
    unit = of_type(tokens, "gvkj")[0].type
    counts = of_type(tokens, "CD")
    if not counts and of_type(tokens, "gvkj")[0].surface.lower() in context.lexicon.plural:
        return []
    count = sign * (counts[0].number if counts else 1)
    try:
        if unit == "j":
            return one(unit_away(context.reference, "j", count), tokens)
        if unit == "k":
            day = _shifted_day(context.reference, count)
        else:
            day = context.reference + timedelta(count * (7 if unit == "v" else 1))
    except (ValueError, OverflowError):
        return []
    return one(spans.exact(day, day), tokens)


def ago(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "vor zwei Jahren", "две недели назад"."""
    return _away(tokens, context, -1)


def ahead(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "in three weeks", "через два месяца"."""
    word = tokens[0].surface.lower()
    plain = len(tokens) == 3 and tokens[-1].type != "j"
    if word not in (context.lexicon.ahead if plain else context.lexicon.surely_ahead):
        return []
    return _away(tokens, context, 1)


def counted_units(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "the next two weeks": whole weeks or months behind this one; days from tomorrow on."""
    reference = context.reference
    direction, count = of_type(tokens, "l")[0].number, of_type(tokens, "CD")[0].number
    if reference is None or direction == 0 or count < 2:
        return []
    unit = tokens[-1].type
    if unit == "g":
        near, far = reference + timedelta(direction), reference + timedelta(direction * count)
        return one(spans.exact(min(near, far), max(near, far)), tokens)
    near_span, far_span = (
        unit_away(reference, unit, direction),
        unit_away(reference, unit, direction * count),
    )
    pairs = [spans.resolve(span, reference) for span in (near_span, far_span) if span]
    days = [day for pair in pairs if pair for day in pair]
    return one(spans.exact(min(days), max(days)), tokens)


def numbered_week(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "KW 23", "23. KW 2021": Monday to Sunday."""
    years = of_type(tokens, "Y")
    if not years and context.reference is None:
        return []
    # checked above
    year = years[0].number if years else context.reference.year  # type: ignore[union-attr]
    return one(spans.iso_week(year, of_type(tokens, "D")[0].number), tokens)


def weekend(tokens: DateTokens, context: RuleContext) -> list[SpanMatch]:
    """ "am Wochenende": the last one, or behind a verb of the future the coming one."""
    left = left_of(context.text, tokens[0].start)
    if context.reference is None or not is_behind(left, "pesATU", context.lexicon):
        return []
    direction = 1 if context.comes(tokens[0].start) else -1
    saturday = spans.resolve(_weekday_near(context.reference, 6, direction), None)
    return one(saturday and spans.exact(saturday[0], saturday[0] + timedelta(1)), tokens)
