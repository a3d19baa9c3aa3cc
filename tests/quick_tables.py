"""What each run makes of the tables of words, and what it reads of certificates: once for all runs
of a process of tests.

A run spends a third of its own processor time on that, and a test has several.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from crawler.discovery.listing_words import ListingWords
from indexer.events.facts import EventNames
from indexer.revisions import revisions
from radar.stages import extract

OF_MACHINE = "CERTIFICATES_OF_MACHINE"
"""Names the variable with what SSL_CERT_FILE says outside of tests."""
KEPT = 8
"""Results: an installation with tables of its own has others."""

Tables = TypeVar("Tables")
Made = TypeVar("Made")


class Once(Generic[Tables, Made]):
    """What is made of tables, for whoever comes with the same ones; it must not be altered."""

    def __init__(self, make: Callable[[Tables], Made]) -> None:
        self._make = make
        self._kept: list[tuple[Tables, Made]] = []

    def __call__(self, tables: Tables) -> Made:
        """As it was made before, if it was."""
        for known, kept in self._kept:
            if known is tables:
                return kept
        made = self._make(tables)
        self._kept.insert(0, (tables, made))
        del self._kept[KEPT:]
        return made


listing_words = Once(ListingWords.from_languages)
event_names = Once(EventNames)


def begin() -> None:
    """From now on in this process, and in those that are forked from it."""
    ListingWords.from_languages = listing_words  # type: ignore[method-assign, assignment]
    for module in (extract, revisions):
        vars(module)["EventNames"] = event_names
    ssl.SSLContext.load_default_certs = _load_named_certs  # type: ignore[assignment, method-assign]


_load_default_certs = ssl.SSLContext.load_default_certs


def _load_named_certs(context: ssl.SSLContext, *purpose: Any) -> None:
    """None but those that a test names: nobody whom tests reach has one that a system knows."""
    if os.environ.get("SSL_CERT_FILE", "") != os.environ.get(OF_MACHINE, ""):
        _load_default_certs(context, *purpose)
