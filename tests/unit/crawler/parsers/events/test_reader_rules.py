"""Rules that take several modules of the event reader: papers, occasions, resumed events."""

from __future__ import annotations

import pytest

from tests.event_texts import entity_reader, event_reader, read_events, text_page


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
    assert (event.name, event.series) == (
        "annual workshop",
        "annual workshop of the Tin Network",
    )


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Tin Conference draws 500. The 2031 edition will take place on 5 May 2031.",
            ["Tin Conference"],
        ),
        (
            "The Tin Conference was held on 3 May 2029. The 2031 edition will be on 5 May 2031.",
            ["Tin Conference", "2031 edition"],
        ),
    ],
)
def test_an_edition_by_its_year_is_of_the_event_named_before(text: str, names: list[str]) -> None:
    events = read_events(text, "en", "2031-03-05")
    assert [event.name for event in events] == names
    assert events[-1].start == "2031-05-05"


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Schedule of conferences 2031", "5 May 2031: Tin congress, Oslo"),
        ("en", "Calendar of Meetings and Conferences 2031", "5 May 2031: Tin congress, Oslo"),
        ("de", "Terminkalender der Sitzungen 2031", "5. Mai 2031: Zinnkongress, Essen"),
    ],
)
def test_a_list_of_events_is_none(lang: str, title: str, text: str) -> None:
    (event,) = event_reader().find(text_page(text, lang, "2031-03-05", title=title))[0]
    assert event.name in {"Tin congress", "Zinnkongress"}


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        (
            "de",
            "Vom 3. Februar bis 28. September 2031 zeigt das Museum die Ausstellung „Erz“.",
            True,
        ),
        (
            "de",
            "Vom 3. Juni bis 28. September 2030 zeigte das Museum die Ausstellung „Erz“.",
            False,
        ),
        ("de", "Vom 4. bis 6. März 2031 tagt das Zinnforum in Essen.", False),
    ],
)
def test_what_is_on_for_months_is_held_once_it_is_over(lang: str, text: str, status: bool) -> None:
    (event,) = read_events(text, lang, "2031-03-05")
    assert event.status == ("scheduled" if status else "held")


@pytest.mark.parametrize("verb", ["is hosting", "is opening"])
def test_what_a_body_is_hosting_on_a_weekday_is_to_come(verb: str) -> None:
    text = f"The Mining Union {verb} the Tin Forum on Friday in Oslo."
    (event,) = read_events(text, "en", "2031-03-05")
    assert (event.status, event.start) == ("scheduled", "2031-03-07")
