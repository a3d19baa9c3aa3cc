"""The demo sites, with an eye on every request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from radar.demo import DemoSites, demo_sites
from radar.demo.rendering import Answer

Hook = Callable[[int], None]
"""Called with the number of the request, before it is answered."""


class CountedSites:
    """The running sites; `hook` is told of every request since `watch`."""

    def __init__(self, sites: DemoSites) -> None:
        self.sites = sites
        self.requests = 0
        self._hook: Hook | None = None
        self._lock = threading.Lock()
        for served in sites._served.values():
            answers = _Answers(self._asked)
            answers.update(served.answers)
            served.answers = served.server.RequestHandlerClass.site = answers  # type: ignore[attr-defined]

    def watch(self, hook: Hook | None) -> None:
        """Count from now on, and tell `hook`."""
        with self._lock:
            self.requests = 0
            self._hook = hook

    def _asked(self) -> None:
        with self._lock:
            self.requests += 1
            number, hook = self.requests, self._hook
        if hook is not None:
            hook(number)


class _Answers(dict[str, Answer]):
    def __init__(self, asked: Callable[[], None]) -> None:
        super().__init__()
        self._asked = asked

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        self._asked()
        return super().get(path, default)


@contextmanager
def counted_sites() -> Iterator[CountedSites]:
    """Serve the demo sites until the block is left."""
    with demo_sites() as sites:
        yield CountedSites(sites)
