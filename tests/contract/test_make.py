"""The make targets that people and CI call."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.e2e.world import ROOT

TARGETS = ("demo", "test", "run", "serve", "check", "bench", "fuzz", "lock", "elasticsearch")

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


def test_ci_runs_check_and_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "make check" in text
    assert "make test" in text
