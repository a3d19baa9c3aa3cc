"""Lines at the end of a text that lead to other pages of the site."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_reader, packaged_words
from tests.unit.crawler.parsers.conftest import BODY

TOLD = "The pit was closed in autumn, and the men who worked there went to the one in the north."

BOX = '<div class="sign-{}"><img src="a.jpg"><div>LINE</div></div>'
ROW = "<tr><td><small>{}</small></td></tr>"


@cache
def judge() -> BoilerplateLines:
    return BoilerplateLines(packaged_words())


def blocks_of(markup: str) -> Sequence[TextBlock]:
    return read_blocks(HtmlDocument(f"<body>{markup}</body>").tree, lambda _: False)


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ('<small>12 May 2031</small> <a href="/2">The slag heap of Orla is moved</a>', False),
        ('<a href="/2">Открыта новая обогатительная фабрика</a> (12 мая 2031 г.)', False),
        ('<a href="/2">12 May 2031</a> was the day on which the mill was sold', True),
        ('The mill was sold on 12 May 2031, says the <a href="/2">owner of Orla</a>', True),
        ('Anyone may come on 12 May: <a href="/2">the registration of the day</a> is open', True),
    ],
    ids=["day before", "day behind", "only the day leads", "sentence", "no year"],
)
def test_headlines_of_other_pages_with_their_days_are_no_end_of_a_text(
    last: str, kept: bool
) -> None:
    blocks = blocks_of(f"<p>{TOLD}</p><div>{last}</div><div>{last}</div>")
    assert judge().tail_start(blocks) == (3 if kept else 1)
    (block,) = blocks_of(f"<div>{TOLD}<br>{last}</div>")
    assert len(judge().strip_tail(block).lines) == 1 + kept


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("<tr><td>Категория</td><td>2030</td><td>2031</td></tr>", False),
        ("<tr><td>Категория</td><td>Добыча</td></tr>", True),
    ],
    ids=["head of columns", "label of the page"],
)
def test_the_head_of_the_columns_of_a_table_is_no_label(row: str, is_one: bool) -> None:
    (block,) = blocks_of(f"<table>{row}</table>")
    assert judge().is_boilerplate(block) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Зал собрания. Фото автора", True),
        ("Die Halle von Orla. Foto des Verfassers", True),
        ("Die Halle von Orla. Fotos zeigt das Museum", False),
        ("The hall of Orla shows a photo of 1931", False),
    ],
)
def test_a_line_below_a_picture_may_end_with_who_took_it(line: str, is_one: bool) -> None:
    told = f"<p>{TOLD}</p>"
    markup = f'<div>{told}<p><img src="a.jpg" width="400"><br><font>{line}</font></p>{told}</div>'
    (block,) = (b for b in blocks_of(markup) if b.text == line)
    assert judge().is_boilerplate(block) is is_one


@pytest.mark.parametrize(
    ("box", "is_one"),
    [
        ('<div class="sign"><img src="a.jpg"><div>LINE</div></div>', True),
        ('<div class="sign"><a href="/a.jpg"><img src="a.jpg"></a><div>LINE</div></div>', True),
        (
            f'<table class="sign">{ROW.format("<img src=a.jpg>")}{ROW.format("LINE")}</table>',
            True,
        ),
        ('<div class="sign"><img src="a.jpg"><div>LINE.</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>LINE, 12 May 2031</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div><b>LINE</b></div></div>', False),
        ('<div class="sign"><img src="a.jpg"><h3>LINE</h3></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>LINE</div><p>More.</p></div>', False),
        ('<div class="sign"><img src="pin.svg"><div>LINE</div></div>', False),
        ('<div class="sign"><img src="a.png" width="32"><div>LINE</div></div>', False),
        ('<div class="sign">The pit<img src="a.jpg"><div>LINE</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>LINE</div></div>' * 3, False),
        ("".join(BOX.format(n) for n in "123"), False),
        ("".join(BOX.format(n) for n in "12"), True),
        ("".join(BOX.format(n) for n in "abc"), False),
        ("".join(BOX.format(n) for n in "ab"), True),
        ('<div class="sign"><img src="a.jpg"><div><p>LINE</p> is dry again.</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>\n<p>LINE</p> is dry again.</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>LINE:</div></div>', False),
        ('<div class="sign"><img src="a.jpg"><div>矿山已于星期一恢复生产。</div></div>', False),
        ('<div><img src="a.jpg"><div>LINE</div></div>', False),
    ],
)
def test_words_alone_with_a_picture_say_what_it_shows(box: str, is_one: bool) -> None:
    told, line = f"<p>{TOLD}</p>", "The hall of Orla"
    blocks = blocks_of(f"<div>{told}{box.replace('LINE', line)}{told}</div>")
    assert bool(judge().captions(blocks)) is is_one


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("Das Gespräch führte Anna Berg.", False),
        ("Беседовала Анна Берг. Фото автора.", False),
        ("By March the pit was dry.", True),
    ],
)
def test_who_put_the_questions_is_no_last_line_of_a_text(last: str, kept: bool) -> None:
    assert judge().tail_start(blocks_of(f"<p>{TOLD}</p><p>{last}</p>")) == 1 + kept


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("Новость отредактировал: admin - Сегодня, 10:48<br>Причина: исправлена подпись", False),
        ("Zuletzt bearbeitet von Erna Beispiel am 4. März 2031", False),
        ("Last edited by admin on 4 March 2031. Reason: a typo", False),
        ("The map that the survey edited last year shows the whole valley and its pits.", True),
    ],
)
def test_who_edited_a_page_is_no_last_line_of_its_text(last: str, kept: bool) -> None:
    assert judge().tail_start(blocks_of(f"<p>{TOLD}</p><p>{last}</p>")) == 1 + kept


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By 2030, Leeds will have three tin mines.", False),
        ("By 3AW News, 9 June 2030", True),
        ("Дата проведения: 15 мая 2031 года. Место проведения: г. Алматы", False),
        ("Дата: 15 мая 2031 года", True),
        ("Veranstaltungsdatum: 12. Mai 2031, Halle", False),
        ("Vom 2. bis 4. Juni 2031 tagt der Verband der Kalkwerke.", False),
        ("Vom 4. Juni 2031", True),
    ],
)
def test_sentences_and_days_of_events_are_no_bylines(line: str, is_one: bool) -> None:
    (block,) = blocks_of(f"<p>{line}</p>")
    assert judge().is_head_label(block) is is_one


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("Written by Jane Roe and posted on Wednesday 9 May 2031.", False),
        ("Verfasst von Ida Muster und veröffentlicht am Freitag, 9. Mai 2031.", False),
        ("Verfasst von Ida Muster und am 9. Mai 2031 veröffentlicht.", False),
        ("Текст подготовила Ида Примерова, опубликовано в пятницу, 9 мая 2031 года.", False),
        ("Автор — Ида Примерова, опубликовано 9 мая 2031 г.", False),
        ("Мәтін: Үлгі Үлгібаева, 2031 жылғы 9 мамырда жарияланды.", False),
        ("Muallif: Ida Namunayeva, 2031-yil 9-mayda e’lon qilindi.", False),
        ("By March Orla will have mines that were published on 9 May 2031.", True),
        ("Written by the board, the report was published on 9 May 2031.", True),
        ("By Jane Roe there is a book, published on 9 May 2031 in Orla.", True),
        ("By Orla Ores, the report was published on 9 May 2031.", True),
        ("By Orla Ores, figures were published on 9 May 2031.", True),
    ],
)
def test_a_last_line_that_says_who_wrote_the_text_and_when_is_none_of_it(
    last: str, kept: bool
) -> None:
    blocks = blocks_of(f"<p>{TOLD}</p><p>{last}</p>")
    assert judge().tail_start(blocks) == 1 + kept
    assert judge().is_publication_line(last) is not kept


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ('<a href="/2">Mill of Orla sold</a><br>The owner of the mill has told the town ...', True),
        ('<a href="/2">Mill of Orla sold</a><br>The owner of the mill has told the town.', False),
        ('<a href="/2">Mill of Orla sold</a><br>He said: “Well <a href="/3">…</a>”', False),
        ("Mill of Orla sold<br>The owner of the mill has told the town …", False),
        ('<a href="/2">Orla</a><br>The owner of the mill has told the town …', False),
    ],
)
def test_a_linked_headline_with_the_beginning_of_its_text_is_of_another_page(
    line: str, is_one: bool
) -> None:
    (block,) = blocks_of(f"<div>{line}</div>")
    assert judge().is_boilerplate(block) is is_one


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ('Most read in this section:<br><a href="/2">The mill of Orla is sold</a>', False),
        ("Most read in this section:", False),
        ('He gave them one thing to read <a href="/2">The mill of Orla is sold</a>', True),
        ("These are the three things that the owner of the mill of Orla said to us:", True),
        ('Whom to ask:<br><a href="/2">office@orla.example</a>', True),
    ],
)
def test_a_label_with_nothing_but_a_link_below_it_is_no_end_of_a_text(
    last: str, kept: bool
) -> None:
    assert judge().tail_start(blocks_of(f"<p>{TOLD}</p><p>{last}</p>")) == 1 + kept


@pytest.mark.parametrize(
    ("row", "is_text"),
    [
        ("<td><b>Mine reopens in the valley</b></td><td>03.03.26</td>", False),
        ("<td>3 марта 2026 г.</td><td><b>Mine reopens in the valley</b></td>", False),
        ("<td><b>Mine reopens in the valley</b></td><td>Two shafts, one mill</td>", True),
    ],
)
def test_title_and_day_in_one_row_are_none_of_the_text(row: str, is_text: bool) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["en"])
    html = (
        "<html><head><title>Mine reopens in the valley</title></head><body><table><tr><td>"
        f"<table><tr>{row}</tr></table><hr><div>{text}</div></td></tr></table></body></html>"
    )
    draft = packaged_reader().articles.read(HtmlDocument(html), None)
    assert ("Mine reopens" in draft.text) is is_text
