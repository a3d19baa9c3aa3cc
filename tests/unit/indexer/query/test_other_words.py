"""What the words of a query may be called in other languages, and apart."""

from __future__ import annotations

import pytest

from indexer.query.other_words import OtherWords, askable
from indexer.query.parser import parse_query
from indexer.records.reference import NO_REFERENCE, load_reference


@pytest.fixture(scope="module")
def other_words() -> OtherWords:
    return OtherWords(load_reference())


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("Ausschreibungen", {"tender", "тендер"}),
        ("пыль", {"staub", "dust"}),
        ("mining", {"bergbau", "добыча"}),
        ("drones", {"drohne", "дрон"}),
    ],
)
def test_a_word_of_the_field_is_said_in_all_languages(
    other_words: OtherWords, word: str, others: set[str]
) -> None:
    ((itself, *ways),) = other_words([word])
    assert itself == word
    assert others <= set(ways)


@pytest.mark.parametrize(
    ("form", "way"),
    [
        ("gebohrt", "drilling"),
        ("rekultivierte", "reclamation"),
        ("modernisierten", "modernisation"),
        ("рекультивированные", "reclamation"),
        ("поставок", "delivery"),
        ("рынка", "market"),
    ],
)
def test_a_form_says_what_its_word_says(other_words: OtherWords, form: str, way: str) -> None:
    ((itself, *ways),) = other_words([form])
    assert itself == form
    assert way in ways


@pytest.mark.parametrize(
    ("compound", "beginning", "end"),
    [
        ("Erzabbaus", "ore", "mining"),
        ("Ölpreis", "commodity:crude-oil", "price"),
        ("Gaspreise", "commodity:natural-gas", "price"),
    ],
)
def test_a_compound_may_begin_with_a_short_word_that_is_known(
    other_words: OtherWords, compound: str, beginning: str, end: str
) -> None:
    first, last = other_words([compound])
    assert beginning in first
    assert end in last


@pytest.mark.parametrize(
    ("material", "stem_of"),
    [
        ("литий", "casting"),
        ("лития", "casting"),
        ("магния", "magnet"),
        ("скандий", "scandal"),
        ("европия", "europe"),
        ("селен", "village"),
        ("доломит", "share"),
        ("minerals", "miner"),
    ],
)
def test_a_raw_material_means_no_other_word_with_its_stem(
    other_words: OtherWords, material: str, stem_of: str
) -> None:
    ((itself, *ways),) = other_words([material])
    assert itself == material
    assert stem_of not in ways


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("литья", "casting"),
        ("магнита", "magnet"),
        ("Европы", "europe"),
        ("села", "village"),
        ("доли", "share"),
        ("ферросплавы", "ferroalloy"),
    ],
)
def test_such_a_word_keeps_its_meaning(other_words: OtherWords, word: str, way: str) -> None:
    ((_, *ways),) = other_words([word])
    assert way in ways


def test_words_may_mean_something_together(other_words: OtherWords) -> None:
    gallium, red_mud = other_words(["gallium", "from", "red", "mud"])
    assert gallium == ("gallium",)
    assert red_mud[0] == "(red mud)"
    assert {"rotschlamm", '"красный шлам"'} <= set(red_mud)


def test_what_a_compound_says_is_looked_for_apart(other_words: OtherWords) -> None:
    battery, recycling = other_words(["Batterierecycling"])
    assert battery[:3] == ("Batterierecycling", "batteri", "batteri*")
    assert {"battery", "аккумулятор"} <= set(battery)
    assert {"Batterierecycling", "recovery", "утилизация"} <= set(recycling)


@pytest.mark.parametrize(
    ("word", "material"),
    [
        ("Wolframkonzentrat", "tungsten"),
        ("золотодобыча", "gold"),
        ("медеплавильный", "copper"),
        ("угледобыча", "coal"),  # уголь, угля
    ],
)
def test_a_part_of_a_compound_names_a_raw_material_in_all_languages(
    other_words: OtherWords, word: str, material: str
) -> None:
    named, said = other_words([word])
    assert named[0] == word
    assert f"commodity:{material}" in named
    assert f"commodity:{material}" not in said


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("кластерную", "кластер*"),
        ("кластерному", "кластер*"),
        ("статистической", "статист*"),
        ("базальтовый", None),  # its stem is that of the noun
        ("кластеров", None),  # no adjective
        ("машиной", None),
        ("горный", None),  # too short to be told by it
        ("lasting", None),
    ],
)
def test_a_russian_adjective_is_looked_for_by_its_noun(
    other_words: OtherWords, word: str, noun: str | None
) -> None:
    (ways,) = other_words([word])
    assert [way for way in ways if way.endswith("*")] == ([noun] if noun else [])


