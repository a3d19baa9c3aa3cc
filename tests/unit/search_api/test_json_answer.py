from __future__ import annotations

import json
from typing import Any

import pytest

from search_api.json_answer import JsonAnswer

CONTENT = {
    "total": 2**53,
    "score": 0.1 + 0.2,
    "next": None,
    "hits": [{"title": 'Бишкек "Erz" \u2028 </script>', "marks": ((0, 3), (5, 9)), "whole": True}],
}


def test_the_answer_is_that_of_the_standard_library() -> None:
    answer = JsonAnswer(CONTENT, 201, headers={"Vary": "Accept"})
    plain = json.dumps(CONTENT, ensure_ascii=False, separators=(",", ":"))
    assert bytes(answer.body) == plain.encode()
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(plain.encode()))
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("content", [{"when": object()}, {1: "a key that is no text"}])
def test_what_json_does_not_have_is_an_error(content: Any) -> None:
    with pytest.raises(TypeError):
        JsonAnswer(content)
