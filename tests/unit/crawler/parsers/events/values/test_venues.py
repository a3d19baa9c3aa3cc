from __future__ import annotations

import pytest

from tests.event_texts import read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "venue", "rule"),
    [
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 im Haus der Technik in Essen statt.",
            "Haus der Technik",
            "placing.venue",
        ),
        (
            "en",
            "The tin forum took place at the Ritz Hotel in Oslo on 5 May 2031.",
            "Ritz Hotel",
            "placing.venue",
        ),
        (
            "en",
            "The tin forum took place at the Ritz Hotel 12-13 May 2031 in Oslo.",
            "Ritz Hotel",
            "placing.venue",
        ),
        (
            "ru",
            "Форум по олову прошёл 5 мая 2031 года в актовом зале университета в Бишкеке.",
            "актовом зале",
            "placing.venue",
        ),
        (
            "de",
            "Zinntagung\n\nTermin: 5. Mai 2031\nOrt: Haus der Technik, Essen",
            "Haus der Technik",
            "placing.label",
        ),
        (
            "de",
            (
                "Das Zinnforum findet am 5. Mai 2031 in Jena statt. Veranstaltungsort ist nun das"
                " Volkshaus Jena."
            ),
            "Volkshaus Jena",
            "placing.venue",
        ),
    ],
)
def test_the_house_of_an_event(lang: str, text: str, venue: str, rule: str) -> None:
    assert read_values(text_page(text, lang))["place.venue"] == (venue, rule)


@pytest.mark.parametrize(
    "text",
    [
        "Auf der Zinntagung am 5. Mai 2031 sprach der Staatssekretär im Ministerium für Bergbau.",
        "Die Zinntagung fand am 5. Mai 2031 im Zentrum Berlins statt.",
        "Die Zinntagung fand am 5. Mai 2031 in Halle an der Saale statt.",
    ],
)
def test_the_office_of_a_job_title_and_a_town_or_its_middle_are_no_house(text: str) -> None:
    assert [e.place.venue for e in read_events(text, "de")] == [None]
