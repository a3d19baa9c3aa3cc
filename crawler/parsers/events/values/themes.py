"""What an event is about where the text marks it: theme, motto, agenda."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import SUBJECT_ARTICLES, THEME_IS
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue

_QUOTED = re.compile(
    rf"[\s:–—-]*(?:(?:{THEME_IS})[\s:]*)?(?:(?:{SUBJECT_ARTICLES})\s)?"
    r"[„“«\"]([^„“”»«\"\n]{3,220})[“”»\"]"
)
_SUBJECT = r"[„“«\"]([^„“”»«\"\n]{3,160})[“”»\"]"
"""A subject in quotes."""
_INNER = re.compile(_SUBJECT)
_OF_IT = re.compile(rf"(?:\s\w+){{1,3}}\s?(?:[—–:]|\b(?:{THEME_IS})\b)\s?(?=[„“«\"])")
"""What the theme is of, up to its dash or verb (Тема семинара — «…», the topic of the day is "…").
"""
_QUOTED_BEFORE = re.compile(rf"{_SUBJECT}\s\Z")
_IN_QUOTES = re.compile(r"[„“«\"][^„“”»«\"\n]+[“”»\"]")
_CALLED = re.compile(rf"[:,]?\s{_SUBJECT}")
_FEWEST_CALLED = 3
"""Words of a subject that a talk is called by: fewer are a name."""
_WHOLE_LINE = re.compile(rf"{_SUBJECT}\.?")
_BELOW = 4
"""Lines below the name that may hold a label."""
_WORD_FOR_THEME = re.compile(
    rf"(?:(?:{SUBJECT_ARTICLES})\s)?(?:Them(?:a|en)|(?:topic|subject|theme)s?\sof)\s(?=\S{{2}})"
)
"""What says before a theme that it is one (stand das Thema | Ehrenamt im Mittelpunkt)."""
_STOP = re.compile(r"[.;!?\n()]|,\s|\s[–—]\s")
_WORD = re.compile(r"[\w’'-]+")
_MARK = re.compile(r":\s|\s[–—]\s")
_LONGEST_LINE = 90
_MAX_LENGTH = 160
_MOST_WORDS = 9
"""Words of a subject in a name."""


def read_theme(
    page: AnnotatedPage, event: EventMentions, sentences: Iterable[AnnotatedSentence]
) -> FoundValue[str] | None:
    """The theme of an event, by cue phrase; else the subject that its name ends in (workshop on X).
    Quotes and mottos in a name are none here (see `subject_called`).
    """
    labelled = [] if event.second else _labelled_lines(page, event)
    found = (_at_cue(page, s, cue) for s in (*sentences, *labelled) for cue in s.cue("theme"))
    theme = next((t for t in found if t and not _is_in_name(t, event)), None)
    theme = theme or (None if event.second else _below_name(page, event))
    return theme or _subject(page, event) or _subject_before(page, event)


def spans_at_cues(
    page: AnnotatedPage, sentence: AnnotatedSentence
) -> Iterator[tuple[CueHit, FoundValue[str]]]:
    """What stands at the cue phrases of a sentence, also at those that tell what was merely talked
    about.
    """
    for cue in sentence.cue("theme"):
        theme = _at_cue(page, sentence, cue, talked_about=True)
        if theme:
            yield cue, theme


def quoted_in(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[FoundValue[str]]:
    """What stands in quotes in a sentence."""
    for quoted in _INNER.finditer(page.masked[sentence.part], sentence.start, sentence.end):
        theme = _trim(page, sentence.part, *quoted.span(1), "themes.quoted")
        if theme:
            yield theme


def linked_in(
    page: AnnotatedPage, sentence: AnnotatedSentence
) -> Iterator[tuple[str, FoundValue[str]]]:
    """What stands behind a word such as "on" in a sentence, up to the end of a theme and up to the
    end of the clause; what stands behind a colon or a dash; and a line as a whole.
    """
    for kind, start, end in _linked(page, sentence):
        theme = _trim(page, sentence.part, start, end, f"themes.{kind}")
        if theme:
            yield kind, theme


def _linked(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[tuple[str, int, int]]:
    masked, stop = page.masked[sentence.part], sentence.end
    for link in page.vocabulary.subject_words.finditer(masked, sentence.start, stop):
        start = link.end()
        clause = _end_of_clause(page, masked, start, stop)
        end = _before_stop_word(page, masked, start, clause)
        yield "link", start, end
        if clause != end:
            yield "link", start, clause
    for mark in _MARK.finditer(masked, sentence.start, stop):
        yield "mark", mark.end(), _end_of_clause(page, masked, mark.end(), stop)
    is_line = sentence.zone in ("headline", "list") and not sentence.dates
    if is_line and stop - sentence.start <= _LONGEST_LINE:
        yield "line", sentence.start, stop


def _end_of_clause(page: AnnotatedPage, masked: str, start: int, limit: int) -> int:
    """As the end of a theme, whatever words stand before it."""
    limit, goes_on = min(limit, start + _MAX_LENGTH), page.vocabulary.row_goes_on
    stop = _STOP.search(masked, start, limit)
    while stop and stop.group().startswith(",") and goes_on.match(masked, stop.end(), limit):
        stop = _STOP.search(masked, stop.end(), limit)
    return stop.start() if stop else limit


def _subject_before(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """What a gathering is about by a mention that says so before its head."""
    for c in (event.best, *event.candidates):
        subject = None if c.is_journey else c.name.subject
        if subject and (theme := _trim(page, c.sentence.part, *subject, "themes.subject")):
            return theme
    return None


def _subject(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """What a gathering is on by a mention of it (a round table on tin), the best one first; not the
    remit of a standing body (the third session on energy), nor the goal of a journey.
    """
    return next(
        (
            theme
            for candidate in (event.best, *event.candidates)
            if (theme := subject_of(page, candidate))
        ),
        None,
    )


def subject_of(page: AnnotatedPage, candidate: Candidate) -> FoundValue[str] | None:
    """What a mention is on by the words right behind its head."""
    words = page.vocabulary
    if candidate.is_journey or candidate.word.endswith(words.remit_heads):
        return None
    part, masked = candidate.sentence.part, page.masked[candidate.sentence.part]
    start, tail = candidate.head[1], candidate.name.tail
    opening = words.subject_links.match(masked, start, candidate.sentence.end)
    if opening is None:
        return None
    start = opening.end()
    end = tail[1] if tail else _end_of_theme(page, masked, start, candidate.sentence.end)
    stop = words.subject_stops.search(masked, start, end)
    end = stop.start() if stop else end
    days = (d.start for d in candidate.sentence.dates if start <= d.start)
    end = min([end, *days])
    if masked[start:end].count(" ") >= _MOST_WORDS:
        return None
    theme = _trim(page, part, start, end, "themes.subject")
    if theme and any(theme.end <= k.end for k in candidate.sentence.cue("theme")):
        return None  # "zum Thema:" names none
    return theme


def subject_called(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """What a talk is called in quotes right behind its head (Seminar „Zinn aus alten Halden“); none
    of an edition, whose quotes are its name, nor of a word or two.
    """
    if event.ordinal is not None:
        return None
    for c in (event.best, *event.candidates):
        span = _called_behind(page, c)
        if span and page.cut(c.sentence.part, *span).count(" ") >= _FEWEST_CALLED - 1:
            return _trim(page, c.sentence.part, *span, "themes.called")
    return None


def out_of_quotes(theme: FoundValue[str]) -> FoundValue[str]:
    """A theme without the quotes that it stands in."""
    if not _IN_QUOTES.fullmatch(theme.value):
        return theme
    return replace(theme, value=theme.value[1:-1], start=theme.start + 1, end=theme.end - 1)


def _called_behind(page: AnnotatedPage, c: Candidate) -> tuple[int, int] | None:
    if c.name.year or not c.word.endswith(page.vocabulary.talk_heads):
        return None
    text, behind = page.texts[c.sentence.part], c.head[1]
    quoted = _CALLED.match(text, behind, c.sentence.end)
    return quoted.span(1) if quoted else None


def _labelled_lines(page: AnnotatedPage, event: EventMentions) -> list[AnnotatedSentence]:
    """The lines below the name of an event that begin with a word for its theme and a colon, above
    any running text.
    """
    return [
        s
        for s in page.sentences
        if s.zone == "headline"
        and any(0 < s.index - i <= _BELOW for i in event.sentences())
        and page.labelled(s, "theme") > 0
    ]


def _below_name(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The line in quotes right below that of the name of an event, or below the line of its days
    that stands between (its motto).
    """
    own = {c.sentence.index for c in event.candidates if c.sentence.zone in ("headline", "list")}
    for s in page.sentences:
        whole = _WHOLE_LINE.fullmatch(page.texts[s.part], s.start, s.end)
        if not whole or s.zone not in ("headline", "list"):
            continue
        if any(above.index in own for above in _lines_above(page, s)):
            return _trim(page, s.part, *whole.span(1), "themes.subtitle")
    return None


