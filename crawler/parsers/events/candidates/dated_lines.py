"""Lines of a page that give a day, and what stands for a title in each, whatever words it is made
of: Blast design refresher – 17 February, Llanelli | 26. Juni: „Kobalt“. Whether such a title names
an event is for the trained gate to say; what the lines of a page share speaks for each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import COUNTED

_PARTING = re.compile(r"\s[–—-]\s|[–—]\s|:\s|\s?\|\s?|\s?[;·•►▪]\s?|,\s|[.․]\s|\s?\(|\)\s?")
"""What stands between the day, the town, the title and what is said of it."""
_QUOTED = re.compile(r"[„“«\"]([^„“”«»\"\n]{3,100})[“”»\"]")
_BULLET = re.compile(r"[\s\-–•*·●▪◦○■►]*(?:\d{1,2}[.)․]\s)?")
_TIME = re.compile(r"\W*(?:(?:[01]?\d|2[0-3])[:.․][0-5]\d\b.{0,6}|\d{1,2}\s?(?:Uhr|h))\Z")
_FIRST_WORD = re.compile(r"\W*(\w+)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TRAILING = " \t.,;:–—-"
_LONGEST = 260
"""Characters of a line that may be one of a list."""
_MOST_LINES, _MOST_SENTENCES = 200, 12
_REACH = 110
"""Characters from the beginning of a line within which its day stands."""
_OPENING = 14
"""Characters from the beginning of a line within which a day opens it."""
_MOST_WORDS, _MOST_WORDS_WITH_DAY, _FEWEST_LETTERS = 10, 5, 4
_PARTS = 4
"""Parts of a line, without its days and times, among which its title is looked for."""
_ABOVE = 2
"""Lines above the first one, the heads of a table among them, that may say what they are."""
_FEWEST_LESSONS = 3
"""Lines from which on they are a row of lessons."""
_MANY, _MANY_OTHERS, _LONG = 8, 6, 200

_BY_WORD = frozenset({"gathering", "trip", "weak"})
"""Kinds of mentions that a word for an event tells."""

Span = tuple[int, int]
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line of the part `text` with a day near its beginning."""

    start: int
    end: int
    title: Span | None
    day_first: bool
    """Whether the day opens it."""


def find_dated_lines(page: AnnotatedPage) -> list[DatedLine]:
    """Those of a page, in their order."""
    text = page.texts["text"]
    sentences = [s for s in page.sentences if s.part == "text" and s.zone != "contact"]
    first_days: dict[Span, int] = {}
    for sentence in sentences:
        for date in sentence.dates:
            if date.is_finer_than_year and date.kind != COUNTED:
                first_days.setdefault(_line_around(text, date.start), date.start)
    kept = [
        (start, end)
        for (start, end), day in first_days.items()
        if end - start <= _LONGEST and day - start <= _REACH
    ][:_MOST_LINES]
    opened = Counter(_first_word(text, start) for start, _ in kept)
    repeated = {word for word, count in opened.items() if count > 1}
    ends = [s.end for s in sentences]
    lines = []
    for start, end in kept:
        following = islice(sentences, bisect_right(ends, start), None)
        here = [s for s in islice(following, _MOST_SENTENCES) if s.start < end]
        lines.append(_LineReader(page, here, (start, end), repeated).read())
    return lines


