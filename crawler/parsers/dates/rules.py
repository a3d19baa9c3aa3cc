"""What each rule of the grammar means: from its tokens to calendar spans.

A resolver returns the spans with the tokens that name each of them, or nothing where the tokens
make no sense together (31 June, "9 months" without a year); the next rule is tried then.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.parsers.dates import spans
from crawler.parsers.dates.guards import is_behind
from crawler.parsers.dates.lexer import Token
from crawler.parsers.dates.lexicon import Lexicon
from crawler.parsers.dates.spans import Span

_CENTURY = 100
_MAX_DAYS_IN_RANGE = 31


@dataclass(frozen=True, slots=True)
class Context:
    """What a resolver may look at besides its tokens."""

    text: str
    lexicon: Lexicon
    reference: date | None
    day_first: bool
    comes: Callable[[int], bool]
    """Whether the clause around this offset speaks of what is still to come."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span and the tokens that name it: from `first`, up to but without `end`."""

    span: Span
    first: int
    end: int


Tokens = Sequence[Token]
Resolver = Callable[[Tokens, Context], list[Found]]


def _one(span: Span | None, tokens: Tokens) -> list[Found]:
    return [] if span is None else [Found(span, 0, len(tokens))]


def _of(tokens: Tokens, types: str) -> list[Token]:
    return [token for token in tokens if token.type in types]


def _full_year(token: Token) -> int:
    """2023 of "2023"; 2023 of "23", 1995 of "95"."""
    if len(token.surface) > 2:
        return token.number
    return token.number + (2000 if token.number < 70 else 1900)


def _dated(span: Span, tokens: Tokens) -> Span:
    """The span in the year that the tokens name, if they do."""
    types = "".join(token.type for token in tokens)
    for position, token in enumerate(tokens):
        if token.type in "Yy" or (token.type == "n" and types[position + 1 : position + 2] == "j"):
            return span.dated(_full_year(token))
        if token.type == "I":
            return span.dated(None, token.number)
        if token.type == "l" and types[position + 1 : position + 2] == "j":
            return span.dated(None, token.number)
    return span


def _is_range(link: str) -> bool:
    return any(sign in link for sign in "-tT")


# -- days


def _intervals(tokens: Tokens, types: str = "D") -> list[tuple[int, int, int, int]]:
    """Numbers of a list as (first, last, token of the first, token behind the last).

    "3-5 and 8" gives two; "8 and 9", "24/25" and "7, 8 and 9" follow each other and give one.
    """
    found: list[tuple[int, int, int, int]] = []
    link = ""
    start = 0
    plain = True
    for position, token in enumerate(tokens):
        if token.type in "WB":
            start = min(start, position) if not link else position
            continue
        if token.type not in types:
            link += token.type
            continue
        if found and _is_range(link):
            first, _, begin, _ = found[-1]
            found[-1] = (first, token.number, begin, position + 1)
            plain = False
        else:
            begin = start if not found else position
            found.append((token.number, token.number, begin, position + 1))
        link = ""
    numbers = [first for first, *_ in found]
    consecutive = all(b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False))
    if plain and len(found) > 1 and consecutive:
        return [(numbers[0], numbers[-1], found[0][2], found[-1][3])]
    return found


def _days(
    tokens: Tokens, numbers: Tokens, offset: int, month: int, *, leading: int = 0
) -> list[Found]:
    """Days of one month; the tokens before and behind the list belong to the outer ones."""
    found = []
    intervals = _intervals(numbers)
    for position, (first, last, begin, end) in enumerate(intervals):
        if last < first or not 1 <= first or last > _MAX_DAYS_IN_RANGE:
            return []
        span = dataclasses.replace(
            spans.day(month, first),
            last=(month, last),
            kind="date" if first == last else "range",
        )
        here = leading if position == 0 else offset + begin
        stop = len(tokens) if position == len(intervals) - 1 else offset + end
        found.append(Found(_dated(span, tokens), here, stop))
    return found


def _days_before_month(tokens: Tokens, context: Context) -> list[Found]:
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    month = tokens[position]
    if types[position - 1] == "p" and len(_of(tokens[:position], "D")) > 1:
        return []
    if _is_name(tokens, position, context):
        return []
    numbers = tokens[:position]
    found = _days(tokens, numbers, 0, month.number)
    # the month stands behind the last day only, the years too
    return found