def _lines_above(page: AnnotatedPage, line: AnnotatedSentence) -> list[AnnotatedSentence]:
    """The sentences of the line above, and, where that tells days, of the one above it."""
    above = _line_up_to(page, line.index - 1)
    if any(s.dates for s in above):
        above += _line_up_to(page, above[0].index - 1)
    return above


def _line_up_to(page: AnnotatedPage, index: int) -> list[AnnotatedSentence]:
    """Back from a sentence: to look through the whole page for each line took a time that grew with
    the square of their number.
    """
    if index < 0:
        return []
    last = page.sentences[index]
    back = (page.sentences[i] for i in range(index, -1, -1))
    found = takewhile(lambda s: (s.part, s.line) == (last.part, last.line), back)
    return list(found)[::-1]


def _is_in_name(theme: FoundValue[str], event: EventMentions) -> bool:
    best = event.best
    start, end = best.name.start, best.name.end
    return theme.part == best.sentence.part and start <= theme.start and theme.end <= end


def _at_cue(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    cue: CueHit,
    *,
    talked_about: bool = False,
) -> FoundValue[str] | None:
    """The theme at a cue phrase; `talked_about`: also what was merely talked about."""
    part, masked = sentence.part, page.masked[sentence.part]
    if cue.side == "between":
        inner = _INNER.search(masked, cue.x_start, cue.x_end)
        if inner:
            return _trim(page, part, *inner.span(1), "themes.quoted")
        return _trim(page, part, cue.x_start, cue.x_end, "themes.between")
    if cue.side != "right":
        return _before_cue(page, sentence, cue)
    of_it = _OF_IT.match(masked, cue.end, sentence.end)
    at = of_it.end() if of_it else cue.end
    quoted = _QUOTED.match(masked, at, min(len(masked), sentence.end + 1))
    if quoted:
        return _trim(page, part, *quoted.span(1), "themes.quoted")
    if not talked_about and page.vocabulary.talked_about.match(masked[cue.start : cue.end]):
        return None  # words that also tell what was merely talked about: no theme without quotes
    end = _end_of_theme(page, masked, cue.end, sentence.end)
    if sentence.zone != "body" and page.labelled(sentence, "theme") == cue.end + 1:
        end = max(end, min(sentence.end, cue.end + _MAX_LENGTH))  # a line of its own is whole
    return _trim(page, part, cue.end, end, "themes.cue")


