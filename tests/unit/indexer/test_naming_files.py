"""Errors without a file get the one that was meant."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from indexer.naming_files import naming


def test_an_error_that_names_no_file_gets_this_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as caught, naming(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path))


def test_an_error_that_names_a_file_keeps_it(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(FileNotFoundError) as caught, naming(tmp_path):
        missing.read_bytes()
    assert caught.value.filename == str(missing)
