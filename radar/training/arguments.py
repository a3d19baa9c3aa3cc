"""What trainers are called with."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path


def trainer_arguments(description: str | None, *, turns: bool = True) -> ArgumentParser:
    """A parser of folders (`folders`, `turns`); `description`: the docstring of the trainer. A
    trainer that reads nothing in turn has no `turns`.
    """
    parser = ArgumentParser(
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "folders", metavar="FOLDER", nargs="+", type=Path, help="labelled pages (*.yaml, *.jsonl)"
    )
    if turns:
        parser.add_argument(
            "--turns",
            metavar="FOLDER",
            type=Path,
            help="parameters that have not seen a group of hosts: each trainer reads those that"
            " stand before it there, and adds its own",
        )
    return parser
