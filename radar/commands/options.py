"""What several subcommands share: opening the installation, printing records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from radar.installation import Installation
from radar.settings import load_settings

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line, for programs."
)

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    help="Configuration folder (default: RADAR_CONFIG, then the packaged one).",
)

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Data folder (default: RADAR_HOME, then the user's data folder).",
)


def installation(config: Path | None, home: Path | None) -> Installation:
    """The installation as configured; ConfigError with every mistake."""
    return Installation(load_settings(config, home=home))


def print_json(record: Mapping[str, Any]) -> None:
    """One object of JSON lines on stdout."""
    click.echo(json.dumps(record, ensure_ascii=False))
