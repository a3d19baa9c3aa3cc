"""Files that the pages load: styles, scripts, the icon."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from search_api.middleware.compression import LEVEL, SMALLEST

HTMX = "htmx-2.0.11.min.js"
"""The library that changes parts of a page; where it comes from: `NOTICE`."""
_FOLDER = Path(__file__).parent / "static"
_VERSIONED = re.compile(r"-\d+(\.\d+)+\.")
_FOR_LONG = "public, max-age=31536000, immutable"
_WHILE_THE_SAME = "public, no-cache"


class StaticFolder(StaticFiles):
    """The files, compressed for everybody: they hold no secrets.

    One whose name has its version never changes, and is asked for once a year. Of the others a
    browser asks whether they have: no page runs with scripts of another version of the program.
    """

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)
        self._compressing = GZipMiddleware(super().__call__, SMALLEST, LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. What is not there is raised as an error, and so never compressed here."""
        await self._compressing(scope, receive, send)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: MutableMapping[str, Any],
        status_code: int = 200,
    ) -> Response:
        """The file, or 304 for who has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_versioned = _VERSIONED.search(Path(full_path).name)
        response.headers["Cache-Control"] = _FOR_LONG if is_versioned else _WHILE_THE_SAME
        return response
