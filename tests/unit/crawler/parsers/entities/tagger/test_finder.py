from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.parsers.entities.lexicon.tables import COMMODITIES, ORGANISATIONS, PERSONS, PLACES
from crawler.parsers.entities.organisations.rules import BARE_HEAD
from crawler.parsers.entities.spans import EntityMatch, Spans, match_as_written
from crawler.parsers.entities.tagger.finder import (
    _NO_NAME,
    BARE_RULE,
    TaggedBodies,
    places_of,
    runs_of,
    without_bare,
)
from crawler.parsers.entities.tagger.finder import _apart as apart
from crawler.parsers.entities.tagger.finder import _asked_of as asked_of
from crawler.parsers.entities.tagger.finder import _industries as industries
from crawler.parsers.entities.tagger.finder import _is_job_title as is_job_title
from crawler.parsers.entities.tagger.finder import _kind_before_name as kind_before_name
from crawler.parsers.entities.tagger.finder import _told_in_rows as told_in_rows
from crawler.parsers.entities.tagger.finder import _with_closing_mark as with_closing_mark
from crawler.parsers.entities.tagger.finder import _with_kind as with_kind
from crawler.parsers.entities.tagger.models import TaggerModels
from indexer.records.document import Mention
from indexer.records.reference import Reference
from tests.event_texts import read_events

TEXT = "Gestern lud die Firma Morlisan nach Jena ein."


@pytest.fixture(scope="module")
def tagged(reference: Reference, small_models: Path) -> TaggedBodies:
    return TaggedBodies(reference.languages, TaggerModels(small_models))


def name_in(text: str, surface: str, field: str, rule: str = "table") -> EntityMatch:
    start = text.index(surface)
    return EntityMatch(field, start, start + len(surface), surface, 0.9, rule)


def test_a_name_that_no_rule_knows(tagged: TaggedBodies) -> None:
    (found,) = tagged.find(TEXT, "de", [])
    assert (found.field, found.value, found.rule) == (ORGANISATIONS, "Morlisan", "tagger")
    assert found.confidence == 0.75


@pytest.mark.parametrize("language", ["en", None])
def test_nothing_in_a_language_that_nothing_was_trained_for(
    tagged: TaggedBodies, language: str | None
) -> None:
    known = [name_in(TEXT, "Jena", PLACES)]
    assert tagged.find(TEXT, language, known) == known


@pytest.mark.parametrize(
    ("surface", "field", "rule"),
    [
        ("Firma Morlisan", ORGANISATIONS, "table"),
        ("Firma Morlisan", ORGANISATIONS, "table+tail"),
        ("Morlisan", ORGANISATIONS, "organisation:head"),
        ("Firma Morlisan", ORGANISATIONS, "organisation:head"),
        ("lisan nach", ORGANISATIONS, "organisation:head"),
        ("Morlisan", PERSONS, "person:title"),
        ("Morlisan", PLACES, "table"),
    ],
)
def test_what_rules_found_there_stays(
    tagged: TaggedBodies, surface: str, field: str, rule: str
) -> None:
    known = [name_in(TEXT, surface, field, rule)]
    assert tagged.find(TEXT, "de", known) == known


def test_a_part_that_a_pattern_saw_gives_way_to_the_whole_name(tagged: TaggedBodies) -> None:
    town = name_in(TEXT, "Jena", PLACES)
    pattern = name_in(TEXT, "lisan", ORGANISATIONS, "organisation:head")
    assert [f.value for f in tagged.find(TEXT, "de", [pattern, town])] == ["Jena", "Morlisan"]


def test_a_town_within_a_name_is_no_hindrance(tagged: TaggedBodies) -> None:
    town = EntityMatch(PLACES, 22, 25, "Mor", 0.9, "table")
    assert [f.value for f in tagged.find(TEXT, "de", [town])] == ["Mor", "Morlisan"]


@pytest.mark.parametrize(("name", "wanted"), [("MorliSan", 2), ("Morlisan", 1)])
def test_a_name_with_inner_capitals_is_found_again(
    tagged: TaggedBodies, name: str, wanted: int
) -> None:
    text = f"{TEXT.replace('Morlisan', name)} Dann fuhr der Bus an {name} vorbei."
    assert [f.value for f in tagged.find(text, "de", [])] == [name] * wanted


