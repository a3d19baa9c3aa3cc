from __future__ import annotations

import pytest

from crawler.parsers.events.people.organisers import is_same_body
from tests.event_texts import event_reader, read_events, read_values, text_page


@pytest.mark.parametrize(
    ("lang", "text", "organiser", "rule"),
    [
        (
            "de",
            "Veranstalter des Zinnforums am 5. Mai 2031 in Jena war die Bergakademie Freiberg.",
            "Bergakademie Freiberg",
            "organisers.cue",
        ),
        (
            "en",
            "The tin forum in Oslo on 5 May 2031 was organised by Bluefields.",
            "Bluefields",
            "organisers.capitals",
        ),
        (
            "ru",
            "Делегация Министерства энергетики посетила Осло 5 мая 2031 года.",
            "Министерство энергетики",
            "organisers.owner",
        ),
    ],
)
def test_who_organises_an_event(lang: str, text: str, organiser: str, rule: str) -> None:
    assert read_values(text_page(text, lang))["organisers"] == (organiser, rule)


@pytest.mark.parametrize(
    ("lang", "text", "organisers"),
    [
        (
            "de",
            (
                "Das Zinnforum am 5. Mai 2031 in Jena wurde vom Zinnverband Sachsen und der "
                "Bergakademie Freiberg veranstaltet."
            ),
            ("Zinnverband Sachsen", "Bergakademie Freiberg"),
        ),
        (
            "de",
            (
                "Das Zinnforum war am 5. Mai 2031 in Jena. Veranstalter waren der Verband "
                "Rohstoffpartnerschaft Zentralasien und die Geologische Verwaltung Tadschikistans."
            ),
            ("Verband Rohstoffpartnerschaft Zentralasien", "Geologische Verwaltung Tadschikistans"),
        ),
        (
            "en",
            (
                "The tin forum in Oslo on 5 May 2031 was organised by the Tin Association and the "
                "Nordic Bank."
            ),
            ("Tin Association", "Nordic Bank"),
        ),
        (
            "en",
            "The Tin Association and the Port of Oslo hosted the tin forum in Oslo on 5 May 2031.",
            ("Tin Association", "Port of Oslo"),
        ),
        (
            "en",
            "The Tin Association and the Prime Minister hosted the tin forum on 5 May 2031.",
            ("Tin Association",),
        ),
        (
            "en",
            "The Tin Association and Ms Jane Miller hosted the tin forum in Oslo on 5 May 2031.",
            ("Tin Association",),
        ),
        (
            "ru",
            "Исполком СНГ организовал форум по олову в Оше 5 мая 2031 года.",
            ("Исполком СНГ",),
        ),
        (
            "ru",
            (
                "Форум по олову в Оше 5 мая 2031 года организован Министерством энергетики и "
                "Союзом горняков."
            ),
            ("Министерство энергетики", "Союз горняков"),
        ),
        (
            "ru",
            (
                "Горный форум пройдёт в Оше 14 октября 2031 года. Организатор форума — Министерство"
                " энергетики при поддержке Министерства промышленности."
            ),
            ("Министерство энергетики", "Министерство промышленности"),
        ),
        ("en", "The tin forum took place in Oslo on 5 May 2031.", ()),
        (
            "en",
            "Tin forum in Oslo on 5 May 2031. Host: Tin Association. Co-host: Lead Institute.",
            ("Tin Association", "Lead Institute"),
        ),
        (
            "en",
            "The Tin Association, which convened the tin forum in Oslo on 5 May 2031, is pleased.",
            ("Tin Association",),
        ),
        (
            "de",
            "Am 5. Mai 2031 findet in Jena das Zinnforum statt. Gastgeberin: Zinn Nord AG.",
            ("Zinn Nord AG",),
        ),
        (
            "de",
            "Am 5. Mai 2031 fand in Jena das Zinnforum statt, finanziert vom Institut für Zinn.",
            ("Institut für Zinn",),
        ),
        (
            "ru",
            "5 мая 2031 года в Оше пройдёт форум по олову. Устроитель — Ассоциация олова.",
            ("Ассоциация олова",),
        ),
    ],
)
def test_several_organisers(lang: str, text: str, organisers: tuple[str, ...]) -> None:
    assert [e.organisers for e in read_events(text, lang)] == [organisers]


