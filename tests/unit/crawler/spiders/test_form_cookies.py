from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.spiders.form_cookies import LONGEST, MOST, FormCookies

LIST = "https://www.example.org/news/"


def sent(cookies: FormCookies, url: str = LIST) -> str:
    """What a form to an address has as cookies."""
    request = Request(url, method="POST")
    cookies.add_to(request)
    return (request.headers.get("Cookie") or b"").decode()


def kept(*told: str, url: str = LIST) -> FormCookies:
    cookies = FormCookies()
    cookies.keep(Response(url, headers={"Set-Cookie": [*told]}), Request(url))
    return cookies


def test_without_cookies_nothing_is_sent() -> None:
    assert sent(kept()) == ""


@pytest.mark.parametrize(
    ("told", "url", "expected"),
    [
        ("id=1", LIST, "id=1"),
        ("id=1", "https://www.example.org/other/", ""),
        ("id=1; Path=/", "https://www.example.org/other/", "id=1"),
        ("id=1; Path=/", "https://example.org/", ""),
        ("id=1; Path=/; Domain=example.org", "https://sub.example.org/", "id=1"),
        ("id=1; Path=/; Domain=other.org", "https://other.org/", ""),
        ("id=1; Path=/; Domain=org", LIST, ""),
        ("id=1; Secure", LIST.replace("https", "http"), ""),
        ("id=1; Max-Age=0", LIST, ""),
        ("", LIST, ""),
    ],
)
def test_rules_of_browsers_hold(told: str, url: str, expected: str) -> None:
    assert sent(kept(told), url) == expected


def test_a_cookie_that_is_set_again_has_its_new_value() -> None:
    cookies = kept("id=1")
    cookies.keep(Response(LIST, headers={"Set-Cookie": ["id=2"]}), Request(LIST))
    assert sent(cookies) == "id=2"


def test_no_more_are_kept_than_browsers_must_take() -> None:
    cookies = kept(*(f"a{number}=1" for number in range(MOST - 1)), "long=" + "x" * LONGEST)
    cookies.keep(Response(LIST, headers={"Set-Cookie": ["b=1", "c=1", "a0=2"]}), Request(LIST))
    names = sent(cookies).split("; ")
    assert len(names) == MOST
    assert "b=1" in names
    assert "a0=2" in names
    assert "c=1" not in names