def test_a_hyphenated_word_is_looked_for_as_its_words(other_words: OtherWords) -> None:
    battery, recycling = other_words(["Batterie-Recycling"])
    assert {"Batterie", "battery"} <= set(battery)
    assert {"Recycling", "recovery"} <= set(recycling)
    (driverless,) = other_words(["self-driving"])
    assert "fahrerlos" in driverless
    assert other_words(["E-Gallium"]) == [("Gallium",)]


def test_a_compound_may_end_with_a_word_of_the_field(other_words: OtherWords) -> None:
    drilling, tender = other_words(["Bohrausschreibung"])
    assert {"bohr*", "drilling", "бурение"} <= set(drilling)
    assert "тендер" in tender


@pytest.mark.parametrize(
    ("word", "part", "end"),
    [
        ("Schürflizenzen", "schurf*", "licence"),
        ("Bohrausschreibungen", "drilling", "тендер"),
        ("Erdgasspeichern", "commodity:natural-gas", "storage"),
    ],
)
def test_the_end_of_a_compound_may_stand_in_the_plural(
    other_words: OtherWords, word: str, part: str, end: str
) -> None:
    first, last = other_words([word])
    assert part in first
    assert end in last


@pytest.mark.parametrize("word", ["Pressemitteilungen", "Ausstellungen", "Rückstellungen"])
def test_the_plural_of_a_noun_in_ung_ends_with_no_other_word(
    other_words: OtherWords, word: str
) -> None:
    assert not any("lunge" in ways for ways in other_words([word]))


@pytest.mark.parametrize(
    ("word", "end", "other"),
    [("Agrarpreise", "price", "visit"), ("Ministerbesuches", "visit", "search")],
)
def test_of_several_ends_of_a_compound_the_longest_is_meant(
    other_words: OtherWords, word: str, end: str, other: str
) -> None:
    _, last = other_words([word])
    assert end in last
    assert other not in last


@pytest.mark.parametrize("word", ["Buchdrucker", "Nichtrauchern", "Hauptkonkurrenten"])
def test_who_does_something_is_not_what_is_done(other_words: OtherWords, word: str) -> None:
    said = {way for ways in other_words([word]) for way in ways}
    assert not {"pressure", "smoke", "pension"} & said


@pytest.mark.parametrize(
    ("words", "materials"),
    [
        (["precious", "metals"], {"gold", "silver", "platinum", "rhodium"}),
        (["Edelmetallen"], {"gold", "silver"}),
        (["цветных", "металлов"], {"copper", "nickel", "zinc"}),
        (["nuclear", "fuel"], {"uranium"}),
        (["Batterierohstoffe"], {"lithium", "cobalt", "graphite"}),
        (["Stahlveredler"], {"manganese", "chromium"}),
        (["seltenen", "Metallen"], {"niobium", "tantalum"}),
        (["Energierohstoffe"], {"uranium", "coal", "peat"}),
    ],
)
def test_a_class_of_raw_materials_asks_for_each_that_is_one(
    other_words: OtherWords, words: list[str], materials: set[str]
) -> None:
    (ways,) = other_words(words)
    assert {f"commodity:{material}" for material in materials} <= set(ways)
    assert "commodity:potash" not in ways


@pytest.mark.parametrize(
    "words", [["fossil", "fuels"], ["fossilen", "Brennstoffen"], ["ископаемого", "топлива"]]
)
def test_uranium_is_no_fossil_fuel(other_words: OtherWords, words: list[str]) -> None:
    (ways,) = other_words(words)
    assert {"commodity:coal", "commodity:natural-gas"} <= set(ways)
    assert "commodity:uranium" not in ways


