"""What a gathering is about, told before its head."""

import pytest

from tests.event_texts import annotate, event_reader


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "3 мамырда Астанада мыс пен алтын өндіру бойынша семинар өтті.",
            "мыс пен алтын өндіру бойынша семинар",
        ),
        (
            "3 мамырда Кеншілер қауымдастығы мыс өндіру бойынша семинар өткізді.",
            "мыс өндіру бойынша семинар",
        ),
        ("3 мамырда «Тау» ЖШС-де қауіпсіздік туралы семинар өтті.", "қауіпсіздік туралы семинар"),
        ("3 мамырда Астанада кеншілерге арналған семинар өтті.", "семинар"),
        ("3 мамырда Астанада форум бойынша семинар өтті.", "семинар"),
        ("3 мамырда Астанада осы мәселе бойынша семинар өтті.", "семинар"),
        (
            "3 мамырда Астанада 28 маман кен байыту бойынша семинар өткізді.",
            "маман кен байыту бойынша семинар",
        ),
        ("Семинар туралы мәлімет бар, бірақ форум 3 мамырда өтті.", "форум"),
    ],
)
def test_the_subject_reaches_over_no_body_and_no_case_of_the_verb(text: str, name: str) -> None:
    page = annotate(text, "kk", "2031-05-05")
    named = [page.texts["text"][c.name.start : c.name.end] for c in event_reader().candidates(page)]
    assert name in named
