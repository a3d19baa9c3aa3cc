"""Lines that say when and where the event above them is, as programmes and invitations have them:
Dienstag, 10. März 2031, Alte Schmelze, Suhl; 17 October 2031 · Guildhall, Hull.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Part

_BELOW = 3
"""Lines below the name of an event that may say when and where it is."""
_LONGEST_LINE = 140
_PART = re.compile(r"[^,·|/\n]+")
_LONGEST_HOUSE = 60
_HOUSE_AND_TOWN = 2
_HOUSE = re.compile(rf"[«„“\"]?[{CAPITAL}]")
_VERBS = ("takes_place", "will_take_place", "travel", "receive", "organiser", "participants")


def house_of_line(
    page: AnnotatedPage, event: EventMentions, is_role: Callable[[str], bool]
) -> tuple[Part, int, int] | None:
    """The house in a dated line: right below the name of the page's own event, or the one that
    tells of an event itself (7 May: Tin Forum, Guildhall, Hull). Part, start, end. `is_role` knows
    job titles, which are none.
    """
    below = () if event.second else (s for s in page.sentences if _is_below(s, event))
    for sentence in below:
        if not _is_dated_line(page, sentence):
            continue
        house = _find_house(page, sentence) or _house_of_next_line(page, sentence, is_role)
        if house:
            return (sentence.part, *house)
    return next(_houses_beside(page, event), None)


def _is_below(sentence: AnnotatedSentence, event: EventMentions) -> bool:
    named = (c.sentence.index for c in event.candidates if c.sentence.zone in ("headline", "list"))
    return any(0 < sentence.index - i <= _BELOW for i in named)


def _is_dated_line(page: AnnotatedPage, s: AnnotatedSentence) -> bool:
    """Whether it is no sentence and has a day, not that of the page."""
    return s.zone in ("headline", "list") and _is_dated(page, s)


def _is_dated(page: AnnotatedPage, s: AnnotatedSentence) -> bool:
    days = [d for d in s.dates if d.is_day and d.first != page.draft.published]
    return bool(days) and s.end - s.start <= _LONGEST_LINE and not s.cue(*_VERBS)


def _find_house(page: AnnotatedPage, s: AnnotatedSentence) -> tuple[int, int] | None:
    """The first part behind the day that is neither a town nor a time, where a town stands behind
    it, if it is no event of its own, or its own words tell a house; or a part before the day that
    tells one (Hull, Guildhall, 7 May).
    """
    text = page.texts[s.part]
    start = max(d.end for d in s.dates)
    parts = [_trim(text, *m.span()) for m in _PART.finditer(text, start, s.end)]
    for i, (begin, end) in enumerate(parts):
        part = text[begin:end]
        if not part or _has_digit(part) or _is_place(s, begin, end):
            continue
        told = _tells_house(page, part)
        before_town = _HOUSE.match(part) and any(_is_place(s, *other) for other in parts[i + 1 :])
        before_town = before_town and not _names_event(page, part)
        if len(part) <= _LONGEST_HOUSE and (told or before_town):
            return begin, _without_town(s, begin, end)
        break
    return next(_told_houses(page, s, s.start, min(d.start for d in s.dates)), None)


def _house_of_next_line(
    page: AnnotatedPage, s: AnnotatedSentence, is_role: Callable[[str], bool]
) -> tuple[int, int] | None:
    """The house in the line below one of a day without town: house and town, parted by a comma."""
    if s.of("places"):
        return None
    for line in page.sentences[s.index + 1 : s.index + 2]:
        if page.labelled(line, "venue_labels") > 0:
            break
        text = page.texts[line.part]
        parts = [_trim(text, *m.span()) for m in _PART.finditer(text, line.start, line.end)]
        placed = len(parts) == _HOUSE_AND_TOWN and _is_place(line, *parts[-1])
        if placed and line.part == s.part and line.zone in ("headline", "list"):
            house = text[slice(*parts[0])]
            named = _HOUSE.match(house) and not _has_digit(house)
            named = named and not any(is_role(word) for word in house.split())
            known = any(m.start < parts[0][1] for m in line.of("persons", "places", "countries"))
            if named and not known and not line.cue(*_VERBS):
                return parts[0]
    return None


def _houses_beside(page: AnnotatedPage, event: EventMentions) -> Iterator[tuple[Part, int, int]]:
    """Houses set off by commas in the lines that tell of an event and of its day, and behind the
    label of one.
    """
    for c in event.candidates:
        s = c.sentence
        if s.entry is None and not _is_dated(page, s):
            continue
        for told in page.sentences[: s.index + 1]:
            if told is s or (s.entry and told.entry is s.entry):
                yield from (
                    (told.part, *house)
                    for house in _labelled_or_told(page, told)
                    if told is not s or house[1] <= c.name.start or c.name.end <= house[0]
                )


def _labelled_or_told(page: AnnotatedPage, s: AnnotatedSentence) -> Iterator[tuple[int, int]]:
    """What stands behind the label of a house amid a line (7 May · Forum · Venue: Old Mill), or the
    houses of a line that is no sentence.
    """
    text = page.texts[s.part]
    for cue in s.cue("venue_labels"):
        labelled = _PART.match(text, cue.end + 1, s.end) if text.startswith(":", cue.end) else None
        if labelled:
            yield _trim(text, *labelled.span())
    if not s.cue(*_VERBS):
        yield from _told_houses(page, s, s.start, s.end)
        yield from _houses_behind_towns(page, s)


def _told_houses(
    page: AnnotatedPage, s: AnnotatedSentence, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The parts of a line whose own words tell a house."""
    text = page.texts[s.part]
    nouns = page.grammar.capitalises_nouns
    for m in _PART.finditer(text, start, end):
        begin, stop = _trim(text, *m.span())
        part = text[begin:stop]
        set_off = s.start < begin or text[stop:end][:1] == ","
        named = 0 < len(part) <= _LONGEST_HOUSE and not (nouns and part[0].islower())
        if not (set_off and named and _tells_house(page, part)) or _is_place(s, begin, stop):
            continue
        if not _is_of_person(text, s, begin):
            yield begin, stop