@pytest.mark.parametrize(
    "words", [["Brennstoffzellen"], ["fuel", "cells"], ["топливных", "элементов"]]
)
def test_a_fuel_cell_is_neither_fuel_nor_a_battery(
    other_words: OtherWords, words: list[str]
) -> None:
    (ways,) = other_words(words)
    assert {"brennstoffzelle", '"fuel cell"'} <= set(ways)
    assert not {"commodity:coal", "batterie"} & set(ways)


def test_classes_of_raw_materials_are_words_of_the_field() -> None:
    reference = load_reference()
    classes = {name for entry in reference.commodities.values() for name in entry.classes}
    assert classes
    for lang in ("de", "en", "ru"):
        assert classes <= reference.languages[lang]["search"]["words"].keys()


def test_both_parts_of_a_compound_may_be_such_words(other_words: OtherWords) -> None:
    drill_core, stock = other_words(["Bohrkernlager"])
    assert "керн" in drill_core
    assert "warehouse" in stock
    worker, training = other_words(["Arbeiterschulung"])
    assert "рабочий" in worker
    assert "обучение" in training


def test_a_compound_is_taken_apart_to_its_first_word(other_words: OtherWords) -> None:
    port, freight, cost = other_words(["Hafenfrachtkosten"])
    assert {"hafen", "harbour"} <= set(port)
    assert "cargo" in freight
    assert "расходы" in cost


@pytest.mark.parametrize(
    ("word", "rest"), [("Streikbewegung", "beweg*"), ("Stollenvortrieb", "vortrieb*")]
)
def test_a_compound_may_begin_with_a_word_of_the_field(
    other_words: OtherWords, word: str, rest: str
) -> None:
    known, other = other_words([word])
    assert len(known) > 3
    assert rest in other


def test_a_word_of_the_field_with_an_ending_is_no_compound(other_words: OtherWords) -> None:
    assert other_words(["Lagerungen"]) == [("Lagerungen",)]


def test_what_is_of_a_country_is_so_in_all_languages(other_words: OtherWords) -> None:
    (ways,) = other_words(["немецкими"])
    assert {"deutsch", "german"} <= set(ways)
    (ways,) = other_words(["kasachischen"])
    assert {"kazakh", "казахстанский"} <= set(ways)


def test_verbs_and_nouns_say_the_same(other_words: OtherWords) -> None:
    (ways,) = other_words(["gestiegene"])
    assert {"anstieg", "growth", "рост"} <= set(ways)


def test_what_is_a_sign_or_nothing_in_a_query_is_asked_as_no_such_thing(
    other_words: OtherWords,
) -> None:
    things = other_words(["gallium", "AND", "NOT-x", "OR", "\u02bb" * 4, "mining:", "dust]"])
    assert [ways[0] for ways in things] == ["gallium", "mining", "dust"]
    assert all(parse_query(" OR ".join(ways)) for ways in things)


def test_short_words_ask_for_nothing_but_names(other_words: OtherWords) -> None:
    assert other_words(["für", "of", "BGR"]) == [("BGR",)]
    assert other_words(["between", "Gallium", "nach", "Through"]) == [("Gallium",)]
    assert other_words(["tin", "for", "öl", "и", "газ"]) == [("tin",), ("öl",), ("газ",)]


@pytest.mark.parametrize(
    ("word", "other"), [("tax", "steuer"), ("лом", "scrap"), ("ki", '"artificial intelligence"')]
)
def test_short_words_of_the_field_ask_for_something(
    other_words: OtherWords, word: str, other: str
) -> None:
    (ways,) = other_words([word, "für"])
    assert ways[0] == word
    assert other in ways


def test_no_more_is_asked_than_a_query_may_ask_for() -> None:
    several = [tuple(f"w{thing}x{way}" for way in range(30)) for thing in range(4)]
    assert list(askable(several)) == several[:2]
    assert list(askable([*several, ("tender",)])) == [*several[:2], ("tender",)]
    assert len(list(askable([("one",)] * 20))) == 8


def test_without_tables_words_stay() -> None:
    assert OtherWords(NO_REFERENCE)(["Staub", "dust"]) == [("Staub",), ("dust",)]
