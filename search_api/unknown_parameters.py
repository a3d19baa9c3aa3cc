"""Refuses parameters that a route does not have, or has once and is given more often: a filter with
a slip of the pen would narrow nothing, of two queries one would be left out, and nobody would
notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from inspect import isclass
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from search_api.access.gate import FEED_KEY, is_feed
from search_api.paths import path_of

REPEATED = "may be given only once"


async def refuse_unknown(request: Request) -> None:
    """Dependency of every route; raises RequestValidationError with what may have been meant.

    A coroutine: each dependency that is none costs a change of threads.
    """
    known = dict(_parameters(request.scope["route"]))
    mistakes = []
    for name in dict.fromkeys(request.query_params):
        if name not in known and not (name == FEED_KEY and is_feed(path_of(request))):
            mistake = _unknown(name, tuple(known))
        elif not known.get(name, False) and len(request.query_params.getlist(name)) > 1:
            mistake = {"type": "repeated_parameter", "msg": REPEATED}
        else:
            continue
        mistakes.append({**mistake, "loc": ("query", name)})
    if mistakes:
        raise RequestValidationError(mistakes)


def _parameters(route: APIRoute) -> Iterator[tuple[str, bool]]:
    """The name of each, and whether it may be repeated."""
    for parameter in route.dependant.query_params:
        kind = parameter.field_info.annotation
        if isclass(kind) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                yield field.alias or name, _is_list(field.annotation)
        else:
            yield parameter.alias, _is_list(kind)


def _is_list(kind: Any) -> bool:
    """Whether it is of several values, also where there may be none, or it is annotated."""
    return get_origin(kind) in (list, tuple) or any(_is_list(part) for part in get_args(kind))


def _unknown(name: str, known: tuple[str, ...]) -> dict[str, Any]:
    no_such = "there is no such parameter"
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    if near:
        message, values = f"{no_such} (did you mean {near[0]!r}?)", {"meant": near[0]}
        return {"type": "misspelt_parameter", "msg": message, "ctx": values}
    if not known:
        return {"type": "no_parameters", "msg": f"{no_such}: this address takes none"}
    values = {"known": ", ".join(known)}
    message = f"{no_such}; there are {values['known']}"
    return {"type": "unknown_parameter", "msg": message, "ctx": values}
