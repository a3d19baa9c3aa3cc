"""`radar serve`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import uvicorn

from radar.commands.options import config_option, home_option, installation
from radar.service.server_address import check_free, host_option, page_address, port_option
from radar.service.serving import LiveCatalogue, LiveStore
from radar.service.stopping import stop_on_signals
from search_api.app import create_app

GRACE = 3
"""Seconds that the server waits for open requests when it stops."""


@click.command("serve")
@host_option
@port_option
@config_option
@home_option
def command(host: str, port: int, config: Path | None, home: Path | None) -> int:
    """Serve the search page, the API and the feeds. Runs may take place at the same time."""
    opened = installation(config, home)
    app = create_app(
        LiveStore(opened),
        LiveCatalogue(opened),
        reference=opened.reference,
        zone=ZoneInfo(opened.settings.timezone),
        version=version("rohstoffradar"),
    )
    check_free(host, port)
    click.echo(f"search page: {page_address(host, port)} (stop with Ctrl-C)", err=True)
    # uvicorn hands the signal on once it has ended: it is caught here, for the exit code.
    with stop_on_signals() as stop:
        uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=GRACE)
    return stop.exit_code