def _line_around(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _first_word(text: str, start: int) -> str:
    match = _FIRST_WORD.match(text, start)
    return match.group(1).casefold() if match else ""


class _LineReader:
    """Reads one line; `repeated` are words that several lines open with (Module, Modul)."""

    def __init__(
        self,
        page: AnnotatedPage,
        sentences: Sequence[AnnotatedSentence],
        span: Span,
        repeated: Collection[str],
    ) -> None:
        self._text = page.texts["text"]
        self._start, self._end = span
        self._repeated = repeated
        self._dates = [(d.start, d.end) for s in sentences for d in s.dates]
        names = [m for s in sentences for m in s.of("places", "countries", "persons")]
        self._names = [(m.start, m.end) for m in names]

    def read(self) -> DatedLine:
        """The line with its title: words in quotes, else the first part that may be one."""
        text = self._text
        bullet = _BULLET.match(text, self._start, self._end)
        begin = bullet.end() if bullet else self._start
        day_first = any(start <= begin + _OPENING for start, _ in self._dates)
        reach = min(self._end, self._start + _REACH + _OPENING)
        quoted = _QUOTED.search(text, self._start, reach)
        title = quoted.span(1) if quoted else self._find_title(begin, day_first=day_first)
        return DatedLine(self._start, self._end, title, day_first)

    def _find_title(self, begin: int, *, day_first: bool) -> Span | None:
        number = 0
        for start, end in self._parts(begin):
            words = self._text[start:end].split()
            if self._is_dated(start, end):
                if len(words) > _MOST_WORDS_WITH_DAY:
                    return None  # running text
                continue
            if not words or _TIME.match(self._text[start:end]):
                continue
            behind_day = any(first < start for first, _ in self._dates)
            if not day_first and (behind_day or self._text.startswith(". ", end)):
                return None  # running text, or what is said behind the day
            number += 1
            if len(words) > _MOST_WORDS or number > _PARTS:
                return None
            if self._is_something_else(start, end, words):
                continue
            if number == 1 and day_first and len(words) == 1 and words[0][0].islower():
                continue  # where: online
            return start, end if day_first else self._with_subtitle(end)
        return None

    def _parts(self, begin: int) -> Iterator[Span]:
        at = begin
        for match in _PARTING.finditer(self._text, begin, self._end):
            if any(first < match.start() < last for first, last in self._dates):
                continue  # the dot of 4. Mai
            yield self._trim(at, match.start())
            at = match.end()
        yield self._trim(at, self._end)

    def _trim(self, start: int, end: int) -> Span:
        text = self._text
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and text[end - 1] in _TRAILING:
            end -= 1
        return start, end

    def _is_dated(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self._dates)

    def _is_something_else(self, start: int, end: int, words: Sequence[str]) -> bool:
        """Whether a part is a place or person, a number, or the label of a row (Module A)."""
        if any(first <= start and end <= last for first, last in self._names):
            return True
        letters = sum(map(len, words))
        label = words[0].casefold() in self._repeated and len(words) <= 2
        return label or letters < _FEWEST_LETTERS or not any(map(str.isalpha, "".join(words)))

    def _with_subtitle(self, end: int) -> int:
        """The end of a title with what a colon joins to it (Respirable silica: the new limits)."""
        if not self._text.startswith(": ", end):
            return end
        start, further = next(self._parts(end + 2))
        return end if start == further or self._is_dated(start, further) else further


def are_lessons(page: AnnotatedPage, lines: Sequence[DatedLine]) -> bool:
    """Whether a headline, or a line right above lines with a title and a day to come, says that
    each of them is a lecture, a seminar and so on (Vortragsreihe, Our webinars in spring). Lines
    of days past are news, too.
    """
    titled = [line for line in lines if line.title is not None]
    if len(titled) < _FEWEST_LESSONS or len({line.day_first for line in titled}) > 1:
        return False
    told = [page.sentence_at("text", line.title[0]) for line in titled if line.title]
    days = [s.dates[0].first for s in told if s and s.dates]
    if len(days) < len(told) or min(days) <= (page.draft.published or ""):
        return False
    first = told[0].index if told[0] else 0
    heads = (s for s in page.sentences[:first] if s.zone == "headline" or first - s.index <= _ABOVE)
    return any(s.zone != "body" and s.cue("rows_of_lessons") for s in heads)


def find_line_titles(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    here: Sequence[Candidate],
    lines: Sequence[DatedLine],
    *,
    lessons: bool = False,
) -> list[Candidate]:
    """The titles in a sentence that none of its candidates covers; of `lessons` each is one."""
    if sentence.part != "text" or sentence.zone == "contact":
        return []
    text, found = page.texts["text"], list[Candidate]()
    for line in lines[max(0, bisect_right(lines, sentence.start, key=_start) - 1) :]:
        if line.start >= sentence.end:
            break
        if line.title is None or not sentence.start <= line.title[0] < sentence.end:
            continue
        start, end = line.title[0], min(line.title[1], sentence.end)
        words = text[start:end].split()
        if any(c.name.start < end and start < c.name.end for c in here) or not words:
            continue
        year = _YEAR.search(text, start, end)
        found.append(
            Candidate(
                sentence,
                NounPhrase(
                    start, end, year=year.group() if year else None, left_words=tuple(words[:-1])
                ),
                (end - len(words[-1]), end),
                words[-1].casefold(),
                "gathering" if lessons else "open",
                (sentence.start, sentence.end),
                titles_line=True,
            )
        )
    return found


def measure_lines(
    events: Sequence[EventMentions], lines: Sequence[DatedLine]
) -> list[dict[str, float]]:
    """What the dated lines of a page say of each of its events."""
    if not lines:
        return [{} for _ in events]
    every = {"lines.count": min(_MANY, len(lines)) / _MANY}
    first: dict[int, int] = {}
    """Where the first mention of a line stands, by the offset of the line."""
    covered: set[int] = set()
    for c in (c for event in events for c in event.candidates):
        line = line_of(c, lines)
        if line is not None:
            first[line.start] = min(c.name.start, first.get(line.start, c.name.start))
            if c.kind in _BY_WORD:
                covered.add(line.start)
    turned = sum(line.day_first for line in lines) / len(lines)
    measured = []
    for event in events:
        best = event.best
        line = line_of(best, lines)
        if line is None:
            measured.append(every)
            continue
        title = line.title or (0, 0)
        measured.append(
            every
            | {
                "line.in": 1.0,
                "line.first": best.name.start <= first[line.start],
                "line.is_title": title[0] < best.name.end and best.name.start < title[1],
                "line.only_title": all(c.titles_line for c in event.candidates),
                "line.covered": len(covered) / len(lines),
                "line.others": min(_MANY_OTHERS, len(lines) - 1) / _MANY_OTHERS,
                "line.day_first": line.day_first,
                "line.same_order": turned if line.day_first else 1 - turned,
                "line.length": min(_LONG, line.end - line.start) / _LONG,
            }
        )
    return measured


def line_of(candidate: Candidate, lines: Sequence[DatedLine]) -> DatedLine | None:
    """The dated line in which the name of a mention begins."""
    if candidate.sentence.part != "text":
        return None
    at = bisect_right(lines, candidate.name.start, key=_start) - 1
    return lines[at] if at >= 0 and candidate.name.start < lines[at].end else None
