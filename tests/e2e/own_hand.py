"""A process of the program that kills itself where nobody outside could meet it for certain.

What looks at it from outside comes late on a busy machine, and the process goes by unkilled. It is
told by a variable, and arms itself where it is forked (`warm_process`).
"""

from __future__ import annotations

import functools
import json
import logging
import os
import signal
from collections.abc import Callable, Mapping, MutableMapping
from pkgutil import resolve_name
from typing import Any

_VARIABLE = "KILLS_ITSELF"


def when_logged(words: str) -> Mapping[str, str]:
    """The variable for: when it logs the words."""
    return {_VARIABLE: json.dumps(["logged", words])}


def before(function: str) -> Mapping[str, str]:
    """The variable for: when the function (`module:name`) is called."""
    return {_VARIABLE: json.dumps(["before", function])}


def after(function: str) -> Mapping[str, str]:
    """The variable for: when the function (`module:name`) is done."""
    return {_VARIABLE: json.dumps(["after", function])}


def arm(environment: MutableMapping[str, str]) -> None:
    """Be killed where the variable says; what this process starts does not know of it."""
    if (told := environment.pop(_VARIABLE, None)) is None:
        return
    where, what = json.loads(told)
    if where == "logged":
        _watch_log(what)
    else:
        _watch_function(what, called=where == "before")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _watch_log(words: str) -> None:
    make = logging.getLogRecordFactory()

    def watch(*given: Any, **named: Any) -> logging.LogRecord:
        record = make(*given, **named)
        if words in record.getMessage():
            _kill()
        return record

    logging.setLogRecordFactory(watch)


def _watch_function(name: str, *, called: bool) -> None:
    owner, _, last = name.replace(":", ".").rpartition(".")
    place = resolve_name(owner)
    function: Callable[..., object] = getattr(place, last)

    @functools.wraps(function)
    def watched(*given: Any, **named: Any) -> object:
        if not called:
            function(*given, **named)
        _kill()
        raise AssertionError("not reached")

    setattr(place, last, watched)
