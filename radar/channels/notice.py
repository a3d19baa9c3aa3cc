"""A message as a title and plain text, as long as a service takes."""

from __future__ import annotations

from typing import NamedTuple

from indexer.alerts.message import Message, one_line
from indexer.records.reference import Reference
from radar.channels.bounds import MOST_ENTRIES
from radar.channels.letter import town_names
from radar.channels.letter_content import content_of
from radar.channels.letter_text import text_of
from radar.channels.subject import subject_of
from search_api.language import speaking


class Notice(NamedTuple):
    """What a service is handed."""

    title: str
    body: str
    """Its last line is the key of the message: a second copy has the same one."""


def notice_of(message: Message, longest: int, reference: Reference | None = None) -> Notice:
    """The message in its language; title and body are no longer together. Of matches that do not
    fit is said how many there are, of a single one that is longer its beginning.
    """
    with speaking(message.language):
        title, end = one_line(subject_of(message)), f"\n\n({message.key})"
        room = longest - len(title) - len(end)
        most = MOST_ENTRIES
        while len(text := _text(message, most, reference)) > room and most > 1:
            most = min(most, len(message.entries)) // 2 or 1
        return Notice(title, _cut(text, room) + end)


def _text(message: Message, most: int, reference: Reference | None) -> str:
    """As in a mail, without the subject."""
    content = content_of(message, town_names(reference), most)
    return text_of(content).partition("\n")[2].strip()


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: max(0, longest - 1)] + "…"
