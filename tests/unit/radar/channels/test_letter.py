"""Mail is written whatever a page or a name holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from indexer.alerts.message import Digest, Links, Message, MessageEntry, OtherPlace
from indexer.events.change_lines import ReportedChange
from indexer.query.record import EventSummary
from indexer.records.errors import DeliveryError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.reference import load_reference
from radar.channels.bounds import MOST_ENTRIES, MOST_PASSAGES
from radar.channels.letter import compose
from radar.channels.letter_content import content_of
from search_api.language import speaking
from search_api.town_names import TownNames
from tests.loopback.smtp_sink import said

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
SENDER = "radar@desk.example"


def entry(number: int = 1, title: str = "Kupfer") -> MessageEntry:
    return MessageEntry(
        id=f"urn:uuid:00000000-0000-5000-8000-{number:012}",
        url=f"https://partner.example/{number}",
        title=title,
        source="Ministry",
        published=None,
        found=NOW,
        change="new-document",
        terms=("kupfer",),
        passages=(MarkedPassage("Kupfer aus dem Norden.", ((0, 6),)),),
    )


def message(*entries: MessageEntry, name: str = "Copper") -> Message:
    return Message("key", "copper", name, NOW, first_look=False, entries=entries)


def test_a_name_of_two_lines_is_one_subject() -> None:
    mail = compose(message(entry(), name="Copper\r\nBcc: all@x.example"), SENDER, "d@d.example")
    assert mail["Subject"] == "Copper Bcc: all@x.example: 1 new mention"
    assert mail["Bcc"] is None


def test_half_and_control_characters_of_a_title_are_replaced() -> None:
    mail = compose(message(entry(title="Kup\ud83dfer\x00\x1b\nZinn")), SENDER, "d@d.example")
    body = said(mail)
    assert "\nKup\N{REPLACEMENT CHARACTER}fer Zinn\n" in body
    assert "\n  … »Kupfer« aus" in body
    assert mail.as_bytes()


def test_what_cannot_be_written_is_a_delivery_error() -> None:
    with pytest.raises(DeliveryError, match="can't be written") as caught:
        compose(message(entry()), SENDER, "a\nb@x.example")
    assert "\n" not in caught.value.message


def test_a_long_mail_ends_with_the_number_of_the_rest() -> None:
    mail = compose(message(*map(entry, range(MOST_ENTRIES + 7))), SENDER, "d@d.example")
    body = said(mail)
    assert body.count("https://partner.example/") == MOST_ENTRIES
    assert "and 7 more, see the feed or the search" in body
    assert str(MOST_ENTRIES + 7) in mail["Subject"]


def test_long_pages_fill_no_mail() -> None:
    text = "Медь из рудника. " * 300
    places = tuple(OtherPlace(f"https://two.example/{n}", "Agency") for n in range(24))
    passages = tuple(MarkedPassage(f"{text}Цинк {n}.", ((5100, 5104),)) for n in range(23))
    long = replace(entry(title="Werkstatt " * 9_000), passages=passages, places=places)
    mail = compose(message(*[long] * MOST_ENTRIES), SENDER, "d@d.example")
    body = said(mail)
    assert body.count("»Цинк«") == MOST_ENTRIES * MOST_PASSAGES
    assert body.count("\n  … and 3 others") == MOST_ENTRIES
    assert body.count("also at") == MOST_ENTRIES * MOST_PASSAGES
    assert body.count("\n  … and 4 others") == MOST_ENTRIES
    assert body.count("Werkstatt…") == MOST_ENTRIES
    assert len(bytes(mail)) < 5_000_000


def test_mail_tells_by_source_the_newest_first_whatever_was_read_first() -> None:
    dated = [
        replace(entry(1), source="Survey", published="2026-02-27"),
        replace(entry(2), published="2026-02-26"),
        replace(entry(3), published=None),
        replace(entry(4), published="2026-02-28T09:00:00+01:00"),
        replace(entry(5), published="2026-02-26"),
    ]
    bodies = {
        said(compose(message(*order), SENDER, "d@d.example")) for order in permutations(dated)
    }
    (body,) = bodies
    told = [line[-1] for line in body.splitlines() if line.startswith("https://")]
    assert told == ["4", "2", "5", "3", "1"]


def test_a_mail_says_which_list_it_comes_from_and_how_to_leave_it() -> None:
    message = Message("key", "lithium", "Lithium", NOW, first_look=False, entries=(entry(),))
    mail = compose(message, "Radar <radar@desk.example>", "d@desk.example")
    assert mail["List-Id"] == "<lithium.desk.example>"
    assert mail["List-Unsubscribe"] == "<mailto:radar@desk.example?subject=unsubscribe%20lithium>"


def test_a_digest_goes_by_watch_and_country_and_states_its_coverage() -> None:
    found = [replace(entry(n), countries=c) for n, c in enumerate([("KZ",), (), ("DE", "KZ")])]
    empty = replace(message(name="Tin"), watch="tin")
    first = replace(message(entry(9)), first_look=True)
    parts = (empty, message(*found), first)
    digest = Digest.of("key", parts, "daily", "61 sources, 4 not reached since 2026-05-12")
    mail = compose(digest, SENDER, "d@d.example")
    assert mail["Subject"] == "Daily digest: 4 new mentions"
    lines = said(mail).splitlines()
    assert lines[1] == "61 sources, 4 not reached since 2026-05-12"
    heads = [line.strip("= ") for line in lines if line.startswith("==")]
    assert heads == [
        "Copper: 3 new mentions",
        "Germany",
        "Kazakhstan",
        "No country named",
        "Tin: nothing new",
        "Copper: 1 page at first look",
        "No country named",
    ]
    assert lines[lines.index("== Germany ==") + 2] == "Kupfer (Ministry)"


def test_a_page_that_names_no_country_stands_below_that_of_its_event() -> None:
    summary = EventSummary("Kupferforum", "2026-05-12", None, "Astana", "KZ", "main")
    digest = Digest.of("key", [message(replace(entry(), main_event=summary))], "daily", None)
    assert "\n== Kazakhstan ==\n" in said(compose(digest, SENDER, "d@d.example"))


def test_a_long_digest_ends_with_the_number_of_the_rest() -> None:
    parts = [replace(message(*map(entry, range(80)), name=name), watch=name) for name in "ab"]
    body = said(compose(Digest.of("key", parts, "weekly", None), SENDER, "d@d.example"))
    assert body.count("https://partner.example/") == MOST_ENTRIES
    assert "\nand 60 more, see the feed or the search\n" in body


def test_mails_on_one_event_are_one_thread() -> None:
    forum, other = (replace(entry(n), event=f"e{n}") for n in (1, 2))
    announced, moved = (
        compose(replace(message(forum), key=k), SENDER, "d@d.example") for k in "ab"
    )
    assert announced["References"] == moved["References"] == "<event.e1.copper@desk.example>"
    assert announced["Message-ID"] != moved["Message-ID"]
    assert compose(message(forum, other), SENDER, "d@d.example")["References"] is None
    assert compose(message(entry()), SENDER, "d@d.example")["References"] is None


def test_a_mail_has_links_to_the_radar_and_off_the_watch() -> None:
    links = Links("https://radar.example", "https://radar.example/unsubscribe/abc")
    found = replace(message(replace(entry(), document="0123456789abcdef")), links=links)
    for sent in (found, replace(Digest.of("key", (found,), "daily", None), links=links)):
        mail = compose(sent, SENDER, "d@d.example")
        assert mail["List-Unsubscribe"].startswith(
            "<https://radar.example/unsubscribe/abc>, <mailto:"
        )
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        body = said(mail)
        assert "\n  in the radar: https://radar.example/documents/0123456789abcdef\n" in body
        assert body.endswith("\nUnsubscribe: https://radar.example/unsubscribe/abc\n")
    plain = compose(message(entry()), SENDER, "d@d.example")
    assert plain["List-Unsubscribe-Post"] is None
    assert "in the radar" not in said(plain)


CHANGE = ReportedChange(
    "e", "Kupferforum", "event-moved", "date", "2026-05-12/2026-05-13", "2026-06-03/2026-06-04"
)


def test_a_digest_takes_a_match_for_that_of_the_country_that_it_is_about() -> None:
    event = EventSummary("Kupferforum", "2026-05-12", None, "Astana", "KZ", "main")
    towns = TownNames(load_reference())
    named = ("DE", "almaty", "zhezkazgan")
    of_event = replace(entry(1), countries=("DE",), named=("DE", "DE"), main_event=event)
    of_places = replace(entry(2), countries=("DE",), named=named)
    of_names = replace(entry(3), countries=("DE", "UZ"), named=("UZ", "DE", "UZ"))
    digest = Digest.of("key", [message(of_event, of_places, of_names)], "daily", None)
    content = content_of(digest, towns)
    assert [(g.heading, len(g.items)) for g in content.parts[0].groups] == [
        ("Kazakhstan", 2),
        ("Uzbekistan", 1),
    ]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("country:KZ", "Land: Kasachstan"),
        ('place:"Ulan-Bator"', "Ort: Ulan-Bator"),
        ("has:event", "Veranstaltung"),
        ("Kupfer", "Kupfer"),
        ("about:x", "about:x"),
    ],
)
def test_terms_of_fields_are_said_in_words(term: str, words: str) -> None:
    found = replace(message(replace(entry(1), terms=(term,))), language="de")
    with speaking("de"):
        (item,) = content_of(found, TownNames(None)).parts[0].groups[0].items
    assert item.why.endswith(f": {words}")


def told_in(language: str) -> list[str]:
    """The lines of a digest in a language, with all that one can say."""
    summary = EventSummary("Kupferforum", "2026-05-12", "2026-05-13", "Astana", "KZ", "main")
    moved = replace(
        entry(2), events=(CHANGE,), change="event-moved", places=(OtherPlace("https://a", "A"),)
    )
    first = replace(entry(1), countries=("KZ",), published="2026-02-28T09:00", main_event=summary)
    parts = [
        replace(message(first, moved), language=language),
        replace(message(*map(entry, range(100, 199)), name="Tin"), watch="tin", first_look=True),
        replace(message(name="Lead"), watch="lead"),
    ]
    digest = Digest.of("key", [replace(p, language=language) for p in parts], "weekly", None)
    sent = replace(digest, links=Links("https://radar.example", "https://radar.example/u"))
    mail = compose(sent, SENDER, "d@d.example")
    assert mail["Content-Language"] == language
    return [str(mail["Subject"]), *said(mail).splitlines()]


def test_a_digest_speaks_german() -> None:
    lines = told_in("de")
    assert lines[0] == "Wöchentliche Übersicht: 100 neue Funde, 1 Veranstaltung geändert"
    assert {
        "=== Copper: 1 neuer Fund, 1 Veranstaltung geändert ===",
        "=== Lead: nichts Neues ===",
        "=== Tin: 99 Seiten beim ersten Abruf ===",
        "== Kasachstan ==",
        "Kupfer (Ministry, 28. Feb. 2026)",
        "  Veranstaltung: Kupferforum · 12.–13. Mai 2026 · Astana, Kasachstan",
        "  Veranstaltung: Kupferforum: verlegt, 12.–13. Mai 2026 → 3.–4. Juni 2026",
        "  Grund: eine Veranstaltung wurde verlegt; gefunden: kupfer",
        "  auch bei: https://a (A)",
        "und 1 weiterer, siehe Feed oder Suche",
        "Abbestellen: https://radar.example/u",
    } <= set(lines)


def test_a_digest_speaks_russian() -> None:
    lines = told_in("ru")
    assert lines[0] == "Еженедельный обзор: 100 новых упоминаний, 1 мероприятие изменилось"
    assert {
        "== Казахстан ==",
        "Kupfer (Ministry, 28 февр. 2026\u202fг.)",
        "  мероприятие: Kupferforum · 12–13 мая 2026\u202fг. · Astana, Казахстан",
        "  причина: новая страница; найдено: kupfer",
    } <= set(lines)


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("de", "Taschkent, Usbekistan"),
        ("ru", "Ташкент, Узбекистан"),
        ("en", "Tashkent, Uzbekistan"),
    ],
)
def test_towns_have_their_names_in_the_language_of_the_mail(language: str, place: str) -> None:
    summary = EventSummary("Kupferforum", "2026-05-12", None, "Tashkent", "UZ", "main")
    sent = replace(message(replace(entry(), main_event=summary)), language=language)
    lines = said(compose(sent, SENDER, "d@d.example", load_reference())).splitlines()
    assert [line for line in lines if line.endswith(f" · {place}")]


def test_english_mails_give_days_as_spans() -> None:
    lines = told_in("en")
    assert "  event: Kupferforum · 12–13 May 2026 · Astana, Kazakhstan" in lines
    assert "  event: Kupferforum: moved from 12–13 May 2026 to 3–4 June 2026" in lines
