from __future__ import annotations

import pytest

from tests.event_texts import read_events


def test_the_page_s_own_event_comes_first() -> None:
    events = read_events(
        "Am 5. Mai 2031 fand in Jena die 3. Zinntagung statt. "
        "Die nächste Zinntagung findet am 6. Juni 2032 in Essen statt.",
        "de",
        "2031-05-06",
    )
    assert [(e.role, e.start, e.place.city) for e in events] == [
        ("main", "2031-05-05", "Jena"),
        ("upcoming", "2032-06-06", "Essen"),
    ]


def test_a_page_of_past_events_has_no_main_one() -> None:
    events = read_events(
        "The tin conference took place in Oslo on 5 May 2019. The gold conference took place in Osh"
        " on 6 June 2029.",
        "en",
        "2031-05-06",
    )
    assert [(e.name, e.role) for e in events] == [
        ("tin conference", "mentioned"),
        ("gold conference", "mentioned"),
    ]


def test_an_organiser_does_not_count_as_a_participant() -> None:
    (event,) = read_events(
        "The tin forum in Oslo on 5 May 2031 was organised by the Tin Association. "
        "Representatives of the Tin Association and the Nordic Bank took part.",
        "en",
    )
    assert event.organisers == ("Tin Association",)
    assert event.participants.organisations == ("Nordic Bank",)


def test_the_day_of_a_named_year_is_in_that_year() -> None:
    (event,) = read_events("Der Kongress ERZ-2030 beginnt am 5. Mai in Jena.", "de")
    assert event.start == "2030-05-05"


def test_the_parties_of_a_joint_body_took_part() -> None:
    (event,) = read_events(
        "The fifth session of the joint commission of Kazakhstan and Norway took place in Oslo on 5"
        " May 2031.",
        "en",
    )
    assert event.participants.countries == ("KZ", "NO")


def test_the_parties_are_those_of_the_session_that_is_told_with_them() -> None:
    held, following = read_events(
        "The fifth session of the joint commission of Kazakhstan and Norway took place in Oslo on 5"
        " May 2031. The sixth session will take place on 3 June 2032.",
        "en",
    )
    assert held.participants.countries == ("KZ", "NO")
    assert following.participants.countries == ()


def test_bodies_are_called_by_their_names_alone() -> None:
    (event,) = read_events(
        "Auf Einladung des Sächsischen Verbandes für Zinn fand am 5. Mai 2031 in Jena die "
        "Zinntagung statt. Es sprach Anna Berg, Leiterin der Geologischen Verwaltung Armeniens.",
        "de",
    )
    assert event.organisers == ("Sächsischer Verband für Zinn",)
    assert [p.organisation for p in event.persons] == ["Geologische Verwaltung Armeniens"]


def test_russian_bodies_are_called_by_their_names_alone() -> None:
    (event,) = read_events(
        "5 мая 2031 года в Оше прошёл форум при поддержке Института геологии Армении. "
        "В нём участвовали представители Ассоциации горняков.",
        "ru",
    )
    assert event.organisers == ("Институт геологии Армении",)
    assert event.participants.organisations == ("Ассоциация горняков",)


def test_whose_minutes_a_page_has_held_the_session() -> None:
    event, *_ = read_events(
        "Arbeitskreis Zinn\nProtokoll der 3. Sitzung am 5. Mai 2031 in Jena\n\n"
        "Anwesend: Petra Gros (Erz AG)\n\nAm Montag kamen die Fachleute in die Stadt.",
        "de",
    )
    assert event.organisers == ("Arbeitskreis Zinn",)
    assert event.series == "Arbeitskreis Zinn"


def test_whose_delegation_is_received_took_part() -> None:
    (event,) = read_events(
        "Der Minister für Zinn, Otto Klamm, hat am 5. Mai 2031 in Jena eine Delegation des "
        "Ministeriums für Blei empfangen.",
        "de",
    )
    assert event.organisers == ()
    assert event.participants.organisations == ("Ministerium für Blei",)


@pytest.mark.parametrize(
    ("lang", "text", "bodies"),
    [
        (
            "de",
            "Am 5. Mai 2031 fand in Jena die Zinntagung statt. Mit am Tisch saß die Zinn AG.",
            ("Zinn AG",),
        ),
        (
            "ru",
            "5 мая 2031 года в Оше прошёл форум. От Министерства недр выступила Анна Громова.",
            ("Министерство недр",),
        ),
        (
            "en",
            "The tin forum took place in Oslo on 5 May 2031. Nobody from Northtin Ltd attended.",
            (),
        ),
    ],
)
def test_who_took_part(lang: str, text: str, bodies: tuple[str, ...]) -> None:
    (event,) = read_events(text, lang)
    assert event.participants.organisations == bodies
