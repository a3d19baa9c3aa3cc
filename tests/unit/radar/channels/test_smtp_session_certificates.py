"""To read the certificates that a system knows takes longer than most mails."""

from __future__ import annotations

import ssl
import threading
from contextlib import closing
from email.message import EmailMessage

import pytest

from radar.channels.patience import Patience
from radar.channels.smtp_session import SmtpSession
from tests.loopback.smtp_sink import smtp_sink


def test_they_are_read_where_a_line_is_encrypted_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> ssl.SSLContext:
        raise AssertionError("read")

    monkeypatch.setattr(ssl, "create_default_context", read)
    mail = EmailMessage()
    mail["From"], mail["To"] = "radar@desk.example", "d@d.example"
    with (
        smtp_sink() as sink,
        closing(SmtpSession(sink.url, Patience(threading.Event(), 20.0))) as session,
    ):
        session.send(mail)
        assert len(sink.received) == 1