@pytest.mark.parametrize(
    ("lang", "row", "organisers"),
    [
        # Above the first running text, behind other facts; who speaks for one may organise.
        ("de", "Veranstalter | IHK Spreetal und Bergamt Ost", ("IHK Spreetal", "Bergamt Ost")),
        # Nobody knows it, and a land is part of its name.
        ("en", "Organiser: Itega Fairs Central Asia", ("Itega Fairs Central Asia",)),
        ("en", "Organisers: Jane Roe, Central Asia, 12 Firms, Tin", ()),
        ("en", "Organisers: Jane Roe, Head of Fairs, Ore Society", ("Ore Society",)),
        # Not known yet, or another fact.
        ("en", "Organiser: TBA", ()),
        ("en", "Organiser: N/A", ()),
        ("de", "Veranstalter: Bergamt Ost | Kosten: Eintritt Frei", ("Bergamt Ost",)),
        ("de", "Veranstalter: Bergamt Ost, Anmeldung per E-Mail", ("Bergamt Ost",)),
        ("en", "Organiser: Ore Society, Phone On Request", ("Ore Society",)),
        ("uz", "Tashkilotchi | Geologiya universiteti", ("Geologiya universiteti",)),
    ],
)
def test_a_line_of_facts_names_the_organisers(
    lang: str, row: str, organisers: tuple[str, ...]
) -> None:
    facts, told = {
        "de": ("5. Mai 2031\nOrt | Halle 2, Jena", "Ida Roe, Leiterin des Bergamts Ost, spricht."),
        "en": ("5 May 2031\nVenue: Old Hall, Oslo", "The forum shows drills."),
        "uz": ("2031-yil 5-may\nManzil | Toshkent", "Seminarda qalay muhokama qilinadi."),
    }[lang]
    title = {"de": "3. Zinntag", "en": "Tin Forum 2031", "uz": "Qalay forumi"}[lang]
    page = text_page(f"{facts}\n{row}\n\n{told}", lang, title=title)
    (event,) = event_reader().find(page)[0]
    assert event.organisers == organisers


def test_what_an_event_is_held_within_is_no_organiser() -> None:
    (event,) = read_events(
        "Im Rahmen der Digitalen Woche Kiel lädt die Kieler Wirtschaftsförderung am 3. Juni 2031"
        " zum Workshop Datenräume ein.",
        "de",
    )
    assert event.organisers == ("Kieler Wirtschaftsförderung",)


def test_a_party_to_talks_is_no_organiser() -> None:
    (event,) = read_events(
        "5 мая 2031 года на форуме в Оше делегация провела переговоры с руководством компании "
        "Nordic Metal.",
        "ru",
    )
    assert "компании Nordic Metal" not in event.organisers


def test_bodies_of_a_row_are_told_apart_and_a_legal_form_is_none() -> None:
    (event,) = read_events(
        "Горный форум прошёл 5 мая 2031 года в Оше. В форуме приняли участие представители АО "
        "«Национальная компания «Цинк», Министерства энергетики и ЕБРР.",
        "ru",
    )
    assert event.participants.organisations == (
        "Национальная компания «Цинк»",
        "Министерство энергетики",
        "ЕБРР",
    )


def test_bodies_that_took_part() -> None:
    (event,) = read_events(
        "In the tin forum in Oslo on 5 May 2031 representatives of the Tin Association took part.",
        "en",
    )
    assert (event.organisers, event.participants.organisations) == ((), ("Tin Association",))


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("de", "Das Zinnforum war am 5. Mai 2031 in Jena. Für die Zinn AG sprach Eva.", "Zinn AG"),
        ("de", "Das Zinnforum war am 5. Mai 2031 in Jena. Ehrengast war die Zinn AG.", "Zinn AG"),
        ("de", "Das Zinnforum war am 5. Mai 2031 in Jena. Für die Zinn AG warnte Eva.", "Zinn AG"),
        (
            "de",
            "Das Zinnforum war am 5. Mai 2031 in Jena. Die Zinn AG, vertreten durch Eva Ort, kam.",
            "Zinn AG",
        ),
        ("en", "The tin forum is held in Oslo on 5 May 2031. Tin Ltd has signed up.", "Tin Ltd"),
        ("ru", "Форум прошёл в Осло 5 мая 2031. Представитель АО «Север» обещал.", "АО «Север»"),
    ],
)  # fmt: skip
def test_a_body_of_which_it_is_said_that_it_was_there(lang: str, text: str, body: str) -> None:
    (event,) = read_events(text, lang, "2031-04-20")
    assert event.participants is not None
    assert body in event.participants.organisations
    assert body not in event.organisers


def test_foreign_names_that_a_russian_word_joins_are_two() -> None:
    (event,) = read_events(
        "Форум «Олово» прошёл в Осло 5 мая 2031 года. "
        "Среди участников – Pilbara Pumps и Ostrava Hydraulics.",
        "ru",
    )
    assert event.participants is not None
    assert event.participants.organisations == ("Pilbara Pumps", "Ostrava Hydraulics")


