"""Which of the dates of a page is the event's own: the one with the highest rank.

A date in the clause of the event ranks before one in its sentence, in the headline and in the
sentences next to it; a day ranks before a month and a year. Open and long spans (since, until, plan
years) are left out. A recent event without a date takes the month of the page date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.page.paper_dates import (
    NEW_DAY_REACH,
    OPEN_KINDS,
    day_made_up,
    gives_day_up,
    is_announced_next,
    is_left_day,
    is_new_day,
    is_of_page,
    is_of_paper,
    is_replaced,
    words_before,
)
from crawler.parsers.events.page.years import in_year, is_likened, names_year
from crawler.parsers.events.values.event_rows import behind_each, find_rows
from crawler.parsers.events.values.finer_dates import find_finer, is_loose
from crawler.parsers.scripts import CYRILLIC_CAPITALS

COUNTED_RULE = "dating.counted"
"""Rule of days that are counted from another one."""
_LABEL = 3
"""Words of a line that says what stands below it."""
_FAR_DAYS = 200
_LONGEST_DAYS = 70
_LONGEST_SHOW = 400
"""Days that something is on show; of other events such spans are those of plans and projects."""
_MIN_RANK = 1.0
_OF_ANOTHER = 0.6
"""What a date that is rather of something else loses."""
_STATED = 2.4
"""Rank of a day behind the label of one, or in a line of its own where the page announces an event.
"""
_WHOLE_DAY, _YEAR_ONLY = len("2031-05-12"), len("2031")
_AGENCY = re.compile(rf"/[^/\n]{{3,30}}/\.?\Z|[A-Z{CYRILLIC_CAPITALS}]{{5,}}\Z")
"""The news agency at the end of a line (/Trend/, AZERTAC)."""
_OWNS = re.compile(r"['’]s((?:\s[A-Z][\w-]*){1,5})")
_OTHER_CLAUSE = re.compile(r"\w ?[,;]")
"""Behind a year in words ("last year, on 9 November" is of one clause)."""
_LONGEST_CLAUSE = 200
_LONGEST_DATELINE = 50
_LONGEST_ENDED = 14
"""Days that an event has lasted on the day on which it ended."""
_TELLING = ("takes_place", "body_meets", "gathered")
"""Cues of a sentence that tells what people did at an event."""
_OPENS = ("takes_place", "will_take_place", "lasts")
"""Cues of a sentence whose open span is that of its event."""
_PARTS = re.compile(r"[,;:()–—]")
_DAY = re.compile(r"-\d\d-\d\d\Z")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class EventDates:
    """Start and end of an event; the end only if it is another day."""

    start: FoundValue[str] | None = None
    end: FoundValue[str] | None = None


def choose_days(
    page: AnnotatedPage, events: Sequence[EventMentions], closed: frozenset[int]
) -> dict[EventMentions, EventDates]:
    """The best date of each event; of several that a sentence names with a day behind each, that
    one.
    """
    chosen = {event: choose_dates(page, event, closed) for event in events}
    for sentence, row in find_rows(page, events):
        days = [dated for dated in usable_dates(page, sentence) if dated.is_day]
        behind = behind_each(row, days)
        for (before, _), (event, _) in pairwise(row if behind else ()):
            start = chosen[event].start
            if start and (start.part, start.start) in [(d.part, d.start) for d in behind[before]]:
                own = behind[event][0]
                first = _evidence(own, own.first, "dating.ranked", start.confidence)
                last = None
                if own.last and own.last != own.first:
                    last = _evidence(own, own.last, first.rule, first.confidence)
                chosen[event] = EventDates(first, last)
    return chosen


def choose_dates(page: AnnotatedPage, event: EventMentions, closed: frozenset[int]) -> EventDates:
    """The best date of an event; `closed` are sentences that belong to other events."""
    ranked = sorted(_rank_dates(page, event, closed), key=lambda r: (-r[0], r[1].start))
    opening = _opening_day(page, event)
    if not ranked or ranked[0][0] < _MIN_RANK:
        return EventDates(opening or _years_before_page(page, event))
    if opening and not any(dated.is_day for _, dated in ranked):
        return EventDates(opening)
    rank, best = find_finer(event, ranked) or ranked[0]
    runner_up = next((r for r, d in ranked[1:] if d.first != best.first), 0.0)
    confidence = min(0.97, 0.55 + 0.1 * rank + 0.05 * min(rank - runner_up, 2.0))
    if is_loose(best):
        month = _middle(best)[:7]
        return EventDates(_evidence(best, month, "dating.loose", confidence - 0.1))
    rule = COUNTED_RULE if best.kind == COUNTED else "dating.ranked"
    start = _evidence(best, best.first, rule, confidence)
    end = None
    if best.last and best.last != best.first:
        end = _evidence(best, best.last, "dating.ranked", confidence)
    first = None if end else _first_of_ended(page, event, best)
    if first:
        return EventDates(first, start)
    end = end or _last_day(page, event, best) or _day_of_return(page, event, best, closed)
    return EventDates(start, end)


def _evidence(dated: DateMention, value: str, rule: str, confidence: float) -> FoundValue[str]:
    return FoundValue(value, dated.part, dated.start, dated.end, rule, round(confidence, 2))


def _opening_day(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The day from which on an event takes place, told beside its verb without a last one (Seit dem
    5. August läuft die Ausstellung): neither the one that it was moved from, nor the one from which
    on people may apply, nor that of the first of many (every year since 1 May 1990).
    """
    applying = page.vocabulary.applying
    for c in event.candidates:
        s = c.sentence
        if c.plural or not s.cue(*_OPENS) or s.cue("moved", "frequency"):
            continue
        words = (word.group() for word in page.vocabulary.words(page.text(s)))
        if any(map(applying.match, words)):
            continue
        for dated in s.dates:
            open_end = dated.kind == "since" and dated.is_day and dated.start >= s.dateline_end
            if open_end and c.covers(dated.start) and _is_beside_verb(page, s, dated):
                return _evidence(dated, dated.first, "dating.since", 0.7)
    return None


