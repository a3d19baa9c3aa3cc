"""The errors of the web side in one table, for the API and for the HTML error page.

The API answers with `application/problem+json` (RFC 9457), with `code`, `message` and, for a query,
`position`. What failed on our side (status 500 and above) is told in general words with an id: the
details name files and addresses of this installation, and stand in the log under that id.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from indexer.query.fields import did_you_mean, meant_by
from indexer.records.errors import (
    ConfigError,
    DatabaseError,
    DatabaseNewer,
    DatabaseOutdated,
    ForeignData,
    IndexDamaged,
    QueryError,
    RadarError,
    SchemaMismatch,
    StoreError,
    StoreUnavailable,
)
from search_api.json_answer import JsonAnswer

RETRY_AFTER_SECONDS = 10
"""A store is back within seconds of a restart or a run; clients need not retry at once."""


class NotFound(RadarError):
    """The address names a document or watch that does not exist."""

    code = "not-found"


class UnknownCountry(QueryError):
    """The parameter `country` names none; `meant`: what was typed, with a name that is like it."""

    code = "parameters"

    def __init__(self, typed: str, known: Collection[str]) -> None:
        super().__init__(
            f"no country is called {typed!r}{did_you_mean(typed, known)}",
            position=0,
            reason="unknown-country",
            meant=meant_by(typed, known),
        )


class WatchMistaken(ConfigError):
    """What was given for a watch has mistakes, a line for each."""

    code = "watch-mistaken"
    reason: str | None = None
    """Of the mistake in its query, as a QueryError has it."""


class WatchReadOnly(RadarError):
    """The watch stands in the configuration and is changed there."""

    code = "watch-read-only"


class WatchChanged(RadarError):
    """The watch is no longer as the reader knows it."""

    code = "watch-changed"


class LinkUnreadable(RadarError):
    """What a link in a mail opens is not known now: the file that would say so can't be read."""

    code = "link-unreadable"


class VersionRequired(RadarError):
    """Who changes something has not said which version of it."""

    code = "version-required"


class KeyRequired(RadarError):
    """Who asks has shown no key, or none that is known."""

    code = "key-required"


class ScopeMissing(RadarError):
    """The key is known, and does not allow this."""

    code = "scope-missing"


class UnknownHost(RadarError):
    """The request asks for a name that is not one of ours."""

    code = "unknown-host"


class FormRejected(RadarError):
    """A form without its token, or one that another site sent."""

    code = "form-rejected"


class BodyTooLarge(RadarError):
    """The body of the request is larger than anything that is taken here."""

    code = "body-too-large"


class TooManyRequests(RadarError):
    """Requests come too fast; `wait`: seconds until the next one is taken."""

    code = "too-many-requests"

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message, hint=f"The next one is taken in {wait} s.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A row of the table."""

    code: str
    status: int
    title: str
    remedy: str = ""
    """Of a failure on our side: what whoever runs the installation does, whatever the details."""


TRY_THE_LINK_LATER = (
    "Nothing was changed, and the link stays good: try it again later, or answer the mail."
)
REBUILD = "`radar rebuild` builds it again from the database; a run does so by itself."

NOT_FOUND = ProblemKind("not-found", 404, "There is nothing at this address")
PARAMETERS = ProblemKind("parameters", 422, "A parameter has a mistake")
REQUEST = ProblemKind("request", 400, "The request has a mistake")
UNEXPECTED = ProblemKind("unexpected", 500, "Something went wrong here")

BY_ERROR: Mapping[type[RadarError], ProblemKind] = MappingProxyType(
    {
        QueryError: ProblemKind("query", 400, "The query has a mistake"),
        UnknownCountry: PARAMETERS,
        NotFound: NOT_FOUND,
        WatchMistaken: ProblemKind("watch-mistaken", 422, "The watch has a mistake"),
        WatchReadOnly: ProblemKind("watch-read-only", 409, "The watch is changed elsewhere"),
        WatchChanged: ProblemKind("watch-changed", 412, "The watch was changed meanwhile"),
        LinkUnreadable: ProblemKind(
            "link-unreadable", 503, "This link can't be looked up now", TRY_THE_LINK_LATER
        ),
        VersionRequired: ProblemKind("version-required", 428, "The version is missing"),
        KeyRequired: ProblemKind("key-required", 401, "A key is needed"),
        ScopeMissing: ProblemKind("scope-missing", 403, "The key does not allow this"),
        UnknownHost: ProblemKind("unknown-host", 400, "There is no such host here"),
        FormRejected: ProblemKind("form-rejected", 403, "The form was not accepted"),
        BodyTooLarge: ProblemKind("body-too-large", 413, "The request is too large"),
        TooManyRequests: ProblemKind("too-many-requests", 429, "Too many requests"),
        StoreUnavailable: ProblemKind(
            "store-unavailable", 503, "The search store does not answer now"
        ),
        SchemaMismatch: ProblemKind(
            "schema-mismatch", 503, "The search index was made by another version", REBUILD
        ),
        ForeignData: ProblemKind(
            "foreign-data", 503, "The search index belongs to another installation"
        ),
        IndexDamaged: ProblemKind("index-damaged", 503, "The search index is damaged", REBUILD),
        StoreError: ProblemKind("store", 500, "The search store failed"),
        DatabaseOutdated: ProblemKind(
            "database-outdated",
            503,
            "The database was made by an older version",
            "`radar run` brings it up to date.",
        ),
        DatabaseNewer: ProblemKind(
            "database-newer",
            503,
            "The database was made by a newer version",
            "Update Rohstoffradar and start it again.",
        ),
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


_IN_PLAIN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "literal_error": "should be {expected}",
        "less_than_equal": "should be {le} at most",
        "greater_than_equal": "should be {ge} at least",
        "int_parsing": "should be a whole number",
        "string_too_long": "should have {max_length} characters at most",
        "string_too_short": "should have {min_length} characters at least",
        "too_long": "should be given {max_length} times at most",
        "missing": "is missing",
    }
)
"""Kind of a mistake, as pydantic names it → what it is called here, where pydantic speaks to
programmers.
"""


