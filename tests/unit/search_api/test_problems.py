from __future__ import annotations

import inspect
from typing import Annotated, Any, Literal

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import Field, TypeAdapter, ValidationError

from indexer.records import errors
from indexer.records.errors import QueryError, RadarError
from search_api.pages.rendering import with_code
from search_api.problems import KINDS, problem_of


def made(cls: type[RadarError]) -> RadarError:
    if issubclass(cls, errors.ConfigError):
        return cls(["a.yaml:1: mistaken"])
    if issubclass(cls, QueryError):
        return cls("mistaken", position=3, reason="unbalanced-bracket")
    if issubclass(cls, errors.ParseError):
        return cls("mistaken", reason="empty")
    return cls("mistaken")


@pytest.mark.parametrize(
    "cls", [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, RadarError)]
)
def test_every_error_of_the_tree_has_a_row(cls: type[RadarError]) -> None:
    problem = problem_of(made(cls))
    assert problem.kind in KINDS
    assert 400 <= problem.kind.status < 600


def test_codes_are_unique() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_code_in_descriptions_is_escaped() -> None:
    assert with_code("`<b>` & x") == "<code>&lt;b&gt;</code> &amp; x"


@pytest.mark.parametrize(
    ("annotation", "given", "told"),
    [
        (
            Literal["newest", "past"],
            "newst",
            "should be 'newest' or 'past' (did you mean 'newest'?)",
        ),
        (Literal["newest", "past"], "x", "should be 'newest' or 'past'"),
        (Annotated[int, Field(ge=1, le=9)], "0", "should be 1 at least"),
        (Annotated[int, Field(ge=1, le=9)], "10", "should be 9 at most"),
        (int, "many", "should be a whole number"),
        (Annotated[str, Field(max_length=2)], "abc", "should have 2 characters at most"),
        (Annotated[str, Field(min_length=2)], "a", "should have 2 characters at least"),
        (Annotated[list[str], Field(max_length=1)], ["a", "b"], "should be given once at most"),
        (Annotated[str, Field(max_length=1)], "ab", "should have 1 character at most"),
        (Annotated[str, Field(max_length=11)], "ab" * 6, "should have 11 characters at most"),
    ],
)
def test_a_mistaken_parameter_is_told_in_plain_words(
    annotation: Any, given: object, told: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(annotation).validate_python(given)
    mistakes = [{**mistake, "loc": ("query", "x")} for mistake in caught.value.errors()]
    problem = problem_of(RequestValidationError(mistakes))
    assert problem.message == f"x: {told}"
