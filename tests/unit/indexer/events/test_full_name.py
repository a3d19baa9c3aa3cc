from __future__ import annotations

import pytest

from indexer.events.full_name import full_name


@pytest.mark.parametrize(
    ("name", "series", "told"),
    [
        (
            "Achtes Forum",
            "Deutsch-Usbekisches Erzforum",
            False,
        ),
        ("7. Deutsch-Usbekisches Erzforum", "Deutsch-Usbekisches Erzforum", True),
        ("dritte Sitzung des Erzforums Mittelasien", "Erzforum Mittelasien", True),
        ("Пятое заседание Межгосударственной группы", "Межгосударственная группа", True),
        (
            "Шестое заседание",
            "Межгосударственная группа",
            False,
        ),
        ("Ore Week", None, True),
    ],
)
def test_the_series_is_told_once(name: str, series: str | None, told: bool) -> None:
    assert full_name(name, series) == (name if told else f"{name} ({series})")


def test_a_series_goes_on_from_the_last_word_of_the_name() -> None:
    assert full_name("Nächste Sitzung", "Sitzung des Erzrats") == "Nächste Sitzung des Erzrats"
    assert full_name("Шестое заседание", "заседания группы") == "Шестое заседание группы"
    assert full_name("Zweites Forum", "Forum") == "Zweites Forum"
    assert full_name("Erzforum", "Forum der Erze") == "Erzforum (Forum der Erze)"
