"""The HTML of a mail says what its text says, and nothing in it is more than text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from indexer.alerts.message import Digest, Links, Message, OtherPlace
from indexer.query.record import EventSummary
from indexer.records.marked_passage import MarkedPassage
from radar.channels.letter import compose
from tests.loopback.smtp_sink import said
from tests.unit.radar.channels.test_letter import CHANGE, SENDER, entry, message

LINKS = Links("https://radar.example", "https://radar.example/unsubscribe/abc")


def html(sent: Message) -> str:
    body = compose(sent, SENDER, "d@d.example").get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("language", ["en", "de", "ru"])
def test_it_has_every_word_of_the_text(language: str) -> None:
    summary = EventSummary("Kupferforum", "2026-05-12", "2026-05-13", "Astana", "KZ", "main")
    first = replace(entry(1), countries=("KZ",), published="2026-02-28T09:00", main_event=summary)
    moved = replace(
        entry(2), events=(CHANGE,), change="event-moved", places=(OtherPlace("https://a.x/", "A"),)
    )
    parts = [
        replace(message(first, replace(moved, document="0" * 16)), language=language),
        replace(message(*map(entry, range(100, 199)), name="Tin"), watch="tin", first_look=True),
    ]
    sent = replace(Digest.of("key", parts, "daily", "4 of 61"), links=LINKS, language=language)
    tree: Any = lxml.html.fromstring(html(sent))
    assert tree.get("lang") == language
    shown = f"{tree.text_content()} {' '.join(tree.xpath('//@href'))}".casefold()
    text = said(compose(sent, SENDER, "d@d.example"))
    words = {word.strip("()=»«:;,…") for word in text.casefold().split()}
    assert {word for word in words if word not in shown} <= {"--"}


def test_what_a_page_says_is_text() -> None:
    hostile = replace(
        entry(title="<script>1</script> Kup\ud83dfer\x00"),
        url="javascript:alert(1)",
        passages=(MarkedPassage("<img src=x> & Kupfer", ((14, 20),)),),
    )
    body = html(message(hostile))
    assert "<script" not in body
    assert "<img" not in body
    assert "&lt;img src=x&gt; &amp; <mark>Kupfer</mark>" in body
    assert "javascript:" not in body
    assert "Kup\N{REPLACEMENT CHARACTER}fer" in body


def test_it_loads_nothing_and_links_to_page_radar_and_the_way_off() -> None:
    sent = replace(message(replace(entry(), document="0" * 16)), links=LINKS)
    tree: Any = lxml.html.fromstring(html(sent))
    assert tree.xpath("//@href") == [
        "https://partner.example/1",
        f"https://radar.example/documents/{'0' * 16}",
        "https://radar.example/unsubscribe/abc",
    ]
    assert not tree.xpath("//@src | //link | //script")


def test_what_title_or_text_say_too_is_said_once() -> None:
    teaser, text = "Kupfer aus dem Norden.", "Kupfer aus dem Norden: Die Grube fördert wieder."
    marks = ((0, 6),)
    passages = tuple(MarkedPassage(said, marks) for said in ("Kupfer", teaser, text))
    sent = message(replace(entry(title="Kupfer"), passages=passages))
    tree: Any = lxml.html.fromstring(html(sent))
    assert [quote.text_content() for quote in tree.xpath("//blockquote")] == [text]
    assert tree.xpath("string(//h4//mark)") == "Kupfer"
    assert "\n  … »Kupfer« aus dem Norden.\n" not in said(compose(sent, SENDER, "d@d.example"))


@pytest.mark.parametrize(
    ("passages", "shown"),
    [
        (("Kupfer wird gefördert.", "Kupfer wird gefördert"), ["Kupfer wird gefördert."]),
        (("Kupfer!", "Kupfer?", "Zinn"), ["Kupfer!", "Zinn"]),
        (("Kupfer", "Kupfererz wird gefördert."), ["Kupfer", "Kupfererz wird gefördert."]),
        (("Kupfer …", "Kupfer: viel."), ["Kupfer: viel."]),
    ],
)
def test_no_passage_is_left_out_that_no_other_one_says(
    passages: tuple[str, ...], shown: list[str]
) -> None:
    found = replace(entry(title="Erz"), passages=tuple(map(MarkedPassage, passages)))
    tree: Any = lxml.html.fromstring(html(message(found)))
    assert [quote.text_content() for quote in tree.xpath("//blockquote")] == shown


def test_a_mail_of_very_long_pages_is_text_alone_and_any_server_takes_it() -> None:
    long = tuple(MarkedPassage(f"{number} {'Ж' * 990}") for number in range(20))
    pages = [replace(entry(number), passages=long) for number in range(100)]
    sent = compose(message(*pages), SENDER, "d@d.example")
    assert sent.get_body(("html",)) is None
    assert len(sent.as_bytes()) < 10_000_000
    half = compose(message(*pages[:48]), SENDER, "d@d.example")
    assert half.get_body(("html",)) is not None
    assert len(half.as_bytes()) < 10_000_000


def test_a_second_copy_is_the_same_to_the_last_byte() -> None:
    copies = {compose(message(entry()), SENDER, "d@d.example").as_bytes() for _ in range(2)}
    assert len(copies) == 1
