"""Names that stand beside day and town without a word for an event: 18.–20. November, Astana: Erz
Baltica | 5–7 May, Kraków – "Geo Young" | Cancelled: COALEX North, Riga, 28 April.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from crawler.parsers.entities.tagger.finder import RULE as TAGGER
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.function_words import AND, CAPITAL, SMALL
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED, DateMention
from crawler.parsers.events.page.entries import Entry
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.years import in_year, names_year
from indexer.records.document import Mention

_CAPITAL_AMID = re.compile(rf"[{SMALL}][{CAPITAL}]")
_BRAND = re.compile(rf"[{SMALL}][{CAPITAL}]|[{CAPITAL}]{{3}}")
_LABELS = ("cancelled", "moved", "next_event")
"""What a label before the name of an event says (Cancelled: COALEX North, Riga, 28 April). Others
stand before credits and contacts.
"""
_RECENT = timedelta(days=31)
"""Before the day of a page, within which a day without a year is that of news."""
_QUOTES = '„“«"'
_QUOTED = r"[„“«\"]([^„“”«»\"\n.!?]{3,60})[“”»\"]"
_WORD = rf"[{CAPITAL}][\w’'&+-]*"
_TO_TOWN = re.compile(r"[\s,.|:·•–—-]{0,6}")
"""Between the day of an entry, whose dot is masked, and its town."""
_UNLISTED = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,2}}")
_BEHIND_TOWN = re.compile(rf"(?:\s\([^()\n]{{2,30}}\)|,\s[{CAPITAL}][\w-]+)?\s?[|:.·•–—-]\s{{1,2}}")
"""What parts a town, with its country behind it perhaps, from the name."""
_TITLE = re.compile(
    rf"(?:{_QUOTED}|({_WORD}(?:\s(?:{_WORD}|\d+|&|of|in|der|{AND})){{0,5}}))"
    r"(?=\s?[.,;(|]|\s[–—-]\s|\s*\Z|\s*\n)"
)
"""A name in quotes, or words with capitals, up to a mark."""
_BEFORE_TOWN = re.compile(
    rf"(?:{_QUOTED}|(?:\A|:\s)({_WORD}(?:\s(?:{_WORD}|\d+)){{1,4}}))(?:,\s|\s\()\Z"
)
"""A name that a comma or bracket parts from a town; without quotes it opens the line or stands
behind a label.
"""
_LINE_OF_NAME = re.compile(rf"({_WORD}(?:\s(?:{_WORD}|\d+|&|of|in|der|{AND})){{0,7}})\s*")
_LINE_OF_TOWN = re.compile(
    rf"{_WORD}(?:[ -]{_WORD}){{0,2}}(?:,\s{_WORD}(?:[ -]{_WORD}){{0,2}}){{1,2}}\s*"
)
"""A town with its state or country."""
_TOWN_TO_DAY = re.compile(r",\s|\s[–—]\s")
_DASH = re.compile(r"\s?[–—-]\s?\S")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REACH = 90


def find_entry_towns(page: AnnotatedPage) -> dict[int, Mention]:
    """The town or country right behind the day of each entry of a page that has one, by the offset
    of the entry.
    """
    masked = page.masked["text"]
    towns: dict[int, Mention] = {}
    for s in page.sentences:
        if s.entry is None or s.entry.start in towns:
            continue
        at = _start_of_town(masked, s.entry)
        town = next((m for m in s.of("places", "countries") if m.start == at), None)
        if town is not None:
            towns[s.entry.start] = town
    return towns


def find_entry_title(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    here: Sequence[Candidate],
    towns: Mapping[int, Mention],
) -> list[Candidate]:
    """The name that an entry of a calendar gives behind its day and town, or a sentence before town
    and day; none where `here` are candidates, by a word for what is on. `towns` are those of all
    entries.
    """
    if sentence.part != "text" or any(c.kind != "open" for c in here):
        return []
    masked = page.masked["text"]
    found = (
        _behind_town(masked, sentence, towns)
        or _before_town(page, sentence)
        or _above_town(page, sentence)
    )
    if found is None:
        return []
    dated, span = found
    if _is_something_else(page, sentence, span) or not _is_like_title(page, dated, span):
        return []
    words = masked[slice(*span)].split()
    year = _YEAR.search(masked, *span)
    name = NounPhrase(*span, year=year.group() if year else None, left_words=tuple(words[:-1]))
    head = (span[1] - len(words[-1]), span[1])
    clause = (sentence.start, sentence.end)
    return [Candidate(sentence, name, head, words[-1].casefold(), "gathering", clause)]


def _behind_town(
    masked: str, sentence: AnnotatedSentence, towns: Mapping[int, Mention]
) -> tuple[DateMention, tuple[int, int]] | None:
    """Day and name behind day and town of the entry that a sentence is of, if it begins there."""
    entry = sentence.entry
    if entry is None or entry.dated.kind == COUNTED:
        return None
    start = _end_of_town(masked, entry, towns)
    if start is None or not sentence.start <= start < sentence.end:
        return None
    title = _TITLE.match(masked, start, sentence.end)
    return (entry.dated, title.span(title.lastindex or 0)) if title else None


def _above_town(
    page: AnnotatedPage, sentence: AnnotatedSentence
) -> tuple[DateMention, tuple[int, int]] | None:
    """Day and name where the name is the line below the day of an entry, alone in its line too, and
    the line below that is a town (9 May 2031 / LODECON / Hull, United Kingdom).
    """
    masked, entry = page.masked["text"], sentence.entry
    if entry is None or entry.dated.kind == COUNTED:
        return None
    if masked[entry.dated.end : sentence.start].strip(" |\n"):
        return None
    below = page.sentences[sentence.index + 1 : sentence.index + 2]
    name = _LINE_OF_NAME.fullmatch(masked, sentence.start, sentence.end)
    if name is None or not below or below[0].entry is not entry:
        return None
    line = masked[below[0].start : below[0].end]
    if not below[0].of("places", "countries") or not _LINE_OF_TOWN.fullmatch(line):
        return None
    return entry.dated, name.span(1)


def _end_of_town(masked: str, entry: Entry, towns: Mapping[int, Mention]) -> int | None:
    """Where a name may begin behind the town of an entry. What no table has is a town where another
    entry of the page has one in its place.
    """
    town = towns.get(entry.start)
    end = town.end if town else None
    if town is None and towns:
        unlisted = _UNLISTED.match(masked, _start_of_town(masked, entry), entry.end)
        end = unlisted.end() if unlisted else None
    mark = _BEHIND_TOWN.match(masked, end, entry.end) if end is not None else None
    return mark.end() if mark else None


def _start_of_town(masked: str, entry: Entry) -> int:
    gap = _TO_TOWN.match(masked, entry.dated.end, entry.end)
    return gap.end() if gap else entry.dated.end


def _before_town(
    page: AnnotatedPage, sentence: AnnotatedSentence
) -> tuple[DateMention, tuple[int, int]] | None:
    """Day and name where the name stands right before a town and the day, not that of the page
    (COALEX North, Riga, 28 April).
    """
    masked = page.masked["text"]
    days = {d.start: d for d in sentence.dates if d.is_day and d.first != page.draft.published}
    for town in sentence.of("places") if days else ():
        mark = _TOWN_TO_DAY.match(masked, town.end, sentence.end)
        if mark is None or mark.end() not in days:
            continue
        start = max(sentence.start, town.start - _REACH)
        found = _BEFORE_TOWN.search(masked[start : town.start])
        if found and found.lastindex:
            begin, end = (start + at for at in found.span(found.lastindex))
            dated = days[mark.end()]
            dateline = begin == sentence.start and _is_dateline(page, sentence, dated)
            if not dateline and _may_stand_behind_label(masked, sentence, begin):
                return dated, (begin, end)
    return None


def _is_dateline(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """Whether the day ends what opens a report: a dash is behind it, and it is none to come."""
    published = page.draft.published
    to_come = published is not None and dated.first > published
    return not to_come and _DASH.match(page.masked["text"], dated.end, sentence.end) is not None


def _may_stand_behind_label(masked: str, sentence: AnnotatedSentence, start: int) -> bool:
    """Whether a label before a name, if there is one, says that something is off, moved or next."""
    colon = masked.rfind(":", sentence.start, start)
    if colon < 0 or masked[colon + 1 : start].strip(f" \xa0{_QUOTES}"):
        return True
    return any(k.end <= colon for k in sentence.cue(*_LABELS))


def _is_like_title(page: AnnotatedPage, dated: DateMention, span: tuple[int, int]) -> bool:
    """Whether a name stands in quotes, or is not that of an agency or a headline: those are of days
    past.
    """
    masked = page.masked["text"]
    if span[0] > 0 and masked[span[0] - 1] in _QUOTES:
        return True
    name = masked[slice(*span)]
    if " " not in name:
        own_line = masked[span[0] - 1 : span[0]] == masked[span[1] : span[1] + 1] == "\n"
        return (_BRAND if own_line else _CAPITAL_AMID).search(name) is not None
    return _BRAND.search(name) is not None or not _is_past(page, dated)


def _is_past(page: AnnotatedPage, dated: DateMention) -> bool:
    """Whether a day is not after that of the page; one without a year only where it is right
    before.
    """
    known = first_day(page.draft.published)
    if known is None:
        return False
    if names_year(page.texts["text"], dated):
        last = first_day(dated.last or dated.first)
        return last is not None and last <= known
    turned = (in_year(dated, year) for year in (known.year - 1, known.year))
    ends = (last for days in turned if (last := first_day(days.last or days.first)) is not None)
    return any(timedelta() <= known - last <= _RECENT for last in ends)


def _is_something_else(
    page: AnnotatedPage, sentence: AnnotatedSentence, span: tuple[int, int]
) -> bool:
    """Whether it is the name of a person, of a body that a table or pattern knows, of a place, or a
    house.
    """
    of_names = sentence.of("persons", "organisations", "strategies", "programmes")
    over = (m for m in of_names if m.start < span[1] <= m.end)
    within = (m for m in sentence.of("places", "countries") if m.start <= span[0])
    if any(m.extractor.partition(":")[0] != TAGGER for m in over) or any(
        span[1] <= m.end for m in within
    ):
        return True
    words = page.vocabulary.words(page.masked["text"][slice(*span)])
    return any(page.vocabulary.is_house(w.group()) for w in words)