def test_without_a_capital_there_is_no_name(tagged: TaggedBodies) -> None:
    assert tagged.find(TEXT.lower(), "de", []) == []


@pytest.mark.parametrize(
    "name",
    [
        *("= Norlit", "norlit(kies())", "Norlit &", "(Norlit)", "Norlit-", "– Norlit"),
        *("Norlit | Kies", "e.g.", "I've", "Norlit don’t"),
    ],
)
def test_signs_that_no_name_has(name: str) -> None:
    assert _NO_NAME.search(name)


@pytest.mark.parametrize(
    "name", ["Norlit’s Kies", "Norlit & Kies", "„Norlit“", "Bund (KB)", "A+B Kies", "e.V."]
)
def test_signs_that_names_have(name: str) -> None:
    assert not _NO_NAME.search(name)


@pytest.mark.parametrize(
    ("length", "fields", "asked"),
    [
        (500, (), 0.5),
        (700, (), 0.8),
        (700, (PLACES, PERSONS), 0.8),
        (700, (COMMODITIES,), 0.5),
        (1500, (ORGANISATIONS,), 0.5),
        (1600, (ORGANISATIONS,), 0.8),
        (3000, (ORGANISATIONS, COMMODITIES), 0.5),
    ],
)
def test_bodies_have_to_be_surer_on_pages_of_something_else(
    small_models: Path, length: int, fields: tuple[str, ...], asked: float
) -> None:
    model = TaggerModels(small_models).of("de")
    assert model
    names = Spans(
        EntityMatch(field, at * 9, at * 9 + 5, "Name", 0.9, "table")
        for at, field in enumerate(fields)
    )
    assert asked_of("x" * length, model, names) == asked


def test_a_body_in_a_heading_counts_where_the_text_names_it_too() -> None:
    def mention(value: str, rule: str) -> Mention:
        return Mention("organisations", "text", 0, len(value), value, value, 0.8, rule)

    told = mention("Norlit", "tagger")
    found = [mention("Norlit", BARE_RULE), mention("Zehn Tipps", BARE_RULE), told]
    assert without_bare(found) == [told, told]
    assert without_bare(found[:1]) == []
    head = mention("Tin Trust", "organisation:head")
    assert without_bare([mention("Tin Trust", BARE_HEAD), head]) == [head, head]


def test_a_find_between_others_that_fill_their_lines_counts() -> None:
    text = "* Norlit\n* Kamtero\n\n* Zufenal\nPreise\nDirmasol\nBolketan Kies\nTerfosin"
    names = ("Norlit", "Kamtero", "Zufenal", "Dirmasol", "Bolketan", "Terfosin")
    found = [name_in(text, name, ORGANISATIONS, BARE_RULE) for name in names]
    assert [f.value for f in told_in_rows(text, found) if f.rule == "tagger"] == ["Kamtero"]


def test_a_find_in_a_heading_is_marked_so(tagged: TaggedBodies) -> None:
    (found,) = tagged.find("Gestern Lud Die Firma Morlisan Nach Jena Ein", "de", [])
    assert (found.value, found.rule) == ("Morlisan", BARE_RULE)


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("OBIIO", [(1, 3)]),
        ("BB", [(0, 0), (1, 1)]),
        ("OI", []),
        ("OBI", [(1, 2)]),
        ("", []),
    ],
)
def test_runs_of_labels(labels: str, wanted: list[tuple[int, int]]) -> None:
    assert list(runs_of(labels)) == wanted


@pytest.mark.parametrize("text", ["", "\n" * 1000, "Morlisan " * 20_000, "M" * 200_000])
def test_texts_of_names_only_are_read_to_the_end(tagged: TaggedBodies, text: str) -> None:
    assert all(f.end <= len(text) for f in tagged.find(text, "de", []))


