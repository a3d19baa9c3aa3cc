import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "ru",
            "ИЮЛЬ\n2–4 – «Соль и степь», выставка, Экибастуз.\n9–11 – Цинковая конференция, Тараз.",
            {"Соль и степь", "Цинковая конференция"},
        ),
        (
            "en",
            (
                "COMING UP\n- 19 May, online: Tailings for Beginners, a webinar for students\n"
                "- 6 June, Leeds: Tin Forum"
            ),
            {"Tailings for Beginners", "Tin Forum"},
        ),
        (
            "de",
            (
                "Termine\n\n14. Mai 2031, Karlsbad: Teplo & Erz, Messe für Wärmetechnik.\n"
                "19. Mai 2031: Kupferkonferenz, Aue"
            ),
            {"Teplo & Erz", "Kupferkonferenz"},
        ),
        (
            "ru",
            "26–28 апреля, Ош\nMineTech Uzbekistan, выставка.\n\n3 мая\nКруглый стол «Олово».",
            {"MineTech Uzbekistan", "Круглый стол «Олово»"},
        ),
        (
            "de",
            "„Zinn aus Halden“ heißt das Webinar, das die Zinnkammer am 12. Mai 2031 veranstaltet.",
            {"Zinn aus Halden"},
        ),
        (
            "en",
            'The Tin Chamber holds a webinar entitled "Tin from heaps" on 12 May 2031 in Leeds.',
            {"webinar"},
        ),
    ],
)
def test_the_title_that_a_word_explains_is_the_name(lang: str, text: str, names: set[str]) -> None:
    assert {e.name for e in read_events(text, lang, "2031-03-30")} == names


def test_the_year_of_a_title_is_that_of_the_event() -> None:
    text = "15–17 мая 2031 года в Оше пройдёт «ГорноСтепь-2031», выставка котлов и турбин."
    (event,) = read_events(text, "ru", "2031-03-30")
    assert (event.name, event.start) == ("ГорноСтепь-2031", "2031-05-15")


@pytest.mark.parametrize(
    "text",
    [
        "On 6 May 2031, Peter Miller, chair, opened the Tin Forum in Leeds.",
        "On 6 May 2031 in North Leeds, a tin forum was held with 40 guests.",
    ],
)
def test_a_person_or_place_is_no_title(text: str) -> None:
    (event,) = read_events(text, "en", "2031-05-08")
    assert event.name.casefold() == "tin forum"