def _days_after_month(tokens: Tokens, context: Context) -> list[Found]:
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    year_at = next((i for i, t in enumerate(types) if t in "Yl"), len(types))
    numbers = [t for t in tokens[position + 1 : year_at] if t.type in "D-Tta/c"]
    while numbers and numbers[-1].type != "D":
        numbers.pop()
    if not context.lexicon.month_first and year_at == len(types):
        return []
    if year_at < len(types) and types[year_at - 1] == "D" and tokens[year_at - 1].short:
        return []
    if _is_name(tokens, position, context) or _counts(tokens, context, year_at):
        return []
    skip = next(i for i in range(position + 1, len(tokens)) if types[i] == "D")
    return _days(tokens, numbers, skip, tokens[position].number)


def _counts(tokens: Tokens, context: Context, year_at: int) -> bool:
    """"in May 15 companies": the number behind the month counts something."""
    if year_at < len(tokens):
        return False
    end = tokens[-1].end
    if context.lexicon.after.match(context.text, end):
        return True
    before = context.text[max(0, tokens[0].start - 3) : tokens[0].start].lower().strip()
    bare = tokens[-1].surface == context.text[tokens[-1].start : end]
    return bare and before in context.lexicon.ahead and context.text[end : end + 2].strip().isalpha()


def _is_name(tokens: Tokens, position: int, context: Context) -> bool:
    """Written small, though the names of months are written with a capital."""
    surface = tokens[position].surface
    lexicon = context.lexicon
    return lexicon.proper_months and surface.islower() and surface.lower() in lexicon.ambiguous


def _days_after_year(tokens: Tokens, context: Context) -> list[Found]:
    types = "".join(token.type for token in tokens)
    position = types.index("M")
    month = tokens[position].number
    numbers = [t for t in tokens[1:] if t.type in "D-Tta/c"]
    start = types.index("D")
    found = _days(tokens, numbers, start, month)
    return [dataclasses.replace(f, span=f.span.dated(tokens[0].number)) for f in found]


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


def _digits(token: Token, context: Context) -> Span | None:
    if token.type == "F":
        day = read_digits(token.surface, day_first=context.day_first)
        plausible = day is not None and 1800 <= day.year < 2200
        return spans.exact(day, day, "date") if day is not None and plausible else None
    day_number, month = (int(number) for number in re.findall(r"\d+", token.surface))
    if not (1 <= day_number <= 31 and 1 <= month <= 12):
        return None
    return spans.day(month, day_number)


def _numeric_day(tokens: Tokens, context: Context) -> list[Found]:
    return _one(_digits(_of(tokens, "F")[0], context), tokens)


def _numeric_yearless(tokens: Tokens, context: Context) -> list[Found]:
    token = _of(tokens, "d")[0]
    span = _digits(token, context)
    after = re.match(r"\s*(?:Uhr|h\b)", context.text[token.end : token.end + 6])
    if span is None or after or context.lexicon.before.search(_left(context.text, token.start)):
        return []
    return _one(_dated(span, tokens), tokens)


def _left(text: str, position: int, width: int = 32) -> str:
    return text[max(0, position - width) : position]


def _days_in_digits(tokens: Tokens, context: Context) -> list[Found]:
    last = tokens[-1]
    span = _digits(last, context)
    if span is None:
        return []
    end_day = Token("D", last.start, last.end, span.last[1])
    numbers = [*tokens[:-1], end_day]
    found = _days(tokens, numbers, 0, span.first[0])
    return [dataclasses.replace(f, span=f.span.dated(span.year)) for f in found]


def _numeric_range(tokens: Tokens, context: Context) -> list[Found]:
    first = _digits(_of(tokens, "dm")[0], context)
    last = _digits(tokens[-1], context)
    return _one(spans.joined(first, last) if first and last else None, tokens)


def _day_of_relative_month(tokens: Tokens, context: Context) -> list[Found]:
    if context.reference is None:
        return []
    month = _shifted_month(context.reference, _of(tokens, "l")[0].number)
    try:
        day = month.replace(day=tokens[0].number)
    except ValueError:
        return []
    return _one(spans.exact(day, day, "date"), tokens)


# -- parts


def _is_verb(tokens: Tokens, context: Context) -> bool:
    """"may end in August": a verb, not the end of August."""
    words = [token.surface.lower() for token in tokens[:2]]
    return words[0] in context.lexicon.ambiguous and words[1] in context.lexicon.ahead


