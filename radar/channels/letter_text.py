"""A mail as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.alerts.message import one_line
from indexer.records.marked_passage import MarkedPassage
from radar.channels.letter_content import Item, LetterContent
from search_api.language import t


def text_of(content: LetterContent) -> str:
    """All of it, each fact on a line of its own."""
    return "\n".join(map(one_line, _lines(content))) + "\n"


def _lines(content: LetterContent) -> Iterator[str]:
    yield content.subject
    if content.coverage:
        yield content.coverage
    for part in content.parts:
        if part.heading:
            yield from ("", f"=== {part.heading} ===")
        if part.note:
            yield part.note
        for group in part.groups:
            yield from ("", f"== {group.heading} ==")
            for item in group.items:
                yield from ("", *_item(item))
    if content.rest:
        yield from ("", content.rest)
    if content.unsubscribe:
        yield from ("", "-- ", t("Unsubscribe: {link}", link=content.unsubscribe))


def _item(item: Item) -> Iterator[str]:
    yield f"{item.title.text} ({item.facts})" if item.facts else item.title.text
    yield item.url
    if item.page:
        yield f"  {t('in the radar')}: {item.page}"
    yield from (f"  {t('event')}: {line}" for line in item.events)
    yield from _indented(item.more_events)
    yield from (f"  … {mark_words(passage).removeprefix('…')}" for passage in item.passages)
    yield from _indented(item.more_passages)
    yield from (f"  {t('also at')}: {place.line}" for place in item.places)
    yield from _indented(item.more_places)
    yield f"  {t('why')}: {item.why}"


def _indented(line: str) -> list[str]:
    return [f"  {line}"] if line else []


def mark_words(passage: MarkedPassage) -> str:
    """The passage as one line, the words that matched in »«."""
    out, last = [], 0
    for start, end in passage.marks:
        out += [passage.text[last:start], "»", passage.text[start:end], "«"]
        last = end
    out.append(passage.text[last:])
    return " ".join("".join(out).split())
