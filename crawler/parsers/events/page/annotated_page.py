"""A page as the event reader sees it: sentences with their zone, cue phrases, dates and entities.

Everything carries the part that it stands in; offsets count in that part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from crawler.parsers.entities.lexicon.tables import WITH_SUFFIX
from crawler.parsers.events.grammar.base import Grammar
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import AND, BEFORE_DATES, CAPITAL
from crawler.parsers.events.grammar.sentences import lines
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.coming_days import put_ahead
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.entries import Entry, find_entries, mask_days
from indexer.records.document import Mention, Page, Part

READ_PARTS: tuple[Part, ...] = ("title", "teaser", "text")
_HEADLINE_LENGTH = 160
_MOST_IN_LINE = 8
"""Sentences before one that are looked at: a line of a list is short."""
_OPENS_WITH_TIME = re.compile(
    r"^[ \t]*(?:[-–•*·][ \t]*)?(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.])", re.MULTILINE
)
_FEWEST_TIMES = 3
"""Lines that open with a time of day from which on they are a programme."""
_start = attrgetter("start")
_PARTING = frozenset({"organiser", "participants", "led_by", "theme"})
_TRAILING = re.compile(rf"(?:[\s,]|\b(?:{BEFORE_DATES}|{AND})\b)+\Z")
_PLACE = rf"[{CAPITAL}][\w\-]+(?: [{CAPITAL}][\w\-]+)?"
_DASH = "–|—|--|-"
_DATELINE = re.compile(
    rf"\s*(?:[{CAPITAL}][{CAPITAL}\-. ]{{2,30}}(?:[,/(][^–—\n]{{2,70}}?)?\s*(?:{_DASH}|:)\s"
    rf"|{_PLACE}, [^\n–—]{{0,8}}\d[^\n–—]{{2,40}}?(?:{_DASH}|/|\([^)\n]*\)\.?|[.:])\s"
    rf"|[{CAPITAL}][\w\-]+(?:,? [{CAPITAL}\d][\w\-.]*){{0,4}}\.? ?/[^/\n]{{3,40}}/\.?\s(?:[–—-]\s)?"
    rf"|{_PLACE} \([^)\n]{{2,40}}\)\s?(?:{_DASH}|:)?\s)"
)


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """One sentence; `index` counts over all parts, `zone` is headline, body, list or contact."""

    index: int
    part: Part
    start: int
    end: int
    line: int
    zone: str
    cues: tuple[CueHit, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    dateline_end: int = -1
    """End of a dateline at its start; -1 without one."""
    entry: Entry | None = None
    """The entry of a calendar that it is of."""

    def of(self, *fields: str) -> list[Mention]:
        """Entities of these fields, in order."""
        found = [m for f in fields if f in self.mentions for m in self.mentions[f]]
        return sorted(found, key=_start) if len(found) > 1 else found

    def cue(self, *categories: str) -> list[CueHit]:
        """Cue phrases of these categories, in order."""
        return [c for c in self.cues if c.category in categories] if self.cues else []


@dataclass(frozen=True)
class AnnotatedPage:
    """The page: its strings, masked strings and sentences."""

    draft: Page
    vocabulary: EventVocabulary
    texts: Mapping[str, str]
    masked: Mapping[str, str]
    sentences: tuple[AnnotatedSentence, ...]

    @property
    def grammar(self) -> Grammar:
        """The constructions of its language."""
        return self.vocabulary.grammar

    @property
    def body(self) -> list[AnnotatedSentence]:
        """Running text and lists: neither headlines nor contact blocks."""
        return [s for s in self.sentences if s.zone in ("body", "list")]

    def sentence_at(self, part: str, position: int) -> AnnotatedSentence | None:
        """The sentence that holds a position of a part."""
        found = self.sentence_up_to(part, position)
        return found if found and position < found.end else None

    def sentence_up_to(self, part: str, position: int) -> AnnotatedSentence | None:
        """The last sentence of a part that begins at a position or before it."""
        sentences = self._by_part.get(part, [])
        number = bisect_right(sentences, position, key=_start)
        return sentences[number - 1] if number else None

    @cached_property
    def _by_part(self) -> Mapping[str, Sequence[AnnotatedSentence]]:
        found: dict[str, list[AnnotatedSentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.part, []).append(sentence)
        return found

    def labelled(self, sentence: AnnotatedSentence, category: str) -> int:
        """End of a label with its colon at the start of a line ("Ort: …"), or with its dash where a
        language writes none of the verb; -1 without one.
        """
        text, verbless = self.masked[sentence.part], self.grammar.drops_copula
        for cue in sentence.cue(category):
            mark = self.vocabulary.fact_labels.mark.match(text, cue.end, sentence.end)
            if mark and cue.start - sentence.start <= 2 and (verbless or mark.group() == ":"):
                return mark.end()
        return -1

    def names_gathering(self, sentence: AnnotatedSentence) -> bool:
        """Whether a sentence has a word such as forum or conference."""
        text = self.masked[sentence.part][sentence.start : sentence.end]
        return self.vocabulary.names_gathering(text)

    def line_zone(self, sentence: AnnotatedSentence) -> str:
        """The zone of the line that a sentence stands in: that of its first sentence."""
        first = sentence
        for before in reversed(
            self.sentences[max(0, sentence.index - _MOST_IN_LINE) : sentence.index]
        ):
            if (before.part, before.line) != (sentence.part, sentence.line):
                break
            first = before
        return first.zone

    def text(self, sentence: AnnotatedSentence) -> str:
        """The sentence as written."""
        return self.texts[sentence.part][sentence.start : sentence.end]

    def cut(self, part: str, start: int, end: int) -> str:
        """A span of a part as written."""
        return self.texts[part][start:end]


def annotate_page(
    draft: Page,
    vocabulary: EventVocabulary,
    dates: Iterable[DateMention],
    block_labels: Sequence[str],
) -> AnnotatedPage:
    """Split all parts of a draft page and sort its dates and mentions into the sentences.

    `block_labels` open a contact block ("Ansprechpartner"), which holds no news.
    """
    texts: dict[str, str] = {part: draft.part(part) for part in READ_PARTS}
    even = vocabulary.grammar.even_signs
    masked = {part: vocabulary.splitter.mask(even(text)) for part, text in texts.items()}
    every_date = list(dates)
    of_text = [d for d in every_date if d.part == "text"]
    entries = find_entries(texts["text"], of_text, draft.published)
    masked["text"] = vocabulary.fact_labels.join(mask_days(masked["text"], entries))
    spans: list[_Span] = []
    for part in READ_PARTS:
        zones = _find_zones(texts[part], block_labels) if part == "text" else {}
        for sentence in vocabulary.splitter.split(texts[part], masked[part]):
            zone = "headline" if part == "title" else zones.get(sentence.start, "body")
            spans.append(_Span(len(spans), part, sentence.start, sentence.end, sentence.line, zone))
    filler = _Filler(
        texts,
        masked,
        vocabulary,
        every_date,
        draft.mentions,
        entries=entries,
        published=draft.published,
    )
    return AnnotatedPage(draft, vocabulary, texts, masked, tuple(filler.fill(spans)))


def _trim(
    names: Sequence[Mention], text: str, dates: Sequence[DateMention], cues: Sequence[CueHit]
) -> list[Mention]:
    """Names of organisations cut before a date, and split at a cue phrase (A при поддержке B)."""
    kept: list[Mention] = []
    for name in names:
        end = min([name.end, *(d.start for d in dates if name.start < d.start < name.end)])
        spans = [(name.start, end)]
        for cue in cues:
            inside = (
                cue.category in _PARTING and spans[-1][0] < cue.start and cue.end < spans[-1][1]
            )
            if inside and cue.side == "right":
                start, end = spans.pop()
                spans += [(start, cue.start), (cue.end, end)]
        kept += [_shorten(name, text, start, end) for start, end in spans]
    return [k for k in kept if k.end - k.start > 1]


def _shorten(name: Mention, text: str, start: int, end: int) -> Mention:
    if (start, end) == (name.start, name.end):
        return name
    while start < end and not text[start].isalnum() and text[start] not in "«„":
        start += 1
    words = _TRAILING.sub("", text[start:end])
    return replace(name, start=start, end=start + len(words), surface=words, value=words)


def _outside_names(
    dates: Sequence[DateMention], persons: Sequence[Mention]
) -> tuple[DateMention, ...]:
    """The dates that are no part of a person's name (Karin Sommer)."""
    starts = [person.start for person in persons]

    def is_name(date: DateMention) -> bool:
        place = bisect_right(starts, date.start) - 1
        return place >= 0 and date.end <= persons[place].end

    return tuple(date for date in dates if not is_name(date))


