"""The OpenAPI document: the shape of every answer, with an example of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from search_api.api.examples import FILE
from tests.web.api_examples import answers
from tests.web.sample_site import described_api

if TYPE_CHECKING:  # two seconds to load, of each process that collects tests
    from jsonschema import Draft202012Validator

EXAMPLES = json.loads(FILE.read_text("utf-8"))
"""Method and path → an example of its answer: one for each, as is tested below."""


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""No example in a text can show it."""


@cache
def described() -> Mapping[str, Mapping[str, Any]]:
    """Method and path → the content of the answer that all went well."""
    return dict(_answers_of_text())


def _answers_of_text() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path, methods in described_api()["paths"].items():
        for method, operation in methods.items():
            for status in ("200", "201"):
                content = operation["responses"].get(status, {}).get("content", {})
                for kind, form in content.items():
                    if kind != WORKBOOK:
                        yield f"{method.upper()} {path}", form


@pytest.fixture(scope="module")
def given() -> Mapping[str, Any]:
    return answers()


def closed(schema: Any) -> Any:
    """The same where no object may have a key that is not described."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    if "properties" in found:
        found.setdefault("additionalProperties", False)
    return found


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # as above

    components = closed(described_api()["components"])
    return Draft202012Validator({**closed(schema), "components": components})


def test_every_answer_is_described() -> None:
    assert len(described()) > 40
    assert [operation for operation, content in described().items() if not content["schema"]] == []


def test_every_answer_has_an_example_and_no_other_has() -> None:
    assert {*EXAMPLES} == {*described()}, f"python -m tests.web.api_examples writes {FILE.name}"


@pytest.mark.parametrize("operation", EXAMPLES)
def test_an_answer_is_as_it_is_described_and_has_an_example(
    given: Mapping[str, Any], operation: str
) -> None:
    shape = validator(described()[operation]["schema"])
    assert [error.message for error in shape.iter_errors(given[operation])] == []
    example = described()[operation].get("example")
    assert example is not None, f"python -m tests.web.api_examples writes {FILE.name}"
    assert [error.message for error in shape.iter_errors(example)] == []
