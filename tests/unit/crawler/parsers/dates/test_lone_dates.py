from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page_reader import packaged_dates

READER = packaged_dates()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("09.06.2015", "de", "2015-06-09"),
        ("Август 17, 2016", "ru", "2016-08-17"),
        ("Август 17, 2016", None, "2016-08-17"),
        ("June 9th, 2015 10:30 am", "en", "2015-06-09"),
        ("14.06.18", "de", "2018-06-14"),
        ("9 июня 2015 г., 12:30", "ru", "2015-06-09"),
        ("2024 жылғы 8 маусым", "kk", "2024-06-08"),
        ("2026 оны 11-р сарын 12", "mn", "2026-11-12"),
        ("2026 оны 11 дүгээр сарын 12-ны өдөр", "mn", "2026-11-12"),
        ("2026 оны арваннэгдүгээр сарын 12", "mn", "2026-11-12"),
        ("2026 оны 10-р сар", "mn", "2026-10"),
        ("2026 оны 14-р сарын 12", "mn", "2026"),
        ("2024 жылғы 8 маусым", None, "2024-06-08"),
        ("2024-yil 8-iyun", "uz", "2024-06-08"),
        ("8-iyun 2024", "uz", "2024-06-08"),
        ("Freitag, 3. Mai 2019", "de", "2019-05-03"),
        ("von | 12. Nov 2024 - 13:30 | Wirtschaft", "de", "2024-11-12"),
        ("08:53, 21 октября 2025, Бишкек", "ru", "2025-10-21"),
        ("Juni 2015", "de", "2015-06"),
        ("2015", "de", "2015"),
        ("2015-06", None, "2015-06"),
        ("20150608", None, "2015-06-08"),
        ("2015/06/09", "en", "2015-06-09"),
        # what the grammar declines and dateparser reads
        ("17-Aug-2016", "en", "2016-08-17"),
        ("17 de agosto de 2016", "es", "2016-08-17"),
        ("17 de agosto de 2016", None, "2016-08-17"),
        ("12 aout 2031", None, "2031-08-12"),
        ("3 brezna 2031", None, "2031-03-03"),
        ("2016年08月17", None, "2016-08-17"),
        ("une 4, 2026", None, "2026"),  # a piece of "June", not a month of a rare language
        # nothing, or nothing without today
        ("gestern", "de", None),
        ("3 hours ago", "en", None),
        ("June 9", "en", None),
        ("31.06.2015", "de", None),
        ("2015-13-01", "de", None),
        ("", "de", None),
        ("x" * 500 + " 09.06.2015", "de", None),
    ],
)
def test_lone_dates(text: str, lang: str | None, expected: str | None) -> None:
    assert READER.parse_one(text, lang) == expected


def test_order_of_day_and_month() -> None:
    assert READER.parse_one("09/03/2021", "en") == "2021-03-09"
    assert READER.parse_one("09/03/2021", "en", day_first=False) == "2021-09-03"
    assert READER.parse_one("09/03/2021", "en-US") == "2021-09-03"


@pytest.mark.parametrize(
    ("text", "day", "instant"),
    [
        ("2015-06-08T22:30Z", "2015-06-08", datetime(2015, 6, 8, 22, 30, tzinfo=UTC)),
        ("2015-06-09T04:30:00+06:00", "2015-06-09", datetime(2015, 6, 8, 22, 30, tzinfo=UTC)),
        ("2015-06-09 04:30", "2015-06-09", None),
        ("Mon, 08 Jun 2015 22:30:00 -0200", "2015-06-08", datetime(2015, 6, 9, 0, 30, tzinfo=UTC)),
        ("Mon, 08 Jun 2015 22:30:00 GMT", "2015-06-08", datetime(2015, 6, 8, 22, 30, tzinfo=UTC)),
        ("June 9, 2015, 5:00 PM UTC", "2015-06-09", datetime(2015, 6, 9, 17, 0, tzinfo=UTC)),
        ("9 июня 2015 г., 12:30", "2015-06-09", None),
    ],
)
def test_instants_keep_the_day_of_the_stated_zone(
    text: str, day: str, instant: datetime | None
) -> None:
    lang = "ru" if "июня" in text else "en"
    assert READER.parse_instant(text, lang) == (day, instant)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\d{1,4}([-/. T]\d{1,4}){0,4}"))
def test_any_string_gives_a_partial_date_or_none(text: str) -> None:
    day, instant = READER.parse_instant(text, "de")
    assert day is None or day[:4].isdigit()
    assert instant is None or instant.tzinfo is UTC
