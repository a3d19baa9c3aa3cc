"""Known vulnerabilities of what requirements.lock pins, where an index of advisories is in reach.

Asks the Open Source Vulnerabilities database through `pip-audit`. A canary, a release with known
vulnerabilities, shows first that answers can be had: a machine without that index (or one behind a
proxy that answers with nothing) is told that the audit was not run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INDEX = "https://api.osv.dev/v1/query"
CANARY = "pyyaml==5.3"
"""It has had known vulnerabilities since 2020 (CVE-2020-14343)."""
CONNECTING, AUDITING = 20, 300
"""Seconds for the canary, and for all that is pinned: one request for each."""


class NotAuditedError(Exception):
    """The index did not answer; the message says why."""


@dataclass(frozen=True)
class Audit:
    """What the index says of a requirements file."""

    findings: Sequence[str]
    """A line for each vulnerability."""
    unknown: Sequence[str]
    """Names that could not be asked about."""


def audit(requirements: Path, *, index: str = INDEX, seconds: int) -> Audit:
    """Ask the index about every pinned release. Raises NotAuditedError."""
    options = ["--disable-pip", "--no-deps", "--progress-spinner", "off", "--timeout", "5"]
    service = ["-s", "osv", "--osv-url", index, "-f", "json", "-r", str(requirements)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options, *service],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        answers = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired as error:
        raise NotAuditedError(f"no answer within {seconds} s") from error
    except ValueError as error:
        said = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        reason = "no connection" if "ConnectionError" in said else said[:200]
        raise NotAuditedError(reason) from error
    return Audit(
        [_line(a, v) for a in answers for v in a.get("vulns", ())],
        [a["name"] for a in answers if "skip_reason" in a],
    )


def _line(answer: dict[str, str], vulnerability: dict[str, list[str]]) -> str:
    fixed = ", ".join(vulnerability["fix_versions"]) or "no release"
    return f"{answer['name']} {answer['version']}: {vulnerability['id']} (fixed in {fixed})"


def check_index(index: str) -> None:
    """Raises NotAuditedError where the index does not know of the canary."""
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary.txt"
        canary.write_text(f"{CANARY}\n")
        if not audit(canary, index=index, seconds=CONNECTING).findings:
            raise NotAuditedError(f"it knows nothing of {CANARY}")


def main(requirements: Path = ROOT / "requirements.lock", *, index: str = INDEX) -> int:
    """Print the findings; exit code 1 if there are any."""
    try:
        check_index(index)
        result = audit(requirements, index=index, seconds=AUDITING)
    except NotAuditedError as error:
        print(f"audit not run: {index}: {error}")  # noqa: T201  # what it is for
        return 0
    for line in result.findings:
        print(f"{requirements.name}: {line}")  # noqa: T201  # the same
    if result.unknown:
        print(f"not audited: {', '.join(result.unknown)}")  # noqa: T201  # the same
    return 1 if result.findings else 0


if __name__ == "__main__":
    sys.exit(main())
