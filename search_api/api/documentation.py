"""The API's OpenAPI document as plain records, for the documentation page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation."""

    name: str
    where: str
    """query or path."""
    type: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    statuses: tuple[str, ...]


def operations(openapi: Mapping[str, Any]) -> tuple[Operation, ...]:
    """All operations in the document's order."""
    return tuple(_operations(openapi["paths"]))


def _operations(paths: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            yield Operation(
                method.upper(),
                path,
                operation.get("summary", ""),
                operation.get("description", ""),
                tuple(_parameter(p) for p in operation.get("parameters", ())),
                tuple(operation.get("responses", ())),
            )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter.get("schema", {})
    default = schema.get("default")
    return Parameter(
        parameter["name"],
        parameter["in"],
        _type(schema),
        "" if default in (None, "", []) else str(default),
        parameter.get("description") or schema.get("description", ""),
    )


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: `list of string`, `one of a, b`, `integer from 1 to 100`."""
    if "anyOf" in schema:
        return " or ".join(_type(s) for s in schema["anyOf"] if s.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    name = str(schema.get("type", "any"))
    if "minimum" in schema and "maximum" in schema:
        return f"{name} from {schema['minimum']} to {schema['maximum']}"
    return name
