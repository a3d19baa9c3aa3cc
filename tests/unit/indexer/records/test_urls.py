from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.records.source import Source
from indexer.records.urls import LONGEST, canonical, identity, is_home, owns, site


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTP://WWW.Example.ORG:80/A/../b/./c#teil", "http://www.example.org/b/c"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:80/x", "https://example.org:80/x"),
        ("https://example.org./x", "https://example.org/x"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
        ("https://example.org/%7ea/%c3%bc ü", "https://example.org/~a/%C3%BC%20%C3%BC"),
        ("https://example.org/%zz", "https://example.org/%25zz"),
        (
            "http://пример.рф/новости",
            "http://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ("https://Straße.example/ß", "https://xn--strae-oqa.example/%C3%9F"),
        ("https://mu\u0308ller.example", "https://xn--mller-kva.example/"),
        ("https://☃.example", "https://xn--n3h.example/"),
        ("https:\\\\example.org\\a?b=c\\d", "https://example.org/a?b=c%5Cd"),
        ("https://example.org//a//b", "https://example.org//a//b"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("https://example.org/a;jsessionid=1F.live?x=1", "https://example.org/a?x=1"),
        (
            "https://example.org/a?b=2&utm_source=rss&a=1&utm_medium=x",
            "https://example.org/a?b=2&a=1",
        ),
        (
            "https://example.org/a?fbclid=1&gclid=2&yclid=3&mc_cid=4&_openstat=5",
            "https://example.org/a",
        ),
        ("https://example.org/a?PHPSESSID=1f&id=7&CFID=2&CFTOKEN=3", "https://example.org/a?id=7"),
        (
            "https://example.org/a?sid=0f9a8b7c6d5e4f30918273645546a7b8&id=7",
            "https://example.org/a?id=7",
        ),
        ("https://example.org/a?s=0f9a8b7c6d5e4f309182736455", "https://example.org/a"),
        ("https://example.org/a?sid=7&s=zinn", "https://example.org/a?sid=7&s=zinn"),
        # keys of content: of a database, and of a meeting
        (
            "https://example.org/a?sid=507f1f77bcf86cd799439011",
            "https://example.org/a?sid=507f1f77bcf86cd799439011",
        ),
        (
            "https://example.org/a?session=0f9a8b7c6d5e4f30918273645546a7b8",
            "https://example.org/a?session=0f9a8b7c6d5e4f30918273645546a7b8",
        ),
        (
            "https://example.org/a?s=donaudampfschifffahrtsgesellschaft",
            "https://example.org/a?s=donaudampfschifffahrtsgesellschaft",
        ),
        ("https://example.org/(S(ab12cd))/a?ASPSESSIONIDQQ=X", "https://example.org/a"),
        ("https://example.org/a?nn=5412&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?nn=name", "https://example.org/a?nn=name"),
        ("https://example.org/a?id=3&cHash=af01", "https://example.org/a?id=3&cHash=af01"),
        ("https://example.org/a?share=telegram", "https://example.org/a"),
        ("https://example.org/a?q=%2f&&r=b+c", "https://example.org/a?q=%2F&r=b+c"),
        (" https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_canonical_form(written: str, expected: str) -> None:
    assert canonical(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "/relative",
        "mailto:desk@example.org",
        "javascript:void(0)",
        "ftp://example.org/x",
        "http://",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://[::1/",
        "http://-/",
        f"https://example.org/{'x' * LONGEST}",
    ],
)
def test_no_address_to_ask_for(written: str) -> None:
    assert canonical(written) is None


def test_relative_to_a_base() -> None:
    assert canonical("../b?page=2", "https://example.org/a/c/") == "https://example.org/a/b?page=2"
    assert canonical("//other.example/x", "https://example.org/") == "https://other.example/x"


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_an_address_or_none(text: str) -> None:
    for address in (canonical(text), canonical(text, "https://example.org/a/b")):
        assert address is None or address.startswith(("http://", "https://"))


_PIECE = st.text("aZ.ü%2eF;=/&?#~+: jsessionid", max_size=14)


@given(_PIECE, _PIECE)
@settings(max_examples=400)
def test_canonical_is_idempotent(path: str, query: str) -> None:
    once = canonical(f"https://Example.org/{path}?{query}")
    assert once is not None
    assert canonical(once) == once
    assert not {".", ".."} & set(urlsplit(once).path.split("/"))


def test_site_takes_80_and_443_for_one() -> None:
    assert site("http://example.org/a") == site("https://example.org/b") == "example.org"
    assert site("https://example.org:80/") == "example.org"
    assert site("http://example.org:8080/") == "example.org:8080"


def test_identity_is_the_same_for_both_schemes() -> None:
    assert identity("http://example.org/a?b=1") == identity("https://example.org/a?b=1")
    assert identity("http://example.org/a") != identity("http://example.org/a?b=1")


def test_home() -> None:
    assert is_home("https://example.org/")
    assert not is_home("https://example.org/?page=1")


def test_ownership() -> None:
    source = Source(
        "s",
        "S",
        "https://www.example.org/de/",
        "DE",
        ("de",),
        hosts=("news.example.net:8080", "Example.COM"),
    )
    for url in (
        "http://example.org/x",
        "https://www.example.org/x",
        "http://news.example.net:8080/x",
        "https://example.com/x",
        "https://www.example.com/x",
    ):
        assert owns(source, url), url
    for url in (
        "https://other.example.org/x",
        "http://news.example.net/x",
        "http://example.org:8080/x",
        "https://example.org.evil.example/x",
    ):
        assert not owns(source, url), url


words = st.sampled_from(
    ["id=5", "id=6", "q=zinn", "page=2", "print=1", "amp=1", "nn=name", "lang=de"]
)
noise = st.sampled_from(["utm_source=x", "PHPSESSID=1", "fbclid=2", "nn=17", "jsessionid=9"])


@given(st.lists(words, max_size=3), st.lists(words, max_size=3), st.lists(noise, max_size=3))
def test_noise_changes_nothing_and_everything_else_does(
    one: list[str], other: list[str], noise: list[str]
) -> None:
    def address(parameters: list[str], path: str = "/a/b") -> str | None:
        return canonical(f"https://example.org{path}?{'&'.join(parameters)}")

    assert address([*noise, *one]) == address([*one, *noise]) == address(one)
    assert (address(one) == address(other)) is (one == other)
    assert address(one, "/a/b;jsessionid=1") == address(one)
    assert address(one, "/a/c") != address(one)
