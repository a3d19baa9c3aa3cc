"""The errors of the web side in one table, for the API and for the HTML error page.

The API answers with `application/problem+json` (RFC 9457), with `code`, `message` and, for a query,
`position`. The details of an unexpected error are not shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from indexer.records.errors import (
    DatabaseError,
    QueryError,
    RadarError,
    SchemaMismatch,
    StoreError,
    StoreUnavailable,
)

RETRY_AFTER_SECONDS = 10
"""A store is back within seconds of a restart or a run; clients need not retry at once."""


class NotFound(RadarError):
    """The address names a document or watch that does not exist."""

    code = "not-found"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A row of the table."""

    code: str
    status: int
    title: str


NOT_FOUND = ProblemKind("not-found", 404, "There is nothing at this address")
PARAMETERS = ProblemKind("parameters", 422, "A parameter is mistaken")
REQUEST = ProblemKind("request", 400, "The request is mistaken")
UNEXPECTED = ProblemKind("unexpected", 500, "Something went wrong here")

BY_ERROR: Mapping[type[RadarError], ProblemKind] = MappingProxyType(
    {
        QueryError: ProblemKind("query", 400, "The query is mistaken"),
        NotFound: NOT_FOUND,
        StoreUnavailable: ProblemKind(
            "store-unavailable", 503, "The search store does not answer now"
        ),
        SchemaMismatch: ProblemKind(
            "schema-mismatch", 503, "The search index was made by another version"
        ),
        StoreError: ProblemKind("store", 500, "The search store failed"),
        DatabaseError: ProblemKind("database", 503, "The database can't be used now"),
        RadarError: ProblemKind("error", 500, "The request failed"),
    }
)

BY_STATUS: Mapping[int, ProblemKind] = MappingProxyType(
    {
        404: NOT_FOUND,
        405: ProblemKind("method-not-allowed", 405, "This address can't be used that way"),
        422: PARAMETERS,
    }
)

KINDS: tuple[ProblemKind, ...] = tuple(
    {
        kind.code: kind for kind in (*BY_ERROR.values(), *BY_STATUS.values(), REQUEST, UNEXPECTED)
    }.values()
)
"""Each kind once, for the documentation page."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the reader sees it."""

    kind: ProblemKind
    code: str
    """The kind's code; for a query the code of the mistake (`unbalanced-bracket`, `unknown-field`,
    …).
    """
    message: str
    hint: str = ""
    position: int | None = None
    """Offset of the mistake in the query."""
    errors: tuple[tuple[str, str], ...] = ()
    """Invalid parameters: name and message."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Body of the response."""
        return {
            "type": f"/docs#problem-{self.kind.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.message,
            "code": self.code,
            "message": self.message,
            "hint": self.hint or None,
            "position": self.position,
            "errors": [{"parameter": name, "message": text} for name, text in self.errors],
        }

    def response(self) -> JSONResponse:
        """The response of the API."""
        return JSONResponse(
            self.to_json(),
            status_code=self.kind.status,
            headers=dict(self.headers),
            media_type="application/problem+json",
        )


def problem_of(error: Exception) -> Problem:
    """The problem for any error."""
    if isinstance(error, RadarError):
        return _radar_problem(error)
    if isinstance(error, RequestValidationError):
        return _parameter_problem(error.errors())
    if isinstance(error, HTTPException):
        kind = BY_STATUS.get(error.status_code)
        if kind is None and 400 <= error.status_code < 500:
            kind = REQUEST
        if kind is not None:
            return Problem(kind, kind.code, f"{kind.title}.", headers=error.headers or {})
    return Problem(UNEXPECTED, UNEXPECTED.code, "The error was logged.")


def _radar_problem(error: RadarError) -> Problem:
    kind = next(BY_ERROR[cls] for cls in type(error).__mro__ if cls in BY_ERROR)
    retry = {"Retry-After": str(RETRY_AFTER_SECONDS)} if kind.status == 503 else {}
    query = isinstance(error, QueryError)
    return Problem(
        kind,
        error.reason if isinstance(error, QueryError) else kind.code,
        error.message,
        error.hint,
        error.position if isinstance(error, QueryError) else None,
        headers={} if query else retry,
    )


def _parameter_problem(mistakes: Sequence[Mapping[str, Any]]) -> Problem:
    errors = tuple((_parameter(m["loc"]), str(m["msg"])) for m in mistakes)
    message = "; ".join(f"{name}: {text}" if name else text for name, text in errors)
    return Problem(PARAMETERS, PARAMETERS.code, message, errors=errors)


def _parameter(location: Sequence[str | int]) -> str:
    """Name of the parameter: the part after `query` or `path`, without the index in a list."""
    return next((str(part) for part in location[1:] if isinstance(part, str)), "")
