"""Injected faults by kind: what they cost, and the longest that anybody had to wait.

The faults are the tests in `tests/faults` that are marked with their kind; the `conftest.py` there
says how they count. There is no peer: none of them can be attacked in the same way.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree  # reads a report of our own

from benchmarks.measuring.children import ChildError
from benchmarks.measuring.table import Section, Table
from tests.faults.conftest import KINDS

FOLDER = Path(__file__).parents[2] / "tests" / "faults"


@dataclass(slots=True)
class Injected:
    """All faults of one kind."""

    faults: int = 0
    failed: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    longest_wait: float = 0.0
    """In seconds."""

    def row(self, kind: str) -> tuple[str, ...]:
        """Its row of the table."""
        counts = (self.faults, self.failed, self.lost, self.doubled, self.wrong)
        return (kind, *map(str, counts), f"{self.longest_wait:.1f}")


def benchmark(*, quick: bool) -> Section:
    """Inject every fault; `quick`: those of mail servers."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "fault", "-n", "2"]
        command += ["--dist", "loadfile", "-p", "no:cacheprovider", f"--junitxml={report}"]
        # A test that fails is a row of the table, not the end of the benchmark.
        done = subprocess.run(  # our own interpreter
            [*command, str(FOLDER / "test_mail_server.py" if quick else FOLDER)],
            capture_output=True,
            text=True,
            check=False,
        )
        if not report.exists():
            raise ChildError(f"pytest wrote no report: {done.stdout[-500:]}{done.stderr[-500:]}")
        by_kind = read_report(report)
    section = Section("faults", "Injected faults")
    columns = ("kind", "faults", "failed", "lost", "doubled", "wrong", "longest wait, s")
    rows = [by_kind[kind].row(kind) for kind in KINDS if kind in by_kind]
    section.parts.append(Table(columns, (*rows, _sum(by_kind).row("all"))))
    section.notes.append("Each is a test in `tests/faults`, run by `make test` too.")
    return section


def read_report(report: Path) -> dict[str, Injected]:
    """The tolls in a JUnit report of pytest, by kind."""
    found: dict[str, Injected] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  # our own file
        toll = {p.get("name", ""): p.get("value", "") for p in case.iter("property")}
        if "fault" not in toll:
            continue
        of_kind = found.setdefault(toll["fault"], Injected())
        of_kind.faults += 1
        of_kind.failed += case.find("failure") is not None or case.find("error") is not None
        of_kind.lost += int(toll["lost"])
        of_kind.doubled += int(toll["doubled"])
        of_kind.wrong += int(toll["wrong"])
        of_kind.longest_wait = max(of_kind.longest_wait, float(toll["longest_wait"]))
    return found


def _sum(by_kind: dict[str, Injected]) -> Injected:
    total: Counter[str] = Counter()
    for of_kind in by_kind.values():
        for name in ("faults", "failed", "lost", "doubled", "wrong"):
            total[name] += getattr(of_kind, name)
    longest = max((of_kind.longest_wait for of_kind in by_kind.values()), default=0.0)
    return Injected(**total, longest_wait=longest)
