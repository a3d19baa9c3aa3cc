"""Who takes part in an event: persons of its sentences except authors, contacts, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.people.persons import EventPerson, PeopleReader

_CREDIT = 160
"""Characters of a line that may be a picture's credit."""
_SIGNATURE_LINES = 3


def read_people(
    page: AnnotatedPage,
    reader: PeopleReader,
    event: EventMentions,
    running: Sequence[AnnotatedSentence],
) -> list[EventPerson]:
    """The persons of an event; `running` is the text that is open to the page's own one."""
    authors = {a.casefold() for a in page.draft.authors}
    if event.second:
        best = event.best
        people = reader.read(page, [best.sentence], best.clause)
    else:
        own = [c.sentence for c in event.candidates if c.sentence.zone == "headline"]
        headline = own[:1] if event.best.sentence.zone == "headline" else []
        people = reader.read(page, [*headline, *_drop_contact_lines(page, running)])
    signed = _signatures(page) | _contact_names(page)
    return [
        p
        for p in people
        if p.name.value.casefold() not in authors and (p.name.part, p.name.start) not in signed
    ]


def _drop_contact_lines(
    page: AnnotatedPage, running: Sequence[AnnotatedSentence]
) -> list[AnnotatedSentence]:
    """Running text without the lines that say whom to ask or who took the picture."""
    contact, credit = page.vocabulary.contact_line, page.vocabulary.credit_line
    lines = [(s, page.text(s)) for s in running]
    return [
        s
        for s, text in lines
        if not contact.search(text) and not (credit.search(text) and len(text) < _CREDIT)
    ]


def _contact_names(page: AnnotatedPage) -> set[tuple[str, int]]:
    """Names that the page's contacts were read from."""
    return {
        (m.part, m.start)
        for m in page.draft.mentions
        if m.field.startswith("contacts[") and m.field.endswith(".name")
    }


def _signatures(page: AnnotatedPage) -> set[tuple[str, int]]:
    """Names that stand alone on a line just above a contact block."""
    sentences = page.sentences
    first = next((s.index for s in sentences if s.zone == "contact"), None)
    if first is None:
        return set()
    return {
        (m.part, m.start)
        for s in sentences[max(0, first - _SIGNATURE_LINES) : first]
        if s.zone == "list"
        for m in s.of("persons")
        if (m.end - m.start) * 2 > s.end - s.start
    }
