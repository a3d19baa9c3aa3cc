import pytest

from crawler.parsers.events.candidates.near_days import find_near_days
from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met on 6 May 2031. It was loud.", ["2031-05-06"]),
        ("It rained. It was loud. We met on 6 May 2031.", ["2031-05-06"]),
        ("We met on 6 May 2031. It was loud. We meet again on 9 May 2031.", []),
        ("It rained. On 9 May 2031 it was loud. We met on 6 May 2031.", ["2031-05-09"]),
        ("We met on 6 May 2031. So it was. And so on. It was loud.", []),
        ("We wrote on 20 May 2031. It was loud.", []),
    ],
)
def test_one_day_near_by_is_meant(text: str, expected: list[str]) -> None:
    page = annotate(text, "en", "2031-05-20")
    at = next(s for s in page.sentences if "loud" in page.text(s))
    assert [d.first for d in find_near_days(page, at, 1)] == expected
