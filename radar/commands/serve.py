"""`radar serve`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from radar.commands.options import config_option, home_option, installation
from radar.run.lock import readers_lock
from radar.service.admission import OPEN_WARNING, access_rules
from radar.service.http_server import make_server
from radar.service.key_ring import DatabaseKeyRing
from radar.service.server_address import (
    check_free,
    host_option,
    open_option,
    page_address,
    port_option,
)
from radar.service.serving import LiveCatalogue, LiveStore
from radar.service.stopping import stop_on_signals
from search_api.access.audit import AuditLog
from search_api.app import create_app


@click.command("serve")
@host_option
@port_option
@open_option
@config_option
@home_option
def command(host: str, port: int, is_open: bool, config: Path | None, home: Path | None) -> int:
    """Serve the search page, the API and the feeds. Runs may take place at the same time.

    Whoever is on this machine needs no key. On an address that others reach, it asks for the keys
    that `radar key add` makes, and does not start without one.
    """
    opened = installation(config, home)
    settings = opened.settings
    rules = access_rules(settings, host, is_open=is_open)
    app = create_app(
        LiveStore(opened),
        LiveCatalogue(opened),
        reference=opened.reference,
        zone=ZoneInfo(settings.timezone),
        version=version("rohstoffradar"),
        rules=rules,
        keys=DatabaseKeyRing(settings.database),
        audit=AuditLog(settings.log),
    )
    check_free(host, port)
    if is_open:
        click.echo(OPEN_WARNING.format(where=page_address(host, port)), err=True)
    click.echo(f"search page: {page_address(host, port)} (stop with Ctrl-C)", err=True)
    # uvicorn hands the signal on once it has ended: it is caught here, for the exit code.
    with readers_lock(settings.home), stop_on_signals() as stop:
        make_server(
            app,
            host,
            port,
            trusted_proxies=settings.web.trusted_proxies,
            root=urlsplit(settings.public_url or "").path,
            stopped=stop.event.is_set,
        ).run()
    return stop.exit_code
