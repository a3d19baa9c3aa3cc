"""Towns that no table has."""

from __future__ import annotations

import pytest

from tests.event_texts import read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "town"),
    [
        ("en", "The tin workshop will take place in Zinkarrow on 5 May 2031.", "Zinkarrow"),
        ("en", "A tin forum was held in Vale do Zinco, Portugal, on 5 May 2031.", "Vale do Zinco"),
        ("en", "A tin forum will take place in Zinkarrow 5–6 May 2031.", "Zinkarrow"),
        ("en", "A tin forum will take place in Zinkarrow on Monday 5 May 2031.", "Zinkarrow"),
        ("ru", "5 мая 2031 года в селе Зинк-Талаа прошёл семинар.", "Зинк-Талаа"),
        ("ru", "5 мая 2031 года в посёлке Зинк-Талаа прошёл семинар.", "Зинк-Талаа"),
        ("ru", "5 мая 2031 года в поселке Зинк-Талаа прошёл семинар.", "Зинк-Талаа"),
    ],
)
def test_a_name_behind_a_preposition_is_the_town_of_its_event(
    lang: str, text: str, town: str
) -> None:
    assert read_values(text_page(text, lang))["place.city"] == (town, "placing.unlisted-town")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The tin workshop will take place in Zinkarrow region on 5 May 2031."),
        ("en", "The tin workshop on standards in Open Pit Zinkarrow ran on 5 May 2031."),
        ("en", "The tin workshop in ZKR took place in May on 5 May 2031."),
        ("de", "Das Zinnforum findet am 5. Mai 2031 in Anwesenheit vieler Gäste statt."),
        ("en", "The tin workshop took place in English on 5 May 2031."),
        ("en", "The tin workshop took place in Chamber 5 on 5 May 2031."),
        ("en", "The tin workshop was held in Partnership with the guild on 5 May 2031."),
        ("en", "The tin workshop was held in Recognition of the guild on 5 May 2031."),
        ("ru", "5 мая 2031 года в Зинкской области прошёл семинар."),
        ("ru", "5 мая 2031 года в Зинкталасе прошёл семинар."),
    ],
)
def test_regions_acronyms_and_longer_names_are_none(lang: str, text: str) -> None:
    assert "place.city" not in read_values(text_page(text, lang))


def test_a_town_that_is_known_goes_before() -> None:
    text = "The tin workshop in Zinkarrow moved and will take place in Oslo on 5 May 2031."
    assert read_values(text_page(text, "en"))["place.city"][0] == "Oslo"
