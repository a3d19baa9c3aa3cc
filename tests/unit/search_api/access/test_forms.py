from __future__ import annotations

from search_api.access.forms import FormToken, FormTokens, fields_of


def test_a_token_is_right_for_its_nonce_and_visitor_alone() -> None:
    tokens = FormTokens()
    token = tokens.sign("nonce", "desk")
    assert tokens.are_right(token, "nonce", "desk")
    for wrong in (
        (token, "other", "desk"),
        (token, "nonce", "other"),
        (token, "nonce", None),
        ("", "nonce", "desk"),
        ("é\udcff", "nonce", "desk"),
        (tokens.sign("", "desk"), "", "desk"),
        (FormTokens().sign("nonce", "desk"), "nonce", "desk"),
    ):
        assert not tokens.are_right(*wrong)


def test_a_nonce_is_made_when_a_form_needs_one() -> None:
    tokens = FormTokens()
    form = FormToken(tokens, None, None)
    assert form.new_nonce is None
    first = form.value
    assert form.value == first
    assert tokens.are_right(first, form.new_nonce or "", None)
    known = FormToken(tokens, "nonce", None)
    assert known.value == tokens.sign("nonce", None)
    assert known.new_nonce is None


def test_fields_of_a_form() -> None:
    assert fields_of(b"key=a+b&next=%2Fx&empty=&bad=%ff") == {
        "key": "a b",
        "next": "/x",
        "empty": "",
        "bad": "�",
    }
