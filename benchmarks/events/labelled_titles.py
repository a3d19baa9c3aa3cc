"""Job titles in labelled pages: where each stands, and which persons have which.

A label says the title of a person as in the text, not where it stands: of its places in a sentence
with the person the nearest one counts, with no other name between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.events.labelled_parts import PartPlace
from benchmarks.measuring.counted import Counted
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.part_tagger.title_tagger import BEFORE, BEHIND
from crawler.parsers.events.people.persons import EventPerson
from indexer.records.labels import find_mentions
from radar.training.labelled_pages import LabelledPage
from radar.training.value_answers import same

Titles = Mapping[str, Sequence[str]]
"""Person → their job titles, none where they have none."""


def labelled_titles(record: Mapping[str, Any]) -> Titles:
    """The persons of a page with their job titles, as its events and its marks have them."""
    titles: dict[str, list[str]] = {}
    for event in record["events"]:
        for person in event["persons"]:
            known = titles.setdefault(person["name"], [])
            known += [t for t in (person.get("role"), *(person.get("role_alt") or ())) if t]
    for person in record["_persons"]:
        known = titles.setdefault(person["surface"], [])
        known += [t for t in (person.get("role"),) if t]
    return titles


def find_titles(labelled: LabelledPage, sentence: AnnotatedSentence) -> list[PartPlace]:
    """The job titles of the labelled persons of a sentence."""
    titles = labelled_titles(labelled.record)
    base = labelled.base(sentence.part)
    found = []
    for (start, end), person in find_mentions(labelled.record["text"], labelled.record["_persons"]):
        if sentence.start <= start - base < sentence.end:
            span = (start - base, end - base)
            place = _nearest(labelled, sentence, span, titles[person["surface"]])
            if place is not None:
                found.append(place)
    return found


def _nearest(
    labelled: LabelledPage,
    sentence: AnnotatedSentence,
    name: tuple[int, int],
    titles: Sequence[str],
) -> PartPlace | None:
    text = labelled.page.texts[sentence.part]
    others = [(p.start, p.end) for p in sentence.of("persons")]
    near: list[tuple[int, PartPlace]] = []
    for title in dict.fromkeys(titles):
        words = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
        for match in words.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            if end <= name[0]:
                gap, side = (end, name[0]), BEFORE
            elif start >= name[1]:
                gap, side = (name[1], start), BEHIND
            else:
                continue
            if not any(gap[0] <= other[0] < gap[1] for other in others):
                near.append((gap[1] - gap[0], PartPlace(start, end, side)))
    return min(near, key=lambda place: place[0])[1] if near else None


def count_titles(titles: Titles, people: Sequence[EventPerson]) -> Counted:
    """The job titles of the persons of a page; who is no labelled person is left out."""
    counted = Counted()
    for person, role in _first_titles(people).items():
        wanted = next((known for name, known in titles.items() if _is_person(name, person)), None)
        if wanted is not None:
            right = role is not None and any(same(title, role) for title in wanted)
            counted += Counted(right, role is not None, bool(wanted))
    return counted


def _first_titles(people: Sequence[EventPerson]) -> dict[str, str | None]:
    """Each person of a page with the first title that is told."""
    found: dict[str, str | None] = {}
    for person in people:
        name = person.name.value
        known = next((n for n in found if _ends_with(n, name) or _ends_with(name, n)), name)
        found[known] = found.get(known) or (person.role.value if person.role else None)
    return found


def _is_person(labelled: str, name: str) -> bool:
    return same(labelled, name) or _ends_with(labelled, name) or _ends_with(name, labelled)


def _ends_with(name: str, surname: str) -> bool:
    return name == surname or name.endswith(f" {surname}")


def sentences_with_persons(labelled: LabelledPage) -> Iterator[AnnotatedSentence]:
    """Those that are read for persons."""
    for sentence in labelled.page.sentences:
        if sentence.zone != "contact" and sentence.of("persons"):
            yield sentence
