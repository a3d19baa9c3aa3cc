"""Rules of the event reader that single sentences show: bodies, days of papers, occasions, spans,
employers.
"""

from __future__ import annotations

import pytest

from tests.event_texts import entity_reader, read_events


def test_the_number_of_a_body_that_met_is_told_in_the_next_sentence() -> None:
    (event,) = read_events(
        (
            "Der Gesprächskreis Wolfram hat sich am 4. Mai 2021 in Erfurt getroffen. Es war die "
            "fünfte Zusammenkunft."
        ),
        "de",
    )
    assert (event.series, event.ordinal, event.start) == ("Gesprächskreis Wolfram", 5, "2021-05-04")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ru",
            (
                "В Оше прошло третье заседание рабочей группы по олову. Оно состоялось в рамках "
                "меморандума, подписанного в марте 2019 года."
            ),
        ),
        (
            "de",
            (
                "In Freiberg tagte zum dritten Mal der Beirat Zinn. Grundlage ist die im März "
                "2019 unterzeichnete Vereinbarung der Länder."
            ),
        ),
        (
            "en",
            (
                "The third meeting of the tin group took place in Osh. It follows an accord "
                "signed in March 2019 by both sides."
            ),
        ),
    ],
)
def test_the_day_of_a_paper_is_no_day_of_the_event(lang: str, text: str) -> None:
    assert "2019-03" not in {event.start for event in read_events(text, lang)}


def test_the_larger_occasion_is_not_the_event() -> None:
    (event,) = read_events(
        "On Thursday, 16 May 2024, during the 2024 edition of the Ore Week, thirty geologists "
        "gathered for the annual workshop of the Tin Network in Oslo.",
        "en",
    )
    assert event.name.endswith("workshop of the Tin Network")


def test_a_day_of_a_journey_lies_in_its_span() -> None:
    event = read_events(
        "Kasachische Delegation zu Gast im Harz\n\n"
        "Zehn Fachleute aus Kasachstan haben vom 10. bis 12. Februar 2025 Gruben"
        " im Harz besucht. Am Mittwoch empfing Landrätin Sabine Fromm die Gäste in Goslar.",
        "de",
        "2025-02-14",
    )[0]
    assert (event.start, event.end) == ("2025-02-10", "2025-02-12")
    assert [(p.name, p.role) for p in event.persons] == [("Sabine Fromm", "Landrätin")]


def test_the_last_day_may_be_told_apart() -> None:
    (event,) = read_events(
        (
            "Выставка «Рудник» открылась 26 сентября 2022 года в Бишкеке. Она продлится до 29 "
            "сентября."
        ),
        "ru",
        "2022-09-26",
    )
    assert (event.start, event.end) == ("2022-09-26", "2022-09-29")


def test_the_event_resumes_what_was_told_before() -> None:
    events = read_events(
        (
            "The 6th Ore Summit is a platform for the industry. The event will take place in "
            "Oslo between 14 and 16 May 2031."
        ),
        "en",
        "2031-01-10",
    )
    assert [(e.ordinal, e.start, e.end) for e in events] == [(6, "2031-05-14", "2031-05-16")]


def test_a_tag_with_a_number_is_an_event() -> None:
    (event,) = read_events(
        "12. Sächsischer Gesteinstag\n\nTermin: 5. Mai 2031\nOrt: Freiberg", "de"
    )
    assert (event.series, event.ordinal) == ("Sächsischer Gesteinstag", 12)


def test_here_is_the_town_of_the_dateline() -> None:
    (event,) = read_events(
        "OSH (Ore Wire) – The tin council held its second session here on 5 May 2031.",
        "en",
        "2031-05-06",
    )
    assert event.place.city == "Osh"


@pytest.mark.parametrize(
    ("lang", "text", "post"),
    [
        (
            "ru",
            (
                "В совещании 5 мая 2031 года в Оше участвовал министр экологии, геологии и недр "
                "Азамат Токтоев."
            ),
            ("Азамат Токтоев", "министр экологии, геологии и недр", None),
        ),
        (
            "en",
            "At the forum in Oslo on 5 May 2031 spoke Laura Heikkinen of Aalto Metals.",
            ("Laura Heikkinen", None, "Aalto Metals"),
        ),
        (
            "en",
            (
                "At the forum in Oslo on 5 May 2031 spoke the President and CEO of the Tin "
                "Association John Smith."
            ),
            ("John Smith", "President and CEO", "Tin Association"),
        ),
        (
            "de",
            "Beim Forum in Jena sprach am 5. Mai 2031 Petra Gros, Nordmetall, über Schrott.",
            ("Petra Gros", None, "Nordmetall"),
        ),
    ],
)
def test_posts_and_employers(
    lang: str, text: str, post: tuple[str, str | None, str | None]
) -> None:
    people = {
        p.name: (p.name, p.role, p.organisation) for e in read_events(text, lang) for p in e.persons
    }
    assert people[post[0]] == post


def test_each_ambassador_has_his_own_country() -> None:
    (event,) = read_events(
        "Zum Forum in Berlin am 5. Mai 2031 kamen Dauren Karimov, Botschafter der Republik "
        "Kasachstan und S.E. Dr. Ganbold Baatar, Botschafter der Mongolei.",
        "de",
    )
    assert [(p.name, p.role) for p in event.persons] == [
        ("Dauren Karimov", "Botschafter der Republik Kasachstan"),
        ("Ganbold Baatar", "Botschafter der Mongolei"),
    ]


def test_a_party_to_talks_is_no_organiser() -> None:
    (event,) = read_events(
        (
            "5 мая 2031 года на форуме в Оше делегация провела переговоры с руководством "
            "компании Nordic Metal."
        ),
        "ru",
    )
    assert "компании Nordic Metal" not in event.organisers


def test_wrapped_lines_are_one_sentence() -> None:
    (event,) = read_events(
        "Im Rahmen der Bergbauwoche in Goslar fand am 14. Oktober 2031 die erste\n"
        "Deutsch-Russische Rohstoff-Konferenz"
        " statt. An der Konferenz nahmen\n"
        "über 160 hochrangige Vertreter aus Wissenschaft, Wirtschaft und\nPolitik teil.",
        "de",
    )
    assert (event.ordinal, event.start, event.participants.count) == (1, "2031-10-14", 160)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The company needs a strategy for lithium, said the analyst."),
        ("ru", "Стране нужна стратегия по литию, считает экономист."),
        ("de", "Das Land braucht eine Strategie für Lithium, sagt die Analystin."),
    ],
)
def test_a_strategy_that_is_only_wished_for_is_none(lang: str, text: str) -> None:
    assert [
        m.surface for m in entity_reader().find("text", text, lang) if m.field == "strategies"
    ] == []


def test_a_label_of_a_theme_may_end_the_text() -> None:
    (event,) = read_events("Das Forum Lithium am 4. Mai 2021 in Erfurt, Motto:", "de")
    assert event.theme is None