def _part_of_month(tokens: Tokens, context: Context) -> list[Found]:
    if _is_verb(tokens, context):
        return []
    month = _of(tokens, "M")[0]
    return _one(_dated(spans.third_of_month(month.number, tokens[0].number), tokens), tokens)


def _part_of_year(tokens: Tokens, context: Context) -> list[Found]:
    if _is_verb(tokens, context):
        return []
    return _one(_dated(spans.third_of_year(tokens[0].number), tokens), tokens)


def _part_of_decade(tokens: Tokens, context: Context) -> list[Found]:
    return _one(spans.decade(_decade_year(_of(tokens, "E")[0])), tokens)


def _part_of_season(tokens: Tokens, context: Context) -> list[Found]:
    whole = _season_over_new_year(tokens, context) if _of(tokens, "Y") and _of(tokens, "n") else []
    if whole:
        return whole
    season = spans.season(_of(tokens, "S")[0].number)
    first, part = season.first[0], tokens[0].number
    month = (first + part - 2) % 12 + 1
    span = dataclasses.replace(spans.months(month, month, "part"))
    return _one(_dated(span, tokens), tokens)


def _part_of_unit(tokens: Tokens, context: Context) -> list[Found]:
    """"late last month"; of weeks only the whole is known, and "later this month" is the month."""
    whole = _relative_unit(tokens[-2:], context)
    if not whole or tokens[0].type != "P" or tokens[-1].type != "k":
        return [dataclasses.replace(f, first=0, end=len(tokens)) for f in whole]
    span = whole[0].span
    part = spans.third_of_month(span.first[0], tokens[0].number).dated(span.year)
    return _one(part, tokens)


def _later_in_unit(tokens: Tokens, context: Context) -> list[Found]:
    return _one(dataclasses.replace(spans.year().dated(None, tokens[1].number), kind="relative"), tokens)


def _part_of_this(tokens: Tokens, context: Context) -> list[Found]:
    """"Ende des Jahres", "by the end of the month": of the year or month of the reference."""
    if not (context.lexicon.bare_parts or _of(tokens, "e")):
        return []
    if tokens[-1].type == "j":
        return _one(spans.third_of_year(tokens[0].number).dated(None, 0), tokens)
    if context.reference is None:
        return []
    part = spans.third_of_month(context.reference.month, tokens[0].number)
    return _one(part.dated(context.reference.year), tokens)


def _part_in_one_word(tokens: Tokens, context: Context) -> list[Found]:
    span = _dated(spans.third_of_year(tokens[0].number), tokens)
    return _one(span if span.has_year else span.dated(None, 0), tokens)


def _month_part_in_one_word(tokens: Tokens, context: Context) -> list[Found]:
    if context.reference is None:
        return []
    part = spans.third_of_month(context.reference.month, tokens[0].number)
    return _one(part.dated(context.reference.year), tokens)


def _half_of_month(tokens: Tokens, context: Context) -> list[Found]:
    month = _of(tokens, "M")[0].number
    if tokens[0].number not in (1, 2):
        return []
    return _one(_dated(spans.half_of_month(month, tokens[0].number), tokens), tokens)


def _third_of_month(tokens: Tokens, context: Context) -> list[Found]:
    month = _of(tokens, "M")[0].number
    if tokens[0].number not in (1, 2, 3):
        return []
    return _one(_dated(spans.third_of_month(month, tokens[0].number), tokens), tokens)


# -- months


def _month_in_digits(tokens: Tokens, context: Context) -> list[Found]:
    token = tokens[0]
    month, year = (int(number) for number in re.findall(r"\d+", token.surface))
    left = _left(context.text, token.start)
    if context.lexicon.before.search(left):
        return []
    # "5/2021" is as often a number of something; a date says 05/2021 or stands behind a preposition
    plain = "/" in token.surface and not token.surface.startswith("0")
    if plain and not context.lexicon.future and not left.endswith(" "):
        return []
    return _one(spans.month(month).dated(year), tokens)


def _months_after_year(tokens: Tokens, context: Context) -> list[Found]:
    names = _of(tokens, "M")
    span = spans.month(names[0].number)
    if len(names) > 1:
        span = spans.months(names[0].number, names[1].number)
    return _one(span.dated(tokens[0].number), tokens)


