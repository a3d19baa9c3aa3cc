import pytest

from tests.event_texts import annotate, read_events

JOURNEY = "We set out as ten. From 12 to 17 June we saw four shafts."


def days(text: str, lang: str, published: str = "2031-06-24") -> list[str]:
    """The days of a text in order."""
    return [d.first for s in annotate(text, lang, published).sentences for d in s.dates]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (f"{JOURNEY} On Friday we slept.", "en", ["2031-06-12", "2031-06-13"]),
        (
            "Wir waren vom 12. bis 17. Juni unterwegs. Am Montag regnete es, uns war es gleich.",
            "de",
            ["2031-06-12", "2031-06-16"],
        ),
        (
            "Мы были в пути с 12 по 17 июня. В пятницу нас принял музей.",
            "ru",
            ["2031-06-12", "2031-06-13"],
        ),
    ],
)
def test_weekdays_of_a_journey(text: str, lang: str, expected: list[str]) -> None:
    assert days(text, lang) == expected


@pytest.mark.parametrize(
    ("published", "monday"), [("2031-06-24", "2031-06-16"), ("2031-06-17", "2031-06-16")]
)
def test_weekdays_of_others_lie_before_their_return(published: str, monday: str) -> None:
    text = "Die Reise führte vom 12. bis 17. Juni nach Oslo. Am Montag tagte dort ein Forum."
    assert days(text, "de", published) == ["2031-06-12", monday]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The forum ran from 12 to 17 June. On Friday the ministry said so.", id="told by others"
        ),
        pytest.param("We set out. Our bus left on Friday.", id="no days of a journey"),
        pytest.param(
            "We will set out as ten from 27 to 29 June. On Friday we met.", id="still to come"
        ),
    ],
)
def test_weekdays_that_are_those_before_the_page(text: str) -> None:
    assert days(text, "en")[-1] == "2031-06-20"


def test_a_weekday_that_is_still_to_come_is_none_of_a_journey() -> None:
    text = f"{JOURNEY} Our Tin Forum will take place on Friday in Hull."
    assert days(text, "en") == ["2031-06-12", "2031-06-27"]


DIARY = """Reisetagebuch: drei Tage Altai

Tag 1. Landung um 4:10 Uhr. Unsere Reise beginnt am 22. April mit starkem Tee.
Tag 2. Frühstück, dann Besuch im Schacht mit uns allen.
Tag 3. Fahrt durch den Tunnel zur Messe Kupfer Ost in Osch.
"""


def test_counted_days_of_a_diary() -> None:
    events = {e.name: e.start for e in read_events(DIARY, "de", "2031-05-02")}
    assert events == {
        "Reise": "2031-04-22",
        "Besuch": "2031-04-23",
        "Messe Kupfer Ost": "2031-04-24",
    }


def test_counted_days_without_a_first_one_are_none() -> None:
    text = DIARY.replace("am 22. April ", "")
    assert days(text, "de", "2031-05-02") == []
