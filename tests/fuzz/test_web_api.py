"""The API by its own description: schemathesis makes requests that fit it, and ones that don't.

With a key no request makes the server fail, and every answer is as described. Without one nothing
can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from search_api.access import gate
from search_api.access.rate_limit import Rate
from search_api.access.rules import AccessRules, Admission
from tests.web.sample_site import (
    Guarded,
    described_api,
    described_operations,
    embedded_samples,
    guarded_app,
    served,
)

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(3600)]

ALIKE = [
    *("/search.atom", "/search.xlsx", "/search.ndjson", "/events.csv"),
    *("/api/organisations", "/api/strategies", "/api/places", "/api/series"),
    *("/api/organisations/{id}", "/api/strategies/{id}", "/api/places/{id}"),
]
"""Take the same parameters as other paths, and differ from them in format or field alone."""
# Not `parametrize` of the API: all of its tests have one node id, of which a run on several
# processes takes one only, and every process that collects them makes all of their cases.
OPERATIONS = [label for label in described_operations() if label.partition(" ")[2] not in ALIKE]
OPEN_TO_STRANGERS = {"/healthz": {"status": "ok"}, "/readyz": {"status": "ready"}}
FOR_PEOPLE = "/archive/{id}"
"""Who opens it without a key is asked to log in."""
NO_REQUEST = b"Invalid HTTP request received."
"""What the HTTP server itself says to headers that break the protocol."""
UNLIMITED = AccessRules(Admission.KEYS, requests_per_minute=10_000_000)


@cache
def api() -> Any:
    """By its description, without what is alike."""
    return schemathesis.openapi.from_dict(deepcopy(described_api())).exclude(path=ALIKE)


def cases(operation: str) -> st.SearchStrategy[Any]:
    """Requests that fit the description, and ones that don't."""
    described: Any = api().find_operation_by_label(operation)
    return st.one_of([described.as_strategy(generation_mode=mode) for mode in GenerationMode])


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    with embedded_samples(folder / "index") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "FAILURES", Rate(10_000_000, 1))
        yield guarded_app(folder, UNLIMITED, search=store)


@pytest.fixture(scope="module")
def site(guarded: Guarded) -> Iterator[str]:
    with served(guarded.app) as address:
        yield address


def test_all_that_is_described_is_tried() -> None:
    assert {*OPERATIONS} == {found.ok().label for found in api().get_all_operations()}


@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_every_answer_is_as_described_and_without_a_key_nothing_can_be_read(
    operation: str, site: str, guarded: Guarded, data: st.DataObject
) -> None:
    # Both with the same requests: to make them takes longer than to answer them.
    case = data.draw(cases(operation))
    assert_nothing_was_read(case, case.call(base_url=site, allow_redirects=False))
    response = case.call(base_url=site, headers=guarded.bearer(), allow_redirects=False)
    assert response.status_code < 500
    if response.content == NO_REQUEST:
        return
    # Queries, dates and cursors have grammars that no schema tells.
    grammars = [positive_data_acceptance, negative_data_rejection]
    case.validate_response(response, excluded_checks=grammars)


def assert_nothing_was_read(case: Any, response: Any) -> None:
    """What a request without a key is answered."""
    if case.path in OPEN_TO_STRANGERS and response.status_code == 200:
        assert response.json() == OPEN_TO_STRANGERS[case.path]
    elif case.path == FOR_PEOPLE and response.status_code == 303:
        assert response.headers["location"][0].startswith("/login?")
    else:
        assert response.status_code in (400, 401, 403, 404, 405, 422), response.text
        assert b"oreweekly" not in response.content
