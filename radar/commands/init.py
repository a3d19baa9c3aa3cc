"""`radar init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from indexer.records.durable_files import replace_durably
from indexer.records.reference import packaged_config

COPIED = ("radar.yaml", "sources", "watches")
"""What an operator edits; tables, languages and topics come from the package until one is put here.
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="radar-config")
def command(folder: Path) -> None:
    """Make a configuration folder (default: radar-config) with settings, sources and a watch.

    Existing files are left unchanged.
    """
    try:
        made, kept = _copy(folder)
    except OSError as error:
        raise click.UsageError(f"{folder} can't be written: {error.strerror}") from error
    click.echo(f"{folder}: {made} files made" + (f", {kept} left as they were" if kept else ""))
    click.echo(f"next: set crawler.contact in {folder / 'radar.yaml'}, then")
    click.echo(f"  export RADAR_CONFIG={shlex.quote(str(folder.resolve()))}")
    click.echo("  radar check")


def _copy(folder: Path) -> tuple[int, int]:
    """Numbers of files made, and of files that existed."""
    made = kept = 0
    for name in COPIED:
        origin = packaged_config() / name
        files = sorted(origin.rglob("*.yaml")) if origin.is_dir() else [origin]
        for file in files:
            target = folder / file.relative_to(packaged_config())
            if target.exists():
                kept += 1
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            # Never half of one, which the next call would leave as it is.
            replace_durably(target, file.read_bytes())
            made += 1
    return made, kept
