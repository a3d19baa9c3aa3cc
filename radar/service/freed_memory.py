"""Memory that a server has freed goes back to the system, and what it never uses takes none."""

from __future__ import annotations

import ctypes
import gc
import logging
import sys
from types import FunctionType, ModuleType
from typing import cast

from indexer.records.reference import forget_files
from indexer.records.values import keep_codes_only
from indexer.text.folding import fold, surfaces_of
from indexer.text.stemming import stem
from radar.configuration.queries import forget_queries

_LARGE = 64 * 1024
"""Bytes from which what is allocated has pages of its own, which go back as soon as it is freed."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of what `mallopt` sets (malloc.h of glibc)."""
_OURS = frozenset({"crawler", "indexer", "search_api", "radar"})


def give_back_freed_memory() -> None:
    """For the process of a server or an export, before it begins threads; without glibc it does
    nothing.

    By itself glibc keeps what replies of a cluster or long texts took, the more the larger they
    were, and once for each of several threads: an export of 100,000 rows grew by 10 MiB.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    for name, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
        if not mallopt(name, value):
            logging.getLogger(__name__).debug("mallopt refused %s", name)


def leave_out_pydantic_1() -> None:
    """For the process of a server, before its routes are made: FastAPI asks of each annotation
    whether it is of pydantic's first version, loads that for it (1.6 MiB), and takes it for missing
    if that fails. None of ours is.
    """
    # documented: None makes an import fail
    sys.modules.setdefault("pydantic.v1", cast("ModuleType", None))


def forget_words_of_tables() -> None:
    """For a server or an export that has opened its tables or its settings: their words stay folded
    and stemmed in the tables, and are not asked for again by words; nor are the queries of topics,
    until the settings change. What they took, 6 MiB, serves requests. So does what comes with the
    codes of languages and countries.
    """
    for remembered in (fold, surfaces_of, stem):
        remembered.cache_clear()
    forget_queries()
    forget_files()
    keep_codes_only()


def forget_docstrings() -> None:
    """For a server that has loaded its libraries, before it reads its tables: they come to stand
    where docstrings of library functions stood (1.3 MiB), as nobody asks a server for these. Ours
    stay, as the description of the API is made of them.
    """
    for function in gc.get_objects():
        if type(function) is FunctionType and _package(function) not in _OURS:
            code = function.__code__
            if function.__doc__ and code.co_consts[:1] == (function.__doc__,):
                constants = (None, *code.co_consts[1:])
                function.__code__, function.__doc__ = code.replace(co_consts=constants), None


def _package(function: FunctionType) -> str:
    return (function.__module__ or "").partition(".")[0]
