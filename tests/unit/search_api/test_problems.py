from __future__ import annotations

import inspect

import pytest

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
