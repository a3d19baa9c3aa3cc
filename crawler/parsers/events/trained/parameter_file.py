"""Files of trained parameters: JSON with a version, as a trainer writes it. One of another version
or cut short is refused, and named with the remedy: the caller goes on without.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

_Model = TypeVar("_Model")

_DAMAGED = (
    *(OSError, ValueError, TypeError, LookupError, AttributeError),
    # Of numbers that none of a trainer is, and of lists in lists without end.
    *(OverflowError, RecursionError),
)

_logger = logging.getLogger(__name__)


def read_parameters(
    path: Path,
    version: int,
    parse: Callable[[Mapping[str, Any]], Mapping[str, _Model]],
    *,
    without: str,
    remedy: str,
) -> Mapping[str, _Model]:
    """What `parse` makes of the content; nothing, and a warning, if the file doesn't fit.

    `without`: what becomes of events then; `remedy`: how the file is made anew.
    """
    try:
        return parse(_read(path, version))
    except _DAMAGED as error:
        _logger.warning(
            "%s can't be used (%s): %s. Install the program again, or make the file anew %s.",
            path.name,
            error,
            without,
            remedy,
        )
        return {}


def _read(path: Path, version: int) -> Mapping[str, Any]:
    given: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    if given["version"] != version:
        raise ValueError(f"it is of version {given['version']}, not {version}")
    return given
