"""Values that are likelier wrong than right: an event goes without them.

Rules and choices look at one kind of value each. The model of confidence looks at a value with all
that was read of its event, and knows better which bodies, persons and places are another one's. It
judges what they choose, and what they nearly choose (`doubtful`); a value under the least share is
not given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress

from crawler.parsers.events.assembly.event_values import EventValues, field_of
from crawler.parsers.events.assembly.value_rivals import ORGANISERS, PARTICIPANTS
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.organisers import is_same_body
from crawler.parsers.events.people.persons import EventPerson

LEAST = 0.35
"""Share of right ones among values like it that a value needs: about half of the F1 that its field
has, from where on leaving it out gains more than it costs.
"""
FIELDS = frozenset(
    {
        "place.city",
        "place.country",
        "organisers",
        "participants.count",
        "participants.countries",
        "participants.organisations",
        "persons.name",
        "persons.role",
        "persons.organisation",
    }
)
"""Fields whose values may be left out; names, days and series lose as many right ones."""


def without_unlikely(
    values: EventValues, shares: Sequence[float]
) -> tuple[EventValues, Sequence[bool]]:
    """The values of an event that are likely enough, and which of its evidence stays; `shares`: how
    likely each is right, in the order of its evidence.
    """
    evidence = list(values.evidence())
    paths = [path for path, _ in evidence]
    stays = list(_stays(paths, list(_in_one_role(evidence, shares))))
    if all(stays):
        return values, stays
    of: dict[str, list[bool]] = defaultdict(list)
    for path, stay in zip(paths, stays, strict=True):
        of[path].append(stay)
    place, took_part = values.place, values.participants
    return replace(
        values,
        place=replace(
            place,
            city=place.city if all(of["place.city"]) else None,
            country=place.country if all(of["place.country"]) else None,
        ),
        organisers=list(compress(values.organisers, of["organisers"])),
        participants=replace(
            took_part,
            count=took_part.count if all(of["participants.count"]) else None,
            countries=list(compress(took_part.countries, of["participants.countries"])),
            organisations=list(compress(took_part.organisations, of["participants.organisations"])),
        ),
        people=list(_likely_people(values.people, of)),
    ), stays


def _in_one_role(
    evidence: Sequence[tuple[str, FoundValue[object]]], shares: Sequence[float]
) -> Iterator[float]:
    """How likely each value is; a body that may have organised an event or taken part, and is
    doubtful in one of these roles, has the likelier one only.
    """
    judged = [
        (path, found, share)
        for (path, found), share in zip(evidence, shares, strict=True)
        if path in (ORGANISERS, PARTICIPANTS)
    ]
    for (path, found), share in zip(evidence, shares, strict=True):
        gives_way = path in (ORGANISERS, PARTICIPANTS) and any(
            path != other_path
            and (other > share or (other == share and found.doubtful))
            and (found.doubtful or rival.doubtful)
            and is_same_body(str(found.value), str(rival.value))
            for other_path, rival, other in judged
        )
        yield 0.0 if gives_way else share


def _stays(paths: Sequence[str], shares: Sequence[float]) -> Iterator[bool]:
    """Whether each value stays; what is said of a person goes with its name."""
    gone = ""
    for path, share in zip(paths, shares, strict=True):
        likely = share >= LEAST or field_of(path) not in FIELDS
        person, _, what = path.partition(".")
        if what == "name" and not likely:
            gone = person
        yield likely and person != gone


def _likely_people(
    people: Sequence[EventPerson], of: Mapping[str, Sequence[bool]]
) -> Iterator[EventPerson]:
    """The persons that stay, with what stays of them."""
    for number, person in enumerate(people):
        at = f"persons[{number}]"
        if all(of[f"{at}.name"]):
            yield replace(
                person,
                role=person.role if all(of[f"{at}.role"]) else None,
                organisation=person.organisation if all(of[f"{at}.organisation"]) else None,
            )