def _months(tokens: Tokens, context: Context) -> list[Found]:
    """One month, a range, or a list; months that follow each other are one range."""
    head = len(tokens) - next(i for i, t in enumerate(reversed(tokens)) if t.type == "M")
    names = tokens[:head]
    intervals = _intervals(names, "M")
    found = []
    for position, (first, last, begin, end) in enumerate(intervals):
        span = spans.month(first) if first == last else spans.months(first, last)
        outer = position == len(intervals) - 1
        stop = len(tokens) if outer else end
        span = _dated(span, tokens[head:])
        if span.year is not None and span.years:
            span = span.dated(span.year - span.years)
        if not span.has_year and span.kind == "month":
            if not _month_stands_alone(names[begin], context):
                return []
            span = dataclasses.replace(span, kind="relative")
        elif span.shift is not None:
            span = dataclasses.replace(span, kind="relative")
        found.append(Found(span, begin, stop))
    return found


def _month_stands_alone(name: Token, context: Context) -> bool:
    """A bare month is one only behind a preposition, or with a case ending that is one."""
    lexicon = context.lexicon
    if name.surface.lower() in lexicon.locative:
        return True
    capital = name.surface[:1].isupper()
    if name.short or (lexicon.proper_months and not capital) or (lexicon.small_months and capital):
        return False
    return is_behind(_left(context.text, name.start), "peATUstbaPLVl", lexicon)


def _relative_month(tokens: Tokens, context: Context) -> list[Found]:
    """"next May": the nearest on that side."""
    name = tokens[1].surface
    written_small = not name[:1].isupper() and (tokens[1].short or context.lexicon.proper_months)
    if context.reference is None or written_small:
        return []
    number, direction = tokens[1].number, tokens[0].number
    here = context.reference
    if direction == 0:
        return _one(dataclasses.replace(spans.month(number).dated(here.year), kind="relative"), tokens)
    year = here.year
    if direction > 0 and number <= here.month:
        year += 1
    if direction < 0 and number >= here.month:
        year -= 1
    return _one(dataclasses.replace(spans.month(number).dated(year), kind="relative"), tokens)


# -- quarters, halves, counted months


def _quarter_span(first: int, last: int, unit: str) -> Span | None:
    length, count, kind = (3, 4, "quarter") if unit in "qQ" else (6, 2, "half")
    if not 1 <= first <= last <= count:
        return None
    kind = kind if first == last else "range"
    return spans.months(length * (first - 1) + 1, length * last, kind)


def _quarters_in_code(tokens: Tokens, context: Context) -> list[Found]:
    codes = _of(tokens, "QH")
    span = _quarter_span(codes[0].number, codes[-1].number, codes[0].type)
    if span is None:
        return []
    short = next((t for t in tokens if t.type == "n"), None)
    dated = span.dated(_full_year(short)) if short else _dated(span, tokens)
    return _one(dated, tokens)


def _quarters(tokens: Tokens, context: Context) -> list[Found]:
    unit_at = next(i for i, t in enumerate(tokens) if t.type in "qh")
    unit = tokens[unit_at].type
    numbers = [t for t in tokens[:unit_at] if t.type in "oDRl"]
    tail = tokens[unit_at + 1 :]
    if numbers[0].type == "l":
        whole = _one(_quarter_span(_last(unit), _last(unit), unit), tokens)
        dated = _dated(whole[0].span, tail)
        if numbers[0].number >= 0 or len(numbers) > 1 or not dated.has_year:
            return []
        return _one(dated, tokens)
    if numbers[0].type == "D" and not _is_ordinal(numbers[0], context):
        return []
    if tokens[unit_at].surface.lower() in context.lexicon.needs_year and not _of(tail, "YIl"):
        return []
    found = []
    listed = [t._replace(type="D") if t.type in "oR" else t for t in tokens[:unit_at]]
    intervals = _intervals(listed)
    for position, (first, last, begin, end) in enumerate(intervals):
        span = _quarter_span(first, last, unit)
        if span is None:
            return []
        stop = len(tokens) if position == len(intervals) - 1 else end
        found.append(Found(_dated(span, tail), begin, stop))
    return found


def _last(unit: str) -> int:
    return 4 if unit == "q" else 2


