"""Examples of answers in the OpenAPI document.

They are answers over the made-up sample pages of the tests, cut short: `python -m
tests.web.api_examples` makes the file again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

FILE = Path(__file__).with_name("examples.json")
_SUCCESSES = ("200", "201")


def with_examples(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What makes the OpenAPI document of an application, with an example for each of text."""
    plain = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            for path, methods in plain()["paths"].items():
                for method, operation in methods.items():
                    _add(operation, _examples().get(f"{method.upper()} {path}"))
        return plain()

    return document


def _add(operation: Mapping[str, Any], example: object) -> None:
    for status in _SUCCESSES:
        content = operation["responses"].get(status, {}).get("content", {})
        if example is not None:
            for described in content.values():
                described["example"] = example


@cache
def _examples() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
