"""Parameters that an installation has trained on its own labels, beside those of the program."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from crawler.parsers.events.trained.confidence_model import CONFIDENCE_FILE, read_confidence_models
from crawler.parsers.events.trained.event_models import PARAMETERS, read_models
from crawler.parsers.events.trained.joint_model import ROLES_FILE, read_role_models

Models = TypeVar("Models", bound=Mapping[str, Any])

TRAINED: Mapping[Path, Callable[[Path], Mapping[str, Any]]] = MappingProxyType(
    {
        PARAMETERS: read_models,
        ROLES_FILE: read_role_models,
        CONFIDENCE_FILE: read_confidence_models,
    }
)
"""Each file that is trained, as the program has it, and what reads it: nothing if it doesn't fit.
"""

_logger = logging.getLogger(__name__)


def read_own_or_shipped(
    read: Callable[[Path], Models], shipped: Path, folder: Path | None
) -> Models:
    """The models of the file of the same name in the folder, if it is there and fits; else those of
    the program.
    """
    own = folder / shipped.name if folder is not None else None
    if own is not None and own.exists():
        if models := read(own):
            return models
        _logger.warning(
            "%s: those of the program are used. `radar train` makes new ones, `radar train --reset`"
            " removes them.",
            own,
        )
    return read(shipped)
