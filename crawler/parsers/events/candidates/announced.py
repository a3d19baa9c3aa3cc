"""The event that the page of one is called by, where its title names it without a word for one:
Open Day, De la Beche Lecture, Women in Metals Awards.

A site's pages of events have the event as their title; that they are such is told by their markup,
their address, the lists that lead to them (crawler/parsers/article/kind), in any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

OF_ITS_PAGE = "event of its page"
"""The reason of what the title of such a page names."""
_FEWEST_WORDS = 2
_ENDS = " \t.…:–—-|·"
_SITE = re.compile(r"\s+[|·]\s")
"""What parts the name of an event from that of the site."""


def find_announced(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    here: Sequence[Candidate],
    names_event: Callable[[AnnotatedSentence], bool],
) -> list[Candidate]:
    """The title of a page that is about one event, where it names none otherwise: its first
    sentence, up to a mark behind which the site is named. `names_event`: whether another sentence
    of the title names one.
    """
    if page.draft.kind != "event" or sentence.part != "title" or here:
        return []
    first, *others = (s for s in page.sentences if s.part == "title")
    if sentence is not first or any(names_event(other) for other in others):
        return []
    start = sentence.start
    title = page.masked[sentence.part][start : sentence.end].rstrip(_ENDS)
    before = _SITE.split(title, maxsplit=1)[0]
    title = before if len(before.split()) >= _FEWEST_WORDS else title
    words = title.split()
    if len(words) < _FEWEST_WORDS:
        return []
    end = start + len(title)
    head = (end - len(words[-1]), end)
    name = NounPhrase(start, end, left_words=tuple(words[:-1]))
    clause = (sentence.start, sentence.end)
    return [Candidate(sentence, name, head, words[-1].casefold(), "gathering", clause)]
