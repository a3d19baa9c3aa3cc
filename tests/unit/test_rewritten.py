"""Modules of tests that are rewritten ahead are those that pytest reads."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from _pytest.assertion import rewrite
from _pytest.assertion.rewrite import AssertionRewritingHook

from tests import rewritten


def test_what_is_kept_is_what_pytest_runs(
    tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "test_something.py"
    file.write_text("def check(number: int) -> None:\n    assert number == 2\n")
    assert [*rewritten.modules(tmp_path)] == [file]
    rewritten.rewrite(file)
    made_anew: list[Path] = []
    monkeypatch.setattr(rewrite, "_rewrite_test", lambda path, config: made_anew.append(path))
    spec = spec_from_file_location("kept", file, loader=AssertionRewritingHook(pytestconfig))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not made_anew
    with pytest.raises(AssertionError, match="assert 1 == 2"):
        module.check(1)
