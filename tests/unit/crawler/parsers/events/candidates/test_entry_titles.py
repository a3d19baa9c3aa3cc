import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "de",
            (
                "Termine Herbst 2031\n\n16.–17. September, Zwickau: 10. Zinntag.\n\n"
                "7.–10. Oktober, Goslar: Tiefbau Nordwest (Verein für Tiefbau), 90 Gäste.\n\n"
                "18.–20. November, Astana: Erzex Kazakhstan. Die Kammer hat einen Stand."
            ),
            {"10. Zinntag", "Tiefbau Nordwest", "Erzex Kazakhstan"},
        ),
        (
            "en",
            (
                "Diary\n\n3–4 March 2031, Baku – Caspian Copper Days.\n\n"
                "17 March 2031, Freiberg – OREMONTA Chat (Academy of Freiberg).\n\n"
                "5–7 May 2031, Kraków – “Geoslate Young”, run by students"
            ),
            {"Caspian Copper Days", "OREMONTA Chat", "Geoslate Young"},
        ),
        (
            "ru",
            (
                "Календарь\n\n8 апреля 2031, Фергана. Круглый стол по каолину.\n"
                "14–16 апреля 2031, Ташкент. «ГеоТашЭкс». Наш ряд – В7.\n"
            ),
            {"Круглый стол по каолину", "ГеоТашЭкс"},
        ),
    ],
)
def test_an_entry_names_its_event_behind_day_and_town(
    lang: str, text: str, names: set[str]
) -> None:
    assert {e.name for e in read_events(text, lang, "2031-02-20")} == names


def test_a_town_that_no_table_has_stands_where_others_have_theirs() -> None:
    text = (
        "What's on\n\n9 April 2031 – Quarrywick. Blasting Refresher, 85 dollars.\n"
        "24 April 2031 – Berlin. Gravel Show, run by the sand producers.\n"
    )
    events = {e.name: e.start for e in read_events(text, "en", "2031-03-28")}
    assert events["Blasting Refresher"] == "2031-04-09"


def test_without_a_town_an_entry_names_none() -> None:
    text = (
        "Diary\n\n9 April 2031 – Blasting Refresher, 85 dollars.\n"
        "24 April 2031 – Quarry Papers, for members.\n"
    )
    assert read_events(text, "en", "2031-03-28") == ()


def test_a_name_before_its_town_and_day() -> None:
    text = (
        "Diary\n\n3–4 March 2031, Baku – Caspian Copper Days.\n\n"
        "Cancelled: COALEX North, Tbilisi, 28 April 2031."
    )
    events = {e.name: e for e in read_events(text, "en", "2031-02-20")}
    assert (events["COALEX North"].start, events["COALEX North"].place.city) == (
        "2031-04-28",
        "Tbilisi",
    )


@pytest.mark.parametrize(
    "second",
    [
        "5 May 2031, Riga – Old Concert Hall, ground floor.",
        "5 May 2031, Riga – Latvian Chamber of Commerce, closed.",
        "5 May 2031, Riga – John Miller, our chair, retires.",
        "5 May 2031, Riga. Kazakh copper has become dearer by half.",
    ],
)
def test_houses_bodies_people_and_sentences_are_none(second: str) -> None:
    text = f"Diary\n\n3–4 March 2031, Baku – Caspian Copper Days.\n\n{second}"
    assert [e.name for e in read_events(text, "en", "2031-02-20")] == ["Caspian Copper Days"]


def test_the_year_of_a_title_is_that_of_an_edition() -> None:
    text = "Auf dem Bild: viele Hände beim Abschluss, „Kohle Nord 2031“, Berlin, 9. Oktober 2031."
    (event,) = read_events(text, "de", "2031-10-18")
    assert (event.name, event.series, event.start) == (
        "Kohle Nord 2031",
        "Kohle Nord",
        "2031-10-09",
    )


@pytest.mark.parametrize(
    ("lang", "text", "published"),
    [
        ("en", "BHX Metals, Riga, 28 April 2031 – The company drills for tin.", "2031-04-29"),
        ("en", "Varnex Metals, Riga, 28 April 2031 – The company drills for tin.", None),
        ("en", "Varnex Metals, Riga, 28 April 2031 – The company drills for tin.", "2031-04-28"),
        ("en", "Varnex Metals, Riga, 28 April 2031 – The company drills for tin.", "2031-04-29"),
        (
            "en",
            "It opened.\n\nContact: Nordic Geo Weekly, Riga, 28 April 2031.",
            "2031-04-02",
        ),
        ("en", "The mine opened.\n\nPhoto: Blue Harbour Studio, Riga, 28 April 2031", "2031-04-29"),
        ("en", "2 March, Riga: Price Falls Again.\n\n3 March, Oslo: Mine Opens.", "2031-03-05"),
        ("en", "2 March 2031, Riga: Price Falls.\n\n3 March 2031, Oslo: Mine Opens.", "2031-03-05"),
        ("en", "28 December, Riga: Price Falls.\n\n29 December, Oslo: Pit Opens.", "2031-01-03"),
        ("de", "Der Tagebau ruht.\n\nPresse: „Erz Baltica“, Riga, 28. April 2031", "2031-04-02"),
        ("ru", "4 мая, Алматы: РБК.\n\n5 мая, Астана: ТАСС.", "2031-05-02"),
    ],
)
def test_datelines_credits_and_headlines_are_none(
    lang: str, text: str, published: str | None
) -> None:
    assert read_events(text, lang, published) == ()


@pytest.mark.parametrize(
    ("text", "published", "name"),
    [
        ("Next: Copper Days, Riga, 28 April 2031.", "2031-04-02", "Copper Days"),
        ("Copper Days, Riga, 28 April 2031", "2031-04-02", "Copper Days"),
        ("See you.\n\nTin Rally, Oslo, 3 May 2031 – Come.", "2031-04-02", "Tin Rally"),
        ("Diary\n\n3 January, Riga: Copper Days.\n\n9 January: Oslo.", "2030-12-02", "Copper Days"),
        ("Diary\n\n3 May, Riga: Copper Days.\n\n9 May: Oslo.", None, "Copper Days"),
    ],
)
def test_names_of_days_to_come_are_titles(text: str, published: str | None, name: str) -> None:
    assert [e.name for e in read_events(text, "en", published)] == [name]


def test_a_line_between_its_day_and_its_town_names_an_event() -> None:
    text = (
        "Dates for miners\n\n"
        "May 9, 2031\n\nLODECON\n\nHull, United Kingdom\n\n"
        "LODECON brings people of the trade to the river, and there is much to see.\n\n"
        "May 12, 2031\n\nTin Live\n\nLeeds, United Kingdom\n\n"
        "Ready for more? These days are for all who work with tin.\n\n"
        "June 3, 2031\n\nThe Quarry Gathering\n\nOslo, Norway\n\nA day for all quarries."
    )
    events = {e.name: e.start for e in read_events(text, "en", "2031-01-20")}
    assert events["LODECON"] == "2031-05-09"
    assert events["Tin Live"] == "2031-05-12"
