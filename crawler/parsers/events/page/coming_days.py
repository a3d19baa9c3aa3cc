"""Days without a year of what is still to come: of "will be held in October" or "is on 2 October",
said in March, the next October is meant, though the last one is nearer. Of what people did (forty
of us met in January, said in December) and of what was held the last one is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.date_mention import NAMED, DateMention
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.years import in_year, is_likened, names_year

_WITHOUT_YEAR = frozenset({"date", "range", "relative", "season", "part"})
"""Kinds of dates that a text may give without their year."""
_LONG_AGO = 45
"""Days before the page from which on a day is none that a report announces late."""
_SOON = 14
"""Days behind the page up to which a day may be meant though the verb is in the past."""
_SEASON, _YEAR = 3, 12
"""Months."""
_TOLD = frozenset({"takes_place", "follow_up_of"})
"""Cues of what has been, beside which a day may be of that."""
_BEFORE, _LONGEST_CLAUSE = 20, 200
"""Characters before a day that are looked at: a sentence may be endless."""
_OPENING = re.compile(r"(?:\A|[.!?…\n]\s{0,2})(?:\w{1,3}\s)?\Z")
"""The end of a sentence and a preposition, right before a date."""
_OPENING_REACH = 8
_NEXT_WORDS = re.compile(r",?(?:\s[\w-]+){1,3}")
_CLAUSE = re.compile(r"(?:[^.,;:!?\n]|[.,:](?=\d)){0,200}")
"""What stands behind a date in its clause."""
_start = attrgetter("start")
_WHOLE_YEAR = re.compile(r"\d{4}")
_OTHER_CLAUSE = re.compile(r"[;:\n]|,\s\w+\s\w+\s\w+|[^\s,][^,]*,")
"""What parts two clauses; a comma between a year and a day with its preposition does not."""
_OPENING = re.compile(r"(?:\A|[.!?\n]\s*)(?:\w+\s)?\Z")
_LONGEST_OPENING = 10
"""Characters before a year that opens its sentence (In the next year)."""
_PARTED = re.compile(r"[;:\n()–—]")
"""Marks that part what was held from a day."""
_HELD = frozenset({"was_held", "held_for"})
_TURNED = frozenset({"next_event", "follow_up_of"})
"""Cues of another edition, whose day may stand in the same sentence."""
_BEHIND_COMMA = re.compile(r",\s(\w+)")


def put_ahead(
    dates: Sequence[DateMention],
    cues: Sequence[CueHit],
    text: str,
    published: str | None,
    words: EventVocabulary,
) -> tuple[DateMention, ...]:
    """The dates of a sentence of the part `text`: where it only says what will take place, those
    without a year are of the time behind the page.
    """
    day = first_day(published)
    ahead = _put_ahead(dates, cues, text, day, words)
    told = tuple(_in_said_year(d, dates, text, day, words) for d in ahead)
    return tuple(_follow(d, told) if d.kind == NAMED else d for d in told)


def _put_ahead(
    dates: Sequence[DateMention],
    cues: Sequence[CueHit],
    text: str,
    page: date | None,
    words: EventVocabulary,
) -> tuple[DateMention, ...]:
    coming = [cue for cue in cues if cue.category == "will_take_place"]
    told = (cue for cue in cues if cue.category in _TOLD)
    if page and not coming and any(cue.category == "gathered" for cue in cues):
        return tuple(put_back(d, page, text) for d in dates)
    if page and not coming:
        turned = any(cue.category in _TURNED for cue in cues)
        held = [cue for cue in cues if cue.category in _HELD and not turned]
        return tuple(
            put_back(d, page, text)
            if _opens_past(d, text, words) or _was_held(d, held, text, words)
            else put_forth(d, page, text)
            if _is_said_to_be(d, text, words)
            else d
            for d in dates
        )
    if page is None or not coming or any(not _is_within(cue, coming) for cue in told):
        return tuple(dates)
    own = {d for d in dates if not _is_of_another(d, coming, text, words)} or set(dates)
    return tuple(
        _in_next_year(d, page)
        if d.kind == NAMED and _is_told_ahead(d, coming, text, words)
        else put_forth(d, page, text)
        if d in own
        else d
        for d in dates
    )


def _in_said_year(
    dated: DateMention,
    dates: Sequence[DateMention],
    text: str,
    published: date | None,
    words: EventVocabulary,
) -> DateMention:
    """A date without its year in the one that its clause has said before it (Next year the forum
    will be held in October; в прошлом году форум прошёл в октябре). Behind a comma this is only
    sure of a year to come that opens its sentence: what is told on the day may be of such a year
    (It opens next year, A said on 4 May), or compared with one that was (As last year, in May).
    """
    years = [
        d
        for d in dates
        if d.kind == "relative"
        and _WHOLE_YEAR.fullmatch(d.first)
        and d.end <= dated.start
        and not is_likened(text, d, published, words.likened)
    ]
    if not years or not _is_bare(dated, text):
        return dated
    year = years[-1]
    between = text[year.end : dated.start]
    to_come = published is not None and int(year.first) > published.year
    if to_come and _OPENING.search(text, max(0, year.start - _LONGEST_OPENING), year.start):
        between = between.removeprefix(",")
    near = len(between) <= _LONGEST_CLAUSE and not _OTHER_CLAUSE.search(between)
    return in_year(dated, int(year.first)) if near else dated


def _follow(named: DateMention, dates: Sequence[DateMention]) -> DateMention:
    """The month or season in a name, of the next year where a day that is told of it is in that one
    (the autumn meeting will be held on 2 October).
    """
    day = first_day(named.first)
    if day is None:
        return named
    months = 1 if named.first[-2:].isdigit() else _SEASON
    days = (first_day(d.first) for d in dates if d.is_day)
    since = ((d.year - day.year) * _YEAR + d.month - day.month for d in days if d)
    return in_year(named, day.year + 1) if any(0 <= n - _YEAR < months for n in since) else named


def _opens_past(dated: DateMention, text: str, words: EventVocabulary) -> bool:
    """Whether a sentence opens with a date and goes on with a verb in the past (Im April zählte …,
    В мае прошёл …, In May we held …).
    """
    if _OPENING.search(text, max(0, dated.start - _OPENING_REACH), dated.start) is None:
        return False
    behind = _NEXT_WORDS.match(text, dated.end)
    found = behind.group().replace(",", " ").split() if behind else []
    near = found[:1] if words.grammar.capitalises_nouns else found
    low = [w.casefold() for w in near if w[0].islower()]
    by_form = words.grammar.tells_past_by_form
    return any(w in words.past_verbs or (by_form and words.grammar.is_past(w)) for w in low)


def _was_held(
    dated: DateMention, held: Sequence[CueHit], text: str, words: EventVocabulary
) -> bool:
    """Whether the clause of a date says that something was held then (fand am 12. März in Jena
    statt, took place in Hull in March): no mark or clause stands between, nor what it was held for
    (was held to prepare the forum on 12 June).
    """
    place = bisect_left(held, dated.start, key=_start)
    for cue in held[max(0, place - 1) : place + 1]:
        if cue.category != "was_held":
            continue
        first, last = min(cue.end, dated.end), max(cue.start, dated.start)
        if last - first > _LONGEST_CLAUSE:
            continue
        between = text[first:last]
        opened = (word.casefold() for word in _BEHIND_COMMA.findall(between))
        if not _PARTED.search(between) and words.clause_openers.isdisjoint(opened):
            return True
    return False


def _is_said_to_be(dated: DateMention, text: str, words: EventVocabulary) -> bool:
    """Whether a verb in the present and a preposition stand right before a date (is on 2 May, is
    from 2 to 4 May; a picture that is from 2 May was taken then), and no participle at the end of
    the clause makes it a perfect (ist am 2. Mai eröffnet worden).
    """
    if words.grammar.capitalises_nouns:
        clause = _CLAUSE.match(text, dated.end)
        if clause and any(word[0].islower() for word in clause.group().split()[-1:]):
            return False
    before = text[max(0, dated.start - _BEFORE) : dated.start].casefold()
    said = words.present_before_days + (words.present_before_spans if dated.last else ())
    return f" {' '.join(before.split())}".endswith(said)


def put_forth(dated: DateMention, page: date, text: str) -> DateMention:
    """A date of what will be (the forum will be held in January) behind the page."""
    return _in_next_year(dated, page) if _is_bare(dated, text) else dated


def _in_next_year(dated: DateMention, page: date) -> DateMention:
    """A date that is long ago a year later."""
    day = first_day(dated.first)
    past = day is not None and (page - day).days > _LONG_AGO
    return in_year(dated, day.year + 1) if day and past else dated


def put_back(dated: DateMention, page: date | None, text: str) -> DateMention:
    """A date of what people did (twelve founders met in January) before the page."""
    day = first_day(dated.first)
    ahead = (
        page is not None and day is not None and (day - page).days > _SOON and _is_bare(dated, text)
    )
    return in_year(dated, day.year - 1) if day and ahead else dated


def _is_within(cue: CueHit, coming: Sequence[CueHit]) -> bool:
    """Whether a cue is a part of what tells the future (will be | held)."""
    return any(c.start < cue.end and cue.start < c.end for c in coming)


def _is_of_another(
    dated: DateMention, coming: Sequence[CueHit], text: str, words: EventVocabulary
) -> bool:
    """Whether a day is that of the noun before it (the accident of 3 February), or of a clause
    behind what will take place (as the mine burnt on 3 February).
    """
    before = words.words(text[max(0, dated.start - _BEFORE) : dated.start])[-1:]
    if not dated.last and any(w.group().casefold() in words.days_of for w in before):
        return True
    place = bisect_left(coming, dated.start, key=_start)
    start = coming[place - 1].end if place else dated.start
    between = text[max(start, dated.start - _LONGEST_CLAUSE) : dated.start]
    return any(word.casefold() in words.clause_openers for word in _BEHIND_COMMA.findall(between))


def _is_told_ahead(
    named: DateMention, coming: Sequence[CueHit], text: str, words: EventVocabulary
) -> bool:
    """Whether a sentence opens with the name that a month or season is a part of, and goes on with
    what will be (The autumn meeting will be held in Hull), in no other clause (decided that …).
    """
    if _OPENING.search(text, max(0, named.start - _OPENING_REACH), named.start) is None:
        return False
    ahead = next((cue.start for cue in coming if cue.start >= named.end), named.start)
    between = text[named.start : min(ahead, named.start + _LONGEST_CLAUSE)].casefold()
    clauses = "," in between or words.clause_openers.intersection(between.split())
    return bool(between) and not clauses and not names_year(text, named)


def _is_bare(dated: DateMention, text: str) -> bool:
    """Whether an expression names a day, month or season and nothing else (no "last October")."""
    if dated.kind not in _WITHOUT_YEAR or not dated.is_finer_than_year:
        return False
    one_word = " " not in text[dated.start : dated.end]
    return not names_year(text, dated) and (dated.kind != "relative" or one_word)
