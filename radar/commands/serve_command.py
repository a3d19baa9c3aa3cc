"""`radar serve`."""

from __future__ import annotations

import socket
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import uvicorn

from radar.commands.options import config_option, home_option, installation
from radar.serving import LiveCatalogue, LiveStore
from search_api.app import create_app


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@config_option
@home_option
def command(host: str, port: int, config: Path | None, home: Path | None) -> None:
    """Serve the search page, the API and the feeds. A run may go on beside it."""
    opened = installation(config, home)
    app = create_app(
        LiveStore(opened),
        LiveCatalogue(opened),
        reference=opened.reference,
        zone=ZoneInfo(opened.settings.timezone),
        version=version("rohstoffradar"),
    )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(
                f"{host}:{port} can't be used: {error.strerror}; name another --port"
            ) from error
    click.echo(f"search page: http://{host}:{port}/ (stop with Ctrl-C)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
