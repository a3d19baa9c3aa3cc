"""Bodies that took part by the people whom they sent: the employer of a person of an event, which
the roles of bodies find likelier to take part than to organise, where another body is known to have
organised it.

Texts tell mostly by their people that such bodies were there, and models that choose among all
bodies of a page pass these over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.assembly.event_values import EventValues
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_roles import BodyRoles, without_bodies
from crawler.parsers.events.people.organisers import is_same_body

SENT = "participants.employer"
"""Rule of the bodies that are given so."""


def with_employers(every: Every, roles: BodyRoles) -> Every:
    """The events with the employers of their persons among the bodies that took part; without what
    models say of their roles, as they are.
    """
    return [(event, _with_employers(values, roles)) for event, values in every]


def _with_employers(values: EventValues, roles: BodyRoles) -> EventValues:
    if all(body.doubtful for body in values.organisers):
        return values
    taking_part = values.participants.organisations
    known = [*values.organisers, *taking_part, *([values.series] if values.series else [])]
    sent = without_bodies(_sent(values, roles), known)
    if not sent:
        return values
    participants = replace(values.participants, organisations=[*taking_part, *sent])
    return replace(values, participants=participants)


def _sent(values: EventValues, roles: BodyRoles) -> Iterator[FoundValue[str]]:
    for person in values.people:
        body = person.organisation
        if body and _rather_takes_part(body, roles):
            yield replace(body, rule=SENT)


def _rather_takes_part(body: FoundValue[str], roles: BodyRoles) -> bool:
    """Whether some mention of a body is likelier to take part than any is to organise."""
    mentions = [
        number
        for number, known in enumerate(roles.bodies)
        if is_same_body(known.mention.surface, body.value)
    ]
    if not mentions or not roles.odds:
        return False
    takes_part, organises = (
        max(roles.odds[role][n] for n in mentions) for role in ("participant", "organiser")
    )
    return takes_part > organises