def _find_zones(text: str, block_labels: Sequence[str]) -> dict[int, str]:
    """Zone of each line that is no running text, by the offset of its first character; a programme
    is a list, however short the page.
    """
    labels = {label.casefold().rstrip(":") for label in block_labels}
    zones: dict[int, str] = {}
    contact, running = False, False
    programme = len(_OPENS_WITH_TIME.findall(text)) >= _FEWEST_TIMES
    for number, (begin, end) in enumerate(lines(text), 1):
        line = text[begin:end].strip()
        running = running or (programme and _OPENS_WITH_TIME.match(text, begin) is not None)
        start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        contact = contact or (number > 2 and line.casefold().rstrip(": ") in labels)
        closed = line.endswith((".", "!", "?", "…", ".“", '."', ".»"))
        if contact:
            zones[start] = "contact"
        elif not running and not closed and len(line) <= _HEADLINE_LENGTH:
            zones[start] = "headline"
        elif not closed and len(line) <= _HEADLINE_LENGTH:
            zones[start] = "list"
        else:
            running = True
    if not running:
        zones = {k: "list" if v == "headline" and k else v for k, v in zones.items()}
    return zones


class _Span(NamedTuple):
    """A sentence before it is known what stands in it: as in `AnnotatedSentence`."""

    number: int
    part: Part
    start: int
    end: int
    line: int
    zone: str


