from __future__ import annotations

import pytest

from tests.event_texts import read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "house"),
    [
        ("de", "7. Zinntag\nDienstag, 10. März 2031, Alte Schmelze, Suhl", "Alte Schmelze"),
        ("de", "7. Zinntag\n10. März 2031 · Kulturhaus Suhl\nEinlass ab 9 Uhr", "Kulturhaus"),
        ("en", "Tin Symposium 2031\n10 March 2031, Guildhall, Hull\nDraft agenda", "Guildhall"),
        (
            "ru",
            "Форум по олову\nАктау, 23–24 мая 2031 года, гостиница «Волна»",
            "гостиница «Волна»",
        ),
        ("en", "Tin Symposium 2031\nHull, Guildhall Hotel, 14–15 March 2031", "Guildhall Hotel"),
        (
            "ru",
            "6 марта. Жезказган, кинотеатр «Волна». Семинар по меди.\n\n9 марта. Каракол. Слёт.",
            "кинотеатр «Волна»",
        ),
        ("de", "TOP 4 Nächste Sitzung: 16. März 2031, Rathaus Suhl.", "Rathaus Suhl"),
        (
            "de",
            (
                "Termine im Frühjahr\n\n18.03. Zwickau · Unternehmerfrühstück „Gas und was nun?“ · "
                "Veranstalter: Wirtschaftsjunioren · Ort: Kantine der Spinnerei Moser\n\n"
                "25.–27.03. Karlsbad · Teplo, Messe für Wärmetechnik"
            ),
            "Kantine der Spinnerei Moser",
        ),
        ("de", "7. Zinntag\nDienstag, 10. März 2031, 9–17 Uhr\nLederhalle, Suhl", "Lederhalle"),
        ("de", "7. Zinntag\nOrt: Suhl, Haus der Technik\nDatum: 10. März 2031", "Haus der Technik"),
        (
            "de",
            "10. März 2031. Zinntag, Suhl, Ratskeller, 18 Uhr. Eintritt frei.\n\n12. März: Messe.",
            "Ratskeller",
        ),
        (
            "de",
            "Termine\n\nRohstofftag, Dresden, Alter Schlachthof, 10. März 2031",
            "Alter Schlachthof",
        ),
        ("de", "7. Zinntag\n10. März 2031, Alte Messe, Leipzig", "Alte Messe"),
    ],
)
def test_the_house_of_a_line_with_the_day(lang: str, text: str, house: str) -> None:
    value, _ = read_values(text_page(text, lang, "2031-02-01"))["place.venue"]
    assert value == house


@pytest.mark.parametrize(
    "text",
    [
        "7. Zinntag\n10. März 2031, Suhl",
        "7. Zinntag\n10. März 2031, 9.30 Uhr, Suhl",
        "7. Zinntag\n10. März 2031, Anmeldung erbeten",
        "7. Zinntag\n10. März 2031, Handwerk, Kunst",
        "7. Zinntag\n10. März 2031,\t, Suhl",
        "7. Zinntag\n10. März 2031 | \u2009 | Suhl",
        "TOP 4 Nächste Sitzung: 16. März 2031, Messe für Zinn, ein Zementwerk.",
        "7. Zinntag\n10. März 2031, Suhl\nGroße Sause, Jena",
        "10. März 2031. Zinntag, Suhl, .\n\n12. März 2031. Messe, Jena.",
        "10. März 2031. Zinntag, Suhl, Thüringen.\n\n12. März 2031. Messe, Jena.",
        "10. März 2031. Zinntag, Suhl, Workshop, 18 Uhr.\n\n12. März 2031. Messe, Jena.",
        "10. März 2031. Zinntag, Suhl, Dienstag, 18 Uhr.\n\n12. März 2031. Messe, Jena.",
        "10. März 2031, Zinntag, Suhl, Eintritt frei\n\n12. März 2031, Kupferforum, Jena",
        "10. März 2031. Zinntag, Suhl, Beginn, 18 Uhr.\n\n12. März 2031. Messe, Jena.",
        "10. März 2031. Zinntag, Suhl, Einlass, 18 Uhr.\n\n12. März 2031. Messe, Jena.",
        "Termine\n\nRohstofftag, Dresden, Dienstag, 10. März 2031",
        "Termine\n\n10. März 2031: Zinntag, Suhl\n\n12. März 2031: Kupferforum, Jena",
        "7. Zinntag\n10. März 2031\nLeitender Geologe, Suhl",
        # Whose the house is.
        "10. März 2031: Zinntag (Dr. Max Muster, Universität Jena)",
    ],
)
def test_no_house(text: str) -> None:
    values = read_values(text_page(text, "de", "2031-02-01"))
    assert "name" in values
    assert "place.venue" not in values


def test_the_line_of_another_day_gives_none() -> None:
    text = "7. Zinntag\n1. Februar 2031, Alte Schmelze, Suhl\n10. März 2031"
    house = read_values(text_page(text, "de", "2031-02-01")).get("place.venue")
    assert house is None or house[1] != "placing.dated-line"


def test_a_word_for_a_place_may_be_the_last_of_the_text() -> None:
    text = "7. Zinnforum am 10. März 2031 am bekannten Ort"
    assert "place.venue" not in read_values(text_page(text, "de", "2031-02-01"))
