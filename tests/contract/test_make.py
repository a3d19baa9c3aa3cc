"""The make targets that people and CI call."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.world import ROOT

TARGETS = (
    "demo",
    "test",
    "run",
    "serve",
    "check",
    "bench",
    "gallery",
    "endurance",
    "fuzz",
    "lock",
    "sbom",
    "elasticsearch",
)

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def make(*arguments: str) -> str:
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")},
    )
    return done.stdout


def test_a_bare_make_lists_the_commands() -> None:
    listed = [line.split()[1] for line in make().splitlines() if line.strip().startswith("make ")]
    assert set(TARGETS) <= set(listed)


@pytest.mark.parametrize("target", TARGETS)
def test_targets_exist(target: str) -> None:
    make("-n", target)  # fails for a target without a rule


def test_ci_runs_check_and_all_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "make check" in text
    assert "make test" in text
    assert "make endurance" in text


@pytest.mark.endurance
def test_the_bill_of_materials_lists_what_is_pinned(tmp_path: Path) -> None:
    # Three seconds of each process that collects tests, for this one alone.
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    environment = Path(sys.prefix)
    if not (environment / "bin" / "python").exists():
        pytest.skip("needs a virtual environment")
    # `-o`: this environment is taken as it is.
    stamp = f"{environment}/.dev"
    (file,) = make("sbom", "-o", stamp, f"VENV={environment}", f"CACHE={tmp_path}").split()
    text = Path(file).read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["name"] == "rohstoffradar"
    listed = {(c["name"].lower().replace("_", "-"), c["version"]) for c in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {(n, v) for n, v in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)}
    assert {(n.replace(".", "-"), v) for n, v in pinned} == {
        (n.replace(".", "-"), v) for n, v in listed
    }
    assert all(c["externalReferences"][0]["hashes"] for c in bill["components"])
