from __future__ import annotations

import pytest

from crawler.parsers.events.people.persons import PeopleReader
from tests.event_texts import annotate, read_events, read_values, text_page

Affiliation = tuple[str, str | None, str]


@pytest.mark.parametrize(
    ("lang", "text", "person", "rule"),
    [
        (
            "en",
            (
                "At the tin forum in Oslo on 5 May 2031 spoke Laura Heikkinen, director of the Tin "
                "Association."
            ),
            ("Laura Heikkinen", "director", "Tin Association"),
            "people.employer",
        ),
        (
            "en",
            (
                "At the forum in Oslo on 5 May 2031 spoke the President and CEO of "
                "the Tin Association "
                "John Smith."
            ),
            ("John Smith", "President and CEO", "Tin Association"),
            "people.employer",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke the Tin Bank president Laura Heikkinen.",
            ("Laura Heikkinen", "president", "Tin Bank"),
            "people.employer",
        ),
        (
            "de",
            "Auf der Zinntagung am 5. Mai 2031 sprach Nordmetall-Präsidentin Petra Gros.",
            ("Petra Gros", "Nordmetall-Präsidentin", "Nordmetall"),
            "people.compound",
        ),
        (
            "ru",
            "В форуме 5 мая 2031 года участвовал эксперт по рудам НЦРМ Азамат Токтоев.",
            ("Азамат Токтоев", "эксперт по рудам", "НЦРМ"),
            "people.employer",
        ),
        (
            "de",
            "Auf der Zinntagung am 5. Mai 2031 sprach Petra Gros von der Bergakademie Freiberg.",
            ("Petra Gros", None, "Bergakademie Freiberg"),
            "people.employer-behind",
        ),
        (
            "de",
            "Beim Forum in Jena sprach am 5. Mai 2031 Petra Gros (ZHM) über Schrott.",
            ("Petra Gros", None, "ZHM"),
            "people.employer-unknown",
        ),
        (
            "de",
            "Beim Forum in Jena sprach am 5. Mai 2031 Petra Gros, Kupferblick, über Schrott.",
            ("Petra Gros", None, "Kupferblick"),
            "people.employer-unknown",
        ),
        (
            "en",
            "At the forum in Oslo on 5 May 2031 spoke Laura Heikkinen of Aalto Metals.",
            ("Laura Heikkinen", None, "Aalto Metals"),
            "people.employer-behind",
        ),
    ],
)
def test_the_body_of_a_person(lang: str, text: str, person: Affiliation, rule: str) -> None:
    values = read_values(text_page(text, lang))
    assert values["persons[0].organisation"] == (person[2], rule)
    assert values["persons[0].name"][0] == person[0]
    assert values.get("persons[0].role", (None,))[0] == person[1]


def test_a_state_is_no_body_of_a_person() -> None:
    (event,) = read_events(
        "В форуме 5 мая 2031 года в Оше участвовал министр энергетики РК Азамат Токтоев.", "ru"
    )
    assert [p.organisation for p in event.persons] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        (
            "de",
            "Auf der Zinntagung am 5. Mai 2031 sprach Petra Gros, Vorsitzende des Verbands.",
            "Vorsitzende",
        ),
        (
            "en",
            "At the tin forum in Oslo on 5 May 2031 spoke Laura Heikkinen, president of the Bank.",
            "president",
        ),
    ],
)
def test_a_word_for_bodies_alone_names_no_employer(lang: str, text: str, role: str) -> None:
    (event,) = read_events(text, lang)
    assert [(p.role, p.organisation) for p in event.persons] == [(role, None)]


PROGRAMME = "Zinntag, Jena, 5. Mai 2031\n\n9.00 Begrüßung\n10.00 {}\n12.00 Mittag\n13.00 Ende"


