"""How well events of labelled pages are read, counted with and without new parameters.

An event that was read is right if it has a mention where the labels have one of an event that no
other event was taken for. A name is right if the labels have it in the same field of the page; one
that may be given or not does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Event, Page
from indexer.records.labels import find_mentions

Record: TypeAlias = Mapping[str, Any]
Span: TypeAlias = tuple[int, int]

QUESTIONS = ("events", "organisers", "participants", "persons", "employers")


@dataclass(frozen=True, slots=True)
class Count:
    """What was read, and what the labels say."""

    right: int = 0
    read: int = 0
    labelled: int = 0

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(
            self.right + other.right, self.read + other.read, self.labelled + other.labelled
        )

    @property
    def precision(self) -> float | None:
        """Share of what was read that is right; None: nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Share of what the labels say that was read; None: they say nothing."""
        return self.right / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing to count."""
        total = self.read + self.labelled
        return 2 * self.right / total if total else None


Counts: TypeAlias = Mapping[str, Count]
"""By question."""


def count(
    reader: PageReader,
    records: Iterable[Record],
    progress: Callable[[int], None] = lambda number: None,
) -> Counts:
    """What a reader gets right on labelled pages; `progress` is told of each."""
    found = dict.fromkeys(QUESTIONS, Count())
    for record in records:
        raw = RawPage(
            text=record["text"],
            url=record["url"],
            lang=record["lang"],
            published=record["published"],
        )
        page = reader.read(raw)
        for question, number in _counted(page, record):
            found[question] += number
        progress(1)
    return found


def _counted(page: Page, record: Record) -> Iterator[tuple[str, Count]]:
    yield "events", _events(page, record)
    for question, names in _NAMES.items():
        read = [name for event in page.events for name in names(event)]
        labelled = [name for event in record["events"] for name in _LABELLED[question](event)]
        free = [name for event in record["events"] for name in _FREE[question](event)]
        yield question, _names(read, labelled, free)


def _events(page: Page, record: Record) -> Count:
    """Each labelled event is right once."""
    labels = list(find_mentions(str(record["text"]), record["_events"]))
    taken: set[int] = set()
    for index in range(len(page.events)):
        for span in _spans(page, index, str(record["text"])):
            meant = {m["event"] for (s, e), m in labels if s < span[1] and span[0] < e}
            meant -= {None, *taken}
            if meant:
                taken.add(min(meant))
                break
    optional = sum(bool(event.get("optional")) for event in record["events"])
    return Count(len(taken), len(page.events), max(len(taken), len(record["events"]) - optional))


def _spans(page: Page, index: int, text: str) -> Iterator[Span]:
    """Where the name of an event stands in the labelled text."""
    for mention in page.mentions:
        if mention.field == f"events[{index}].name":
            base = max(0, text.find(page.part(mention.part)))
            yield mention.start + base, mention.end + base


def _names(read: Sequence[str], labelled: Sequence[str], free: Sequence[str]) -> Count:
    """Each labelled name is right once; `free` are those that may be given or not."""
    left = list(labelled)
    right = wrong = 0
    for name in read:
        same = next((other for other in left if is_same_body(name, other)), None)
        if same is not None:
            left.remove(same)
            right += 1
        elif not any(is_same_body(name, other) for other in free):
            wrong += 1
    return Count(right, right + wrong, len(labelled))


_NAMES: Mapping[str, Callable[[Event], Sequence[str]]] = {
    "organisers": lambda event: event.organisers,
    "participants": lambda event: event.participants.organisations,
    "persons": lambda event: [person.name for person in event.persons],
    "employers": lambda event: [p.organisation for p in event.persons if p.organisation],
}
_LABELLED: Mapping[str, Callable[[Record], Sequence[str]]] = {
    "organisers": lambda event: event["organisers"],
    "participants": lambda event: event["participants"]["organisations"],
    "persons": lambda event: [person["name"] for person in event["persons"]],
    "employers": lambda event: [
        p["organisation"] for p in event["persons"] if p.get("organisation")
    ],
}
_FREE: Mapping[str, Callable[[Record], Sequence[str]]] = {
    "organisers": lambda event: event.get("organisers_optional", ()),
    "participants": lambda event: event["participants"].get("organisations_optional", ()),
    "persons": lambda event: event.get("persons_optional", ()),
    "employers": lambda event: [
        name for person in event["persons"] for name in person.get("organisation_alt", ())
    ],
}
