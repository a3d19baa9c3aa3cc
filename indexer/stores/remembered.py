"""What a store found last, to be taken again while its index stays as it is: the pages of a result
ask for the same, and so does whoever opens the start page.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """The answers to the last `most` questions; safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Found] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, question: Hashable, answer: Callable[[], Found]) -> Found:
        """The answer that is known; else what `answer` finds, which must not be None. The state of
        the index is a part of the question.
        """
        with self._lock:
            found = self._known.pop(question, None)
        if found is None:
            found = answer()
        with self._lock:
            self._known[question] = found
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return found

    def forget(self, question: Hashable) -> None:
        """Answer it anew."""
        with self._lock:
            self._known.pop(question, None)