def _before_cue(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit
) -> FoundValue[str] | None:
    """The quotes before a cue, or what it governs where a verb closes its sentence."""
    part, masked = sentence.part, page.masked[sentence.part]
    start = sentence.start if cue.side == "left" else cue.start
    before = _QUOTED_BEFORE.search(masked, start, cue.start)
    if before:
        return _trim(page, part, *before.span(1), "themes.quoted")
    governed = page.grammar.subject_before(masked, start, cue.start, page.vocabulary)
    return _trim(page, part, *governed, "themes.governed") if governed else None


def _end_of_theme(page: AnnotatedPage, masked: str, start: int, limit: int) -> int:
    """A theme runs to the next stop word, bracket or end of clause; a list of nouns continues over
    commas.
    """
    return _before_stop_word(page, masked, start, _end_of_clause(page, masked, start, limit))


def _before_stop_word(page: AnnotatedPage, masked: str, start: int, end: int) -> int:
    for word in list(_WORD.finditer(masked, start, end))[1:]:
        if page.vocabulary.theme_stops.match(word.group()):
            return word.start()
    return end


def _trim(
    page: AnnotatedPage, part: str, start: int, end: int, rule: str
) -> FoundValue[str] | None:
    text = page.texts[part]
    while start < end and not (text[start].isalnum() or text[start] in '„“«"('):
        start += 1
    while end > start and text[end - 1] in " ,;:.–—\n":
        end -= 1
    if start < end and text[start] in '„“«"' and not set('“”»"') & set(text[start + 1 : end]):
        start += 1
    word_for_it = _WORD_FOR_THEME.match(text, start, end)
    start = word_for_it.end() if word_for_it else start
    opening = _WORD.match(text, start, end)
    if opening and opening.group().casefold() in page.vocabulary.theme_not_first:
        return None
    if end - start < 4 or (
        len(text[start:end].split()) <= 2
        and text[start:end].casefold().startswith(("the ", "this ", "its ", "dies"))
    ):
        return None
    part_name = next(s.part for s in page.sentences if s.part == part)
    return FoundValue(text[start:end], part_name, start, end, rule, 0.65)
