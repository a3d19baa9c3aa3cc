"""Files that the pages load: styles, scripts, the icon."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

HTMX = "htmx-2.0.11.min.js"
"""The library that changes parts of a page; where it comes from: `NOTICE`."""
_FOLDER = Path(__file__).parent / "static"
_VERSIONED = re.compile(r"-\d+(\.\d+)+\.")
_FOR_LONG = "public, max-age=31536000, immutable"


class StaticFolder(StaticFiles):
    """The files; one whose name has its version never changes, and is asked for once a year."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: MutableMapping[str, Any],
        status_code: int = 200,
    ) -> Response:
        """The file, or 304 for who has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        if _VERSIONED.search(Path(full_path).name):
            response.headers["Cache-Control"] = _FOR_LONG
        return response
