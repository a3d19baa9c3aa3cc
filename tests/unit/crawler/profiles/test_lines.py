from __future__ import annotations

from crawler.profiles.lines import counter_key, exact_key


def test_a_line_is_known_by_its_words_at_its_place() -> None:
    assert exact_key("body > p", ("about", "us")) == exact_key("body > p", ["about", "us"])
    assert exact_key("body > p", ("about", "us")) != exact_key("body > h1", ("about", "us"))
    assert exact_key("body > p", ("about", "us")) != exact_key("body > p", ("about", "them"))


def test_a_counter_is_known_whatever_it_counts() -> None:
    assert counter_key("body > p", ("usd", "450", "12")) == counter_key(
        "body > p", ("usd", "9", "1")
    )
    assert counter_key("body > p", ("usd", "450")) != counter_key("body > p", ("eur", "450"))
    assert counter_key("body > p", ("about", "us")) is None


def test_half_characters_have_a_key() -> None:
    assert exact_key("body", ("\ud800",))
