"""What a machine without Elasticsearch is told: by the last lines, and where it counts by a
failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE = "tests/integration/elasticsearch/test_rebuilding.py::test_an_abandoned_rebuild_leaves_nothing"
NEEDING = ("CI", "RADAR_REQUIRE_ELASTICSEARCH", "RADAR_TEST_ELASTICSEARCH")


@pytest.mark.parametrize(
    ("wanted", "code"), [({}, 0), ({"CI": "true"}, 1), ({"RADAR_REQUIRE_ELASTICSEARCH": "1"}, 1)]
)
def test_what_was_not_run_is_said_in_the_last_lines(
    tmp_path: Path, wanted: dict[str, str], code: int
) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in NEEDING}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", ONE],
        env=environment | {"RADAR_CACHE": str(tmp_path)} | wanted,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert "not run: 1 Elasticsearch tests, needs" in "".join(done.stdout.splitlines()[-2:])