def _is_ordinal(token: Token, context: Context) -> bool:
    """"2 quarters" in English counts; "2. Quartal", "2nd quarter" and "2 квартал" name."""
    return not context.lexicon.month_first or not context.text[token.start : token.end].isdigit()


def _quarters_after_year(tokens: Tokens, context: Context) -> list[Found]:
    numbers = [t for t in tokens if t.type in "oDR"]
    span = _quarter_span(numbers[0].number, numbers[-1].number, tokens[-1].type) if numbers else None
    return _one(span and span.dated(tokens[0].number), tokens)


def _first_months(tokens: Tokens, context: Context) -> list[Found]:
    """"the first nine months of 2023": January to September."""
    ordinal = tokens[0] if tokens[0].type == "o" else None
    if ordinal is not None and ordinal.number != 1:
        return []
    count = _of(tokens, "CDn")[0].number * (3 if _of(tokens, "q") else 1)
    if not 1 < count <= 12:
        return []
    return _one(_dated(spans.months(1, count), tokens), tokens)


def _first_months_after_year(tokens: Tokens, context: Context) -> list[Found]:
    found = _first_months([t for t in tokens if t.type in "oCDnkq"], context)
    return _one(found[0].span.dated(tokens[0].number), tokens) if found else []


# -- seasons


def _season(tokens: Tokens, context: Context) -> list[Found]:
    season_at = next(i for i, t in enumerate(tokens) if t.type == "S")
    token = tokens[season_at]
    span = _dated(spans.season(token.number), tokens)
    if not span.has_year and token.surface.lower() in context.lexicon.ambiguous:
        if not is_behind(_left(context.text, token.start), "peATUsPL", context.lexicon):
            return []
    return _one(span, tokens)


def _season_over_new_year(tokens: Tokens, context: Context) -> list[Found]:
    year = _of(tokens, "Y")[0].number
    end = _full_year(tokens[-1])
    if end != year + 1:
        return []
    return _one(spans.season(_of(tokens, "S")[0].number).dated(year), tokens)


def _relative_season(tokens: Tokens, context: Context) -> list[Found]:
    if context.reference is None:
        return []
    span = spans.season(tokens[1].number)
    here = context.reference
    around = [spans.settled(span.dated(here.year + offset), None) for offset in (-2, -1, 0, 1, 2)]
    days = [pair for pair in around if pair]
    direction = tokens[0].number
    if direction > 0:
        chosen = next(pair for pair in days if pair[0] > here)
    elif direction < 0:
        chosen = next(pair for pair in reversed(days) if pair[1] < here)
    else:
        nearest = spans.settled(span, here)
        chosen = nearest or days[0]
    return _one(span.dated(chosen[0].year), tokens)


# -- years


def _decade_year(token: Token) -> int:
    return token.number + 1900 if token.number < _CENTURY else token.number


def _decade(tokens: Tokens, context: Context) -> list[Found]:
    decades = _of(tokens, "E")
    first, last = _decade_year(decades[0]), _decade_year(decades[-1])
    if decades[0].number < _CENTURY and tokens[-1].type != "j":
        # "in her 80s" is an age
        left = _left(context.text, tokens[0].start)
        if not is_behind(left, "eP", context.lexicon):
            return []
    if last > first:
        return _one(spans.year(first, last + 9), tokens)
    return _one(spans.decade(first), tokens)


def _years_between(tokens: Tokens, context: Context) -> list[Found]:
    first, last = (token.number for token in _of(tokens, "Yy"))
    if first >= last:
        return []
    start = next(i for i, t in enumerate(tokens) if t.type in "Yy")
    return [Found(spans.year(first, last), start, len(tokens))]


def _years(tokens: Tokens, context: Context) -> list[Found]:
    listed = [t._replace(type="c") if t.type in "pe" else t for t in tokens]
    intervals = _intervals([t if t.type != "j" else t._replace(type="W") for t in listed], "Yy")
    types = [token.type for token in tokens]
    found = []
    for first, last, begin, end in intervals:
        if last < first:
            return []
        stop = end
        while stop < len(types) and types[stop] == "j":
            stop += 1
        found.append(Found(spans.year(first, last), begin, stop))
    if all(token.type != "Y" for token in _of(tokens, "Yy")):
        return []
    return found


