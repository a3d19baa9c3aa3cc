"""Makes the file of the present schema: `python -m tests.old_databases [--program FOLDER]`.

FOLDER holds another version of the program (`git archive COMMIT | tar x -C FOLDER`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.e2e.world import ROOT
from tests.loopback.smtp_sink import smtp_sink
from tests.old_databases.installation import OldInstallation
from tests.old_databases.site import PAST, serve


def main() -> int:
    """Live the past nights and keep what is there then."""
    parser = argparse.ArgumentParser(prog="python -m tests.old_databases", description=__doc__)
    parser.add_argument("--program", type=Path, default=ROOT, metavar="FOLDER")
    program = parser.parse_args().program.absolute()
    with tempfile.TemporaryDirectory() as folder, serve() as site, smtp_sink() as sink:
        made = OldInstallation(Path(folder), sink, program)
        for night in range(1, PAST + 1):
            made.live(night, site)
        file = made.keep()
    sys.stdout.write(f"{file}: {file.stat().st_size // 1000} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
