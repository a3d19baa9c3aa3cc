import pytest

from tests.event_texts import read_events


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            "Am 6. Mai 2031 saßen in Jena 63 Betriebe an kleinen Tischen. Es wurden 412 Gespräche.",
            "412 Gespräche",
        ),
        (
            "en",
            "The bell rang in Riga on 6 May 2031 for 58 buyers. The clerk counted 389 chats.",
            "389 chats",
        ),
        (
            "en",
            "The bell rang in Riga on 6 May 2031 for 1,058 buyers. They counted 1,389 chats.",
            "1,389 chats",
        ),
        (
            "ru",
            "6 мая 2031 года в Оше за столы сели 71 завод и 30 компаний. В сумме 530 разговоров.",
            "530 разговоров",
        ),
    ],
)
def test_counted_talks_are_an_event(lang: str, text: str, name: str) -> None:
    assert [(e.name, e.start) for e in read_events(text, lang, "2031-05-20")] == [
        (name, "2031-05-06")
    ]


@pytest.mark.parametrize("number", ["2.50", "30-minute"])
def test_parts_of_other_numbers_and_words_count_no_talks(number: str) -> None:
    text = f"58 buyers came to Riga on 6 May 2031. They had {number} talks."
    read = read_events(text, "en", "2031-05-20")
    assert not [e.name for e in read if any(c.isdigit() for c in e.name)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("58 buyers came to Riga. The clerk counted 389 chats.", id="no day"),
        pytest.param("The bell rang on 6 May 2031. The clerk counted 389 chats.", id="no people"),
        pytest.param(
            "58 buyers came to Riga on 6 May 2031. The clerk counted 389 chats. A forum follows.",
            id="a gathering",
        ),
        pytest.param(
            "58 buyers came on 6 May 2031 or on 7 June 2031. 389 chats were counted.",
            id="two days",
        ),
    ],
)
def test_others_are_none(text: str) -> None:
    assert "389 chats" not in [e.name for e in read_events(text, "en", "2031-07-20")]
