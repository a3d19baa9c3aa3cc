"""Whose event it is by its name."""

from __future__ import annotations

import pytest

from tests.event_texts import read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "owner"),
    [
        (
            "de",
            "Der Kieskongress des Verbands der Kiesindustrie fand am 5. Mai 2031 in Jena statt.",
            "Verband der Kiesindustrie",
        ),
        (
            "de",
            "Das Institut für Kies (OIX) tagt. Der OIX-Workshop fand am 5. Mai 2031 in Jena statt.",
            "Institut für Kies (OIX)",
        ),
        (
            "en",
            "The Gravel Association of Norland (GAN) Convention was held in Oslo on 5 May 2031.",
            "Gravel Association of Norland (GAN)",
        ),
        (
            "de",
            "Der Kiestag Usbekistan des Verbands der Kiesindustrie war am 5. Mai 2031 in Jena.",
            "Verband der Kiesindustrie",
        ),
        (
            "en",
            "The convention of the Gravel Association was held in Oslo on 5 May 2031.",
            "Gravel Association",
        ),
        (
            "en",
            "The Gravel Association's spring convention was held in Oslo on 5 May 2031.",
            "Gravel Association",
        ),
    ],
)
def test_the_body_of_its_name_organises_an_event(lang: str, text: str, owner: str) -> None:
    assert read_values(text_page(text, lang))["organisers"] == (owner, "organisers.owner")


def test_whom_one_travels_to_does_not_organise_the_journey() -> None:
    text = "Das Institut für Kieskunde (OIX) tagt. Der OIX-Besuch fand am 5. Mai 2031 statt."
    values = read_values(text_page(text, "de"))
    assert values.get("organisers", ("", ""))[1] != "organisers.owner"


def test_a_body_does_not_organise_its_own_session() -> None:
    text = "The quarterly meeting of the Working Group on Gravel was held in Oslo on 5 May 2031."
    (event,) = read_events(text, "en", "2031-05-12")
    assert (event.series, event.organisers) == ("Working Group on Gravel", ())


@pytest.mark.parametrize(
    ("text", "organisers"),
    [
        ("3 мая 2031 года прошло собрание акционеров АО «Олово».", ("АО «Олово»",)),
        ("3 мая 2031 года прошёл съезд Союза горняков Севера.", ("Союз горняков Севера",)),
        ("3 мая 2031 года прошло собрание сторонников Союза горняков Севера.", ()),
        ("Собрание акционеров АО «Олово» утвердило отчёт 3 мая 2031 года.", ("АО «Олово»",)),
        ("3 мая 2031 года на совещании АО «Олово» обсудили цены.", ("АО «Олово»",)),
        ("3 мая 2031 года на совещании АО «Олово» обсудило цены.", ()),
        ("3 мая 2031 года на форуме АО «Олово» и АО «Медь» подписали договор.", ()),
        ("3 мая 2031 года в Москве прошла конференция «Роснефть».", ()),
    ],
)
def test_a_russian_gathering_of_a_body_in_the_genitive(
    text: str, organisers: tuple[str, ...]
) -> None:
    (event,) = read_events(text, "ru", "2031-05-12")
    assert event.organisers == organisers