def test_a_word_for_firms_behind_the_hosts_is_no_organiser() -> None:
    (event,) = read_events(
        "Das Zinnforum fand am 5. Mai 2031 in Jena statt. "
        "Nach Auskunft der Gastgeber waren Firmen aus Kanada vertreten.",
        "de",
    )
    assert event.organisers == ()


def test_who_remains_the_host() -> None:
    (event,) = read_events(
        "Das Zinnforum ist am 5. Mai 2031 in Jena. Gastgeber bleibt die Erzbank Nord AG.", "de"
    )
    assert event.organisers == ("Erzbank Nord AG",)


def test_a_body_that_only_sent_its_regrets_did_not_take_part() -> None:
    (event,) = read_events(
        "The tin forum was held in Oslo on 5 May 2031. Northtin Ltd had sent two engineers. "
        "Southlead Ltd had sent regrets.",
        "en",
    )
    assert event.participants is not None
    assert event.participants.organisations == ("Northtin Ltd",)


def test_exhibitors_took_part_but_not_those_told_by_their_origin() -> None:
    (event,) = read_events(
        "The tin forum was held in Oslo on 5 May 2031. "
        "Exhibitors included Northtin Ltd and the Ruritanian smelter Southlead Ltd.",
        "en",
    )
    assert event.participants is not None
    assert "Northtin Ltd" in event.participants.organisations
    assert "Ruritanian" not in event.participants.organisations


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Совет недр", "Совета недр", True),
        ("Tin Association", "tin association", True),
        ("Tin Association", "Tin Bank", False),
        ("Tin Association", "Nordic Tin Association", False),
    ],
)
def test_spellings_of_one_body(a: str, b: str, same: bool) -> None:
    assert is_same_body(a, b) is same


@pytest.mark.parametrize(
    ("text", "organisers"),
    [
        (
            "The forum on 5 May 2031 was organised by Business Norway and the Embassy of Norway.",
            ("Business Norway", "Embassy of Norway"),
        ),
        (
            "Business Norway and the Embassy of Norway hosted a tin forum in Oslo on 5 May 2031.",
            ("Business Norway", "Embassy of Norway"),
        ),
        (
            "Norway and the Embassy of Peru hosted a tin workshop in Oslo on 5 May 2031.",
            ("Embassy of Peru",),
        ),
    ],
)
def test_a_name_with_a_land_in_it_before_a_known_body(
    text: str, organisers: tuple[str, ...]
) -> None:
    assert [e.organisers for e in read_events(text, "en")] == [organisers]


def test_a_cue_amid_capitals_ends_the_name_of_who_organises() -> None:
    text = "Das Forum war am 5. Mai 2031 in Jena. Das Erzamt ist mit Erzland Neu Veranstalter."
    (event,) = read_events(text.replace("mit", "gemeinsam mit"), "de", "2031-05-06")
    assert "Erzland Neu" in event.organisers


def test_the_beginning_of_the_name_of_what_was_held_is_no_organiser() -> None:
    (event,) = read_events(
        "First Orex Peru Mining Trade and Investment seminar held in Lima\n\n"
        "On 16-19 May 2031 the seminar met in Lima.",
        "en",
    )
    assert event.organisers == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Tin Association's May 7-10 convention in Oslo is fully booked.",
        "The Tin Association's annual forum took place in Oslo on 5 May 2031.",
    ],
)
def test_whose_gathering_it_is_by_a_possessive(text: str) -> None:
    assert [e.organisers for e in read_events(text, "en", "2031-04-01")] == [("Tin Association",)]


@pytest.mark.parametrize(
    ("lang", "text", "organisers"),
    [
        (
            "en",
            "The tin forum took place on 5 May 2031 in a centre financed by the Nordic Bank.",
            (),
        ),
        (
            "en",
            "The tin forum on 5 May 2031 in Oslo was supported by the Nordic Bank.",
            ("Nordic Bank",),
        ),
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 im Werk, gefördert von der Silberbank AG, statt.",
            (),
        ),
        (
            "de",
            "Die Zinntagung, unterstützt von der Silberbank AG, fand am 5. Mai 2031 in Jena statt.",
            ("Silberbank AG",),
        ),
        (
            "de",
            "Die Zinntagung am 5. Mai 2031 in Jena, unterstützt von der Silberbank AG, war gut.",
            ("Silberbank AG",),
        ),
        (
            "ru",
            "Форум прошёл 5 мая 2031 года на заводе, построенном при поддержке Банка развития.",
            (),
        ),
        (
            "ru",
            "Форум, организованный при поддержке Банка развития, прошёл 5 мая 2031 года в Осло.",
            ("Банк развития",),
        ),
    ],
)
def test_who_helped_something_else_organises_nothing(
    lang: str, text: str, organisers: tuple[str, ...]
) -> None:
    (event,) = read_events(text, lang, "2031-05-12")
    assert event.organisers == organisers
