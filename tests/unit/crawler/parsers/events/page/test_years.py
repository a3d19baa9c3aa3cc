import pytest

from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.years import in_year, names_year


def _dated(first: str, last: str | None = None, end: int = 0) -> DateMention:
    return DateMention("text", 0, end, first, last, "date")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2030-05-12", None, ("2031-05-12", None)),
        ("--05-12", "--05-14", ("2031-05-12", "2031-05-14")),
        ("2030-12-30", "2031-01-02", ("2031-12-30", "2032-01-02")),
        ("--12-30", "--01-02", ("2031-12-30", "2032-01-02")),
        ("2030-autumn", None, ("2031-autumn", None)),
        ("2028-02-29", None, ("2028-02-29", None)),
        ("2028-02-27", "2028-02-29", ("2028-02-27", "2028-02-29")),
    ],
)
def test_the_same_days_in_another_year(
    first: str, last: str | None, expected: tuple[str, str | None]
) -> None:
    moved = in_year(_dated(first, last), 2031)
    assert (moved.first, moved.last) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 May 2031", True),
        ("12.01.31", True),
        ("12/01/31", True),
        ("12 May ’31", True),
        ("12.01.", False),
        ("12.-14.01.", False),
        ("12 May", False),
    ],
)
def test_the_year_in_an_expression(text: str, expected: bool) -> None:
    assert names_year(text, _dated("2031-05-12", end=len(text))) is expected
