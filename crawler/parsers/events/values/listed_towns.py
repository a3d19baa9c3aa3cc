"""Towns of the table that no word of place stands before, so that they are read as towns only where
an event has none: in its name (Oulu Processing Day, Speicherkongress Staßfurt), or set off by
marks beside it (… Seminar | Old Limeworks, Buxton.).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import islice

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

Span = tuple[AnnotatedSentence, int, int]
"""A part of a sentence."""
_WORD = rf"[{CAPITAL}][\w’'-]+"
_RUN = re.compile(rf"(?<![\w’'-])(?=((?:St )?{_WORD}(?: {_WORD}){{0,2}})(?![\w-]))")
"""A word with a capital, and up to three that begin there."""
_MOST_RUNS = 60
"""Such words of a sentence that are looked up: an endless one has thousands."""
_GOES_ON = re.compile(rf" [{CAPITAL}]")
"""Behind a word that is a part of a longer name."""
_SET_OFF = re.compile(r"[,.;:\n]|\Z")
_TAKEN = (
    "persons",
    "organisations",
    "places",
    "countries",
    "nationalities",
    "strategies",
    "programmes",
)


def find_listed_town(
    page: AnnotatedPage, event: EventMentions, towns: Container[str]
) -> Span | None:
    """The town that the name of an event has, or that stands set off in a sentence of it or in the
    next one, by its English name; no part of anything else that is named there, and no surname of
    a person whom the page names in full (Anna Weimar …, Weimar said).
    """
    sentences = {c.sentence.index: c.sentence for c in event.candidates}
    persons = (m.surface for m in page.draft.mentions if m.field == "persons")
    surnames = {last for first, _, last in (name.rpartition(" ") for name in persons) if first}

    def towns_in(some: Iterable[AnnotatedSentence]) -> Iterator[Span]:
        for s in some:
            for start, end in _towns_of(page, s, towns):
                if page.cut(s.part, start, end) not in surnames:
                    yield s, start, end

    found = [*towns_in(sentences.values())]
    names = [(c.sentence.index, c.name.start, c.name.end) for c in event.candidates]
    for s, start, end in found:
        if any(s.index == i and first <= start and end <= last for i, first, last in names):
            return s, start, end
    following = [
        s
        for i in sorted(sentences)
        if i + 1 not in sentences and i + 1 < len(page.sentences)
        if (s := page.sentences[i + 1]).part == sentences[i].part
        and s.zone != "contact"
        and event.may_be_told_in(s)
    ]
    found += towns_in(following)
    own = sentences.keys()
    return next((f for f in found if _is_set_off(page, *f, own=f[0].index in own)), None)


def _towns_of(
    page: AnnotatedPage, sentence: AnnotatedSentence, towns: Container[str]
) -> Iterator[tuple[int, int]]:
    """The names of the table in a sentence, longest first, behind its dateline."""
    masked = page.masked[sentence.part]
    start, reached = max(sentence.start, sentence.dateline_end), 0
    taken = [(m.start, m.end) for m in sentence.of(*_TAKEN)]
    for run in islice(_RUN.finditer(masked, start, sentence.end), _MOST_RUNS):
        words = run.group(1).split(" ")
        lengths = (len(" ".join(words[:count])) for count in range(len(words), 0, -1))
        for end in (run.start() + length for length in lengths):
            if run.start() < reached or masked[run.start() : end] not in towns:
                continue
            if not any(first < end and run.start() < last for first, last in taken):
                yield run.start(), end
            reached = end
            break


def _is_set_off(
    page: AnnotatedPage, sentence: AnnotatedSentence, start: int, end: int, *, own: bool
) -> bool:
    """Whether marks part a town from what follows, or a comma from what goes before; in a sentence
    beside the event's nobody comes from there.
    """
    masked = page.masked[sentence.part]
    before = masked[max(sentence.start, start - 20) : start]
    if _GOES_ON.match(masked, end):
        return False
    if own and before.endswith(", "):
        return True
    if not _SET_OFF.match(masked, end):
        return False
    words = page.vocabulary
    led = before.casefold().split()[-1:] if before.endswith(" ") else []
    return own or not (words.place_prepositions | words.origins).intersection(led)
