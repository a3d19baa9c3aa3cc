"""The event that the page of one is called by, where its title names it without a word for one:
Open Day, De la Beche Lecture, Women in Metals Awards.

A site's pages of events have the event as their title; that they are such is told by their markup,
their address, the lists that lead to them (crawler/parsers/article/kind), in any language.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

OF_ITS_PAGE = "event of its page"
"""The reason of what the title of such a page names."""
_FEWEST_WORDS = 2
_ENDS = " \t.…:–—-|"


def find_announced(
    page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
) -> list[Candidate]:
    """The title of a page that is about one event, where it names none otherwise."""
    if page.draft.kind != "event" or sentence.part != "title" or here:
        return []
    masked = page.masked[sentence.part]
    start, end = sentence.start, sentence.end
    end = start + len(masked[start:end].rstrip(_ENDS))
    words = masked[start:end].split()
    if len(words) < _FEWEST_WORDS:
        return []
    head = (end - len(words[-1]), end)
    name = NounPhrase(start, end, left_words=tuple(words[:-1]))
    clause = (sentence.start, sentence.end)
    return [Candidate(sentence, name, head, words[-1].casefold(), "gathering", clause)]
