"""What modules find when they import others: less than is installed, where that is not used."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

_MISSING = object()


@contextmanager
def as_if_missing(modules: Iterable[str]) -> Iterator[None]:
    """An import of these modules fails meanwhile; afterwards everything is as it was."""
    # documented: None makes an import fail
    with instead(dict.fromkeys(modules)):
        yield


@contextmanager
def instead(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Imports of these names find what is given meanwhile."""
    before = {name: sys.modules.get(name, _MISSING) for name in modules}
    sys.modules.update(modules)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            if module is _MISSING:
                del sys.modules[name]
            else:
                sys.modules[name] = module  # type: ignore[assignment]  # it came from there