def _is_beside_verb(page: AnnotatedPage, s: AnnotatedSentence, dated: DateMention) -> bool:
    """Whether no mark parts a date from a verb of taking place: it is not that of another clause
    (Tickets are on sale from 5 May for the fair, which will be held in Leeds).
    """
    spans = ((min(cue.end, dated.end), max(cue.start, dated.start)) for cue in s.cue(*_OPENS))
    return any(_PARTS.search(page.masked[s.part], *span) is None for span in spans)


def _last_day(
    page: AnnotatedPage, event: EventMentions, start: DateMention
) -> FoundValue[str] | None:
    """The last day where the text gives it separately: it runs until 9 May."""
    near = event.sentences() | {i + 1 for i in event.sentences()}
    for sentence in page.sentences:
        if sentence.index not in near or not sentence.cue("lasts"):
            continue
        for dated in sentence.dates:
            first, last = first_day(start.first), first_day(dated.first)
            if dated.kind != "until" or not first or not last:
                continue
            if 0 < (last - first).days <= _LONGEST_DAYS:
                return _evidence(dated, dated.first, "dating.until", 0.7)
    return None


def _first_of_ended(
    page: AnnotatedPage, event: EventMentions, last: DateMention
) -> FoundValue[str] | None:
    """The first day of an event that ended on another one (The forum ended today. Since Wednesday
    200 engineers had discussed …).
    """
    near = {i + step for i in event.sentences() for step in (-1, 0, 1)}
    told = [s for s in page.sentences if s.index in near]
    day = first_day(last.first) if last.is_day else None
    ended = any(last in s.dates and s.cue("ended") for s in told)
    if day is None or not ended:
        return None
    for s in told:
        for dated in s.dates if s.index in event.sentences() or s.cue(*_TELLING) else ():
            first = first_day(dated.first) if dated.kind == "since" and dated.is_day else None
            if first and 0 < (day - first).days <= _LONGEST_ENDED:
                return _evidence(dated, dated.first, "dating.since", 0.7)
    return None


def _day_of_return(
    page: AnnotatedPage, event: EventMentions, start: DateMention, closed: frozenset[int]
) -> FoundValue[str] | None:
    """The day on which the travellers of the page's own journey came home (We flew home on 9
    May).
    """
    first = first_day(start.first)
    if event.second or not first or not start.is_day or not _is_journey(page, event):
        return None
    for sentence in page.sentences:
        if sentence.index in closed or not _comes_home(page, sentence):
            continue
        for dated in usable_dates(page, sentence) if event.may_be_told_in(sentence) else ():
            last = first_day(dated.first)
            told = dated.is_day and not dated.last
            if last and told and 0 < (last - first).days <= _LONGEST_DAYS:
                return _evidence(dated, dated.first, "dating.return", 0.7)
    return None


