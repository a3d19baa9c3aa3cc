from __future__ import annotations

from indexer.records.errors import DeliveryError, postponement


def test_other_messages_of_a_receiver_wait_for_the_same_reason() -> None:
    assert postponement(None) is None
    postponed = postponement(DeliveryError("nobody there", hint="try later", answer=550))
    assert postponed is not None
    assert (postponed.message, postponed.hint) == ("nobody there", "try later")
    assert postponed.answer is None  # it was not tried
