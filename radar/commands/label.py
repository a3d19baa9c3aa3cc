"""`radar label`."""

from __future__ import annotations

import getpass
import os
import secrets
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import click

from indexer.records.document import Page, document_id
from indexer.records.errors import FetchError, ParseError
from indexer.records.labels import Labels
from indexer.records.urls import canonical
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.page_target import page_target
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.labelling.label_files import LABELLER, LabelFiles
from radar.labelling.page_labels import NamedPages, PageLabels
from radar.plurals import counted
from radar.service.http_server import make_server
from radar.service.server_address import check_free, page_address, port_option
from radar.service.stopping import stop_on_signals
from radar.trial.page_source import PageOverrides, read_page
from search_api.label_app import OPENED, create_label_app
from search_api.labelling.pages import NOBODY

_LOOPBACK = "127.0.0.1"


@click.command("label")
@click.argument("targets", metavar="URL|FILE…", nargs=-1)
@click.option("--url", help="Address of the page in a file.")
@click.option("--as", "labeller", metavar="NAME", help="Who labels (default: the user's name).")
@click.option("--list", "listed", is_flag=True, help="List the labelled pages of all labellers.")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@port_option
@config_option
@home_option
@json_option
def command(
    targets: tuple[str, ...],
    url: str | None,
    labeller: str | None,
    listed: bool,
    no_browser: bool,
    port: int,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Open pages in the browser with what was read, to confirm, strike out, correct and add.

    Every change is saved at once in labels/NAME.jsonl of the data folder, in the form that training
    reads. Without URL or FILE, the pages that were labelled before are opened again. The pages are
    served on this machine only, to whoever has the address that is printed.

    Exit codes: 0 listed; 1 none of the pages can be fetched or read; 2 command or configuration
    wrong; 130 stopped with Ctrl-C.
    """
    opened = installation(config, home)
    files = LabelFiles(opened.settings.labels)
    if listed or as_json:
        _list(files, as_json=as_json)
        return ExitCode.DONE
    if url is not None and len(targets) != 1:
        raise click.UsageError("--url goes with one file")
    who = _labeller(labeller)
    if not targets and not files.of(who):
        raise click.UsageError(f"{who} has labelled no page yet: name a URL or FILE to begin with")
    check_free(_LOOPBACK, port)
    pages = _read(targets, url, opened)
    if targets and not pages:
        return ExitCode.NEEDS_A_PERSON
    token = secrets.token_urlsafe(24)
    desk = PageLabels(NamedPages(pages), files, opened.reference, real_clock)
    address = f"{page_address(_LOOPBACK, port)}{OPENED.lstrip('/')}{token}"

    def opens() -> None:
        click.echo(f"label as {who}: {address} (stop with Ctrl-C)", err=True)
        if not no_browser and _has_display():
            # Some browsers are waited for, and would wait for this server.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    app = create_label_app(desk, token, who)
    with stop_on_signals() as stop:
        make_server(app, _LOOPBACK, port, stopped=stop.event.is_set, listening=opens).run()
    return stop.exit_code


def _read(targets: Sequence[str], url: str | None, opened: Installation) -> dict[str, Page]:
    """Id → page of each target; those that can't be fetched or read are told on stderr."""
    pages: dict[str, Page] = {}
    for target in targets:
        try:
            raw, _, remark = page_target(target, PageOverrides(url), opened)
            page = read_page(raw, opened)
        except (FetchError, ParseError) as error:
            click.echo(f"error: {target}: {error.message}", err=True)
            continue
        if remark is not None:
            click.echo(f"{target}: {remark}", err=True)
        stated = page.canonical or page.url
        address = (canonical(stated) if stated else None) or Path(target).absolute().as_uri()
        pages[document_id(address)] = page
    return pages


def _labeller(given: str | None) -> str:
    name = given if given is not None else _user()
    if not LABELLER.fullmatch(name):
        raise click.UsageError(
            f"--as {name!r}: letters, digits, dots and hyphens, 40 at most: it names a file"
        )
    return name


def _user() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return NOBODY
    return name if LABELLER.fullmatch(name) else NOBODY


def _has_display() -> bool:
    """Whether a browser can open beside the terminal, not in it."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _list(files: LabelFiles, *, as_json: bool) -> None:
    found = list(files.all())
    for labels in found:
        if as_json:
            print_json(labels.to_record())
        else:
            click.echo(_line(labels))
    if not found and not as_json:
        click.echo("no page has been labelled: radar label URL begins", err=True)


def _line(labels: Labels) -> str:
    events = counted(len(labels.events), "event") if labels.events else "no event"
    state = "done" if labels.done else "begun"
    name = labels.url or labels.title or labels.id
    return f"{labels.labeller}: {name}: {state}, {events}, {len(labels.marks)} marks"
