"""The tried page as one HTML file that needs nothing else: no script, no address is loaded."""

from __future__ import annotations

from indexer.records.document import Event, Person
from radar.trial.families import FAMILIES
from radar.trial.findings import TriedPage
from search_api.links import safe_link
from search_api.page_words import PARTS, ROLES, country_name, date_span, language_name
from search_api.pages.rendering import template_environment

_templates = template_environment("radar.trial", "")


def render(tried: TriedPage) -> str:
    """The whole file."""
    anchored: set[int] = set()

    def first_time(number: int) -> bool:
        """A mark links to the first row about it."""
        known = number in anchored
        anchored.add(number)
        return not known

    return _templates.get_template("trial.html.jinja").render(
        page=tried.page,
        tried=tried,
        families=FAMILIES,
        first_time=first_time,
        part_names=PARTS,
        language=tried.page.lang and language_name(tried.page.lang),
        link=tried.page.url and safe_link(tried.page.url),
        event_rows=[_event_row(event) for event in tried.page.events],
    )


def _event_row(event: Event) -> tuple[str, ...]:
    place = event.place
    where = (place.venue, place.city, place.country and country_name(place.country))
    number = None if event.ordinal is None else f"no. {event.ordinal}"
    people = event.participants
    about = "about " if people.approximate else ""
    counted = None if people.count is None else f"{about}{people.count}"
    return (
        event.name,
        _join(ROLES[event.role], event.status),
        _join(event.series, number),
        date_span(event.start, event.end) or "",
        _join(*where),
        _join(event.theme),
        "; ".join(event.organisers),
        _join(counted, *map(country_name, people.countries), *people.organisations),
        "; ".join(map(_person, event.persons)),
    )


def _person(person: Person) -> str:
    return _join(person.name_norm or person.name, person.role, person.organisation)


def _join(*pieces: str | None) -> str:
    return ", ".join(piece for piece in pieces if piece)
