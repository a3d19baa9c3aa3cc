"""A session never takes a password over an open line, and never repeats one."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme

from indexer.records.errors import DeliveryError, DeliveryPostponed
from radar.channels.patience import OutOfPatience, Patience
from radar.channels.smtp_session import SmtpSession
from tests.loopback.scripted_smtp import SILENCE, Step, scripted_smtp
from tests.loopback.smtp_sink import smtp_sink


def mail(number: int = 1) -> EmailMessage:
    written = EmailMessage()
    written["From"], written["To"] = "radar@desk.example", "d@d.example"
    written["Message-ID"] = f"<{number}@desk.example>"
    written.set_content("Kupfer")
    return written


@contextmanager
def session(url: str, seconds: float = 20.0) -> Iterator[SmtpSession]:
    with closing(SmtpSession(url, Patience(threading.Event(), seconds))) as opened:
        yield opened


def test_no_password_goes_out_unencrypted() -> None:
    with smtp_sink() as sink:
        # A form of 127.0.0.1 that could be any host's name.
        with (
            session(f"smtp://user:secret@127.1:{sink.port}") as opened,
            pytest.raises(DeliveryError, match="TLS") as caught,
        ):
            opened.send(mail())
        assert caught.value.hint
        with (
            session(f"smtp://user:secret@127.0.0.1:{sink.port}") as opened,
            pytest.raises(DeliveryError, match="AUTH"),
        ):
            opened.send(mail())
        with session(f"smtp://127.1:{sink.port}") as opened:
            opened.send(mail())
        assert len(sink.received) == 1


def test_a_refused_mail_does_not_keep_the_others_from_going() -> None:
    with smtp_sink() as sink, session(sink.url) as opened:
        sink.refusals.append("550 no such desk")
        with pytest.raises(DeliveryError, match="answered 550 no such desk"):
            opened.send(mail(1))
        opened.send(mail(2))
        assert sink.message_ids() == ["<2@desk.example>"]


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("550 5.1.1 no such desk", True),
        ("552 5.3.4 too large", True),
        ("552 5.2.2 mailbox full", False),
        ("552 5.3.1 disk full", False),
        ("530 5.7.0 login first", False),
        ("451 4.7.1 greylisted, come back in 5.2.2 minutes", False),
    ],
)
def test_what_is_refused_for_good(answer: str, permanent: bool) -> None:
    with smtp_sink() as sink, session(sink.url) as opened:
        sink.refusals.append(answer)
        with pytest.raises(DeliveryError, match=answer[:3]) as caught:
            opened.send(mail(1))
        assert caught.value.permanent is permanent


def test_the_first_failure_of_the_connection_is_the_reason_of_all() -> None:
    with session("smtp://user:secret@127.0.0.1:9") as opened:
        with pytest.raises(DeliveryError, match="can't be used") as first:
            opened.send(mail(1))
        with pytest.raises(DeliveryPostponed) as second:
            opened.send(mail(2))
    assert not isinstance(first.value, DeliveryPostponed)
    assert (second.value.message, second.value.hint) == (first.value.message, first.value.hint)


def test_an_address_that_the_server_cannot_take_is_only_its_own_affair() -> None:
    with scripted_smtp() as server, session(server.url) as opened:  # without SMTPUTF8
        odd = mail(1)
        odd.replace_header("To", "dësk@d.example")
        with pytest.raises(DeliveryError, match="SMTPUTF8"):
            opened.send(odd)
        opened.send(mail(2))
        assert server.message_ids() == ["<2@desk.example>"]
        assert server.connections == 1


def test_a_delivery_that_has_taken_long_enough_goes_on_in_the_next_run() -> None:
    patience = Patience(threading.Event(), altogether=0.0)
    with smtp_sink() as sink, closing(SmtpSession(sink.url, patience)) as opened:
        with pytest.raises(DeliveryPostponed, match="took too long"):
            opened.send(mail(2))
        assert sink.received == []


def test_over_tls_a_password_goes_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with (
        scripted_smtp(features=("STARTTLS", "AUTH PLAIN"), tls=tls) as server,
        session(f"smtp://user:secret@127.0.0.1:{server.port}") as opened,
    ):
        opened.send(mail(1))
        opened.send(mail(2))
        assert server.message_ids() == ["<1@desk.example>", "<2@desk.example>"]
        assert [c for c in server.commands if c.startswith("AUTH")]


@pytest.mark.parametrize(("step", "has_text"), [("RCPT", False), ("text", True)])
def test_a_server_that_has_the_text_is_known(step: Step, has_text: bool) -> None:
    def quietly(task: Callable[[], None]) -> None:
        with suppress(Exception):
            task()

    class Looking(Patience):
        def wait_for(self, task: Any, cut_off: Any, is_handed_over: Any = bool) -> Any:
            thread = threading.Thread(target=quietly, args=(task,))
            thread.start()
            assert server.faulty.wait(20)
            for _ in range(2000 if has_text else 1):
                if is_handed_over():
                    break
                time.sleep(0.01)
            found.append(is_handed_over())
            cut_off()
            thread.join()
            raise OutOfPatience("enough")

    found: list[bool] = []
    with (
        scripted_smtp({(step, 1): SILENCE}) as server,
        closing(SmtpSession(server.url, Looking(threading.Event()))) as opened,
        pytest.raises(DeliveryError),
    ):
        opened.send(mail())
    assert found == [has_text]
