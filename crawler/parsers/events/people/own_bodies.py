"""The body whose page it is, as the organiser of what the page calls its own: newsletters and
circulars say "our spring seminar" and "we invite you", and name themselves in their first lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.grammar.function_words import CAPITAL, SMALL
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import body_found, is_at_place, outermost
from crawler.parsers.events.people.body_measures import measure_site
from crawler.parsers.events.people.organisers import bodies_spoken_of
from indexer.records.document import Mention
from indexer.records.site import host

OWN = "organisers.own"
"""Rule of the body whose page it is."""
_OPENING = 3
"""Sentences of a page among which it names itself."""
_KNOWN, _UNKNOWN = 0.65, 0.55
_NAME = re.compile(
    rf"[{CAPITAL}][\w&’'-]*(?:\s(?:(?:of|in|for|für)\s)?[{CAPITAL}][\w&’'-]*){{0,6}}"
)
_BRAND = re.compile(rf"[{CAPITAL}]\w*[{SMALL}][{CAPITAL}]\w*")
"""One word that is a name by its capitals (OreLink)."""
_QUOTED = re.compile(r"[„“\"«][^„“”\"«»\n]*[“”\"»]")


def own_body(page: AnnotatedPage) -> FoundValue[str] | None:
    """The body that speaks on a page: the one of its newsletter, the one that its address names, or
    the first that thanks there.
    """
    opening = [s for s in page.sentences if s.part in ("title", "text")][:_OPENING]
    for sentence in opening:
        if sentence.zone != "body" and _is_masthead(page, sentence):
            return _named_in(page, sentence)
    thanking = (m for s in page.sentences for m in bodies_spoken_of(page, s, "thanks"))
    return _of_address(page) or next((body_found(m, OWN, _UNKNOWN) for m in thanking), None)


def organises_own(page: AnnotatedPage, candidates: Sequence[Candidate]) -> bool:
    """Whether a page calls an event its own, or says that "we" hold it or invite to it."""
    return any(_is_our(page, c) or _we_hold(page, c) for c in candidates)


def _is_our(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether "our" stands right before the name of an event, outside quotes."""
    determiner = c.name.determiner.casefold()
    return determiner in page.vocabulary.our and not _is_quoted(page, c.sentence, c.name.start)


def _we_hold(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether words in the clause of an event say that "we" hold it."""
    if c.is_occasion or c.kind == "body":
        return False
    start, end = c.clause
    return any(
        start <= cue.start < end and not _is_quoted(page, c.sentence, cue.start)
        for cue in c.sentence.cue("we_hold")
    )


def _is_quoted(page: AnnotatedPage, sentence: AnnotatedSentence, at: int) -> bool:
    """Whether somebody else says it: "our" in quotes is the speaker's."""
    text = page.texts[sentence.part]
    quotes = _QUOTED.finditer(text, sentence.start, sentence.end)
    return any(q.start() < at < q.end() for q in quotes)


def _is_masthead(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a line at the top says that the page is a newsletter, circular or the like."""
    words = page.vocabulary.words(page.masked[sentence.part][sentence.start : sentence.end])
    return any(_is_newsletter(page, part) for w in words for part in w.group().split("-"))


def _named_in(page: AnnotatedPage, sentence: AnnotatedSentence) -> FoundValue[str] | None:
    """The body in the line at the top, or the capitals that stand there for its name."""
    known = [
        m
        for m in outermost(sentence.of("organisations"))
        if not is_at_place(page, sentence, m)
        and len(words := m.surface.split()) > 1
        and not any(_is_newsletter(page, word) for word in words)
    ]
    if known:
        return body_found(known[0], OWN, _KNOWN)
    return next(_capitals(page, sentence), None) if page.grammar.capitals_name_bodies else None


def _capitals(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[FoundValue[str]]:
    """Runs of capitals without the words for a newsletter, but for single common words and days."""
    masked, part = page.masked[sentence.part], sentence.part
    days = [(d.start, d.end) for d in sentence.dates]
    for run in _NAME.finditer(masked, sentence.start, sentence.end):
        words = [w for w in re.finditer(r"\S+", run.group()) if not _is_newsletter(page, w.group())]
        if not words or any(start <= run.start() < end for start, end in days):
            continue
        start, end = run.start() + words[0].start(), run.start() + words[-1].end()
        name = page.cut(part, start, end)
        if len(words) > 1 or _BRAND.fullmatch(name):
            yield FoundValue(name, part, start, end, OWN, _UNKNOWN)


def _is_newsletter(page: AnnotatedPage, word: str) -> bool:
    return page.vocabulary.newsletters.match(folded(word)) is not None


def _of_address(page: AnnotatedPage) -> FoundValue[str] | None:
    """The body of the page that its address names by two words."""
    site = host(page.draft.url).rpartition(".")[0]
    bodies: Iterator[Mention] = (
        m for s in page.sentences if s.zone != "contact" for m in s.of("organisations")
    )
    found = next((m for m in bodies if measure_site(site, m.surface)["site.words"] == 1), None)
    return body_found(found, OWN, _KNOWN) if found else None