def _is_of_person(text: str, s: AnnotatedSentence, at: int) -> bool:
    """Whether brackets around it hold a person: the house is whose they are (Tin and its Price (Dr.
    A, University of B)).
    """
    opens = text.rfind("(", s.start, at)
    closes = text.find(")", opens, s.end) if opens >= 0 else -1
    return at < closes and any(opens < p.start < at for p in s.of("persons"))


def _houses_behind_towns(page: AnnotatedPage, s: AnnotatedSentence) -> Iterator[tuple[int, int]]:
    """What stands between a town and an hour or the end of a line with a day: lines that tell of an
    event in parts have its house there, whatever it is called (12 May, Tin Forum, Hull, The Anvil,
    6 pm), but for a weekday, the label of an hour, and what ends in small letters (admission free).
    A single word at the end may be the region of the town.
    """
    text = page.texts[s.part]
    parts = [_trim(text, *m.span()) for m in _PART.finditer(text, s.start, s.end)]
    for number, (town, house) in enumerate(pairwise(parts)):
        name = text[slice(*house)]
        behind = text[slice(*parts[number + 2])] if number + 2 < len(parts) else ""
        closes = behind[:1].isdigit() or (not behind and (" " in name or not name[:1].isalpha()))
        named = _HOUSE.match(name) and len(name) <= _LONGEST_HOUSE and not _has_digit(name)
        towns = any((m.start, m.end) == town for m in s.of("places"))
        others = [(m.start, m.end) for m in s.of("persons", "places", "countries")]
        others += [(day.start, day.end) for day in s.dates]
        others += [(cue.start, cue.end) for cue in s.cue("date_labels")]
        known = any(start < house[1] and house[0] < end for start, end in others)
        remark = named and name.split()[-1][0].islower()
        if towns and closes and named and not (remark or known or _names_event(page, name)):
            yield house


def _names_event(page: AnnotatedPage, part: str) -> bool:
    return any(page.vocabulary.head_of(w.group()) for w in page.vocabulary.words(part))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _tells_house(page: AnnotatedPage, part: str) -> bool:
    """Whether its first or last word is one for a house (Kulturhaus, Guildhall), its first none for
    an event (Messe für Bohrtechnik).
    """
    words = part.split()
    return not page.vocabulary.head_of(words[0]) and any(
        page.vocabulary.is_house(word) for word in (words[0], words[-1])
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return start, end


def _is_edge(sign: str) -> bool:
    return sign.isspace() or sign in ".;:–—-"


def _is_place(s: AnnotatedSentence, start: int, end: int) -> bool:
    return any(m.start <= start and end <= m.end for m in s.of("places", "countries"))


def _without_town(s: AnnotatedSentence, start: int, end: int) -> int:
    """The end of a house before the town behind it (Kulturhaus Suhl)."""
    towns: Sequence[int] = [m.start for m in s.of("places") if start < m.start and m.end == end]
    return towns[0] - 1 if towns else end
