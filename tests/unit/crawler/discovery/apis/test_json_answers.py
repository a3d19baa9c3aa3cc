from __future__ import annotations

from crawler.discovery.apis.json_answers import read_json, text_at, values_at
from indexer.records.values import is_json_path


def test_paths() -> None:
    value = read_json(b'{"a": [{"b.c": 1}, {"d": "x"}], "e": {"f": null, "g": ["h"]}, "n": 5}')
    assert values_at(value, "a.*.d") == ["x"]
    assert values_at(value, "e.*") == [["h"]]
    assert values_at(value, "e.f|e.g[0]") == ["h"]
    assert text_at(value, "n") == "5"
    assert text_at(value, "a") is None
    assert values_at(value, "a[9].d") == []
    assert all(map(is_json_path, ("a", "a.b[0].*", "[0]", "*", "title.cdata!", "a|b")))
    assert not any(map(is_json_path, ("", "a..b", ".a", "a[", "a[x]", "{a}", "a|")))
