"""YAML of tests, read by libyaml as the program reads its own: an eighth of the time, which each
process would take that collects the tests.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_yaml(file: Path) -> Any:
    """What a file holds; nobody alters it."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
