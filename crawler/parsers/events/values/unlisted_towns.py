"""Towns that no table has, told by where they stand: a name with a capital behind a preposition of
place, in the sentence of an event that has no other town (will be held in Covas do Barroso).
"""

from __future__ import annotations

import re
from itertools import islice

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue

_CONFIDENCE = 0.6
_MOST_NAMES = 8
"""Names of a sentence that are judged: an endless one has thousands."""
_NEXT_WORD = re.compile(r"\s(\w+)")


def find_unlisted_town(page: AnnotatedPage, event: EventMentions) -> FoundValue[str] | None:
    """The first such name in the sentences of the mentions of an event; no part of anything else
    that the page names, and no region (in X oblast).
    """
    for c in sorted(event.candidates, key=lambda c: -c.score):
        sentence = c.sentence
        masked = page.masked[sentence.part]
        start = max(sentence.start, sentence.dateline_end)
        names = page.vocabulary.before_unlisted_town.finditer(masked, start, sentence.end)
        for m in islice(names, _MOST_NAMES):
            at = m.span(m.lastindex or 0)
            if _may_be_town(page, sentence, *at):
                value = page.cut(sentence.part, *at)
                return FoundValue(value, sentence.part, *at, "placing.unlisted-town", _CONFIDENCE)
    return None


def _may_be_town(page: AnnotatedPage, sentence: AnnotatedSentence, start: int, end: int) -> bool:
    """Whether a name is no acronym, region, event, language or anything that is known; of several
    words only where its country follows, as bodies and titles have them too.
    """
    masked, words = page.masked[sentence.part], page.vocabulary
    name, behind = masked[start:end], _NEXT_WORD.match(masked, end)
    if (
        not name[0].isupper()
        or name.isupper()
        or name.casefold() in words.never_unlisted_towns
        or words.head_of(name)
    ):
        return False
    if behind and _makes_no_town(page, sentence, behind):
        return False
    before_country = any(
        masked[end : m.start] in (", ", " (") for m in sentence.of("countries") if m.start > end
    )
    return (" " not in name or before_country) and not _is_named(sentence, start, end)


def _makes_no_town(page: AnnotatedPage, sentence: AnnotatedSentence, behind: re.Match[str]) -> bool:
    """Whether the word behind a name tells that it is no town's: a region's noun (in X oblast), a
    number that is no day (in Room 5) or a preposition (in Recognition of).
    """
    word = behind.group(1).casefold()
    if word[0].isdecimal():
        return all(d.start != behind.start(1) for d in sentence.dates)
    return word in page.vocabulary.region_nouns | page.vocabulary.not_behind_town


def _is_named(sentence: AnnotatedSentence, start: int, end: int) -> bool:
    """Whether an entity or a day has a part of it."""
    spans = [(d.start, d.end) for d in sentence.dates]
    spans += [(m.start, m.end) for of in sentence.mentions.values() for m in of]
    return any(begin < end and start < stop for begin, stop in spans)
