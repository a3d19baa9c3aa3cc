"""Every name of the tables, in each of its languages, as the table spells it."""

from __future__ import annotations

import pytest

from crawler.parsers.entities import EntityReader
from indexer.records.reference import Reference
from tests.unit.crawler.parsers.entities.conftest import Finder

SENTENCES = {
    "de": ("Die Delegation sprach über {} in Berlin.", "Bericht: {}."),
    "en": ("The delegation spoke about {} yesterday.", "Report: {}."),
    "ru": ("Министерство сообщило: {}.",),
    "kk": ("Министрлік хабарлады: {}.", "Есеп: {}."),
    "fr": ("Le rapport parle de : {}.", "Rapport : {}."),
    "native": ("Report: {}.",),
}
HOMONYMS = {("zarafshon-valley", "Зарафшон")}
"""A town of the table has the same name."""


def missing(
    reader: EntityReader, name: str, language: str, lang: str | None, wanted: tuple[str, str]
) -> list[str]:
    texts = [s.format(name) for s in SENTENCES[language]]
    return [
        f"{lang}: {text}"
        for text in texts
        if wanted not in {(m.field, str(m.value)) for m in reader.find("text", text, lang)}
    ]


@pytest.mark.parametrize("language", ["en", "de", "ru", "kk", "fr"])
@pytest.mark.parametrize("given", [True, False], ids=["lang-given", "lang-unknown"])
def test_every_commodity_is_found(
    reader: EntityReader, reference: Reference, language: str, given: bool
) -> None:
    lost = [
        line
        for entry in reference.commodities.values()
        for name in entry.names.get(language, ())
        for line in missing(
            reader, name, language, language if given else None, ("commodities", entry.id)
        )
    ]
    assert lost == []


@pytest.mark.parametrize("lang", ["ru", None])
def test_every_russian_adjective_of_a_commodity_is_found(
    reader: EntityReader, reference: Reference, lang: str | None
) -> None:
    lost = [
        adjective
        for entry in reference.commodities.values()
        for adjective in entry.adjectives["ru"]
        if ("commodities", entry.id)
        not in {
            (m.field, m.value)
            for m in reader.find("text", f"Министерство сообщило: {adjective} концентрат.", lang)
        }
    ]
    assert lost == []


@pytest.mark.parametrize("language", ["en", "de", "ru", "native"])
@pytest.mark.parametrize("given", [True, False], ids=["lang-given", "lang-unknown"])
def test_every_place_is_found(
    reader: EntityReader, reference: Reference, language: str, given: bool
) -> None:
    lost = []
    for place in reference.places.values():
        country = place.kind == "country"
        wanted = ("countries", str(place.country)) if country else ("places", place.id)
        for name in place.names.get(language, ()):
            if (place.id, name) not in HOMONYMS:
                lang = {"native": "ky"}.get(language, language) if given else None
                lost += missing(reader, name, language, lang, wanted)
    assert lost == []


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_every_strategy_is_found_in_its_list(
    reader: EntityReader, reference: Reference, language: str
) -> None:
    lost = [
        line
        for entry in reference.strategies.values()
        if entry.field is not None
        for name in entry.names.get(language, ())
        for line in missing(reader, name, language, language, (entry.field, entry.id))
    ]
    assert lost == []


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_every_organisation_is_found(
    reader: EntityReader, reference: Reference, language: str
) -> None:
    lost = [
        line
        for entry in reference.organisations.values()
        for name in entry.names.get(language, ())
        for line in missing(reader, name, language, language, ("organisations", entry.id))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("It maps the Zeravshan valley.", [("places", "zarafshon-valley")]),
        ("Zeravshan opened a mine.", [("organisations", "zeravshan")]),
    ],
)
def test_a_body_whose_name_is_a_part_of_a_place_is_not_meant_by_it(
    reader: EntityReader, text: str, fields: list[tuple[str, str]]
) -> None:
    assert [(m.field, m.value) for m in reader.find("text", text, "en")] == fields


def test_a_delegation_of_the_chambers_is_found_with_a_small_adjective(
    reader: EntityReader,
) -> None:
    text = "Es lud die Delegation der deutschen Wirtschaft für Zentralasien ein."
    found = [m.value for m in reader.find("text", text, "de") if m.field == "organisations"]
    assert found == ["ahk-ca"]


def test_an_acronym_before_an_ending_is_in_capitals(find: Finder) -> None:
    assert find("Unda vazir ishtirok etdi.", "uz", "organisations") == []
    assert find("Vazir UNda soʻzladi.", "uz", "organisations") == [("UNda", "un")]


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("mn", "Чуулганд Герман, Франц улсын төлөөлөгчид оролцов.", ["DE", "FR"]),
        ("tg", "Дар форум намояндагони Чин ва Ҳиндустон буданд.", ["CN", "IN"]),
        ("uz", "Forumda Moʻgʻuliston vakillari qatnashdi.", ["MN"]),
        ("uz", "Форумда Мўғулистон вакиллари қатнашди.", ["MN"]),
        ("ru", "Герман Ким и Франц Вебер открыли форум.", []),
    ],
)
def test_countries_as_one_language_calls_them(
    find: Finder, lang: str, text: str, codes: list[str]
) -> None:
    assert [code for _, code in find(text, lang, "countries")] == codes
