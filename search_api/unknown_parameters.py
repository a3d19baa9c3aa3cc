"""Refuses parameters that a route does not have: a filter with a slip of the pen would narrow
nothing, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from inspect import isclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from search_api.access.gate import FEED_KEY, is_feed
from search_api.paths import path_of


async def refuse_unknown(request: Request) -> None:
    """Dependency of every route; raises RequestValidationError with what may have been meant.

    A coroutine: each dependency that is none costs a change of threads.
    """
    known = tuple(_parameters(request.scope["route"]))
    mistakes = [
        {"type": "unknown_parameter", "loc": ("query", name), "msg": _message(name, known)}
        for name in dict.fromkeys(request.query_params)
        if name not in known and not (name == FEED_KEY and is_feed(path_of(request)))
    ]
    if mistakes:
        raise RequestValidationError(mistakes)


def _parameters(route: APIRoute) -> Iterator[str]:
    for parameter in route.dependant.query_params:
        kind = parameter.field_info.annotation
        if isclass(kind) and issubclass(kind, BaseModel):
            yield from (field.alias or name for name, field in kind.model_fields.items())
        else:
            yield parameter.alias


def _message(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    if near:
        return f"there is no such parameter (did you mean {near[0]!r}?)"
    return (
        f"there is no such parameter; there are {', '.join(known)}"
        if known
        else ("there is no such parameter: this address takes none")
    )
