import pytest

from crawler.parsers.events.candidates.coreference import find_events
from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate

ERZ = "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt."


def events(lang: str, text: str) -> list[list[str]]:
    """The mentions of each event, the page's own event first."""
    page = annotate(text, lang)
    found = find_events(page, CandidateFinder(page.vocabulary).find(page))
    return [
        [page.cut(c.sentence.part, c.name.start, c.name.end) for c in event.candidates]
        for event in found
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "de", f"{ERZ} Die Konferenz war gut.", ["3. Erzkonferenz", "Konferenz"], id="bare head"
        ),
        pytest.param(
            "de",
            f"Erzkonferenz in Bonn\n\n{ERZ}",
            ["Erzkonferenz", "3. Erzkonferenz"],
            id="headline",
        ),
        pytest.param(
            "en",
            "The third Ore Forum opened in Oslo on 5 May 2031. The third forum drew crowds.",
            ["third Ore Forum", "third forum"],
            id="same edition",
        ),
    ],
)
def test_mentions_of_one_event(lang: str, text: str, expected: list[str]) -> None:
    assert events(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "de",
            f"{ERZ} Die 4. Erzkonferenz findet am 6. Mai 2032 in Jena statt.",
            [["3. Erzkonferenz"], ["4. Erzkonferenz"]],
            id="another edition",
        ),
        pytest.param(
            "de",
            f"{ERZ} Am 9. Juni 2031 fand in Jena die Kupfertagung statt.",
            [["3. Erzkonferenz"], ["Kupfertagung"]],
            id="another day and name",
        ),
        pytest.param(
            "de",
            f"{ERZ} Die nächste Erzkonferenz findet in Jena statt.",
            [["3. Erzkonferenz"], ["nächste Erzkonferenz"]],
            id="the next one",
        ),
        pytest.param(
            "ru",
            "5 мая 2031 года в Оше прошел третий форум по олову."
            " Второй форум по олову прошел 6 мая 2030 года в Бишкеке.",
            [["третий форум по олову"], ["Второй форум по олову"]],
            id="an earlier edition",
        ),
    ],
)
def test_different_events(lang: str, text: str, expected: list[list[str]]) -> None:
    assert events(lang, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Konferenzen sind schön.", id="plural"),
        pytest.param("Der Beirat schrieb einen Brief.", id="body that does not meet"),
        pytest.param("Die Sonne schien.", id="no candidate"),
    ],
)
def test_no_event(text: str) -> None:
    assert events("de", text) == []


def test_event_in_the_text_wins_over_the_next_one() -> None:
    text = f"Die nächste Erzkonferenz findet am 6. Mai 2032 in Jena statt. {ERZ}"
    assert events("de", text)[0] == ["3. Erzkonferenz"]
