"""`radar events`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from pydantic import ValidationError
from rich.text import Text

from indexer.events.listing import ListedEvent
from indexer.records.errors import QueryError
from indexer.records.interface_languages import DEFAULT
from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.searching import searching, usage_error
from radar.plurals import counted
from radar.run.progress import print_address, print_prose
from search_api.events.event_list import EventList, OtherEvents
from search_api.events.parameters import EventParameters
from search_api.page_words import date_span, place_name
from search_api.problems import UnknownCountry, in_plain_words
from search_api.suggestions.vocabulary import Vocabulary
from search_api.town_names import TownNames

_PARAMETER = re.compile("`([a-z]+)`")


@click.command("events")
@click.argument("query", default="")
@click.option("--past", is_flag=True, help="Events that have ended, the latest first.")
@click.option("--all", "everything", is_flag=True, help="Past ones and those without a date too.")
@click.option(
    "--from", "from_", metavar="DATE", help="Ends on or after: 2015, 2015-06, 2015-06-08."
)
@click.option("--to", metavar="DATE", help="Begins on or before.")
@click.option("--place", help="Words of the town or venue.")
@click.option("--country", help="ISO code, or a name in any language.")
@click.option("--series", help="Words of the series or of the event's name.")
@click.option("--organiser", help="Words of an organiser's name.")
@click.option("--limit", type=Number(min=0), default=20, show_default=True, help="0: all.")
@config_option
@home_option
@json_option
def command(
    query: str,
    past: bool,
    everything: bool,
    limit: int,
    config: Path | None,
    home: Path | None,
    as_json: bool,
    **narrowed: str | None,
) -> None:
    """List events to come, with the pages that tell of them; QUERY narrows them to those of which a
    page that it finds tells.
    """
    if past and everything:
        raise click.UsageError("--past and --all: --all lists past events with the others")
    opened = installation(config, home)
    when = None if everything else "past" if past else "upcoming"
    if not past and (narrowed["from_"] or narrowed["to"]):
        when = None
    given = {"q": query, "when": when, **narrowed, "from": narrowed["from_"]}
    try:
        parameters = EventParameters.model_validate({k: v for k, v in given.items() if v})
    except ValidationError as error:
        raise click.UsageError("; ".join(map(_mistake, error.errors()))) from error
    zone, towns = ZoneInfo(opened.settings.timezone), TownNames(opened.reference)
    catalogue = opened.catalogue(opened.open_reader())
    with searching(opened) as search:
        similar = Vocabulary(search, opened.reference).similar
        events = EventList(search, catalogue, zone, towns, similar)
        try:
            shown, notes = _list(events, parameters, limit, as_json)
        except UnknownCountry as error:
            raise click.UsageError(f"--country: {error.message}") from error
        except QueryError as error:
            raise usage_error(query, error) from error
    # While the index is open, what goes to the error stream is lost (`searching`).
    notes += () if as_json else (counted(shown, "event"),)
    for note in notes:
        click.echo(note, err=True)


def _mistake(mistake: Mapping[str, Any]) -> str:
    """What is wrong with an option, by its name on the command line."""
    told = _PARAMETER.sub(r"--\1", in_plain_words(mistake))
    return f"--{mistake['loc'][0]}: {told}" if mistake["loc"] else told


def _list(
    events: EventList, parameters: EventParameters, limit: int, as_json: bool
) -> tuple[int, tuple[str, ...]]:
    """Print events. Returns how many, and what there is to say of it: that there are more, or which
    words may have been meant in place of some that no event has.
    """
    shown = 0
    for event in events.all_of(parameters):
        if limit and shown == limit:
            return shown, (f"more than {limit}: --limit 0 shows all",)
        shown += 1
        if as_json:
            print_json(event.to_json())
        else:
            _show(event.in_language(DEFAULT))
    others = events.instead(parameters) if not shown else ()
    return shown, tuple(f"did you mean: {_option(other)}" for other in others)


def _option(other: OtherEvents) -> str:
    option = "" if other.parameter == "q" else f"--{other.parameter} "
    return f"{option}{shlex.quote(other.value)} ({counted(other.total, 'event')})"


def _show(event: ListedEvent) -> None:
    """An event for people: when and where, its name, and the pages that tell of it."""
    where = ", ".join(part for part in (event.venue, place_name(event.city, event.country)) if part)
    facts = (date_span(event.start, event.end) or "date not known", where, event.status)
    print_prose(Text(" · ".join(fact for fact in facts if fact), style="bold"))
    print_prose(Text(f"  {event.full_name}"))
    for document in event.documents:
        print_address(f"  {document.id}", document.url)
    click.echo()
