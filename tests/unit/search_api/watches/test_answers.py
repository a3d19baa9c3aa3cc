from __future__ import annotations

from indexer.alerts.watches import Watch
from search_api.watches.answers import WatchAnswer
from search_api.watches.desk import WatchEntry


def test_a_watch_is_described_as_it_is_answered() -> None:
    watch = Watch("tin", "Tin", "tin", ("feed",), countries=("KZ",), tell=("event-moved",))
    answer = WatchEntry(watch, editable=True).to_json()
    assert list(WatchAnswer.model_fields) == list(answer)
    assert WatchAnswer(**answer).model_dump() == answer
