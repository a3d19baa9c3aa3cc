"""Mail servers that misbehave in the middle of the dialogue."""

from __future__ import annotations

import pytest

from radar.channels.mail import MailChannel, MailServer
from tests.contract.test_channels import MESSAGE
from tests.faults.conftest import Toll
from tests.loopback.smtp_sink import smtp_sink


@pytest.mark.fault("mail")
@pytest.mark.parametrize("farewell", ["421 closing", "500 what?", "gibberish"])
def test_a_message_that_was_accepted_is_delivered_whatever_quit_brings(
    farewell: str, toll: Toll
) -> None:
    with smtp_sink() as sink:
        sink.farewell = farewell
        channel = MailChannel(MailServer(sink.url, "Radar <radar@desk.example>"), "a@b.example")
        with toll.waiting():
            channel.deliver(MESSAGE)
        toll.compare([f"<{MESSAGE.key}@desk.example>"], sink.message_ids())
