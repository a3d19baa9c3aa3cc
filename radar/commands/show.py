"""`radar show`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.exit_codes import ExitCode
from search_api.ports import DocumentView


@click.command("show")
@click.argument("documents", nargs=-1, metavar="[ID|URL]…")
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
    """Print the records of documents, named by id or address."""
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
        raise click.UsageError("\n".join(f"no document {name}" for name in missing))
    _print((d for d in found.values() if d is not None), as_json=as_json)
    return ExitCode.DONE


def _print(documents: Iterable[DocumentView], *, as_json: bool) -> None:
    for document in documents:
        record = document.to_json()
        if as_json:
            print_json(record)
        else:
            click.echo(json.dumps(record, ensure_ascii=False, indent=2))
