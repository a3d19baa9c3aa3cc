"""The mistakes in the form of a watch, in the language of its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.records.interface_languages import DEFAULT
from search_api.language import catalogue, language
from search_api.problems import WatchMistaken

_FIELD = re.compile(r'"?([a-z_]+)')


def mistakes_in(error: WatchMistaken) -> Iterator[str]:
    """A line for each. Other languages than English say of each field what it takes, and of a query
    what is wrong with it.
    """
    if language() == DEFAULT:
        yield from error.problems
        return
    own = catalogue(language())
    found: dict[str, None] = {}
    for line in error.problems:
        field = _FIELD.match(line)
        named = f"mistake {field[1]}" if field else ""
        if named == "mistake query" and error.reason is not None:
            named = f"problem {error.reason}"
        found[str(own.get(named, line))] = None
    yield from found
