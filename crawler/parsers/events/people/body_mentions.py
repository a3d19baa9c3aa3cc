"""The bodies of a page where they stand, and the rows that join them (A, B und C)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.parsers.events.grammar.function_words import AND, AS_WELL_AS
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from indexer.records.document import Mention

_ROW = re.compile(
    rf"[\s,;“”»\"]*(?:\([^)]*\))?[\s,;]*(?:{AND}|{AS_WELL_AS}|&)?(?:\s\w{{1,4}}){{0,2}}\s*[„“«\"]?"
)
"""What stands between two bodies of a row: a comma or "and", an article or a preposition."""
_LONGEST_GAP = 30


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body in its sentence, and the row that it stands in."""

    sentence: AnnotatedSentence
    mention: Mention
    row: tuple[int, int]
    """Offsets of the first and last body that it is joined with."""
    place_in_row: int


def find_bodies(page: AnnotatedPage) -> list[BodyMention]:
    """The bodies of a page in its order, without contact blocks and the agency of a dateline."""
    return [
        body
        for sentence in page.sentences
        if sentence.zone != "contact"
        for body in _bodies_of(page, sentence)
    ]


def _bodies_of(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[BodyMention]:
    masked = page.masked[sentence.part]
    rows: list[list[Mention]] = []
    for mention in sentence.of("organisations"):
        last = rows[-1][-1] if rows else None
        if mention.start < (last.end if last is not None else sentence.dateline_end):
            continue
        if (
            last is not None
            and mention.start - last.end <= _LONGEST_GAP
            and _ROW.fullmatch(masked, last.end, mention.start)
        ):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    for row in rows:
        for place, mention in enumerate(row):
            yield BodyMention(sentence, mention, (row[0].start, row[-1].end), place)