def _short_year_span(tokens: Tokens, context: Context) -> list[Found]:
    """2012/13 and 2012-15; but 2015-06 is a month."""
    year, end, link = _of(tokens, "Y")[0], _of(tokens, "nD")[0], _of(tokens, "-/")[0]
    text = context.text
    tight = year.end == link.start and link.end == end.start
    if not tight or len(end.surface) != 2 or end.end - end.start > 2 + end.short:
        return []
    last = year.number // _CENTURY * _CENTURY + end.number
    is_month = 1 <= end.number <= 12 and link.type == "-" and text[link.start] == "-"
    if is_month and (last != year.number + 1 or end.surface.startswith("0")):
        return _one(spans.month(end.number).dated(year.number), tokens)
    if last <= year.number:
        return []
    return _one(spans.year(year.number, last), tokens)


def _year(tokens: Tokens, context: Context) -> list[Found]:
    token = _of(tokens, "Yy")[0]
    return _one(spans.year(token.number), tokens)


# -- relative to the reference date


def _shifted_month(reference: date, months: int) -> date:
    """First day of the month that many months away."""
    index = reference.year * 12 + reference.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _shifted_day(reference: date, months: int) -> date:
    first = _shifted_month(reference, months)
    last = spans.last_day_of(first.year, first.month)
    return last.replace(day=min(reference.day, last.day))


def _weekday_of_week(tokens: Tokens, context: Context) -> list[Found]:
    if context.reference is None:
        return []
    monday = context.reference - timedelta(context.reference.weekday())
    day = monday + timedelta(7 * tokens[-2].number + tokens[0].number - 1)
    return _one(spans.exact(day, day), tokens)


def _relative_weekday(tokens: Tokens, context: Context) -> list[Found]:
    if context.reference is None:
        return []
    weekday, direction = _of(tokens, "W")[0].number, _of(tokens, "l")[0].number
    return _one(_weekday_near(context.reference, weekday, direction), tokens)


def _weekday_near(reference: date, weekday: int, direction: int) -> Span:
    """1 = first one after, -1 = last one before, 0 = that of the week."""
    ahead = (weekday - 1 - reference.weekday()) % 7
    if direction > 0:
        day = reference + timedelta(ahead or 7)
    elif direction < 0:
        day = reference - timedelta((7 - ahead) % 7 or 7)
    else:
        day = reference + timedelta(weekday - 1 - reference.weekday())
    return spans.exact(day, day)


def _weekday(tokens: Tokens, context: Context) -> list[Found]:
    """Behind a verb of the future the first one after, else the last one up to the day itself."""
    if context.reference is None:
        return []
    token = tokens[0]
    if context.comes(token.start):
        return _one(_weekday_near(context.reference, token.number, 1), tokens)
    back = (context.reference.weekday() - token.number + 1) % 7
    day = context.reference - timedelta(back)
    return _one(spans.exact(day, day), tokens)


def _relative_day(tokens: Tokens, context: Context) -> list[Found]:
    name = tokens[0].surface.isupper()  # USA TODAY
    if context.reference is None or name:
        return []
    day = context.reference + timedelta(tokens[0].number)
    return _one(spans.exact(day, day), tokens)


def _relative_unit_in_one_word(tokens: Tokens, context: Context) -> list[Found]:
    unit = {"I": "j", "i": "k", "N": "v"}[tokens[0].type]
    span = _unit(context.reference, unit, tokens[0].number)
    return _one(span, tokens)


def _relative_unit(tokens: Tokens, context: Context) -> list[Found]:
    if tokens[1].surface.lower() in context.lexicon.plural:
        return []
    return _one(_unit(context.reference, tokens[1].type, tokens[0].number), tokens)


def _unit(reference: date | None, unit: str, offset: int) -> Span | None:
    """The week, month, year … that many after that of the reference."""
    if unit == "j":
        return dataclasses.replace(spans.year().dated(None, offset), kind="relative")
    if reference is None:
        return None
    monday = reference - timedelta(reference.weekday()) + timedelta(7 * offset)
    if unit == "v":
        return spans.exact(monday, monday + timedelta(6))
    if unit == "u":
        return spans.exact(monday + timedelta(5), monday + timedelta(6))
    length = {"k": 1, "q": 3, "h": 6}[unit]
    first_month = (reference.month - 1) // length * length + 1
    first = _shifted_month(reference.replace(month=first_month, day=1), length * offset)
    last = _shifted_month(first, length) - timedelta(1)
    return spans.exact(first, last, grain="month")


