"""Persons whom a label gives to an event: who chairs, moderates, speaks (Moderation: A, Guide: B).

They are of the event that was mentioned last before them, whatever stands around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.people.employer_measures import NamedPerson
from crawler.parsers.events.people.persons import EventPerson, merge_people


def with_session_people(
    every: Every,
    named: Sequence[NamedPerson],
    complete: Callable[[Sequence[EventPerson]], Sequence[EventPerson]],
) -> Every:
    """The events with such persons, `named`, which `complete` makes whole, and without those that
    are another event's.
    """
    events = [event for event, _ in every]
    told: Mapping[tuple[str, int], tuple[EventMentions, EventPerson]] = {
        n.place: (_told_last(n, events), n.person) for n in named if events
    }
    if not told:
        return every
    reviewed = []
    for event, values in every:
        people = [p for p in values.people if told.get(p.name.place, (event, p))[0] is event]
        given = {p.name.place for p in people}
        further = [p for of, p in told.values() if of is event and p.name.place not in given]
        if further:
            people = merge_people([*people, *complete(further)])
        reviewed.append((event, replace(values, people=people)))
    return reviewed


def _told_last(named: NamedPerson, events: Sequence[EventMentions]) -> EventMentions:
    """The event that was mentioned last before a person, or the page's own."""
    at = named.sentence.index, named.person.name.start
    before = [
        ((c.sentence.index, c.head[0]), -number)
        for number, event in enumerate(events)
        if event.may_be_told_in(named.sentence)
        for c in event.candidates
        if (c.sentence.index, c.head[0]) < at
    ]
    return events[-max(before)[1]] if before else events[0]
