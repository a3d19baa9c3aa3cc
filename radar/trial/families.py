"""Kinds of values, each with a colour: a page holds too many fields to give each its own."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Fields that are shown alike."""

    id: str
    name: str
    style: str
    """For the terminal, as rich takes it."""
    light: str
    dark: str
    """Backgrounds in the HTML view; its text colours are over 6:1 on them."""


EVENT = Family("event", "event", "bold magenta", "#f6d5f2", "#5b2257")
DATE = Family("date", "date", "bold green", "#cfeecb", "#1f4d1b")
PLACE = Family("place", "place, country", "bold cyan", "#c9ecef", "#124a50")
ORGANISATION = Family("organisation", "organisation", "bold blue", "#d6e2fb", "#23407a")
PERSON = Family("person", "person", "bold bright_red", "#fbd9d2", "#6b2a1c")
COUNT = Family("count", "number of participants", "bold bright_magenta", "#e6dbfa", "#43306e")
COMMODITY = Family("commodity", "raw material", "bold yellow", "#fff0b3", "#5a4a10")
STRATEGY = Family("strategy", "strategy, programme", "bold bright_cyan", "#d3efe0", "#174a36")
CONTACT = Family("contact", "contact", "bold bright_blue", "#e4e4e4", "#44484c")
PAGE = Family("page", "page: title, author", "bold", "#f3e7d3", "#53402a")

FAMILIES = (EVENT, DATE, PLACE, ORGANISATION, PERSON, COUNT, COMMODITY, STRATEGY, CONTACT, PAGE)
"""In the order of the legend; where marks overlap, the first family decides the colour.
"""

_PATTERNS = (
    (re.compile(r"persons"), PERSON),
    (re.compile(r"^contacts"), CONTACT),
    (re.compile(r"organis"), ORGANISATION),
    (re.compile(r"countries|place|nationalities"), PLACE),
    (re.compile(r"\.(?:start|end)$|^published|^modified|^dates"), DATE),
    (re.compile(r"^commodities"), COMMODITY),
    (re.compile(r"^(?:strategies|programmes)"), STRATEGY),
    (re.compile(r"\.count$"), COUNT),
    (re.compile(r"^events"), EVENT),
)


def family_of(field: str) -> Family:
    """The family of a mention's field, `events[0].place.city`."""
    return next((family for pattern, family in _PATTERNS if pattern.search(field)), PAGE)
