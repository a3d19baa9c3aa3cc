"""Bodies that nothing knows by their names, told by the row that they stand in: what is joined with
a body that took part is another one (Tin Works Ltd, Delta Pumps and the Mining Academy).

Coordination puts like with like, in every language. Only names of several words with capitals, or
in quotes, are taken: a word alone may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.events.grammar.function_words import AND, ARTICLES, AS_WELL_AS, CAPITAL, SMALL
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue

RULE = "participants.row-name"
_CONFIDENCE = 0.5
_MOST_NAMES = 12
"""Names that are added on either side of a body."""
_WORD = rf"[{CAPITAL}A-ZÀ-Ž][\w&’'-]+(?!․)"
"""A word with a capital; an initial would make it a person."""
_NAME = (
    rf"[«„“\"][{CAPITAL}A-ZÀ-Ž][^«»„“”\"\n,;]{{2,40}}[»“”\"]|{_WORD}(?:[ ](?:&[ ])?{_WORD}){{1,4}}"
)
_JOINER = rf"(?:,|;|[ ](?:{AND}|{AS_WELL_AS}|&)(?![\w]))(?:[ ](?:{AND}|{AS_WELL_AS})(?![\w]))?"
_LEAD = rf"[ ](?:(?:{ARTICLES})[ ])?(?:[{SMALL}]{{4,}}[ ])?"
"""An article and an adjective, or a noun with a small letter, before a name."""
_BEHIND = re.compile(rf"(?:[ ]\([^()\n]*\))?{_JOINER}{_LEAD}({_NAME})(?![\w-])")
_BEFORE = re.compile(rf"(?<![\w«„“\"-])({_NAME})(?:[ ]\([^()\n]*\))?{_JOINER}{_LEAD}[«„“\"]?\Z")
_REACH = 120
"""Characters before a body in which the name before it stands."""


def names_in_rows(
    page: AnnotatedPage, bodies: Sequence[FoundValue[str]]
) -> Iterator[FoundValue[str]]:
    """The names that stand in a row with some of these bodies, and that the page knows as nothing
    else.
    """
    for body in bodies:
        sentence = page.sentence_at(body.part, body.start)
        if sentence is not None:
            yield from _behind(page, sentence, body.end)
            yield from _before(page, sentence, body.start)


def _behind(page: AnnotatedPage, sentence: AnnotatedSentence, at: int) -> Iterator[FoundValue[str]]:
    masked = page.masked[sentence.part]
    for _ in range(_MOST_NAMES):
        found = _BEHIND.match(masked, at, sentence.end)
        if found is None or not _is_body(page, sentence, *found.span(1)):
            return
        yield _named(page, sentence, *found.span(1))
        at = found.end(1)


def _before(page: AnnotatedPage, sentence: AnnotatedSentence, at: int) -> Iterator[FoundValue[str]]:
    masked = page.masked[sentence.part]
    for _ in range(_MOST_NAMES):
        found = _BEFORE.search(masked, max(sentence.start, at - _REACH), at)
        if found is None or not _is_body(page, sentence, *found.span(1)):
            return
        yield _named(page, sentence, *found.span(1))
        at = found.start(1)


def _named(
    page: AnnotatedPage, sentence: AnnotatedSentence, start: int, end: int
) -> FoundValue[str]:
    text = page.texts[sentence.part][start:end]
    return FoundValue(text, sentence.part, start, end, RULE, _CONFIDENCE)


def _is_body(page: AnnotatedPage, sentence: AnnotatedSentence, start: int, end: int) -> bool:
    """Whether a name is nothing that the page knows otherwise, and holds no words for people, an
    event or what opens a sentence; a town or land may be a part of it (Suhl Drilling Club), and so
    may a material (Suhl Zinc).
    """
    others = sentence.of("organisations", "persons", "strategies", "programmes")
    taken = [(d.start, d.end) for d in sentence.dates] + [(m.start, m.end) for m in others]
    taken += [(m.start, m.end) for m in sentence.of("places", "countries") if end <= m.end]
    things = sentence.of("commodities")
    taken += [(m.start, m.end) for m in things if m.start <= start and end <= m.end]
    if any(begin < end and start < stop for begin, stop in taken):
        return False
    words = page.vocabulary
    name = [w.group() for w in words.words(page.masked[sentence.part][start:end])]
    small = words.determiners | words.place_prepositions | words.name_links
    return (
        bool(name)
        and name[0].casefold() not in small | words.all_number_words
        and not any(words.is_person_noun(w) or folded(w) in words.roles for w in name)
        and not words.names_gathering(" ".join(name))
    )
