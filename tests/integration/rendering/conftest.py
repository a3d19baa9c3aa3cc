"""A real Chromium, if this machine has one."""

from __future__ import annotations

import pytest

from crawler.rendering.chromium import find_chromium


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the program."""
    found = find_chromium(None)
    if found.program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    return found.program
