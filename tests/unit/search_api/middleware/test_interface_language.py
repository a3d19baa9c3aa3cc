from __future__ import annotations

import socket

import pytest

from search_api.middleware.interface_language import COOKIE, address_in
from tests.web.sample_site import client, sample_app


@pytest.mark.parametrize(
    ("query", "code", "expected"),
    [
        ("", None, "/x"),
        ("q=a+b&lang=de&ui=ru", None, "/x?q=a+b&lang=de"),
        ("q=a&q=", "de", "/x?q=a&q=&ui=de"),
    ],
)
def test_an_address_keeps_its_other_parameters(query: str, code: str | None, expected: str) -> None:
    assert address_in("/x", query, code) == expected


def test_the_choice_is_kept_and_leads_to_the_same_address() -> None:
    with client(sample_app()) as http:
        answer = http.get("/?q=lithium&ui=ru")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/?q=lithium"
        assert f"{COOKIE}=ru" in answer.headers["set-cookie"]
        shown = http.get("/?q=lithium", headers={"Accept-Language": "de"})
        assert '<html lang="ru">' in shown.text
        assert shown.headers["content-language"] == "ru"


def test_without_a_choice_the_browser_decides() -> None:
    with client(sample_app()) as http:
        answer = http.get("/events", headers={"Accept-Language": "de-AT, en;q=0.5"})
        assert '<html lang="de">' in answer.text
        assert {"Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))


def test_programs_are_answered_in_english() -> None:
    with client(sample_app()) as http:
        answer = http.get("/api/search?lang=de", headers={"Accept-Language": "ru"})
        assert "content-language" not in answer.headers
        assert answer.json()["coverage"]["line"].startswith("3 sources")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("//evil.example/?ui=de", "location: /evil.example/\r\n"),
        ("//evil.example/x", 'href="/evil.example/x?ui=de"'),
    ],
)
def test_no_way_to_another_language_leaves_the_site(path: str, part: str) -> None:
    with (
        client(sample_app()) as http,
        socket.create_connection((http.base_url.host, http.base_url.port or 80)) as raw,
    ):
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        raw.sendall(head.encode())
        answer = raw.makefile("rb").read().decode()
    assert part in answer
    assert 'href="//' not in answer


def test_a_name_with_a_question_mark_stays_one() -> None:
    path = "/series/Wohin%3F%20Erzforum%20100%25"
    with client(sample_app()) as http:
        assert f'href="{path}?ui=de"' in http.get(path).text
        assert http.get(f"{path}?ui=de").headers["location"] == path


def test_where_it_filters_nothing_lang_chooses_the_language() -> None:
    with client(sample_app()) as http:
        answer = http.get("/events?when=past&lang=ru")
        assert (answer.status_code, answer.headers["location"]) == (303, "/events?when=past")
        assert http.get("/events").headers["content-language"] == "ru"
        assert http.get("/?q=lithium&lang=de").headers["content-language"] == "ru"
        assert http.get("/facets/commodity?lang=de").headers["content-language"] == "ru"
        assert http.get("/api/events?lang=de").status_code == 422


def test_an_unknown_language_is_a_mistake_like_any_other_parameter() -> None:
    with client(sample_app()) as http:
        assert http.get("/events?ui=xx").status_code == 422
