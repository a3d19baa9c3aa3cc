"""The series that an event belongs to: its name without number and year, or the body that meets."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from crawler.parsers.entities.tagger.finder import RULE as TAGGER
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import (
    ARTICLES,
    BEFORE_DATES,
    BEFORE_SERIES,
    OF,
    SESSIONS,
)
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import NAMED
from crawler.parsers.events.page.found_value import FoundValue

_CLOSED_BEHIND = {"“": "”", "‘": "’", "'": "'"}
"""Signs that open quotes only where these close them."""
_YEAR = re.compile(r"[\s-]*(?<!\d)(?:19|20)\d\d(?!\d)")
_LINK_TO_YEAR = re.compile(rf"(?:[\s\u00a0]+(?:{OF}|{ARTICLES}|{BEFORE_DATES}))+[\s\u00a0]*\Z")
_OPENED = re.compile(r"[„“«\"]([^„“”«»\"\n]{3,120})\Z")
"""What stands in quotes that are still open."""
_CLOSING = frozenset('“”»"')
_ARTICLE = re.compile(rf"\s*(?:(?:{BEFORE_SERIES})\b\s*)+", re.IGNORECASE)
SESSION = re.compile(rf"(?:{SESSIONS})\Z", re.IGNORECASE)
_POSSESSIVES = ("'s ", "’s ")
"""What is left of an owner before a name (Norlit | 's hearing)."""
_PARTING = ";,:"
"""Marks between what is said of one thing and of another."""

_RELATED = 90
"""Characters behind a name within which its sentence says how often it is held."""
BODY_RULES = ("series.body", "series.owner", "series.body-meets", "series.minutes")
"""Rules of series that are bodies whose sessions are told."""


def read_series(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The series of an event, or None where nothing says that it recurs."""
    best = event.best
    ordered = [best, *(c for c in event.candidates if c is not best)]
    recurs = any(c.is_bare and c.sentence.cue("recurring") for c in ordered)
    recurs = recurs or any(_is_resumed_often(page, c) for c in ordered)
    recurs = recurs or any(c.name.ordinal for c in ordered if id(c) in event.nameless)
    # Where a word stands for the noun of another edition, that one says what both are of.
    ordered = [c for c in ordered if not (c.is_journey or c.stands_for or id(c) in event.nameless)]
    for c in ordered:
        body = _body_before(page, c) or _body_behind(page, c.sentence.part, c.name.tail, c.word)
        if body:
            return body
    body = _body_that_met(page, event)
    if body:
        return body
    labelled = _by_label(page, event)
    if labelled:
        return labelled
    if best.kind == "body" and "body meets" in best.reasons:
        return _trim(page, best.sentence.part, best.name.start, best.name.end, "series.body")
    return next((found for c in ordered if (found := _by_name(page, c, recurs=recurs))), None)


def series_of_name(page: AnnotatedPage, c: Candidate) -> FoundValue[str] | None:
    """What a mention's name leaves without number and year; None for a bare head, and for a name
    that tells its month.
    """
    inside = (d for d in c.sentence.dates if c.name.start < d.end and d.start < c.name.end)
    if any(d.kind == NAMED for d in inside):
        return None
    name = replace(c.name, quote=None) if is_named_in_quotes(page, c) else c.name
    short = replace(name, end=end_before_owner(page, c, name.end))
    # The annual workshop of a network is told from others by the network alone.
    found = next((f for n in (short, name) if (f := _called(page, c, n))), None)
    if found is None:
        return None
    *left, head = found.value.split()
    called = [word for word in left if not page.vocabulary.name_drop.match(word)]
    # "Очередное заседание" is one session among others, and no name.
    return None if left and not called and head.casefold() in page.vocabulary.heads else found


def _called(page: AnnotatedPage, c: Candidate, name: NounPhrase) -> FoundValue[str] | None:
    """A name without its number; None for a bare head, but for one of several words with capitals
    that a year tells from others (Mining Week 2031), and whose last word names no event by itself:
    each town has a Trade Fair 2031.
    """
    found = _without_number(page, c, name)
    if found is None or found.value.casefold() not in page.vocabulary.heads:
        return found
    words = found.value.split()
    named = bool(name.year) and len(words) > 1 and all(word[0].isupper() for word in words)
    return found if named and page.vocabulary.head_of(words[-1]) in (None, "open") else None


def _by_name(page: AnnotatedPage, c: Candidate, *, recurs: bool) -> FoundValue[str] | None:
    """The series by the name of an edition, or of an event that recurs."""
    part, name = c.sentence.part, c.name
    recurring = recurs or _is_told_often(page, c)
    recurring |= any(name.start - 30 <= k.start <= name.end for k in c.sentence.cue("recurring"))
    # What is held for the first time has no other edition yet.
    number = name.ordinal if name.ordinal != 1 or _has_number_inside(name) else None
    if name.quote and name.year and c.word in page.vocabulary.generic_heads:
        return _without_number(
            page, c, replace(name, start=name.quote[0], end=name.quote[1], quote=None)
        )
    if name.quote and name.ordinal and _is_called_by_quotes(page, c):
        return _trim(page, part, *name.quote, "series.quoted")
    if c.word in page.vocabulary.regular_meetings and not name.quote:
        return _without_number(page, c, replace(name, end=end_before_owner(page, c, name.end)))
    return series_of_name(page, c) if number or name.year or recurring else None


def _is_called_by_quotes(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether the quotes of a numbered event are what its series is called."""
    return c.word in page.vocabulary.generic_heads or page.grammar.numbers_follow_heads


def _has_number_inside(name: NounPhrase) -> bool:
    """Whether a name has its number itself (the first Tin Forum), not its sentence (for the first
    time).
    """
    return name.ordinal_span is not None and name.start <= name.ordinal_span[0] < name.end


def _is_told_often(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether the rest of a sentence says how often it is held (der Zinntag, zu dem … jedes Jahr
    einlädt), with no other event between.
    """
    text, start = page.masked[c.sentence.part], c.name.end
    if c.kind == "weak" or c.plural:
        return False
    return any(
        start <= k.start <= start + _RELATED
        and not page.vocabulary.names_gathering(text[start : k.start])
        for k in c.sentence.cue("frequency")
    )


def _is_resumed_often(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a bare mention stands in a sentence that says how often it is held (The union holds
    the forum every second year), or the sentence behind one says so of what it does not name (The
    chamber has put it on every spring).
    """
    if c.is_bare and (c.kind == "gathering" or c.is_generic) and c.sentence.cue("frequency"):
        return True
    behind = page.sentences[c.sentence.index + 1 : c.sentence.index + 2]
    return any(
        (s.part, s.line) == (c.sentence.part, c.sentence.line) and _means_one_before(page, s)
        for s in behind
        if s.cue("frequency")
    )


def _means_one_before(page: AnnotatedPage, s: AnnotatedSentence) -> bool:
    """Whether a sentence says how often it is held of a pronoun that may mean an event, and names
    none itself.
    """
    masked = page.masked[s.part]
    if page.vocabulary.names_gathering(masked[s.start : s.end]):
        return False
    return any(_is_held_often(page, s, often) for often in s.cue("frequency"))


def _is_held_often(page: AnnotatedPage, s: AnnotatedSentence, often: CueHit) -> bool:
    """Whether the pronoun stands before the frequency, and a verb for holding beside both, with no
    mark between.
    """
    masked = page.masked[s.part]
    start = max(s.start, *(masked.rfind(mark, s.start, often.start) for mark in _PARTING))
    ends = (masked.find(mark, often.end, s.end) for mark in _PARTING)
    end = min((at for at in ends if at >= 0), default=s.end)
    words = {w.group().casefold() for w in page.vocabulary.words(masked[start : often.start])}
    held = any(start <= k.start and k.end <= end for k in s.cue("holding"))
    return held and bool(words & page.vocabulary.event_pronouns)


def _by_label(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The quoted name of a series that the text calls one: the last workshop of the series "X"."""
    words = "|".join(map(re.escape, page.vocabulary.series_labels))
    if not words:
        return None
    label = re.compile(
        rf"(?<!\w)(?:{words})[,:]?\s[„“«\"]([^„“”«»\"\n]{{3,80}})[“”»\"]", re.IGNORECASE
    )
    for c in event.candidates:
        found = label.search(page.masked[c.sentence.part], c.sentence.start, c.sentence.end)
        if found:
            return _trim(page, c.sentence.part, *found.span(1), "series.label")
    return None


def _body_that_met(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The body that met, where another mention has the number (Es war die dritte
    Sitzung).
    """
    if event.ordinal is None:
        return None
    owned = {c.sentence.index for c in event.candidates if c.owned and c.name.ordinal}
    bodies = [
        c
        for c in event.candidates
        if c.kind == "body" and ("body meets" in c.reasons or c.sentence.index in owned)
    ]
    if not bodies:
        return None
    name = bodies[0].name
    return _trim(page, bodies[0].sentence.part, name.start, name.end, "series.body-meets")


def _body_before(page: AnnotatedPage, c: Candidate) -> FoundValue[str] | None:
    """The body that holds "its" fifth session: the last one named before it in the sentence, of
    those that tables and patterns know if there are any (houses are bodies, too), not in brackets.
    """
    session = SESSION.match(c.word.split()[-1])
    if not session or not c.name.ordinal or c.name.determiner not in page.vocabulary.possessives:
        return None
    text = page.texts[c.sentence.part]
    before = [
        m
        for m in c.sentence.of("organisations")
        if m.end <= c.name.start and not text[: m.start].endswith("(")
    ]
    if not before:
        return None
    owner = max(before, key=lambda m: (m.extractor != TAGGER, m.start))
    return _trim(page, c.sentence.part, owner.start, owner.end, "series.owner")


def _body_behind(
    page: AnnotatedPage, part: str, tail: tuple[int, int] | None, word: str
) -> FoundValue[str] | None:
    """A session's body: the noun phrase in the genitive behind the head."""
    if tail is None or not SESSION.match(word):
        return None
    text = page.texts[part]
    article = _ARTICLE.match(text, tail[0], tail[1])
    opening = text[article.end() if article else tail[0] : tail[1]].split()
    if opening and opening[0].casefold() in page.vocabulary.roles:
        return None
    if page.grammar.marks_genitives and article is None:
        return None
    start = article.end() if article else tail[0]
    if not _names_body(page.vocabulary, text[start : tail[1]]):
        return None
    start = page.grammar.skip_adjectives(text, start, tail[1])
    return _trim(page, part, start, tail[1], "series.body")


def _names_body(vocabulary: EventVocabulary, text: str) -> bool:
    """Whether a word of a phrase, or two of them together (рабочая группа), stand for a body."""
    words = [m.group() for m in vocabulary.words(text)]
    pairs = (folded(f"{a} {b}") for a, b in pairwise(words))
    return any(_is_body(vocabulary, word) for word in words) or any(
        vocabulary.heads.get(pair) == "body" for pair in pairs
    )


def _is_body(vocabulary: EventVocabulary, word: str) -> bool:
    low = word.casefold()
    kind = vocabulary.head_of(word)
    return (
        kind in ("body", "gathering")
        or low in vocabulary.series_nouns
        or (kind == "weak" and word[0].isupper())
    )


def _without_number(page: AnnotatedPage, c: Candidate, name: NounPhrase) -> FoundValue[str] | None:
    """The name without its edition and year, whichever end they stand at, and without a word for
    the next one.
    """
    part = c.sentence.part
    text = page.texts[part]
    start, end, number = name.start, name.end, name.ordinal_span
    start = skip_opening_words(page, part, start, end)
    if name.quote and number:
        end = min(end, name.quote[0] - 1)
    if number and start <= number[0] < end:
        near_start = number[1] < end and number[0] - start <= number[1] - number[0] + 12
        closing = max(text.rfind(sign, start, number[0]) for sign in _CLOSING)
        if opens_quotes(text, start, end) and closing > start:
            end = closing + 1  # «X» атты V форум
        else:
            start, end = (number[1], end) if near_start else (start, number[0])
    start = skip_opening_words(page, part, start, end)
    start = max([start, *(k.end for k in c.sentence.cue("next_event") if k.start == start)])
    edition = page.vocabulary.edition_words.match(text, start, end)
    start = edition.end() if edition else start
    bracket = text.find(" (", start, end)
    end = bracket if bracket > start else end
    year = _YEAR.search(text, start, end)
    if year:
        quoted = _OPENED.search(text, start, year.start())
        start = quoted.start(1) if quoted else start
        behind = text[year.end() : end].split()
        # A year amid a name stands before the name proper (the club's 2031 Tin Summit).
        ends_quote = quoted is not None and text[year.end() : year.end() + 1] in _CLOSING
        amid = len(behind) > 1 and page.vocabulary.head_of(behind[-1]) is not None
        amid = amid and not ends_quote
        opens = amid or year.start() - start < 4
        start, end = (
            (year.end(), end) if opens else (start, _before_link(text, start, year.start()))
        )
    return _trim(page, part, start, end, "series.name")


def _before_link(text: str, start: int, end: int) -> int:
    """The end before the words that led to a year (debate | of the 2031 election cycle)."""
    link = _LINK_TO_YEAR.search(text, start, end)
    return link.start() if link else end


def is_named_in_quotes(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether quotes right behind the head belong to the name of an edition: II Международный форум
    «Олово степи», XII Ярмарка «Степь».
    """
    name = c.name
    # Behind a hyphen the head follows how it is held (онлайн-форум).
    word = c.word if page.grammar.hyphenates_heads else c.word.rpartition("-")[2]
    if not name.quote or word not in page.vocabulary.heads:
        return False
    if page.grammar.numbers_follow_heads:
        return True
    return not page.texts[c.sentence.part][c.head[1] : name.quote[0] - 1].strip()


def end_before_owner(page: AnnotatedPage, c: Candidate, end: int) -> int:
    """The end of a name before the body whose event it is (Zinntag | der Zinnkammer Essen); a
    session is called by its body.
    """
    name, text = c.name, page.texts[c.sentence.part]
    if name.tail is None or end != name.tail[1] or SESSION.match(c.word.split()[-1]):
        return end
    article = _ARTICLE.match(text, *name.tail)
    start = article.end() if article else name.tail[0]
    owned = any(m.start <= start and m.end >= end - 1 for m in c.sentence.of("organisations"))
    return c.head[1] if owned and c.kind != "body" else end


def opens_quotes(text: str, at: int, end: int) -> bool:
    """Whether a sign opens quotes: “ does so where they close behind it (“X” форуму), and closes
    German ones elsewhere; single ones do so before a capital ('Green Ore' forum).
    """
    closing = _CLOSED_BEHIND.get(text[at], "")
    if not closing or (text[at] == "'" and not text[at + 1 : at + 2].isupper()):
        return text[at] in '„«"'
    return text.find(closing, at + 1, end) > 0


def skip_opening_words(page: AnnotatedPage, part: str, start: int, end: int) -> int:
    """Where a name starts behind words such as "diesjährige", "two-day", "очередное", and before
    capitals behind those that say how often (the annual | Tin Forum, but annual tin forum).
    """
    text = page.masked[part]
    while start < end and not text[start].isalnum() and not opens_quotes(text, start, end):
        start += 1
    if text[start - 1 : start + 2] in _POSSESSIVES:
        return skip_opening_words(page, part, start + 1, end)
    word = re.compile(r"[\w-]+").match(text, start, end)
    rest = text[word.end() : end].strip() if word else ""
    enough = rest if page.grammar.joins_compounds else " " in rest
    often = word is not None and word.group() in page.vocabulary.recurring and rest[0:1].isupper()
    if word and enough and (often or page.vocabulary.name_drop.match(word.group())):
        return skip_opening_words(page, part, word.end() + 1, end)
    return start


def _trim(
    page: AnnotatedPage, part: str, start: int, end: int, rule: str
) -> FoundValue[str] | None:
    text = page.texts[part]
    while start < end and not text[start].isalnum() and not opens_quotes(text, start, end):
        start += 1
    while end > start and text[end - 1] in " ,;:.–—-\n":
        end -= 1
    part_name = next(s.part for s in page.sentences if s.part == part)
    return (
        FoundValue(text[start:end], part_name, start, end, rule, 0.7) if end - start > 2 else None
    )
