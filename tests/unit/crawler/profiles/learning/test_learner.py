from __future__ import annotations

import contextlib
import dataclasses
import itertools
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.article.blocks import words_of
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import Comparison, SamplePage, compare, learn
from crawler.profiles.lines import exact_key
from indexer.records.errors import ParseError
from tests.fuzz.material import byte_pages, html_pages, json_ld_pages
from tests.page_reader import packaged_reader
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, page, paragraphs, site, words


def test_pages_in_any_order_teach_the_same() -> None:
    pages = site(12)
    first = learn(pages)
    for seed in range(3):
        random.Random(seed).shuffle(pages)  # a seeded order is what is wanted
        assert learn(pages) == first
    assert first is not None
    assert first.pages == 12


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_pages_teach_nothing(count: int) -> None:
    assert learn(site(count)) is None


def test_copies_of_a_page_count_once() -> None:
    again = [
        dataclasses.replace(p, raw=dataclasses.replace(p.raw, url=f"{p.raw.url}?print={n}"))
        for p in site(2)
        for n in range(5)
    ]
    assert learn(again) is None


def test_pages_that_cannot_be_read_and_other_forms_teach_nothing() -> None:
    others = [
        RawPage(body=b"", url="https://erz.example.org/a"),
        RawPage(body=b"%PDF-1.7", url="https://erz.example.org/b"),
        RawPage(text="Bare text.", url="https://erz.example.org/c"),
        RawPage(body=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", url="https://erz.example.org/d"),
    ]
    assert learn([*site(2), *(SamplePage(raw, FIRST_NIGHT) for raw in others)]) is None
    with_others = learn([*site(5), *(SamplePage(raw, FIRST_NIGHT) for raw in others)])
    assert with_others == learn(site(5))


def test_a_hostile_page_among_ten_teaches_nothing() -> None:
    honest = learn([page(n) for n in range(9)])
    stolen = b"".join(p.raw.body or b"" for p in site(9))
    hostile = SamplePage(RawPage(body=stolen, url="https://erz.example.org/news/evil"), FIRST_NIGHT)
    taught = learn([*(page(n) for n in range(9)), hostile])
    assert honest is not None
    assert taught is not None
    # It repeats every line of the others, and no line that was on one page is taken for a frame.
    assert taught.lines == honest.lines
    assert taught.boxes == honest.boxes


def test_short_lines_that_always_stand_together_are_a_passage() -> None:
    """Whom to ask stands below three of nine articles, with a label above it."""
    ask = [
        "Wen Sie fragen",
        "Erika Muster, Presse",
        "Tel. 030 5550146, Mo bis Fr",
        "Haus 3, Goslar",
    ]

    def asking(number: int, lines: list[str]) -> SamplePage:
        told = "".join(f"<p>{words(f'{number}-{part}', 30)}</p>" for part in "abc")
        html = f"<div>{told}<p>{lines[0]}</p><p>{'<br>'.join(lines[1:])}</p></div>"
        return SamplePage(RawPage(html=html, url=f"https://erz.example.org/{number}"), FIRST_NIGHT)

    others = [["Zu sehen ist", words(f"Halle {n}", 3)] for n in range(6)]
    together = learn([asking(n, ask if n < 3 else others[n - 3]) for n in range(9)])
    apart = learn([asking(n, [ask[n % 4], words(f"Halle {n}", 3)]) for n in range(12)])
    assert together is not None
    assert apart is not None
    place = "body > div:0 > p"
    for line in ask:
        assert exact_key(place, words_of(line)) in together.lines
        assert exact_key(place, words_of(line)) not in apart.lines


def test_the_names_of_authors_are_no_box() -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"t{n}", 4)}</h1><p class="autor">Von {name}</p>'
                f"<p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(12)
        for name in [("Erika Muster", "Jan Beispiel", "Ida Probe", "Max Exempel")[n % 4]]
    ]
    profile = learn(pages)
    assert profile is not None
    assert not profile.boxes
    assert not profile.lines