class _Filler:
    """Sorts cue phrases, dates and mentions into the sentences, each looked up by its start."""

    def __init__(
        self,
        texts: Mapping[str, str],
        masked: Mapping[str, str],
        vocabulary: EventVocabulary,
        dates: Iterable[DateMention],
        mentions: Iterable[Mention],
        *,
        entries: Sequence[Entry],
        published: str | None,
    ) -> None:
        self._published = published
        self._words = vocabulary
        self._entries = entries
        self._texts = texts
        self._cues = {part: _ByStart(vocabulary.index.find(text)) for part, text in masked.items()}
        every_date, every_mention = list(dates), list(mentions)
        self._dates = {p: _ByStart([d for d in every_date if d.part == p]) for p in READ_PARTS}
        self._mentions = {
            p: _ByStart([m for m in every_mention if m.part == p and "[" not in m.field])
            for p in READ_PARTS
        }
        self._datelines = True

    def fill(self, spans: Sequence[_Span]) -> list[AnnotatedSentence]:
        """The sentences with all that stands in them."""
        filled = [self._fill_sentence(s) for s in spans]
        if not self._entries:
            return filled
        entries = _ByStart(_with_days_of(filled, self._entries))
        return [replace(s, entry=_entry_of(s, entries)) for s in filled]

    def _fill_sentence(self, s: _Span) -> AnnotatedSentence:
        cues = tuple(self._cues[s.part].between(s.start, s.end))
        fields: dict[str, list[Mention]] = {}
        for mention in self._mentions[s.part].between(s.start, s.end):
            if not self._is_elsewhere(mention):
                fields.setdefault(mention.field, []).append(mention)
        dates = _outside_names(
            self._dates[s.part].between(s.start, s.end), fields.get("persons", [])
        )
        dates = () if self._is_day_of_page(s, dates) else dates
        dates = put_ahead(dates, cues, self._texts[s.part], self._published, self._words)
        fields["organisations"] = _trim(
            fields.get("organisations", []), self._texts[s.part], dates, cues
        )
        return AnnotatedSentence(
            *s,
            cues=cues,
            dates=dates,
            mentions={f: tuple(ms) for f, ms in fields.items()},
            dateline_end=self._dateline_end(s),
        )

    def _is_day_of_page(self, s: _Span, dates: Sequence[DateMention]) -> bool:
        """Whether a sentence is but the day of the page, before the report in the same line, where
        reports open so (21.05.2031. The guests …).
        """
        text = self._texts[s.part]
        told = [date.first for date in dates]
        if not self._words.grammar.has_day_sentences or told != [self._published]:
            return False
        alone = text[s.start : dates[0].start] + text[dates[0].end : s.end]
        return not alone.strip(" .,–—") and text[s.end : s.end + 1] == " "

    def _is_elsewhere(self, mention: Mention) -> bool:
        """Whether nothing takes place in a town: where somebody comes from by its ending, or one in
        the quotes of a house or a firm («Grand Samarqand» mehmonxonasi).
        """
        if mention.field != "places":
            return False
        grammar = self._words.grammar
        if mention.extractor == WITH_SUFFIX and grammar.is_origin(mention.surface):
            return True
        span = mention.start, mention.end
        return grammar.names_by_quotes(self._texts[mention.part], span, self._words)

    def _dateline_end(self, s: _Span) -> int:
        """End of the dateline of the first sentence of the body; -1 without one."""
        if not self._datelines or s.zone != "body" or s.part == "title":
            return -1
        text = self._texts[s.part]
        found = _DATELINE.match(text, s.start, min(s.end + 60, len(text)))
        self._datelines = s.part == "teaser" and not found
        return found.end() if found else -1


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


Item = TypeVar("Item", bound=_Spanned)


class _ByStart(Generic[Item]):
    """Items by their start, cut out by bisection."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = sorted(items, key=lambda i: i.start)
        self._starts = [i.start for i in self._items]

    def last_before(self, end: int) -> Item | None:
        """The last item that starts before an offset."""
        place = bisect_left(self._starts, end)
        return self._items[place - 1] if place else None

    def between(self, start: int, end: int) -> list[Item]:
        """Items that start in a span."""
        return self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _with_days_of(
    sentences: Sequence[AnnotatedSentence], entries: Sequence[Entry]
) -> Iterator[Entry]:
    """The entries with their days as the sentences have them, which may have put them ahead."""
    days = {d.start: d for s in sentences if s.part == "text" for d in s.dates}
    for entry in entries:
        yield replace(entry, dated=days.get(entry.dated.start, entry.dated))


def _entry_of(s: AnnotatedSentence, entries: _ByStart[Entry]) -> Entry | None:
    """The entry that a sentence of the text is of."""
    before = entries.last_before(s.end) if s.part == "text" else None
    return before if before and s.start < before.end else None
