from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from crawler.parsers.entities import EntityReader
from indexer.records.document import Contact, Part

Contacts = Callable[..., list[Contact]]


@pytest.fixture
def contacts(reader: EntityReader) -> Contacts:
    def read(
        text: str, lang: str = "de", country: str = "DE", part: Part = "text"
    ) -> list[Contact]:
        found, mentions = reader.contacts(part, text, lang, country)
        assert all(text[m.start : m.end] == m.surface for m in mentions)
        return found

    return read


def test_a_block_of_lines(contacts: Contacts) -> None:
    text = (
        "Kontakt:\n\nErika Beispiel\nProjektleiterin\nTel.: 030 123456-78\nFax: 030 123456-99\n"
        "E.Beispiel@example.org (link sends e-mail)\n\nDiese Seite teilen:"
    )
    assert contacts(text) == [
        Contact(
            "Erika Beispiel",
            "Projektleiterin",
            "030 123456-78",
            "030 123456-99",
            "E.Beispiel@example.org",
        )
    ]


def test_a_role_ends_before_the_label_of_a_number(contacts: Contacts) -> None:
    text = "Контактное лицо: Асель Жумалиева, координатор форума. Тел.: +996 312 90-05-18"
    (contact,) = contacts(text, "ru", "KG")
    assert (contact.name, contact.role) == ("Асель Жумалиева", "координатор форума")


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        ("en", "Exhibition manager: Jane Roe, +49 30 123456-78", "Exhibition manager"),
        ("en", "Contact manager: Jane Roe, +49 30 123456-78", "manager"),
        ("en", "Our exhibition manager: Jane Roe, +49 30 123456-78", "exhibition manager"),
        ("de", "Die Sprecherin: Ida Roe, Tel. 030 123456", "Sprecherin"),
        ("de", "Frau Sprecherin: Ida Roe, Tel. 030 123456", "Sprecherin"),
        ("de", "Pressekontakt: Amt, Sprecherin Ida Roe, Tel. 030 123456", "Sprecherin"),
        ("de", "Auskunft gibt Ida Roe, Referentin, unter 030 12 34 56 78.", "Referentin"),
        ("de", "Auskunft gibt Ida Roe, Referentin, unter 03012345678.", "Referentin"),
    ],
)
def test_roles_and_numbers_in_running_text(
    contacts: Contacts, lang: str, text: str, role: str
) -> None:
    (contact,) = contacts(text, lang)
    assert contact.role == role
    assert contact.phone


@pytest.mark.parametrize(
    "text", ["Ida Roe bleibt unter 100 000 Euro.", "Ida Roe, unter 0,5 Prozent, unter 0 123 Grad."]
)
def test_amounts_are_no_numbers_to_call(contacts: Contacts, text: str) -> None:
    assert contacts(text) == []


def test_expressions_of_roles_are_not_made_anew_for_each_person(
    contacts: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Contact: Erika Beispiel, project manager. Tel.: +49 30 123456-78"
    contacts(text, "en")
    made: list[str] = []
    make = re.compile

    def counted(pattern: str, *flags: re.RegexFlag) -> re.Pattern[str]:
        made.append(pattern)
        return make(pattern, *flags)

    monkeypatch.setattr(re, "compile", counted)
    (contact,) = contacts(text, "en")
    assert contact.role == "project manager"
    assert not [pattern for pattern in made if len(pattern) > 1_000]


def test_values_are_normalised_in_the_mentions(reader: EntityReader) -> None:
    text = "Ansprechpartner: Max Muster, Tel.: 030 123456-78"
    _, mentions = reader.contacts("contact", text, "de", "DE")
    assert {(m.field, m.surface, m.value) for m in mentions} == {
        ("contacts[0].name", "Max Muster", "Max Muster"),
        ("contacts[0].phone", "030 123456-78", "+493012345678"),
    }


def test_two_contacts(contacts: Contacts) -> None:
    text = (
        "Presse\nMax Muster, Pressesprecher\nT. +49 228 1234-0\nmax@example.de\n\n"
        "Erika Beispiel\nReferentin Zentralasien\nTel.: 0228/12345-5\nerika@example.de"
    )
    assert [(c.name, c.role, c.email) for c in contacts(text)] == [
        ("Max Muster", "Pressesprecher", "max@example.de"),
        ("Erika Beispiel", "Referentin Zentralasien", "erika@example.de"),
    ]


def test_the_same_person_told_twice_is_one_contact(contacts: Contacts) -> None:
    text = "Max Muster\nmax@example.de\n\nAnsprechpartner\n\nMax Muster\nTel.: 030 123456"
    assert contacts(text) == [Contact("Max Muster", None, "030 123456", None, "max@example.de")]


def test_a_short_fax_number_takes_the_area_code(reader: EntityReader) -> None:
    text = "Иванов Петр Сергеевич\nначальник управления\nТел.: 8 (7172) 74-56-89, факс: 61-27-01"
    (contact,), mentions = reader.contacts("contact", text, "ru", "KZ")
    assert (contact.name, contact.role) == ("Иванов Петр Сергеевич", "начальник управления")
    assert (contact.phone, contact.fax) == ("8 (7172) 74-56-89", "61-27-01")
    assert {m.value for m in mentions if m.field.endswith("fax")} == {"+77172612701"}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("max.muster@example.de", "max.muster@example.de"),
        ("max.muster(at)example.de", "max.muster@example.de"),
        ("max.muster [at] example [dot] org", "max.muster@example.org"),
        ("max(собака)example.kz", "max@example.kz"),
        ("max [ät] example (punkt) de", "max@example.de"),
        ("max at example dot org", "max@example.org"),
        ("E-Mail: max at example.org", "max@example.org"),
        ("max@Example.DE (link sends e-mail)", "max@example.de"),
    ],
)
def test_disguised_addresses(contacts: Contacts, written: str, address: str) -> None:
    assert [c.email for c in contacts(f"Kontakt\n{written}")] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Look at example.de for details.",
        "06.2015 09.06.2015",
        "Tel. am 09.06.2015 um 10:30 Uhr",
        "2015-2019 wurden 12.345.678 Tonnen gefördert.",
        "Telefon und Fax sind abgeschafft.",
    ],
)
def test_no_contact(contacts: Contacts, text: str) -> None:
    assert contacts(f"Kontakt\n{text}") == []


def test_a_number_in_the_middle_of_a_text_is_no_contact(contacts: Contacts) -> None:
    text = "Die Hotline +49 228 123456 war besetzt. " + "Danach ging es weiter. " * 60
    assert contacts(text) == []


def test_a_number_needs_a_label_or_a_plus(contacts: Contacts) -> None:
    assert contacts("Kontakt\n030 123456-78") == []
    assert contacts("Kontakt\n+49 30 123456-78")[0].phone == "+49 30 123456-78"
