"""Houses of events in labelled pages: where they stand, and which events have which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from benchmarks.events.labelled_parts import PartPlace
from benchmarks.measuring.counted import Counted
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.venue_tagger import VENUE
from indexer.records.labels import find_mentions
from radar.training.labelled_pages import LabelledPage, Record
from radar.training.value_answers import same


def find_houses(labelled: LabelledPage, sentence: AnnotatedSentence) -> list[PartPlace]:
    """The houses in a sentence: those that events have, and bodies in whose house one is; of those
    that overlap the longest.
    """
    kept: list[PartPlace] = []
    for place in sorted(_houses(labelled, sentence), key=lambda p: (p.start - p.end, p.start)):
        if not any(place.start < other.end and other.start < place.end for other in kept):
            kept.append(place)
    return kept


def _houses(labelled: LabelledPage, sentence: AnnotatedSentence) -> Iterator[PartPlace]:
    record, text = labelled.record, labelled.page.texts[sentence.part]
    for house in {str(event["place"]["venue"]) for event in record["events"] if _house(event)}:
        words = re.compile(rf"(?<!\w){re.escape(house)}(?!\w)")
        for match in words.finditer(text, sentence.start, sentence.end):
            yield PartPlace(*match.span(), VENUE)
    base = labelled.base(sentence.part)
    for (start, end), body in find_mentions(record["text"], record["_orgs"]):
        if body["role"] == "venue" and sentence.start <= start - base < sentence.end:
            yield PartPlace(start - base, end - base, VENUE)


def _house(event: dict[str, dict[str, str | None]]) -> str | None:
    return (event.get("place") or {}).get("venue")


def houses_of(event: Record) -> list[str]:
    """The house of a labelled event, and what is as good."""
    place = event.get("place") or {}
    return [v for v in (place.get("venue"), *(place.get("venue_alt") or ())) if v]


def count_venues(
    labelled: LabelledPage, read: Iterable[tuple[EventMentions, FoundValue[str] | None]]
) -> Counted:
    """The houses of the events of a page that are found; what is no event is left out."""
    venues = dict(read)
    counted = Counted()
    for event, number in labelled.events_of_groups(list(venues)):
        if number is None:
            continue
        label = labelled.record["events"][number]["place"]
        wanted = houses_of(labelled.record["events"][number])
        house = venues[event]
        if house is not None and not label.get("venue") and wanted:
            continue
        right = house is not None and any(same(v, house.value) for v in wanted)
        counted += Counted(right, house is not None, bool(label.get("venue")))
    return counted
