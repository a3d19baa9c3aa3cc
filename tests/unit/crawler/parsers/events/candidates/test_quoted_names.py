import pytest

from crawler.parsers.events.candidates.quoted_names import quoted_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das hieß „Glut und Erz“, dort „Schicht 4“.", ["Glut und Erz", "Schicht 4"]),
        ("They call it “Night Shift”.", ["Night Shift"]),
        ("Зовут его «Рудный берег».", ["Рудный берег"]),
        ("He said “It burns. We run.”", []),
        ("It is “burning” here.", []),
    ],
)
def test_names_in_quotes(text: str, expected: list[str]) -> None:
    assert [m.group(1) for m in quoted_names(text, 0, len(text))] == expected


def test_a_row_of_quotes_without_end_is_not_read_to_its_end() -> None:
    text = "“Night Shift” " * 500
    assert len(list(quoted_names(text, 0, len(text)))) == 20