def test_a_box_of_changing_links_is_known_by_its_place() -> None:
    profile = learn(site(12))
    assert profile is not None
    assert "body > div.leiste > ul > li" in profile.boxes


def test_what_recurs_in_one_of_several_languages_is_known() -> None:
    """Three menus at one place are no names of authors."""
    menus = {
        "ru": ("Главная Новости Документы Тендеры", "добыча руды на руднике выросла за год"),
        "de": ("Start Nachrichten Dokumente Ausschreibungen", "der Abbau ist im Jahr gestiegen"),
        "en": ("Home News Documents Tenders", "the mine has raised its output within a year"),
    }

    def made(lang: str, number: int) -> SamplePage:
        menu, phrase = menus[lang]
        own = words(f"{lang}{number}", 3)
        told = "".join(f"<p>{phrase} {own} {part} {phrase} {phrase}</p>" for part in "abc")
        html = f"<div class=menu>{menu}</div><h1>{phrase} {own}</h1>{told}"
        url = f"https://erz.example.org/{lang}/{number}"
        return SamplePage(RawPage(html=html, url=url), FIRST_NIGHT)

    pages = [
        made(lang, n) for lang, count in (("ru", 8), ("de", 4), ("en", 4)) for n in range(count)
    ]
    profile = learn(pages)
    assert profile is not None
    for menu, _ in menus.values():
        assert exact_key("body > div.menu", words_of(menu)) in profile.lines


def test_the_one_author_of_a_second_language_is_no_frame() -> None:
    def made(lang: str, number: int, phrase: str, author: str) -> SamplePage:
        own = words(f"{lang}{number}", 3)
        told = "".join(f"<p>{phrase} {own} {part} {phrase} {phrase}</p>" for part in "abc")
        html = (
            f"<div class=menu>{lang} home</div><h1>{own}</h1><div class=author>{author}</div>{told}"
        )
        url = f"https://erz.example.org/{lang}/{number}"
        return SamplePage(RawPage(html=html, url=url), FIRST_NIGHT)

    ru, en = "добыча руды на руднике выросла за год", "the mine has raised its output within a year"
    pages = [made("ru", n, ru, words(f"a{n}", 2)) for n in range(12)]
    profile = learn([*pages, *(made("en", n, en, "Ann Lee") for n in range(4))])
    assert profile is not None
    assert exact_key("body > div.menu", words_of("en home")) in profile.lines
    assert exact_key("body > div.author", words_of("Ann Lee")) not in profile.lines


