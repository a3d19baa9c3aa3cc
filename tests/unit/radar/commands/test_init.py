from __future__ import annotations

import resource
from pathlib import Path

import pytest

from indexer.records.reference import packaged_config
from radar.commands.init import _copy


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """It would be left as it was by the next call."""
    packaged = packaged_config()
    largest = max((packaged / "sources").glob("*.yaml"), key=lambda path: path.stat().st_size)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest.stat().st_size - 1, limit[1]))
    try:
        with pytest.raises(OSError, match="large"):
            _copy(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in made:
        assert path.read_bytes() == (packaged / path.relative_to(tmp_path)).read_bytes()
    assert len(made) == _copy(tmp_path)[1]
    assert (tmp_path / largest.relative_to(packaged)).read_bytes() == largest.read_bytes()
