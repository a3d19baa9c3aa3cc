from __future__ import annotations

import importlib
import sys

import pytest

from indexer.module_loading import as_if_missing


def test_modules_are_missing_meanwhile_and_as_before_afterwards() -> None:
    import colorsys  # noqa: PLC0415

    sys.modules.pop("this", None)
    with as_if_missing(["colorsys", "this"]):
        for name in ("colorsys", "this"):
            with pytest.raises(ImportError):
                importlib.import_module(name)
    assert sys.modules["colorsys"] is colorsys
    assert "this" not in sys.modules
