"""`radar show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.text import Text

from indexer.records.document import Event, Person
from radar.commands.options import (
    Name,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.exit_codes import ExitCode
from radar.run.progress import STDOUT, print_address, print_prose
from search_api.page_words import country_name, date_span, describe_revision, place_name
from search_api.ports import DocumentView


@click.command("show")
@click.argument("documents", type=Name(), nargs=-1, metavar="[ID|URL]…")
@click.option("--all", "everything", is_flag=True, help="Every document.")
@config_option
@home_option
@json_option
def command(
    documents: tuple[str, ...],
    everything: bool,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Show documents, named by id or address: text, events, what they name, and their history.

    With --json, the whole record with the place of each value.
    """
    if not documents and not everything:
        raise click.UsageError("name documents by id or address, or give --all")
    opened = installation(config, home)
    catalogue = opened.catalogue(opened.open_reader())
    if everything:
        _print(catalogue.documents(), as_json=as_json)
        return ExitCode.DONE
    found = {name: catalogue.document(name) for name in documents}
    missing = [name for name, document in found.items() if document is None]
    if missing:
        lines = [f"no document {name}" for name in missing]
        raise click.UsageError("\n".join([*lines, "hint: `radar search QUERY` prints their ids"]))
    _print((d for d in found.values() if d is not None), as_json=as_json)
    return ExitCode.DONE


def _print(documents: Iterable[DocumentView], *, as_json: bool) -> None:
    for document in documents:
        if as_json:
            print_json(document.to_json())
        else:
            _show(document)


def _show(document: DocumentView) -> None:
    page = document.page
    print_prose(Text(page.title or page.url or document.id, style="bold"))
    facts = (document.id, document.source, page.published, page.lang, page.kind)
    print_prose(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    STDOUT.print(Text(page.url or "", style="blue"), soft_wrap=True)
    for paragraph in (page.teaser or "", *page.text.split("\n\n")):
        if paragraph.strip():
            STDOUT.print()
            print_prose(Text(paragraph))
    for index, event in enumerate(page.events):
        STDOUT.print()
        _show_event(document, index, event)
    STDOUT.print()
    for label, value in _facts(document):
        print_prose(Text.assemble((f"{label}: ", "dim"), value))
    STDOUT.print()


def _show_event(document: DocumentView, index: int, event: Event) -> None:
    print_prose(Text.assemble(("event: ", "dim"), (event.name, "bold")))
    place = ", ".join(
        v for v in (event.place.venue, place_name(event.place.city, event.place.country)) if v
    )
    when = date_span(event.start, event.end)
    print_prose(Text(f"  {' · '.join(v for v in (when, place, event.status) if v)}"))
    for label, values in (
        ("organiser", event.organisers),
        ("person", [_person(person) for person in event.persons]),
        ("theme", [event.theme] if event.theme else []),
    ):
        for value in values:
            print_prose(Text(f"  {label}: {value}"))
    history = document.history.events.get(index)
    for change in history.changes if history else ():
        print_prose(Text(f"  {change.reported.line}", style="bold"))
    for other in history.linked if history else ():
        print_address(f"  also in {other.id}", other.url)


def _person(person: Person) -> str:
    return ", ".join(v for v in (person.name, person.role, person.organisation) if v)


def _facts(document: DocumentView) -> Iterator[tuple[str, str]]:
    """What the page names, and its history, by label."""
    page = document.page
    named = (
        ("authors", page.authors),
        ("countries", [country_name(code) for code in page.countries]),
        ("places", page.places),
        ("commodities", [commodity.name for commodity in page.commodities]),
        ("strategies", (*page.strategies, *page.programmes)),
        ("organisations", page.organisations),
        ("persons", page.further_persons),
        ("contacts", [c.name or c.email or c.phone or "" for c in page.contacts]),
        ("moved from", document.history.moved_from),
    )
    yield from ((label, ", ".join(values)) for label, values in named if values)
    yield "first seen", f"{document.first_seen:%Y-%m-%d %H:%M UTC}"
    yield "last seen", f"{document.last_seen:%Y-%m-%d %H:%M UTC} ({document.last_outcome})"
    for revision in document.history.revisions:
        when = f"{revision.created:%Y-%m-%d %H:%M UTC}"
        yield f"revision {revision.number}", f"{when}: {describe_revision(revision)}"
