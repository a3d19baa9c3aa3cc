"""The day of what a sentence tells without one: the only day of the sentences around it."""

from __future__ import annotations

from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.paper_dates import days_of_events


def find_near_days(
    page: AnnotatedPage, sentence: AnnotatedSentence, reach: int
) -> tuple[DateMention, ...]:
    """The day of a sentence, or where it has none, of those up to `reach` sentences before and
    behind it that name no gathering; nothing where several are told, perhaps of several events.
    """
    own = _days(page, sentence)
    if own:
        return _only(own)
    first = max(0, sentence.index - reach)
    around = page.sentences[first : sentence.index + reach + 1]
    return _only([d for s in around if _is_open(page, s) for d in _days(page, s)])


def _is_open(page: AnnotatedPage, s: AnnotatedSentence) -> bool:
    """Whether what a sentence dates may be named by another one: it names no gathering itself."""
    return s.zone != "contact" and not (s.dates and page.names_gathering(s))


def _only(days: list[DateMention]) -> tuple[DateMention, ...]:
    return tuple(days[:1]) if len({(d.first, d.last) for d in days}) == 1 else ()


def _days(page: AnnotatedPage, s: AnnotatedSentence) -> list[DateMention]:
    """The days of a sentence that may be an event's, but for the one on which the page appeared."""
    return [d for d in days_of_events(page, s) if d.first != page.draft.published]
