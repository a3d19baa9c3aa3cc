"""What a mail says, in the language that is spoken, before it is text or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.alerts.message import Digest, Links, Message, MessageEntry, OtherPlace
from indexer.records.marked_passage import MarkedPassage
from radar.channels.bounds import MOST_ENTRIES, bound
from radar.channels.subject import subject_of
from search_api.language import t, tn
from search_api.page_words import (
    change_line,
    country_name,
    partial_date,
)
from search_api.term_words import term_words
from search_api.town_names import TownNames

WHY = {
    "new-document": "new page",
    "added-passage": "added to a known page",
    "event-moved": "an event was moved",
    "event-cancelled": "an event was cancelled",
}
"""Change of a match → what a mail says of it."""


class Item(NamedTuple):
    """A match. A list ends with how many more there are, if any are left out."""

    title: MarkedPassage
    facts: str
    """Source, where the heading does not name it, and date."""
    url: str
    page: str | None
    """Address of the document in the radar."""
    events: Sequence[str]
    more_events: str
    passages: Sequence[MarkedPassage]
    more_passages: str
    places: Sequence[OtherPlace]
    more_places: str
    why: str


class Group(NamedTuple):
    """The matches of a source, or those that are about a country."""

    heading: str
    items: Sequence[Item]


class Part(NamedTuple):
    """What a watch tells."""

    heading: str
    """Empty: it is the only one, and the mail's subject says it."""
    note: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A whole mail; texts that are empty are not said."""

    subject: str
    coverage: str
    parts: Sequence[Part]
    rest: str
    """How many matches are left out."""
    unsubscribe: str | None
    language: str


def content_of(message: Message, towns: TownNames, most: int = MOST_ENTRIES) -> LetterContent:
    """What a message says, of `most` matches."""
    more = len(message.entries) - most
    return LetterContent(
        subject=subject_of(message),
        coverage=(message.coverage or "") if isinstance(message, Digest) else "",
        parts=list(_parts(message, towns, most)),
        rest=tn("and {n} more, see the feed or the search", more) if more > 0 else "",
        unsubscribe=message.links.unsubscribe,
        language=message.language,
    )


def _parts(message: Message, towns: TownNames, most: int) -> Iterator[Part]:
    """A digest goes by watch, which is the topic, and within it by country; else by source."""
    if not isinstance(message, Digest):
        listed = replace(message, entries=message.entries[:most])
        groups = [
            Group(source, [_item(entry, message.links, towns) for entry in entries])
            for source, entries in listed.by_source()
        ]
        yield Part("", _first_look(message), groups)
        return
    room = most
    for part in message.parts:
        listed = replace(part, entries=part.entries[:room])
        room -= len(listed.entries)
        groups = [
            Group(
                country_name(country) if country else t("No country named"),
                [_item(entry, message.links, towns, source=True) for entry in entries],
            )
            for country, entries in listed.by_country(towns.country_of)
        ]
        yield Part(subject_of(part), _first_look(part), groups)


def _first_look(message: Message) -> str:
    seen = message.first_look
    return t("First look: these sources were crawled for the first time.") if seen else ""


def _item(whole: MessageEntry, links: Links, towns: TownNames, *, source: bool = False) -> Item:
    entry, more_passages, more_places, more_events = bound(whole)
    published = partial_date(entry.published[:10]) if entry.published else ""
    terms = ", ".join(term_words(term, entry.source) for term in entry.terms)
    matched = t("matched {terms}", terms=terms)
    return Item(
        title=_title(entry),
        facts=", ".join(fact for fact in (entry.source if source else "", published) if fact),
        url=entry.url,
        page=links.page_of(entry),
        events=list(_events(entry, towns)),
        more_events=_others(more_events),
        passages=list(_told_once(entry)),
        more_passages=_others(more_passages),
        places=entry.places,
        more_places=_others(more_places),
        why=f"{t(WHY[entry.change])}; {matched}",
    )


def _title(entry: MessageEntry) -> MarkedPassage:
    """With the words that matched, where it is a passage itself."""
    same = (passage for passage in entry.passages if passage.text == entry.title)
    return next(same, MarkedPassage(entry.title))


def _told_once(entry: MessageEntry) -> Iterator[MarkedPassage]:
    """The passages without those that the title, or another passage from its beginning, says too:
    teasers often are the first sentence of the text.
    """
    texts = [(passage.text, _unended(passage.text)) for passage in entry.passages]
    for number, passage in enumerate(entry.passages):
        begun = texts[number][1]
        earlier = any(other == begun for _, other in texts[:number])
        longer = any(other != begun and _begins_with(text, begun) for text, other in texts)
        if passage.text != entry.title and not earlier and not longer:
            yield passage


def _unended(text: str) -> str:
    return text.rstrip(".…!? ")


def _begins_with(text: str, words: str) -> bool:
    """With whole words."""
    return text.startswith(words) and not text[len(words) : len(words) + 1].isalnum()


def _others(more: int) -> str:
    return f"… {tn('and {n} others', more)}" if more > 0 else ""


def _events(entry: MessageEntry, towns: TownNames) -> Iterator[str]:
    """What became of events; else name, days and place of the one that the page is about."""
    event = entry.main_event
    if entry.events:
        yield from map(change_line, entry.events)
    elif event is not None:
        yield " · ".join(filter(None, (event.name, towns.line(event))))
