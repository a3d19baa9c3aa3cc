import pytest

from indexer.records.reference import load_reference
from indexer.text.analysis import Analyzer

ANALYZER = Analyzer(load_reference())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rohstoffdialog", ("rohstoff", "dialog")),
        ("rohstoffdialogplattform", ("rohstoff", "dialog", "plattform")),
        ("clusterstrategien", ("clust", "strategi")),
        ("handelskammer", ("handel", "kamm")),
        ("kupfererzkonzentrat", ("kupf", "erz", "konzentrat")),
        ("lithiumvorkommen", ("lithium", "vorkomm")),
        ("zentralasienstrategie", ("zentralasi", "strategi")),
        ("entwicklungsprojekte", ("entwickl", "projekt")),
    ],
)
def test_compounds_of_known_words_are_split(word: str, parts: tuple[str, ...]) -> None:
    assert ANALYZER.split(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("porzellancluster", ("porzellan", "clust")),
        ("innovationsclustern", ("innovation", "clust")),
        ("clustermarathon", ("clust", "marathon")),
        ("wasserstoffclusterbeirat", ("wasserstoff", "clust", "beirat")),
    ],
)
def test_some_parts_make_a_compound_of_whatever_they_are_joined_to(
    word: str, parts: tuple[str, ...]
) -> None:
    assert ANALYZER.split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "cluster",
        "clustern",
        "clusterung",
        "clustering",
        "herz",
        "schmerz",
        "verzichten",
        "reisen",
        "beweisen",
        "bleiben",
        "vollig",
        "restaurant",
        "erzahlen",
        "goldenes",
        "goldmedaille",
        "salzburg",
        "bleistift",
        "eisenbahn",
        "kohlenstoff",
        "wasserstoff",
        "jahrestag",
        "rohstoff",
        "dialog",
    ],
)
def test_words_that_only_look_so_stay_whole(word: str) -> None:
    assert ANALYZER.split(word) == ()


def test_a_deceptive_word_is_a_whole_part_of_longer_words() -> None:
    assert ANALYZER.split("eisenbahnprojekt") == ("eisenbahn", "projekt")