def test_a_box_of_what_is_new_is_known_though_the_newest_page_shows_another() -> None:
    """What is new on the next night stands in it, and is no text of the pages."""

    def newest(own: int) -> str:
        others = [number for number in range(3) if number != own][:2]
        return "".join(
            f"<p class={place}><a href={number}>{words(f'Titel {number}', 5)}</a><br>"
            + words(f"Anriss {number}", 20)
            for place, number in zip(("neu", "zweit"), others, strict=True)
        )

    pages = [
        SamplePage(
            RawPage(
                html=f"<h1>{words(f'Titel {n}', 5)}</h1><div class=text>{paragraphs(n)[0]}</div>"
                + newest(n),
                url=f"https://erz.example.org/news/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(8)
    ]
    profile = learn(pages)
    assert profile is not None
    assert "body > p.neu" in profile.boxes
    assert "body > div.text" not in profile.boxes


@pytest.mark.parametrize(
    ("around", "is_box"),
    [
        ("<div class=text>{text}</div><div class=beben><h4>Beben</h4>{list}</div>", True),
        ("<div class=text>{text}<h4>Beben</h4>{list}</div>", False),
        ("<div class=text>{text}</div><div class=beben><h4>Beben {n} m</h4>{list}</div>", False),
    ],
    ids=["of the site", "in the text", "with something of the page"],
)
def test_short_lines_in_an_element_of_the_site_are_a_box(around: str, *, is_box: bool) -> None:
    """The latest earthquakes: others on the next night."""
    board = "<ul><li>M 2,3 Orla, 11:20 Uhr<li>M 1,9 Wehr, 23:02 Uhr</ul>"
    pages = [
        SamplePage(
            RawPage(
                html=f"<h1>{words(f'Titel {n}', 5)}</h1>"
                + around.format(text=f"<p>{paragraphs(n)[0]}</p>", list=board, n=words(f"{n}", 2)),
                url=f"https://erz.example.org/news/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(6)
    ]
    profile = learn(pages)
    assert profile is not None
    assert any(place.endswith("ul > li") for place in profile.boxes) == is_box


def test_one_author_of_all_pages_beside_their_days_is_no_box() -> None:
    """WordPress with Elementor: both are links in a list of their own."""
    pages = [
        SamplePage(
            RawPage(
                html=f"<h1>{words(f'Titel {n}', 5)}</h1><ul class=info><li><a href=/press>press</a>"
                f"<li><a href=/2026/0{n + 1}>{n + 1}. März 2026</a></ul><p>{paragraphs(n)[0]}</p>",
                url=f"https://erz.example.org/news/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(6)
    ]
    profile = learn(pages)
    assert profile is not None
    assert not any("ul.info" in place for place in profile.boxes)


@given(st.lists(st.one_of(html_pages(), json_ld_pages(), byte_pages()), max_size=4), st.randoms())
@settings(max_examples=8)
def test_whatever_the_pages_hold(raws: list[RawPage], order: random.Random) -> None:
    """Nothing fails, the order makes no difference, and what was learnt can be kept and used."""
    pages = [SamplePage(raw, FIRST_NIGHT, raw.published) for raw in raws]
    pages += site(order.randrange(4))
    learnt = learn(pages)
    assert learn(order.sample(pages, len(pages))) == learnt
    if learnt is None:
        return
    assert SiteProfile.from_json(learnt.to_json()) == learnt
    compare(Comparison(learnt, pages))
    for raw in (sample.raw for sample in pages):
        with contextlib.suppress(ParseError):
            packaged_reader().read(dataclasses.replace(raw, profile=learnt))


def test_the_work_grows_with_the_pages_and_no_faster() -> None:
    """Counted in calls, not in time."""
    learn(site(3))  # what is loaded once
    few, many = calls(site(10)), calls(site(30))
    assert many < 3.3 * few
    longer = [with_more_blocks(p, 100) for p in site(5)]
    longest = [with_more_blocks(p, 300) for p in site(5)]
    assert calls(longest) < 3.3 * calls(longer)


def with_more_blocks(sample: SamplePage, number: int) -> SamplePage:
    """The page with so many paragraphs more, in boxes of their own."""
    more = "".join(f"<div class='x'><p>{number} {i} Zinn</p></div>" for i in range(number))
    body = (sample.raw.body or b"").replace(b"</body>", f"{more}</body>".encode())
    return dataclasses.replace(sample, raw=dataclasses.replace(sample.raw, body=body))


def calls(pages: list[SamplePage]) -> int:
    """How many functions are called to learn from the pages."""
    counted = itertools.count()

    def count(frame: object, event: str, argument: object) -> None:
        if event == "call":
            next(counted)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        learn(pages)
    finally:
        sys.setprofile(before)
    return next(counted)


def test_an_author_of_most_pages_is_no_frame_of_the_site() -> None:
    names = ["Erika Muster"] * 8 + ["Jan Beispiel", "Ida Probe"] * 2
    pages = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"t{n}", 4)}</h1><p class="autor">Von {name}</p>'
                f'<p class="rubrik">Nachrichten</p><p>{words(f"b{n}", 30)}</p>',
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n, name in enumerate(names)
    ]
    profile = learn(pages)
    assert profile is not None
    assert exact_key("body > p.rubrik", ("nachrichten",)) in profile.lines
    assert exact_key("body > p.autor", ("von", "erika", "muster")) not in profile.lines


@pytest.mark.parametrize(
    ("lines", "recur"),
    [
        (("Erika Muster", "Jan Beispiel"), False),
        (("Von Erika Muster", "Von Jan Beispiel"), False),
        (("Text: Erika Muster. Foto: Verband", "Text: Jan Beispiel. Foto: Verband"), False),
        (("Weitere Meldungen", "Weitere Termine"), True),
    ],
)
def test_two_persons_at_one_place_write_for_the_site_by_turns(
    lines: tuple[str, str], recur: bool
) -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f'<h1>{words(f"t{n}", 4)}</h1><p class="feld">{lines[n % 5 > 2]}</p>'
                f"<p>{words(f'b{n}', 30)}</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(10)
    ]
    profile = learn(pages, packaged_reader().articles)
    assert profile is not None
    assert (exact_key("body > p.feld", words_of(lines[0])) in profile.lines) is recur


@pytest.mark.parametrize(
    ("above", "line", "recur"),
    [
        ("", "Erika Muster", False),
        ("", "Erika Muster, Pressesprecherin", False),
        ("", "Text: Erika Muster", False),
        ("<p>Ansprechpartner</p>", "Erika Muster", True),
        ("", "Weitere Meldungen", True),
    ],
)
def test_who_signs_all_texts_of_a_site_is_no_frame(above: str, line: str, recur: bool) -> None:
    pages = [
        SamplePage(
            RawPage(
                html=f"<h1>{words(f't{n}', 4)}</h1><p>{words(f'b{n}', 30)}</p>"
                f'{above}<p class="feld">{line}</p><p>Seite drucken</p>',
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(6)
    ]
    profile = learn(pages, packaged_reader().articles)
    assert profile is not None
    assert (exact_key("body > p.feld", words_of(line)) in profile.lines) is recur


def news_with(line: str, days: list[str]) -> list[SamplePage]:
    """Pages with a line of their own below the headline, beside texts that differ."""
    return [
        SamplePage(
            RawPage(
                html=f"<html><body><table><tr><td>Mine {'ABCDE'[n]} of the valley reopens</td></tr>"
                f"<tr><td>{line.format(day=day, reads=120 + 31 * n)}</td></tr><tr><td>"
                f"{' '.join(paragraphs(n))}</td></tr></table></body></html>",
                url=f"https://erz.example.org/article.php?storyid={n}",
            ),
            FIRST_NIGHT,
        )
        for n, day in enumerate(days)
    ]


def test_a_long_line_of_numbers_that_says_the_day_of_its_page_is_no_counter() -> None:
    line = "Posted by Perran on {day} 14:30:00 ({reads} reads)"
    own = learn(news_with(line, ["2026/3/1", "2026/2/10", "2026/1/19", "2025/9/30", "2025/5/12"]))
    visit = f"{FIRST_NIGHT.year}/{FIRST_NIGHT.month}/{FIRST_NIGHT.day}"
    rates = learn(news_with(line.replace("Posted by Perran on", "The rates as of"), [visit] * 5))
    assert own is not None
    assert rates is not None
    assert (len(own.counters), len(rates.counters)) == (0, 1)


@pytest.mark.parametrize("line", ["{}, geologist", "By {}"])
def test_where_persons_sign_by_turns_no_box_of_links_stands(line: str) -> None:
    """On pages without classes both stand in paragraphs behind the text."""
    signing = ["Jane Roe", "J. Sample", "Ann Case"]
    pages = [
        SamplePage(
            RawPage(
                html=f"<h1>{words(f't{n}', 4)}</h1><div>{words(f'b{n}', 30)}</div>"
                f"<p>{line.format(signing[n % 3])}</p><p><b>More news:</b>"
                + "".join(
                    f'<br><a href="/{(n + step) % 9}">{words(f"t{(n + step) % 9}", 4)}</a>'
                    for step in (1, 2, 3)
                )
                + "</p>",
                url=f"https://erz.example.org/{n}",
            ),
            FIRST_NIGHT,
        )
        for n in range(9)
    ]
    profile = learn(pages, packaged_reader().articles)
    assert profile is not None
    assert "body > p" not in profile.boxes
