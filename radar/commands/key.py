"""`radar key`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.access.keys import AccessKey, add_key, all_keys, feed_key_of, remove_key
from indexer.access.scope import KEY_SCOPES, Scope
from indexer.database.engine import usable
from indexer.records.document import iso_instant
from indexer.records.errors import ConfigError
from indexer.records.values import check_identifier, suggestion
from radar.commands.groups import CommandGroup
from radar.commands.options import (
    Choice,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.writing import writer
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from search_api.access.audit import AuditEntry, AuditLog


@click.group("key", cls=CommandGroup)
def command() -> None:
    """Keys to the search page, the API and the feeds, for others than who is on this machine."""


def _name(context: click.Context, parameter: click.Parameter, value: str) -> str:
    del context, parameter
    try:
        return check_identifier(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} {error}") from error


@command.command("add")
@click.argument("name", callback=_name)
@click.option(
    "--scope",
    type=Choice([scope.value for scope in KEY_SCOPES]),
    default=Scope.READ.value,
    show_default=True,
    help="read: search and feeds; write: watches too; admin: reserved, nothing more today.",
)
@config_option
@home_option
@json_option
def add(name: str, scope: str, config: Path | None, home: Path | None, as_json: bool) -> None:
    """Make a key, and print it: it is shown this once, and kept nowhere."""
    opened = installation(config, home)
    with usable(), writer(opened).begin() as connection:
        key = add_key(connection, name, Scope(scope), real_clock())
        if key is None:
            raise ConfigError(
                [f"error: there is a key {name!r} already; `radar key remove {name}` revokes it"]
            )
    _note(opened, name, "key add")
    feed_key = feed_key_of(key)
    if as_json:
        print_json({"name": name, "scope": scope, "key": key, "feed_key": feed_key})
        return
    click.echo(f"The key {name} ({scope}), shown this once:", err=True)
    click.echo(key)
    click.echo(
        "Programs send it as `Authorization: Bearer KEY`, people paste it on the page /login. In "
        f"addresses of feeds (`?key=`) stands instead, and opens nothing else:\n{feed_key}",
        err=True,
    )


@command.command("list")
@config_option
@home_option
@json_option
def list_keys(config: Path | None, home: Path | None, as_json: bool) -> None:
    """List the keys: name, scope, how each begins, when it was made and last used (to the hour)."""
    keys = _keys_of(installation(config, home))
    if as_json:
        for key in keys:
            print_json(_record(key))
        return
    if not keys:
        click.echo("no key yet: `radar key add NAME`", err=True)
    for key in keys:
        used = f"used {iso_instant(key.used)}" if key.used else "never used"
        click.echo(
            f"{key.name}: {key.scope}, {key.prefix}…, made {iso_instant(key.created)}, {used}"
        )


@command.command("remove")
@click.argument("name")
@config_option
@home_option
def remove(name: str, config: Path | None, home: Path | None) -> None:
    """Revoke a key: it, its feed key and the sessions that were opened with it end at once."""
    opened = installation(config, home)
    names = [key.name for key in _keys_of(opened)]
    if name not in names:
        raise ConfigError(
            [f"error: there is no key {name!r}{suggestion(name, names)}"],
            hint="`radar key list` lists them",
        )
    with usable(), writer(opened).begin() as connection:
        remove_key(connection, name)
    _note(opened, name, "key remove")
    click.echo(f"The key {name} is revoked.", err=True)


def _keys_of(opened: Installation) -> list[AccessKey]:
    """The keys; none where there is no database, and none is made."""
    engine = opened.open_reader()
    if engine is None:
        return []
    with usable(), engine.connect() as connection:
        return list(all_keys(connection))


def _note(opened: Installation, name: str, what: str) -> None:
    entry = AuditEntry(None, None, f"radar {what}", name, 0, "done")
    AuditLog(opened.settings.log).write(entry)


def _record(key: AccessKey) -> dict[str, str | None]:
    return {
        "name": key.name,
        "scope": key.scope.value,
        "prefix": key.prefix,
        "created": iso_instant(key.created),
        "used": iso_instant(key.used) if key.used else None,
    }
