"""What trainers are called with."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path


def trainer_arguments(description: str | None) -> ArgumentParser:
    """A parser of folders (`folders`, `turns`); `description`: the docstring of the trainer."""
    parser = ArgumentParser(
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folders", metavar="FOLDER", nargs="+", type=Path, help="labelled pages (*.yaml, *.jsonl)"
    )
    parser.add_argument(
        "--turns",
        metavar="FOLDER",
        type=Path,
        help="parameters that have not seen a group of hosts: each trainer reads those that stand"
        " before it there, and adds its own",
    )
    return parser
