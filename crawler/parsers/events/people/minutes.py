"""Minutes: whose session they are of, and which bodies those present spoke for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.parsers.events.grammar.function_words import AND, DEFINITE
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import body_found, is_at_place, outermost
from indexer.records.document import Mention

MINUTES = "organisers.minutes"
"""Rule of the body whose session a page has the minutes of."""
_CONFIDENCE = 0.7
_IN_ROW = re.compile(rf"[\s,;]*(?:(?:{AND}|{DEFINITE})\s+){{0,2}}")
"""What stands between bodies of a row of those present."""
_OPENING = 3
"""Sentences of a page among which its minutes say so."""


def body_of_minutes(page: AnnotatedPage) -> FoundValue[str] | None:
    """The body whose session a page has the minutes of: named in their title, right above it, or in
    the line of the session below.
    """
    opening = [s for s in page.sentences if s.part == "text"][: _OPENING + 1]
    title = next((s for s in opening[:_OPENING] if _opens_minutes(page, s)), None)
    if title is None:
        return None
    above = [s for s in opening if s.index < title.index]
    below = [s for s in opening if s.index == title.index + 1 and _names_session(page, s)]
    for sentence in (*reversed(above), title, *below):
        for m in outermost(sentence.of("organisations")):
            if not is_at_place(page, sentence, m):
                return body_found(m, MINUTES, _CONFIDENCE)
    return None


def represented(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[FoundValue[str]]:
    """The bodies that those present spoke for (Anwesend: A für den B, C (D AG)), or that stand in
    the row of those present by themselves (Present: A Bank, B Agency).
    """
    words, masked = page.vocabulary, page.masked[sentence.part]
    text = masked[sentence.start : sentence.end].casefold()
    label = words.present_labels.match(text)
    if not label and not words.present_verbs.match(text):
        return
    persons = sentence.of("persons")
    row = sentence.start + label.end() if label else None
    for m in outermost(sentence.of("organisations")):
        before = [p for p in persons if p.end <= m.start]
        gap = masked[before[-1].end : m.start].casefold().split() if before else []
        spoken = gap and gap[0] in words.spoken_for and all(w in words.determiners for w in gap[1:])
        if row is not None and _IN_ROW.fullmatch(masked, row, m.start):
            row = m.end
        elif not spoken and gap != ["("]:
            continue
        yield body_found(m, "participants.represented", _CONFIDENCE)


def present_at_head(page: AnnotatedPage) -> Iterator[FoundValue[str]]:
    """The bodies of those present whose line stands among the headlines, as in minutes."""
    for sentence in page.sentences:
        if sentence.zone == "headline":
            yield from represented(page, sentence)


def _names_session(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a line names a gathering (Arbeitskreis Zinn, 3. Sitzung)."""
    return sentence.zone in ("headline", "list") and page.names_gathering(sentence)


def bodies_of_absent(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[Mention]:
    """The bodies of those who were not there, as a label says (Entschuldigt: A, B AG)."""
    text = folded(page.masked[sentence.part][sentence.start : sentence.end])
    labelled = page.vocabulary.absent_labels.match(text)
    return list(sentence.of("organisations")) if labelled else []


def _opens_minutes(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether it is the title of minutes: no whole sentence about them or about another paper."""
    text = page.masked[sentence.part][sentence.start : sentence.end].casefold()
    titled = sentence.zone in ("headline", "list")
    return titled and page.vocabulary.minutes_titles.match(text) is not None
