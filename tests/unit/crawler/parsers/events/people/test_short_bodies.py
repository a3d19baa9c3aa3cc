"""Which body of a page a short word beside a person means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.people.short_bodies import ShortBodies
from tests.event_texts import annotate, event_reader, text_page

CHAMBER = "Die Handelskammer Nord und die Zinnwerk Nord AG hielten am 5. Mai eine Zinntagung ab. "
CENTRE = "Форум провёл Центр цинка Лесогорска. Приехало ТОО «Оловянный берег». "
INSTITUTE = "The Tin Institute held the forum on 5 May. Northpit AG came. "


def _employers(text: str, lang: str) -> dict[str, tuple[str | None, str | None]]:
    """Employer and rule of each person."""
    page = annotate(text, lang, "2031-05-02")
    reader = PeopleReader(page.vocabulary)
    short = ShortBodies(page, find_bodies(page), reader.words)
    found = [short.employ(s, p) for s in page.sentences for p in reader.read(page, s)]
    return {
        p.name.value: (
            (p.organisation.value, p.organisation.rule) if p.organisation else (None, None)
        )
        for p in found
    }


@pytest.mark.parametrize(
    ("lang", "text", "name", "employer", "by"),
    [
        ("de", "Kammerpräsidentin Petra Gros sprach.", "Petra Gros", "Handelskammer Nord", "word"),
        ("de", "Eva Gros, Leiterin der Kammer, kam.", "Eva Gros", "Handelskammer Nord", "word"),
        ("de", "Es kam auch deren Vorstand Petra Gros.", "Petra Gros", "Zinnwerk Nord AG", "whose"),
        ("de", "Verbandspräsidentin Petra Gros sprach.", "Petra Gros", None, None),
        ("de", "Direktorin Petra Gros sprach.", "Petra Gros", None, None),
        ("en", "Institute director Mary Gross spoke.", "Mary Gross", "Tin Institute", "word"),
        ("en", "Its chairman, Mary Gross, spoke.", "Mary Gross", "Northpit AG", "whose"),
    ],
)  # fmt: skip
def test_short_words(lang: str, text: str, name: str, employer: str | None, by: str | None) -> None:
    opening = CHAMBER if lang == "de" else INSTITUTE
    rule = by and f"people.employer-of-{by}"
    assert _employers(opening + text, lang)[name] == (employer, rule)


def test_a_word_for_a_body_in_a_case() -> None:
    text = CENTRE + "Директор центра Анна Громова открыла форум."
    employer, rule = _employers(text, "ru")["Анна Громова"]
    assert employer == "Центр цинка Лесогорска"
    assert rule == "people.employer-of-word"


def test_our_chair_is_of_the_body_whose_page_it_is() -> None:
    text = CHAMBER + "Unser Vorsitzender Otto Gros kam."
    page = annotate(text, "de", "2031-05-02")
    reader = PeopleReader(page.vocabulary)
    for address, employer in (
        ("https://www.zinnwerk-nord.example/neues", "Zinnwerk Nord AG"),
        ("https://www.tagblatt.example/neues", None),
    ):
        own = replace(page, draft=replace(page.draft, url=address))
        short = ShortBodies(own, find_bodies(own), reader.words)
        [person] = [short.employ(s, p) for s in own.sentences for p in reader.read(own, s)]
        assert (person.organisation.value if person.organisation else None) == employer


def test_a_body_that_is_named_stays() -> None:
    text = CHAMBER + "Petra Gros, Präsidentin der Zinnkammer Nord, sprach."
    assert _employers(text, "de")["Petra Gros"][0] == "Zinnkammer Nord"


def test_a_person_in_the_headline_has_the_first_body_of_the_text() -> None:
    text = CHAMBER + "Später kam auch die Handelskammer Süd zu Wort."
    page = event_reader().annotate(
        text_page(text, "de", "2031-05-02", title="Kammerpräsidentin Petra Gros warnt")
    )
    reader = PeopleReader(page.vocabulary)
    short = ShortBodies(page, find_bodies(page), reader.words)
    title = page.sentences[0]
    [person] = [short.employ(title, p) for p in reader.read(page, title)]
    assert person.organisation is not None
    assert person.organisation.value == "Handelskammer Nord"


@pytest.mark.parametrize(
    ("lang", "minutes", "employed"),
    [
        ("en", "Tin Council\nMinutes of 5 May\n\nPresent: Mary Gross (chair), Ann Clam.",
         {"Mary Gross": "Tin Council", "Ann Clam": None}),
        ("en", "Tin Council\nReport of 5 May\n\nPresent: Mary Gross (chair), Ann Clam.",
         {"Mary Gross": None, "Ann Clam": None}),
        ("de", "Protokoll der Sitzung: Arbeitskreis Zinn\n\nDer Vorsitzende Otto Gros sprach.",
         {"Otto Gros": "Arbeitskreis Zinn"}),
        ("de", "Protokoll der Sitzung: Arbeitskreis Zinn\n\nDer Botschafter Otto Gros sprach.",
         {"Otto Gros": None}),
        ("ru", "Протокол заседания Ассоциации цинка\n\nПредседатель Анна Громова открыла форум.",
         {"Анна Громова": "Ассоциации цинка"}),
    ],
)  # fmt: skip
def test_who_chairs_in_minutes_is_of_their_body(
    lang: str, minutes: str, employed: dict[str, str | None]
) -> None:
    found = _employers(minutes, lang)
    assert {name: employer for name, (employer, _) in found.items()} == employed
