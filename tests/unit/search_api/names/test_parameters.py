from __future__ import annotations

import pytest

from indexer.records.errors import QueryError
from search_api.names.parameters import NameParameters


def test_empty_parameters_count_as_missing() -> None:
    assert NameParameters.model_validate({"q": "", "cursor": ""}).address("/people") == "/people"


def test_an_address_holds_what_differs_from_the_defaults() -> None:
    parameters = NameParameters.model_validate({"q": "á b", "limit": 5})
    assert parameters.address("/people", cursor="5") == "/people?q=%C3%A1+b&limit=5&cursor=5"


@pytest.mark.parametrize("cursor", ["-1", "x", "²", "1.5", "9" * 40])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(QueryError):
        NameParameters.model_validate({"cursor": cursor}).first()
