"""An event that is held again in another town is another one."""

from __future__ import annotations

import pytest

from tests.event_texts import event_reader, read_events, text_page

TWO = [("2031-04-08", "Buxton"), ("2031-04-10", "Matlock")]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Tin workshops will be held on 8 April in Buxton and on 10 April in Matlock.", TWO),
        (
            "de",
            "Infoabende zum Bergbau gibt es am 8. April in Suhl, am 10. April in Jena.",
            [("2031-04-08", "Suhl"), ("2031-04-10", "Jena")],
        ),
        (
            "ru",
            "Семинары пройдут 8 апреля в Костанае, 10 апреля в Рудном и 15 апреля в Аркалыке.",
            [("2031-04-08", "Kostanay"), ("2031-04-10", "Rudny"), ("2031-04-15", "Arkalyk")],
        ),
        (
            "en",
            (
                "Hearings\n\nHearings on tin will take place here:\n\n"
                "8 April: Buxton, Town Hall\n10 April: Matlock"
            ),
            TWO,
        ),
        (
            "en",
            (
                "Hearings\n\nHearings on tin will take place here:\n\n"
                "8 April: Blast design, Buxton\n10 April: Price of ores, Matlock"
            ),
            TWO[:1],
        ),
        (
            "en",
            (
                "A hearing on tin will take place on 8 April in Buxton.\n\nMore news\n\n"
                "- 8 April, Buxton\n- 10 April, Matlock: Mine opens"
            ),
            TWO[:1],
        ),
        (
            "en",
            (
                "The Tin Fair will be held in Buxton on 8 April.\n\n- 8 April, Buxton\nTin Fair\n"
                "- 10 April, Matlock\nLaw in the quarry\n- 12 April, Leeds\nOres of the north"
            ),
            TWO[:1],
        ),
        (
            "en",
            "The Tin Fair opens on 8 April in Buxton; on 10 April in Matlock a mine opens.",
            TWO[:1],
        ),
        (
            "de",
            "Die Rätin reiste am 8. April nach Suhl und am 10. April nach Jena zur Zinntagung.",
            [("2031-04-10", "Jena")],
        ),
        (
            "en",
            "A delegation visited mines on 8 April in Buxton and on 10 April in Matlock.",
            TWO[:1],
        ),
        (
            "de",
            "Die Zinntagung ist am 8. Mai in Jena, am 9. Mai gibt es in Suhl einen Empfang.",
            [("2031-05-08", "Jena")],
        ),
        (
            "en",
            "The Tin Forum will be held on 10 April in Matlock and on 8 April in Buxton.",
            TWO[1:],
        ),
    ],
)
def test_each_day_with_its_town_is_an_event(
    lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    events = read_events(text, lang, "2031-03-04")
    assert [(e.start, e.place.city) for e in events] == wanted


def test_datelines_of_other_news_are_no_stops() -> None:
    text = (
        "A hearing on tin took place on 8 April in Buxton.\n\nMore news\n\n"
        "- Buxton, 8 April\n- Matlock, 10 April"
    )
    events = read_events(text, "en", "2031-04-12")
    assert [(e.start, e.place.city) for e in events] == TWO[:1]


def test_what_is_said_of_all_is_said_of_each_and_who_came_is_not() -> None:
    first, second = read_events(
        "Ore Ltd invites 30 firms to tin workshops on 8 April in Buxton and on 10 April in "
        "Matlock.",
        "en",
        "2031-04-09",
    )
    assert first.name == second.name
    assert first.organisers == second.organisers == ("Ore Ltd",)
    assert (first.status, second.status) == ("held", "scheduled")
    assert second.participants.count is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("The 3rd Tin Workshop is on 8 April in Buxton and on 10 April in Matlock.", {"ordinal"}),
        ("Tin Workshops on 8 April in Buxton and on 10 April in Matlock are cancelled.", set()),
    ],
)
def test_each_value_of_a_stop_has_its_place(text: str, fields: set[str]) -> None:
    (_, second), mentions = event_reader().find(text_page(text, "en", "2031-03-04"))
    assert second.ordinal == (3 if fields else None)
    told = {m.field.removeprefix("events[1].") for m in mentions if "events[1]" in m.field}
    assert told >= {"name", "start", "status", "place.city", *fields}
