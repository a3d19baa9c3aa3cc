"""A reader that does to a worker what hostile pages do; made by its import path in worker tests."""

import ctypes
import os
import time

from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.reference import Reference


class HostileReader:
    """Does what the page's text says."""

    articles = None

    def __init__(self, reference: Reference) -> None:
        self._languages = len(reference.languages)

    def read(self, raw: RawPage) -> Page:
        """Hang, doze, burn, eat, crash, fail, refuse, or read."""
        actions = {
            "hang": self._hang,
            "doze": lambda: time.sleep(2),
            "burn": self._burn,
            "eat": self._eat,
            "crash": lambda: ctypes.string_at(0),
            "leave": lambda: os._exit(3),
            "fail": self._fail,
            "refuse": self._refuse,
            "nest": self._nest,
        }
        actions.get(raw.text or "", lambda: None)()
        return Page(url=raw.url, text=f"{raw.text} {self._languages > 0}")

    def _hang(self) -> None:
        time.sleep(600)

    def _burn(self) -> None:
        while True:
            pass

    def _eat(self) -> None:
        held = []
        while True:
            held.append(bytearray(16 * 1024 * 1024))

    def _fail(self) -> None:
        raise ValueError("unexpected")

    def _refuse(self) -> None:
        raise ParseError("a trap", reason="hostile-markup")

    def _nest(self) -> None:
        self._nest()
