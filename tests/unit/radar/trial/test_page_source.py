"""A page of `radar try` is read by a worker that ends with it."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from crawler.parsers.raw_page import RawPage
from indexer.records.errors import ParseError
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from radar.trial.page_source import read_page


def test_a_page_that_cannot_be_read_leaves_no_worker_behind(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    installation = Installation(load_settings(tmp_path / "config", {}, home=tmp_path))
    # The error is held, and with it all that the reader held when it was raised.
    with pytest.raises(ParseError) as held:
        read_page(RawPage(body=b"  "), installation)
    assert held.value.reason == "empty"
    assert multiprocessing.active_children() == []