@pytest.mark.parametrize(
    ("cut", "wanted"),
    [
        ("Werk „Norlit", "Werk „Norlit“"),
        ("Werk „Norlit“", "Werk „Norlit“"),
        ("Norlit“", None),
        ("Bund (KB", "Bund (KB)"),
        ("Bund", "Bund"),
        ("Bund (", None),
    ],
)
def test_quotation_marks_and_brackets_are_closed(cut: str, wanted: str | None) -> None:
    text = "Das Werk „Norlit“ und der Bund (KB) kamen."
    start = text.index(cut)
    span = with_closing_mark(text, start, start + len(cut))
    assert (span and text[slice(*span)]) == wanted


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Der Verband Erzkontor Nord lud ein.", "Erzkontor Nord", "Verband Erzkontor Nord"),
        ("Einladung des Verbands Erzkontor Nord", "Erzkontor Nord", "Verbands Erzkontor Nord"),
        ("Der Verband Erzkontor lud ein.", "Erzkontor", "Erzkontor"),
        ("Der Verband EKN Nord lud ein.", "EKN Nord", "EKN Nord"),
        ("Der Hersteller Erzkontor Nord lud ein.", "Erzkontor Nord", "Erzkontor Nord"),
    ],
)
def test_the_kind_of_a_body_belongs_to_a_name_of_several_words(
    reference: Reference, text: str, name: str, wanted: str
) -> None:
    start = text.index(name)
    found = match_as_written(text, (start, start + len(name)), ORGANISATIONS, 0.75, "tagger")
    kind = kind_before_name(reference.languages, "de")
    assert with_kind(found, text, kind).value == wanted


def test_what_goes_on_behind_and_in_small_letters_is_no_name() -> None:
    (event,) = read_events(
        "На форуме 5 мая 2031 года в Оше выступил министр горнодобывающей промышленности "
        "и геологии Узбекистана Бобир Исламов.",
        "ru",
    )
    assert [(p.role, p.organisation) for p in event.persons] == [
        ("министр горнодобывающей промышленности и геологии Узбекистана", None)
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Minister", True),
        ("Minister für Bergbau", True),
        ("Norlit-Minister", True),
        ("Norlit-Ministerium", False),
        ("Minister Erz AG", False),
        ("Erz AG", False),
    ],
)
def test_job_titles_with_their_remit(name: str, wanted: bool) -> None:
    assert is_job_title(name, frozenset({"minister"})) is wanted


def test_a_job_title_is_no_body(reference: Reference, small_models: Path) -> None:
    roles = {"de": {"cues": {**reference.languages["de"]["cues"], "roles": {"Morlisan": "head"}}}}
    languages = {**reference.languages, **roles}
    tagged = TaggedBodies(languages, TaggerModels(small_models))
    assert tagged.find(TEXT, "de", []) == []


@pytest.mark.parametrize(
    "names",
    [("Northtin",), ("Northtin", "Eastlead"), ("Northtin Group", "Eastlead Corp", "Westzinc Ltd")],
)
def test_foreign_names_that_words_of_the_text_join_are_apart(names: tuple[str, ...]) -> None:
    text = " и ".join(names)
    assert tuple(text[start:end] for start, end in apart(text, 0, len(text))) == names


@pytest.mark.parametrize(
    "text", ["KSV", "KSVKSV, KSV", "xKSV KSV-Rat _KSV KSV2", "a KSV: „KSV“ KSV"]
)
def test_places_of_a_name_are_those_that_no_word_or_hyphen_touches(text: str) -> None:
    wanted = [m.span() for m in re.finditer(r"(?<![\w-])KSV(?![\w-])", text)]
    assert list(places_of("KSV", text)) == wanted


@pytest.mark.parametrize(
    ("name", "is_industry"),
    [
        ("Maschinen- und Anlagenbau", True),
        ("Stahl- und Metallindustrie", True),
        ("Mess- und Fördertechnik Nord AG", False),
        ("Maschinen- und Anlagenbau Görlitz", False),
        ("Stahlbau", False),
        ("Berg- und Hüttenverein", False),
    ],
)
def test_two_branches_of_industry_in_one_word_are_no_body(
    reference: Reference, name: str, is_industry: bool
) -> None:
    assert (industries(reference.languages, "de").fullmatch(name) is not None) is is_industry
    assert industries(reference.languages, "en").fullmatch(name) is None