_OF_ONE = {"1 times": "once", "1 characters": "1 character"}
_ONE = re.compile(rf"\b(?:{'|'.join(_OF_ONE)})\b")


@dataclass(frozen=True, slots=True)
class ParameterMistake:
    """What is wrong with a parameter."""

    parameter: str
    """Its name; empty where it is none of one."""
    message: str
    kind: str = ""
    """As pydantic names it (`literal_error`), or we (`unknown_parameter`)."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the message tells of it, by pydantic's names (`le`)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the reader sees it."""

    kind: ProblemKind
    code: str
    """The kind's code; for a query the code of the mistake (`unbalanced-bracket`, `unknown-field`,
    …), and so for a country that there is not.
    """
    message: str
    hint: str = ""
    position: int | None = None
    """Offset of the mistake in the query."""
    meant: tuple[str, str] | None = None
    """What stands there, or behind it, and what may have been meant by it."""
    errors: tuple[ParameterMistake, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None
    """Where the log has the details; None: there are no others."""

    def to_json(self) -> dict[str, Any]:
        """Body of the response."""
        return {
            "type": f"/docs#problem-{self.kind.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "instance": self.id and f"urn:rohstoffradar:error:{self.id}",
            "detail": self.message,
            "code": self.code,
            "message": self.message,
            "hint": self.hint or None,
            "position": self.position,
            "errors": [{"parameter": e.parameter, "message": e.message} for e in self.errors],
        }

    def response(self) -> JsonAnswer:
        """The response of the API."""
        return JsonAnswer(
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
    return _own_failure(UNEXPECTED)


def _own_failure(kind: ProblemKind) -> Problem:
    """What is told of a failure on our side."""
    identity = secrets.token_hex(4)
    retry = {"Retry-After": str(RETRY_AFTER_SECONDS)} if kind.status == 503 else {}
    message = f"{kind.title}. The log of the server has the details under {identity}."
    return Problem(kind, kind.code, message, kind.remedy, headers=retry, id=identity)


def _radar_problem(error: RadarError) -> Problem:
    kind = next(BY_ERROR[cls] for cls in type(error).__mro__ if cls in BY_ERROR)
    if kind.status >= 500:
        return _own_failure(kind)
    if isinstance(error, UnknownCountry):
        errors = (ParameterMistake("country", error.message),)
        message = f"country: {error.message}"
        return Problem(kind, error.reason, message, meant=error.meant, errors=errors)
    return Problem(
        kind,
        error.reason if isinstance(error, QueryError) else kind.code,
        error.message,
        error.hint,
        error.position if isinstance(error, QueryError) else None,
        error.meant if isinstance(error, QueryError) else None,
        headers=_headers(error),
    )


def _headers(error: RadarError) -> Mapping[str, str]:
    if isinstance(error, KeyRequired):
        return {"WWW-Authenticate": 'Bearer realm="Rohstoffradar"'}
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.wait)}
    return {}


def _parameter_problem(mistakes: Sequence[Mapping[str, Any]]) -> Problem:
    errors = tuple(
        ParameterMistake(_parameter(m["loc"]), in_plain_words(m), str(m["type"]), m.get("ctx", {}))
        for m in mistakes
    )
    message = "; ".join(f"{e.parameter}: {e.message}" if e.parameter else e.message for e in errors)
    return Problem(PARAMETERS, PARAMETERS.code, message, errors=errors)


def in_plain_words(mistake: Mapping[str, Any]) -> str:
    """What is wrong by a mistake as pydantic tells it, without the name of the parameter."""
    plain = _IN_PLAIN_WORDS.get(mistake["type"])
    if plain is None:
        return str(mistake["msg"])
    values = mistake.get("ctx", {})
    text = _ONE.sub(lambda one: _OF_ONE[one[0]], plain.format(**values))
    if mistake["type"] == "literal_error":
        text += did_you_mean(str(mistake["input"]), re.findall("'([^']+)'", values["expected"]))
    return text


def _parameter(location: Sequence[str | int]) -> str:
    """Name of the parameter: the part after `query` or `path`, without the index in a list."""
    return next((str(part) for part in location[1:] if isinstance(part, str)), "")
