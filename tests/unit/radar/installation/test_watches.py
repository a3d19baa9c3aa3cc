"""What the watches of an installation ask for."""

from __future__ import annotations

import pytest

from indexer.alerts.watches import Watch
from radar.installation.watches import asking_for


@pytest.mark.parametrize(
    ("watch", "asks"),
    [
        ({"query": "*", "sources": ("herald", "press")}, True),
        ({"query": "copper source:press"}, True),
        ({"query": '(source:"press" OR tin)'}, True),
        ({"query": "SOURCE:press"}, True),
        ({"query": "copper press"}, False),
        ({"query": "NOT source:press"}, False),
        ({"query": "lithium -source:press"}, False),
        ({"query": 'text:"source:press"'}, False),
        ({"query": "source:press.de"}, False),
        ({"query": "(source:press"}, False),
        ({"query": "source:press-two"}, False),
        ({"query": "source:free-press"}, False),
    ],
)
def test_a_source_is_asked_for_by_its_id(watch: dict[str, object], asks: bool) -> None:
    made = Watch.from_json({"id": "w", "name": "W", "channels": ["feed"], **watch})
    assert asking_for([made], "press") == (["w"] if asks else [])