@pytest.mark.parametrize(
    ("lang", "entry", "body"),
    [
        ("de", "Erze: was tun? Petra Gros, Mangan Green Gas", "Mangan Green Gas"),
        ("de", "Erze – Petra Gros, Vorstand, Mangan Green Gas", "Mangan Green Gas"),
        ("de", "Erze – Petra Gros (BUND der Küstenfischer)", "BUND der Küstenfischer"),
        ("de", "Erze – Petra Gros, Leitende Geologin", None),
        ("en", "Ores. Mary Gross, chief engineer, Northern Water Works", "Northern Water Works"),
        ("ru", "Рабочие места. Иван Громов, Баганур Энержи", "Баганур Энержи"),
    ],
)  # fmt: skip
def test_capitals_that_end_an_entry_of_a_programme(lang: str, entry: str, body: str | None) -> None:
    page = annotate(PROGRAMME.format(entry), lang)
    people = [p for s in page.sentences for p in PeopleReader(page.vocabulary).read(page, s)]
    assert [p.organisation.value if p.organisation else None for p in people] == [body]


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("de", "Petra Gros, die den Zinnverband Sachsen leitet, sprach.", "Zinnverband Sachsen"),
        ("de", "Petra Gros, die den Zinnverband Sachsen besuchte, sprach.", None),
        ("en", "Mary Gross, who manages the Tin Cluster, spoke.", "Tin Cluster"),
        ("en", "Mary Gross, who visited the Tin Cluster, spoke.", None),
        ("ru", "Иван Громов, который возглавляет Ассоциацию цинка, выступил.", "Ассоциацию цинка"),
    ],
)  # fmt: skip
def test_the_body_that_somebody_leads_as_a_clause_says(
    lang: str, text: str, body: str | None
) -> None:
    page = annotate(text, lang)
    people = [p for s in page.sentences for p in PeopleReader(page.vocabulary).read(page, s)]
    assert [p.organisation.value if p.organisation else None for p in people] == [body]


def test_a_post_between_commas_is_no_employer() -> None:
    (event,) = read_events(
        "The forum took place in Oslo on 5 May 2031. It was opened by Anna Hill, Workshop Chair, "
        "and others.",
        "en",
    )
    assert [p.organisation for p in event.persons] == [None]


def test_who_chairs_the_board_of_a_firm_is_of_the_firm() -> None:
    (event,) = read_events(
        "The tin forum took place in Oslo on 5 May 2031. Laura Heikkinen, Chairwoman of the Board "
        "of Directors of Tin Ore Group (TOG), opened it.",
        "en",
        "2031-05-02",
    )
    (person,) = event.persons
    assert (person.role, person.organisation) == (
        "Chairwoman of the Board of Directors",
        "Tin Ore Group (TOG)",
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Vice Chair Laura Heikkinen, director of Tin Ore Ltd, spoke.", "Tin Ore Ltd"),
        ("Laura Heikkinen, Learning Institute Director at Tin Ore Ltd, spoke.", "Tin Ore Ltd"),
        (
            "Laura Heikkinen, the chief executive of Royal Tinberg Ltd, Ada Holm the head of X.",
            "Royal Tinberg Ltd",
        ),
    ],
)
def test_what_somebody_directs_stands_behind_the_post(text: str, body: str) -> None:
    page = f"The tin forum took place in Oslo on 5 May 2031. {text}"
    (event,) = read_events(page, "en", "2031-05-02")
    assert event.persons[0].organisation == body


def test_german_nouns_behind_a_job_title_name_no_body() -> None:
    text = "Zur Zinntagung am 5. Mai 2031 kam Petra Gros, Leiterin des Rohstoffeinkaufs, nach Jena."
    values = read_values(text_page(text, "de"))
    assert ("people.employer-capitals") not in {rule for _, rule in values.values()}


@pytest.mark.parametrize(
    ("title", "role", "body"),
    [
        ("Northern Gravel Fields CEO", "CEO", "Northern Gravel Fields"),
        ("Ivarro Kites executive chairman", "executive chairman", "Ivarro Kites"),
        ("Zemblan President", "Zemblan President", None),
        ("Energy Minister", "Energy Minister", None),
        ("Interim CEO", "Interim CEO", None),
    ],
)
def test_capitals_before_the_post_of_who_leads_a_firm(
    title: str, role: str, body: str | None
) -> None:
    page = annotate(f"At the tin forum in Oslo spoke {title} Laura Heikkinen.", "en", "2031-05-02")
    (person,) = PeopleReader(page.vocabulary).read(page, page.sentences[0])
    assert (person.role and person.role.value) == role
    assert (person.organisation and person.organisation.value) == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Zur Zinntagung kam Petra Gros vom Mongolei Salon.", "Mongolei Salon"),
        ("Zur Zinntagung kam Petra Gros aus der Mongolei.", None),
    ],
)
def test_a_country_may_open_the_name_of_a_body(text: str, body: str | None) -> None:
    page = annotate(text, "de", "2031-05-02")
    (person,) = PeopleReader(page.vocabulary).read(page, page.sentences[0])
    assert (person.organisation and person.organisation.value) == body


def test_an_acronym_with_small_letters_before_a_russian_name() -> None:
    page = annotate(
        "На форуме выступил председатель правления УзКГК Азамат Токтоев.", "ru", "2031-05-02"
    )
    (person,) = PeopleReader(page.vocabulary).read(page, page.sentences[0])
    assert (person.organisation and person.organisation.value) == "УзКГК"