def _comes_home(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a sentence tells of a return, also by a verb with its place (returned to Lima)."""
    text = page.texts[sentence.part]
    wide = (text[cue.end : cue.end + 2].strip() for cue in sentence.cue("returns_to"))
    return bool(sentence.cue("returns")) or any(letter.isupper() for letter in wide)


def _is_journey(page: AnnotatedPage, event: EventMentions) -> bool:
    """Whether people travel for it, also where its word is one of gatherings (field trip)."""
    words = event.best.word.split()
    return event.is_journey or any(page.vocabulary.head_of(word) == "trip" for word in words)


def year_of_name(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The year that stands in the name (ERZ-2031)."""
    for c in event.candidates:
        if c.name.year:
            at = page.masked[c.sentence.part].index(c.name.year, c.name.start)
            return FoundValue(c.name.year, c.sentence.part, at, at + 4, "dating.year-of-name", 0.7)
    return None


def _years_before_page(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """ "Two years after the kick-off": the year of the page date less two."""
    published = page.draft.published
    if not published:
        return None
    words = page.vocabulary.number_words
    for c in event.candidates:
        masked = page.masked[c.sentence.part]
        for cue in c.sentence.cue("years_after"):
            before = re.search(r"(\w+)\s+\Z", masked[c.sentence.start : cue.start])
            number = words.get(before.group(1).casefold()) if before else None
            if before and 0 <= c.name.start - cue.end <= 12 and number:
                year = str(int(published[:4]) - number)
                start = c.sentence.start + before.start(1)
                rule = "dating.years-after"
                return FoundValue(year, c.sentence.part, start, cue.end, rule, 0.6, inferred=True)
    return None


def _rank_dates(
    page: AnnotatedPage, event: EventMentions, closed: frozenset[int]
) -> Iterator[tuple[float, DateMention]]:
    sentences = {c.sentence.index: c.sentence for c in event.candidates}
    open_dates = {index: tuple(usable_dates(page, s)) for index, s in sentences.items()}
    for candidate in event.candidates:
        sentence = candidate.sentence
        here = {(d.part, d.start) for d in sentence.dates}
        carried = [d for d in candidate.dates if (d.part, d.start) not in here]
        for dated in carried:
            yield 2.2 + _quality(page, event, dated), dated
        for dated in open_dates[sentence.index]:
            inside = candidate.clause[0] <= dated.start < candidate.clause[1] or (
                sentence.entry is not None and dated == sentence.entry.dated
            )
            gap = min(abs(dated.start - candidate.name.end), abs(candidate.name.start - dated.end))
            rank = (3.0 if inside else 1.6) - min(gap, 120) / 120 + 0.2 * min(candidate.score, 4.0)
            rank -= _OF_ANOTHER if _closes_before(page, dated, candidate.name.start) else 0.0
            yield rank + _quality(page, event, dated), dated
    if not event.second:
        for sentence, rank in _rank_other_sentences(page, event, closed):
            for dated in usable_dates(page, sentence):
                if dated.is_finer_than_year:
                    yield rank + _quality(page, event, dated), dated


def _closes_before(page: AnnotatedPage, dated: DateMention, at: int) -> bool:
    """Whether a date ends brackets before a place: it is of what stands before these (the Tin Forum
    in Oslo (5 May) and the Lead Forum).
    """
    return page.masked[dated.part][dated.end : at].lstrip().startswith(")")


def usable_dates(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[DateMention]:
    """Dates of a sentence but for its dateline, dates of papers and open spans."""
    for dated in _in_named_year(page, _dates_after_move(page, sentence)):
        behind = dated.start >= sentence.dateline_end and not _is_of_title(page, dated)
        paper = is_of_paper(page, sentence, dated) or is_of_page(page, sentence, dated)
        holds = not paper and not is_replaced(page, sentence, dated)
        if behind and holds and _is_usable(page, sentence, dated):
            yield dated


def _is_of_title(page: AnnotatedPage, dated: DateMention) -> bool:
    """Whether a relative day is a word of a title (Yesterday's Mines), which no event follows."""
    text = page.masked[dated.part]
    end = dated.end - len("'s") * text[dated.start : dated.end].endswith(("'s", "’s"))
    title = _OWNS.match(text, end) if text[dated.start].isupper() else None
    if dated.kind != "relative" or title is None:
        return False
    return not any(page.vocabulary.head_of(word) for word in title.group(1).split())


def _in_named_year(page: AnnotatedPage, dates: Sequence[DateMention]) -> Iterator[DateMention]:
    """Days without a year in the one that their clause names in words before them (last year the
    forum was on 9 November); without a year that they are only like (As last year, it will be …).
    """
    named = None
    for dated in dates:
        if dated.kind == "relative" and len(dated.first) == _YEAR_ONLY and not dated.last:
            published = first_day(page.draft.published)
            if is_likened(page.masked[dated.part], dated, published, page.vocabulary.likened):
                continue
            named = dated
        elif (
            named
            and dated.is_day
            and dated.kind != "relative"
            and not names_year(page.masked[dated.part], dated)
            and dated.start - named.end < _LONGEST_CLAUSE
            and not _OTHER_CLAUSE.search(page.masked[dated.part], named.end, dated.start)
        ):
            yield in_year(dated, int(named.first))
            continue
        yield dated


def _dates_after_move(page: AnnotatedPage, sentence: AnnotatedSentence) -> tuple[DateMention, ...]:
    """The dates that still hold: of a moved event the new day, not the old one."""
    if (made_up := day_made_up(page, sentence)) is not None:
        off = sentence.cue("cancelled")[0].end
        return tuple(d for d in sentence.dates if made_up[0] is sentence and d.start >= off)
    held = tuple(d for d in sentence.dates if not is_left_day(page, sentence, d))
    off_plan = sentence.cue("off_plan") and gives_day_up(sentence)
    if off_plan and is_announced_next(page, sentence):
        return held
    if not sentence.cue("moved"):
        if _follows_move(page, sentence):
            return tuple(_put_behind_page(page, d) for d in held)
        return sentence.dates
    return _dates_of_move(page, sentence)


def _dates_of_move(page: AnnotatedPage, sentence: AnnotatedSentence) -> tuple[DateMention, ...]:
    """Of the dates of a sentence that moves an event those to which it does."""
    verb = sentence.cue("moved")[-1].start
    announced = [c.start for c in sentence.cue("will_take_place", "takes_place") if c.start > verb]
    if announced:
        held = tuple(_put_behind_page(page, d) for d in sentence.dates if d.start > announced[0])
        return held or sentence.dates
    moved_to, joined = [], []
    for dated in sentence.dates:
        before = words_before(page, sentence, dated)
        if is_new_day(page, before):
            moved_to.append(dated)
        elif dated.last and before.endswith(page.vocabulary.moved_from) and _is_a_move(page, dated):
            joined.append(replace(dated, first=dated.last, last=None))
    moved_to = moved_to or joined
    behind = [dated for dated in moved_to if dated.start > verb]
    if not moved_to and is_announced_next(page, sentence):
        return ()
    return tuple(behind or moved_to) or sentence.dates


def _is_a_move(page: AnnotatedPage, dated: DateMention) -> bool:
    """Whether what reads as days in a row is the old day and the new one (from 8 May to 3 June);
    the days of an event that takes several (from 8-9 May to 3-4 June) are old ones, all of them.
    """
    written = page.masked[dated.part][dated.start : dated.end].casefold()
    return any(f"{to} " in written for to in page.vocabulary.moved_to)


def _follows_move(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a sentence says when an event takes place that the one before it moves."""
    before = page.sentences[max(0, sentence.index - NEW_DAY_REACH) : sentence.index]
    if sentence.cue("moved"):
        made_up = (day_made_up(page, s) for s in before)
        return any(gives_day_up(s) and is_announced_next(page, s) for s in before) or any(
            found is not None and found[0] is sentence for found in made_up
        )
    if sentence.cue("now_set"):
        return any(gives_day_up(s) for s in before)
    return any(gives_day_up(s) for s in before[-1:]) and bool(sentence.cue("will_take_place"))


def _put_behind_page(page: AnnotatedPage, dated: DateMention) -> DateMention:
    """A day without a year that a moved event is still to have, in the year that makes it so."""
    day, published = first_day(dated.first), first_day(page.draft.published)
    if not (day and published and dated.is_day and day < published):
        return dated
    named = names_year(page.masked[dated.part], dated)
    return dated if named else in_year(dated, day.year + 1)


def _rank_other_sentences(
    page: AnnotatedPage, event: EventMentions, closed: frozenset[int]
) -> Iterator[tuple[AnnotatedSentence, float]]:
    """Other sentences that may hold the main event's date, with the rank that they give it."""
    own = event.sentences()
    beside = {_next_told(page, i, step) for i in own for step in (-1, 1)}
    for sentence in page.sentences:
        if sentence.index in own | closed or sentence.zone == "contact":
            continue
        if sentence.cue("not_events") or not event.may_be_told_in(sentence):
            continue
        announces = bool(sentence.cue("takes_place", "will_take_place", "gathered"))
        near = sentence.index in beside
        journey = sentence.cue("travel") and any(c.is_journey for c in event.candidates)
        below = page.draft.kind == "event" and (near or _is_below_label(page, sentence, own))
        announced = below and is_date_line(page, sentence)
        if announced or page.labelled(sentence, "date_labels") > 0:
            yield sentence, _STATED
        elif sentence.zone == "headline":
            if not is_date_line(page, sentence):
                yield sentence, 1.6
        elif _follows_move(page, sentence) and (near or sentence.cue("moved")):
            yield sentence, 2.4
        elif near:
            yield sentence, 2.2 if journey else 1.2 if announces else 0.8
        elif announces and sentence.index <= 8:
            yield sentence, 0.6


def _next_told(page: AnnotatedPage, index: int, step: int) -> int:
    """The sentence beside one, behind a dateline that stands between them by itself (Goslar
    (18 September 2031).).
    """
    index += step
    if 0 <= index < len(page.sentences):
        s = page.sentences[index]
        alone = s.dates and is_date_line(page, s) and s.end - s.start <= _LONGEST_DATELINE
        return index + step if alone and s.zone == "body" else index
    return index


def _is_below_label(page: AnnotatedPage, sentence: AnnotatedSentence, own: Collection[int]) -> bool:
    """Whether nothing but a label stands between it and the mention above: Date, When."""
    if sentence.index - 2 not in own:
        return False
    label = page.sentences[sentence.index - 1]
    return not label.dates and len(page.text(label).split()) <= _LABEL


def is_date_line(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """A line that is a date and little else is the page's date."""
    covered = sum(d.end - d.start for d in sentence.dates)
    text = page.text(sentence)
    paged = any(d.first == page.draft.published for d in sentence.dates)
    if paged and (_CLOCK.search(text) or _AGENCY.search(text)):
        return True
    return covered * 2 >= sentence.end - sentence.start or "|" in text


def _middle(dated: DateMention) -> str:
    """The day in the middle: a week belongs to the month that most of its days lie in."""
    first, last = first_day(dated.first), first_day(dated.last)
    return (first + (last - first) / 2).isoformat() if first and last else dated.first


def _is_usable(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """Whether it is no open or long span; an exhibition may be on for months."""
    if dated.kind in OPEN_KINDS or (dated.last and len(dated.first) == _YEAR_ONLY):
        return False
    first, last = first_day(dated.first), first_day(dated.last)
    days = (last - first).days if first and last else 0
    if days <= _LONGEST_DAYS:
        return True
    return dated.is_day and days <= _LONGEST_SHOW and _tells_of_show(page, sentence)


def _tells_of_show(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a sentence tells of an exhibition: of no house that is called by them, nor of how
    long one may apply for it.
    """
    vocabulary = page.vocabulary
    words = [word.group() for word in vocabulary.words(page.text(sentence))]
    if any(map(vocabulary.applying.match, words)):
        return False
    return any(
        vocabulary.shows.match(word) and not vocabulary.is_house(behind)
        for word, behind in pairwise([*words, ""])
    )


def _quality(page: AnnotatedPage, event: EventMentions, dated: DateMention) -> float:
    journey = all(c.is_journey for c in event.candidates)
    several = bool(dated.last and dated.last != dated.first and len(dated.first) == _WHOLE_DAY)
    if journey and several and dated.kind == "range":
        value = 1.4
    elif _DAY.search(dated.first):
        value = 0.6
    else:
        value = 0.2 if dated.is_finer_than_year else -0.6
    if dated.kind == "relative" and value > 0:
        value -= 0.9 if is_loose(dated) else 0.1
    published = page.draft.published
    if published and not event.next_cue and not event.previous_cue:
        far = _distance(dated.first, published)
        value -= 1.0 if far > _FAR_DAYS else 0.0
    return value


def _distance(first: str, published: str) -> int:
    a, b = first_day(first), first_day(published)
    return abs((a - b).days) if a and b else 0


def page_month(page: AnnotatedPage) -> FoundValue[str] | None:
    """Month of the page date, for a recent event; needs a mention of that date."""
    published = page.draft.published
    if not published or len(published) < 7:
        return None
    m = next((m for m in page.draft.mentions if m.field == "published" and m.surface), None)
    if m is None:
        return None
    return FoundValue(
        published[:7], m.part, m.start, m.end, "dating.page-month", 0.6, inferred=True
    )
