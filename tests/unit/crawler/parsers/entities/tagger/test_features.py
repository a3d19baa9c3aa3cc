from __future__ import annotations

import pytest

from crawler.parsers.entities.lexicon.tables import PLACES
from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.entities.tagger.features import TokenFeatures
from crawler.parsers.entities.tagger.tokens import stretches
from crawler.parsers.entities.tagger.word_clusters import WordClusters, write_clusters
from indexer.records.reference import Reference


@pytest.fixture(scope="module")
def features(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> TokenFeatures:
    file = tmp_path_factory.mktemp("clusters") / "de.clusters"
    write_clusters(file, {"Verband": 0b101_1011, "vom": 0b101})
    return TokenFeatures(reference.languages, "de", WordClusters.read(file.read_bytes()))


def rows(features: TokenFeatures, text: str, *names: EntityMatch) -> list[set[str]]:
    (stretch,) = stretches(text)
    return [set(row) for row in features.of(stretch, Spans(names))]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Verband", "k=head"),
        ("Kiesverbands", "k=compound"),
        ("KSV", "k=acronym"),
        ("GmbH", "k=legal"),
        ("Rektor", "k=role"),
        ("Sabine", "k=first"),
        ("Kieskonferenz", "k=event"),
        ("Salzstrategie", "k=plan"),
        ("Kies-Bund", "h=bund"),
        ("Kies-Bund", "c=Aa-Aa"),
        ("CO2", "s=AA9"),
        ("Verband", "b4=11"),
        ("Verband", "b7=91"),
        ("Kiesverbands", "b=?"),
    ],
)
def test_what_a_word_is(features: TokenFeatures, word: str, wanted: str) -> None:
    assert wanted in rows(features, word)[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("LED", False),
        ("ZKUs", False),
        ("ZKU", True),
        ("LED-Lampe", False),
        ("LED-Verband", True),
        ("LEDA", True),
        ("KI & IT", False),
    ],
)
def test_abbreviations_of_things_are_no_bodies(
    features: TokenFeatures, text: str, wanted: bool
) -> None:
    (stretch,) = stretches(text)
    assert features.may_be_body(stretch) is wanted


def test_what_stands_around_it(features: TokenFeatures) -> None:
    middle = rows(features, "vom Kiesverband eingeladen")[1]
    assert {"-1w=vom", "1w=eingeladen", "-1|0=vom|kiesverband"} <= middle
    assert "first" not in middle
    assert "first" in rows(features, "vom Kiesverband")[0]
    assert "last" in rows(features, "vom Kiesverband")[1]


def test_which_words_are_used_like_it(features: TokenFeatures) -> None:
    first, second = rows(features, "vom Verband")
    assert {f for f in first if f.lstrip("-12").startswith("b")} == {"b4=5", "1b4=11", "1b7=91"}
    assert "-1b4=5" in second


def test_what_tables_and_patterns_found_there(features: TokenFeatures) -> None:
    town = EntityMatch(PLACES, 3, 14, "Bad Kalkenau", 0.9, "table")
    outside, begins, ends = rows(features, "in Bad Kalkenau", town)
    assert {"B:places", "B:places:table"} <= begins
    assert {"I:places", "IE:places:table"} <= ends
    assert "+1B:places" in outside


def test_no_word_is_too_long(features: TokenFeatures) -> None:
    (row,) = rows(features, "Ü" * 100_000)
    assert max(map(len, row)) < 60


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Kalkverband", True),
        ("Verband Kalk", True),
        ("Norlit", True),
        ("Verband", False),
        ("Verbandes", False),
        ("Kalkforum Jena", False),
        ("Delegationsreise Kalk", False),
        ("Arbeitsgruppe Kalk", False),
        ("Norddeutscher Kalkgipfels", False),
        ("TAG", True),
        ("kalkige Norlit", False),
        ("gNorlit", True),
        ("кластер «Норлит»", True),
    ],
)
def test_a_gathering_and_a_head_alone_are_no_names(
    features: TokenFeatures, name: str, wanted: bool
) -> None:
    (stretch,) = stretches(name)
    assert features.may_be_body(stretch) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("городе Оше завод «Норлит»", False), ("завод «Норлит»", True)],
)
def test_a_body_does_not_begin_with_a_word_before_a_town(
    reference: Reference, name: str, wanted: bool
) -> None:
    features = TokenFeatures(reference.languages, "ru", WordClusters.read(b""))
    (stretch,) = stretches(name)
    assert features.may_be_body(stretch) == wanted
