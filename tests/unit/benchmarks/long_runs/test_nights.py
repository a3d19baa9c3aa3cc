"""What is kept of two nights over made-up sites."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import cast

from tests.e2e.world import World
from tests.sites.nights import two_nights


def test_what_a_run_complains_of_is_kept_with_its_night() -> None:
    """A site that was not reached is no page read wrongly."""
    runs = iter([[], ["source geo: unreachable: no whole answer in time"]])
    world = cast("World", SimpleNamespace(configure=lambda *_: None))

    def radar(*arguments: str) -> str:
        return json.dumps({"problems": next(runs)}) + "\n" if arguments[0] == "run" else ""

    problems = two_nights([], world, radar).problems
    assert problems == ["night 2: source geo: unreachable: no whole answer in time"]
