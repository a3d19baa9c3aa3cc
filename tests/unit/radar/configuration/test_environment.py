"""Passwords: where they stand, and that nothing shows them."""

from __future__ import annotations

import pytest

from radar.configuration.environment import has_literal_password, without_login


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("smtp://me:secret@host:587", "smtp://***@host:587"),
        ("smtp://me:sec ret@host:587", "smtp://***@host:587"),
        ("smtp://me:sec@ret@host", "smtp://***@host"),
        ("smtp://me:sec/ret#x@host", "smtp://***@host"),
        ("me:secret@host:587", "***@host:587"),
        ("smtp:/me:secret@host", "***@host"),
        ("smtp://host:587", "smtp://host:587"),
    ],
)
def test_of_a_login_nothing_is_shown_however_the_address_is_mistaken(
    address: str, shown: str
) -> None:
    assert without_login(address) == shown


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("smtp://me:secret@host", True),
        ("smtp://me:${PART}secret@host", True),
        ("smtp://me:${SMTP_PASSWORD}@host", False),
        ("smtp://${LOGIN}@host", False),
        ("${MAIL_URL}", False),
        ("smtp://me@host", False),
        ("smtp://host:587", False),
        (None, False),
    ],
)
def test_a_password_that_stands_in_the_file_is_known(written: str | None, literal: bool) -> None:
    assert has_literal_password(written) is literal
