from tests.event_texts import read_events


def test_what_stands_before_a_dash_says_when() -> None:
    text = (
        "Конференция «Соль» пройдёт 29 мая 2031 года в Пинске.\n\n"
        "28 мая, там же – школа молодого химика, вход по записи."
    )
    assert {e.name: e.start for e in read_events(text, "ru", "2031-05-12")} == {
        "Конференция «Соль»": "2031-05-29",
        "школа молодого химика": "2031-05-28",
    }


def test_a_bare_mention_has_no_date_behind_another_one() -> None:
    text = (
        "The Tin Forum was held in Oslo on 5 May 2031. The forum, which led to the Lead Summit on"
        " 9 May, was a success."
    )
    assert read_events(text, "en", "2031-05-20")[0].start == "2031-05-05"
