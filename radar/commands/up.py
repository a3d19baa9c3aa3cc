"""`radar up`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from radar.commands.options import (
    Number,
    config_option,
    home_option,
    installation,
    places,
    schedule_option,
)
from radar.run.lock import up_lock
from radar.service.admission import access_rules
from radar.service.own_log import note
from radar.service.server_address import (
    check_free,
    host_option,
    label_option,
    open_option,
    page_address,
    port_option,
)
from radar.service.stopping import stop_on_signals
from radar.service.supervision import Child, supervise


@click.command("up")
@host_option
@port_option
@open_option
@label_option
@schedule_option("Time of day or interval for the sources that set none.", default="02:30")
@click.option(
    "--every",
    metavar="SECONDS",
    default=60,
    show_default=True,
    type=Number(1, 86_400),
    help="Time from one look at what is due to the next.",
)
@config_option
@home_option
def command(
    host: str,
    port: int,
    is_open: bool,
    labelling: bool,
    schedule: str,
    every: int,
    config: Path | None,
    home: Path | None,
) -> int:
    """Serve the search page, and run what is due every minute, until stopped.

    Two processes: `radar serve`, and a loop that starts `radar run --due`. One that ends is
    started again.
    """
    settings = installation(config, home).settings
    access_rules(settings, host, is_open=is_open)  # refuses before anything starts
    check_free(host, port)
    ours = ["--supervisor", str(os.getpid())]
    where = ["--host", host, "--port", str(port), *ours]
    switches = [*(("--open",) if is_open else ()), *(("--label",) if labelling else ())]
    here = places(config, home)
    serve = [sys.executable, "-m", "radar", "serve", *where, *switches, *here]
    loop = [sys.executable, "-m", "radar.service.scheduler", str(every), *ours]
    children = [
        Child("serve", serve),
        Child("scheduler", [*loop, "--schedule", schedule, *here]),
    ]
    with up_lock(settings.home), stop_on_signals() as stop:
        note(f"up: {page_address(host, port)} (stop with Ctrl-C)")
        supervise(children, stop.event, note)
    return stop.exit_code
