from __future__ import annotations

import pytest

from crawler.parsers.entities.headings import Headings


@pytest.mark.parametrize(
    ("small", "text", "wanted"),
    [
        ((), "Vorteile von Norlit Plus", False),
        ((), "Technische Daten Norlit", True),
        ((), "Technische Daten Norlit\nund Preise", True),
        ((), "Norlit Kies Sand.", False),
        ((), "Leitung: Norlit", False),
        ((), "Karin Rost (Norlit), Jena", False),
        ((), "Norlit, Jena", False),
        ((), "Kies und Norlit", False),
        ((), "Новости Norlit", True),
        ((), "Новости от Norlit", False),
        (("from",), "What Norlit Is from the Inside", True),
        (("from",), "What Norlit does in the north", False),
        (("from",), "What Norlit Is in LED-based Light", True),
        ((), "Norlit", True),
        ((), "Kies Sand\n\nNorlit\n" + "Kies " * 99, True),
        ((), "Norlit" + " Kies" * 99, False),
        ((), "Kies " * 99 + "Norlit", False),
    ],
)
def test_where_capitals_say_nothing(small: tuple[str, ...], text: str, wanted: bool) -> None:
    start = text.index("Norlit")
    assert Headings(small).hide(text, start, start + len("Norlit")) is wanted