def _away(tokens: Tokens, context: Context, sign: int) -> list[Found]:
    """A number of days or weeks away: that day; months: the same day; years: that year."""
    if context.reference is None:
        return []
    unit = _of(tokens, "gvkj")[0].type
    counts = _of(tokens, "CD")
    if not counts and _of(tokens, "gvkj")[0].surface.lower() in context.lexicon.plural:
        return []
    count = sign * (counts[0].number if counts else 1)
    try:
        if unit == "j":
            return _one(_unit(context.reference, "j", count), tokens)
        if unit == "k":
            day = _shifted_day(context.reference, count)
        else:
            day = context.reference + timedelta(count * (7 if unit == "v" else 1))
    except (ValueError, OverflowError):
        return []
    return _one(spans.exact(day, day), tokens)


def _ago(tokens: Tokens, context: Context) -> list[Found]:
    return _away(tokens, context, -1)


def _ahead(tokens: Tokens, context: Context) -> list[Found]:
    if tokens[0].surface.lower() not in context.lexicon.ahead:
        return []
    return _away(tokens, context, 1)


def _counted_units(tokens: Tokens, context: Context) -> list[Found]:
    """"the next two weeks": whole weeks or months behind this one; days from tomorrow on."""
    reference = context.reference
    direction, count = _of(tokens, "l")[0].number, _of(tokens, "CD")[0].number
    if reference is None or direction == 0 or count < 2:
        return []
    unit = tokens[-1].type
    if unit == "g":
        near, far = reference + timedelta(direction), reference + timedelta(direction * count)
        return _one(spans.exact(min(near, far), max(near, far)), tokens)
    near_span, far_span = _unit(reference, unit, direction), _unit(reference, unit, direction * count)
    pairs = [spans.settled(span, reference) for span in (near_span, far_span) if span]
    days = [day for pair in pairs if pair for day in pair]
    return _one(spans.exact(min(days), max(days)), tokens)


def _numbered_week(tokens: Tokens, context: Context) -> list[Found]:
    years = _of(tokens, "Y")
    if not years and context.reference is None:
        return []
    year = years[0].number if years else context.reference.year  # type: ignore[union-attr]  # checked above
    return _one(spans.iso_week(year, _of(tokens, "D")[0].number), tokens)


RESOLVERS: dict[str, Resolver] = {
    "days_before_month": _days_before_month,
    "days_after_month": _days_after_month,
    "days_after_year": _days_after_year,
    "days_in_digits": _days_in_digits,
    "numeric_range": _numeric_range,
    "numeric_day": _numeric_day,
    "numeric_yearless": _numeric_yearless,
    "day_of_relative_month": _day_of_relative_month,
    "part_of_month": _part_of_month,
    "part_of_decade": _part_of_decade,
    "part_of_year": _part_of_year,
    "part_of_season": _part_of_season,
    "part_of_unit": _part_of_unit,
    "later_in_unit": _later_in_unit,
    "part_of_this": _part_of_this,
    "part_in_one_word": _part_in_one_word,
    "month_part_in_one_word": _month_part_in_one_word,
    "half_of_month": _half_of_month,
    "third_of_month": _third_of_month,
    "month_in_digits": _month_in_digits,
    "months_after_year": _months_after_year,
    "months": _months,
    "relative_month": _relative_month,
    "quarters_in_code": _quarters_in_code,
    "quarters_in_code_yearless": _quarters_in_code,
    "quarters": _quarters,
    "quarters_after_year": _quarters_after_year,
    "first_months": _first_months,
    "first_months_after_year": _first_months_after_year,
    "season_over_new_year": _season_over_new_year,
    "relative_season": _relative_season,
    "season_after_year": _season,
    "season": _season,
    "decade": _decade,
    "years_between": _years_between,
    "years": _years,
    "short_year_span": _short_year_span,
    "year": _year,
    "weekday_of_week": _weekday_of_week,
    "relative_weekday": _relative_weekday,
    "relative_day": _relative_day,
    "relative_unit_in_one_word": _relative_unit_in_one_word,
    "ago": _ago,
    "ago_before": _ago,
    "ahead": _ahead,
    "counted_units": _counted_units,
    "numbered_week": _numbered_week,
    "relative_unit": _relative_unit,
    "weekday": _weekday,
}
