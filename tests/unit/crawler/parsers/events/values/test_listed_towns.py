"""Towns that no word of place stands before."""

from __future__ import annotations

import pytest

from tests.event_texts import read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "town", "country"),
    [
        ("en", "The Oulu Tin Forum was held on 5 May 2031.", "Oulu", "FI"),
        ("de", "Der Speicherkongress Staßfurt findet am 5. Mai 2031 statt.", "Staßfurt", "DE"),
        ("en", "The Tin Forum (5 May 2031, Old Limeworks, Buxton) was sold out.", "Buxton", "GB"),
        (
            "de",
            "Das Zinnforum wird am 5. Mai 2031 eröffnet. Treffpunkt Bahnhof Solnhofen.",
            "Solnhofen",
            "DE",
        ),
    ],
)
def test_in_the_name_or_set_off_beside_it_they_are_those_of_the_event(
    lang: str, text: str, town: str, country: str
) -> None:
    values = read_values(text_page(text, lang))
    assert values["place.city"] == (town, "placing.listed-town")
    assert values["place.country"][0] == country


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Tin Forum was held on 5 May 2031. Guests came from Buxton."),
        ("en", "The Tin Forum was held on 5 May 2031. Buxton Minerals sent guests."),
        ("en", "The Tin Forum was held on 5 May 2031. The Buxton works sent guests."),
        ("en", "The Tin Forum in Hull was held on 5 May 2031. A speaker was from near Buxton."),
        ("de", "Anna Buxton sprach.\n\nDas Zinnforum findet am 5. Mai 2031 statt, Buxton zufolge."),
    ],
)
def test_where_somebody_comes_from_longer_names_and_surnames_are_none(lang: str, text: str) -> None:
    assert read_values(text_page(text, lang)).get("place.city", ("",))[0] != "Buxton"
