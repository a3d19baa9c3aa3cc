import pytest

from crawler.parsers.events.candidates.namings import NamingFinder
from tests.event_texts import annotate, read_events


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Zwei Dutzend Menschen saßen am 6. Mai 2031 in Jena. Wir nennen es „Glut und Erz“.",
            "Glut und Erz",
        ),
        (
            "en",
            "Forty potters turned up at the kiln on 6 May 2031. They call it “Night Shift”.",
            "Night Shift",
        ),
        (
            "en",
            "Forty of us turned up on 6 May 2031. What drew them was Copper Coast Youth.",
            "Copper Coast Youth",
        ),
        (
            "ru",
            "6 мая 2031 года уже в третий раз пекли хлеб. Называется это «Рудный берег».",
            "Рудный берег",
        ),
    ],
)
def test_what_a_page_calls_its_event(lang: str, text: str, name: str) -> None:
    assert name in [e.name for e in read_events(text, lang, "2031-05-20")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The paper of 6 May 2031 is called “Night Shift”.", id="nobody came"),
        pytest.param("Forty potters turned up. They call it “Night Shift”.", id="no day"),
        pytest.param(
            "Forty potters came to a forum on 6 May 2031. A kiln is called “Night Shift”.",
            id="a gathering",
        ),
    ],
)
def test_other_names_in_quotes(text: str) -> None:
    assert "Night Shift" not in [e.name for e in read_events(text, "en", "2031-05-20")]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("On 6 May 2031 seven members lit the kilns.", True),
        ("On 6 May 2031 the members lit seven kilns.", False),
    ],
)
def test_a_number_beside_people_counts_them(told: str, named: bool) -> None:
    page = annotate(f"{told} They call it “Night Shift”.", "en", "2031-05-20")
    assert bool(NamingFinder(page.vocabulary).find(page, page.sentences[1], [])) is named
