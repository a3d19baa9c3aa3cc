import pytest

from crawler.parsers.events.page.paper_dates import (
    days_of_events,
    is_left_day,
    is_of_page,
    is_of_paper,
    is_quoted,
)
from tests.event_texts import annotate


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Grundlage ist die im März 2019 unterzeichnete Vereinbarung.", True),
        ("de", "Im März 2019 tagte der Beirat.", False),
        ("en", "It follows an accord signed in March 2019.", True),
        ("en", "The group met in March 2019.", False),
        ("ru", "Это следует из меморандума, подписанного в марте 2019 года.", True),
        ("ru", "Форум прошел в марте 2019 года.", False),
        ("de", "Woher kommt morgen das Zinn?", True),
        ("de", "Woher kommt am 4. Mai 2031 das Zinn?", False),
        ("de", "Kommen Sie am Freitag zum Zinnforum nach Bonn?", False),
        ("en", "Will you join us tomorrow at the Tin Forum in Oslo?", False),
    ],
)
def test_day_of_a_paper(lang: str, text: str, expected: bool) -> None:
    page = annotate(text, lang, "2031-05-03")
    sentence = page.sentences[0]
    assert is_of_paper(page, sentence, sentence.dates[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Tagung „Bergbau heute", True),
        ("Форум «Руда» сегодня", False),
        ('The "mining today', True),
        ("Форум «Руда сегодня", True),
        ("Die Tagung heute", False),
    ],
)
def test_quoted(text: str, expected: bool) -> None:
    assert is_quoted(text, 0, len(text)) is expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Erzstadt, 19. Juni 2031 – Das Forum tagte am Dienstag.", True),
        ("de", "Rundbrief Nr. 6 | 19.06.2031", True),
        ("de", "Erzstadt (19. Juni 2031). Das Forum tagte am Dienstag.", True),
        ("en", "19 June 2031 / Newsroom", True),
        ("ru", "Бишкек, 19 июня. В столице прошел форум.", True),
        ("ru", "19 июня в Бишкеке прошел форум.", False),
        ("de", "Das Forum tagt am 19. Juni 2031 in Erzstadt.", False),
        ("de", "Das Forum tagt heute, 19. Juni 2031.", False),
        ("de", "Termin: 19. Juni 2031", False),
        ("de", "Erzstadt, 18. Juni 2031 – Das Forum tagte am Dienstag.", False),
        ("de", "Pressemitteilung vom 19. Juni 2031 über das Forum", True),
        ("en", "Posted 19 June 2031 by Ann Miller", True),
        ("en", "The bureau visited Oslo, the office reported on 19 June 2031.", True),
        ("en", "The report was given at a forum on 19 June 2031.", False),
        ("de", "In Erzstadt gab es am 19. Juni 2031 ein Forum.", False),
        ("de", "Der Bericht wurde vorgestellt, am 19. Juni 2031 in Erzstadt.", False),
        ("en", "The report was presented on 19 June 2031 in Oslo.", False),
        ("en", "Date of the report: 19 June 2031", True),
        ("en", "Tin Forum – draft agenda (as of 19 June 2031)", True),
        ("ru", "Форум прошел в Оше, сообщила 19 июня 2031 года служба.", True),
    ],
)
def test_day_of_the_page(lang: str, text: str, expected: bool) -> None:
    page = annotate(text, lang, "2031-06-19")
    sentence = page.sentences[0]
    dated = next(d for d in sentence.dates if d.kind != "relative")
    assert is_of_page(page, sentence, dated) is expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Das Forum tagt am 3. Mai 2031 und am 5. Juni 2031 in Erzstadt.", 2),
        ("Erzstadt, 19. Juni 2031 – Das Forum tagt am 3. Juli 2031.", 1),
        ("Bis zum 3. Mai 2031 läuft die Anmeldung.", 0),
        ("Grundlage ist die am 3. Mai 2031 unterzeichnete Vereinbarung.", 0),
        ("Das Forum tagt im Mai 2031.", 0),
    ],
)
def test_days_of_events_are_none_of_papers_and_pages(text: str, days: int) -> None:
    page = annotate(text, "de", published="2031-06-19")
    assert len(days_of_events(page, page.sentences[0])) == days


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The Tin Days, scheduled for 12 May, will be held on 20 June.", [True, False]),
        (
            "en",
            "The Tin Days are scheduled for 12 May, and the Ore Days will be held on 20 June.",
            [False, False],
        ),
        (
            "en",
            "The Tin Days are scheduled for 12 May, and their dinner will be held on 13 May.",
            [False, False],
        ),
        (
            "en",
            "The Tin Days are scheduled for 12 May and will be held in Hull, with a bus on 11 May.",
            [False, False],
        ),
        (
            "en",
            "The Tin Days have been postponed and are now scheduled for 12 May; register by 1 May.",
            [False, False],
        ),
        ("de", "Die für den 12. Mai angesetzte Messe ist auf den 20. Juni verlegt.", [True, False]),
        (
            "de",
            "Die Messe ist für den 12. Mai angesetzt, die Tagung findet am 20. Juni statt.",
            [False, False],
        ),
    ],
)
def test_a_day_that_another_one_replaces(lang: str, text: str, expected: list[bool]) -> None:
    page = annotate(text, lang)
    (sentence,) = page.sentences
    assert [is_left_day(page, sentence, d) for d in sentence.dates] == expected
