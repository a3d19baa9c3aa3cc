from __future__ import annotations

from benchmarks.bodies.labelled_bodies import mark_page
from indexer.records.labels import find_mentions

PAGE = {
    "lang": "de",
    "text": "Der Kalkbund tagt. Der Bund lädt Ina Kalk ein, der Kalkbund und die KB auch.",
    "_orgs": [
        {"surface": "Kalkbund"},
        {"surface": "Bund", "short": True},
        {"surface": "Kalkbund"},
        {"surface": "KB", "short": True},
        {"surface": "not there"},
    ],
    "_persons": [{"surface": "Ina Kalk"}],
}


def test_mentions_of_a_page_stand_in_reading_order() -> None:
    page = mark_page(PAGE)
    assert [page.text[s:e] for s, e in page.bodies] == ["Kalkbund", "Kalkbund", "KB"]
    assert page.bodies[0][0] < page.bodies[1][0]
    assert [page.text[s:e] for s, e in page.persons] == ["Ina Kalk"]


def test_no_mention_stands_inside_the_one_before_it() -> None:
    mentions = [{"surface": "Ina Kalk"}, {"surface": "Kalk"}, {"surface": "lost"}]
    found = find_mentions("Ina Kalk kam, und Kalk sprach.", mentions)
    assert [(span, mention["surface"]) for span, mention in found] == [
        ((0, 8), "Ina Kalk"),
        ((18, 22), "Kalk"),
    ]


def test_a_short_form_of_common_words_is_no_name() -> None:
    page = mark_page(PAGE)
    assert [page.text[s:e] for s, e in page.short] == ["Bund"]
