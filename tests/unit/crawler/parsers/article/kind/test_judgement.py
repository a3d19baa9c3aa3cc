"""Index pages of many makes are listings; articles that look like lists are none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

import pytest

from crawler.parsers.article import ArticleDraft, ArticleReader, PageWords
from crawler.parsers.article.kind import KindEvidence, judge_kind
from crawler.parsers.html import HtmlDocument
from indexer.records.document import Kind
from tests.page_reader import packaged_dates, packaged_words

Read = Callable[..., ArticleDraft]

HEADLINES = [
    "Neue Grube im Norden",
    "Besuch aus Bischkek",
    "Wolfram aus Abraum",
    "Schacht wird verfüllt",
    "Preise für Zinn steigen",
    "Karte der Lagerstätten",
    "Lehrgang für Markscheider",
    "Halde wird untersucht",
    "Bohrkerne im Archiv",
    "Kupfer aus alten Kabeln",
]
LONG = [
    "Bergamt legt den Bericht über die Halden im Süden des Landes vor",
    "Mining school opens its second building in the capital city",
    "Verband lädt zum Gespräch über die Versorgung mit Wolfram ein",
    "Hersteller von Pumpen eröffnet eine Werkstatt in der Region",
    "Правительство утвердило карту месторождений меди на востоке",
    "Завод вернёт старые отвалы в переработку уже весной",
    "Geologen stellen die Ergebnisse ihrer Bohrungen in Aktau vor",
    "Hochschule sucht Partner für ihr Labor zur Aufbereitung",
    "Exporters ask for a shorter way to the licences they need",
    "Kammer berät Betriebe über das neue Gesetz für Bodenschätze",
]
TEASER = (
    "Die Arbeiten an der Strecke {} sollen nach den Plänen des Amtes noch in diesem Jahr beginnen."
)
SENTENCE = (
    "Das Amt hat die Ergebnisse seiner Erkundung im Westen des Landes vorgestellt und dazu eine "
    "Karte gezeigt."
)
OTHER = (
    "Die Betriebe der Region wollen im nächsten Schritt eine gemeinsame Anlage zur Aufbereitung "
    "prüfen lassen."
)


def whole(main: str, title: str = "Aktuelles") -> str:
    menu = "".join(
        f'<li><a href="/{n}">{n}</a></li>' for n in ("Start", "Verband", "Themen", "Kontakt")
    )
    foot = (
        "<footer><p>Verband der Gruben, Stollengasse 4, 09599 Freiberg</p>"
        '<a href="/impressum">Impressum</a></footer>'
    )
    return (
        f"<html lang=de><head><title>{title} | Verband der Gruben</title></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header>"
        f"<main><h1>{title}</h1>{main}</main>{foot}</body></html>"
    )


def entries(pattern: str, titles: Iterable[str] = HEADLINES) -> str:
    return "".join(
        pattern.format(n=n, title=title, day=f"{n + 1:02d}.03.2024", teaser=TEASER.format(n))
        for n, title in enumerate(titles)
    )


OLD_TEASERS = "".join(
    f"<table><tr><td>{title}</td></tr><tr><td>{TEASER.format(n)}</td></tr><tr><td>von hauer am "
    f"0{n}.03.2024 11:20 · <a href='/n.php?id={n}#c'>{n} Kommentare</a> · 12{n} mal gelesen · "
    f"<a href='/n.php?id={n}'>{{more}}</a></td></tr></table>"
    for n, title in enumerate(LONG[:2], 1)
)
"""Of old portals: headlines are no links."""
LISTINGS = {
    "bare short headlines": "<ul>"
    + entries('<li><a href="/n/{n}">{title}</a></li>', HEADLINES[:8])
    + "</ul>",
    "dates before headlines": "<ul>"
    + entries('<li><span class="date">{day}</span> <a href="/n/{n}">{title}</a></li>', LONG)
    + "</ul>",
    "teasers": entries(
        '<div class="item"><h3><a href="/n/{n}">{title}</a></h3><p>{teaser}</p></div>'
    ),
    "teasers and more": entries(
        (
            '<div class="post"><h2><a href="/n/{n}">{title}</a></h2><p>{teaser}</p><p>'
            '<a href="/n/{n}">mehr</a></p></div>'
        ),
        LONG,
    ),
    "teasers and dates": entries(
        (
            '<article class="teaser-row"><time datetime="2024-03-0{n}">{day}</time><h2>'
            '<a href="/n/{n}">{title}</a></h2><p>{teaser}</p></article>'
        ),
        LONG[:8],
    ),
    "table": "<table>"
    + entries('<tr><td>{day}</td><td><a href="/n/{n}">{title}</a></td></tr>', LONG)
    + "</table>",
    "definition list": "<dl>"
    + entries('<dt><a href="/n/{n}">{title}</a></dt><dd>{teaser}</dd>')
    + "</dl>",
    "cards": '<div class="grid">'
    + entries(
        '<div class="col"><img src="{n}.jpg" alt=""><p class="day">{day}</p><h4>'
        '<a href="/n/{n}">{title}</a></h4><p>{teaser}</p></div>'
    )
    + "</div>",
    "introduction": f"<p>{SENTENCE}</p>"
    + entries('<div><h3><a href="/n/{n}">{title}</a></h3><p>{teaser}</p></div>', LONG),
    "line breaks": "<div>"
    + entries('<p>{day}<br></p><p><a href="/n/{n}">{title}</a></p>', LONG[:6])
    + "</div>",
    "whole entry linked": "<div>"
    + entries('<a href="/n/{n}"><h3>{title}</h3><p>{day}</p></a>', LONG)
    + "</div>",
    "headline behind teaser label": entries(
        (
            '<section><p>Meldung</p><h2><a href="/n/{n}">{title}</a></h2><p>{day}</p>'
            "<p>{teaser}</p></section>"
        ),
        LONG[:7],
    ),
    "one entry": (
        f'<p>Rede, 1.3.2024</p><h3><a href="/n/1">{LONG[2]}</a></h3>'
        f'<p>{TEASER.format("im Norden")[:-1]} … <a href="/n/1">Mehr: {LONG[2]}</a></p>'
    ),
    "two beginnings": '<div class="texte"><p>Geologin, zuständig für Karten.</p></div>'
    + entries(
        (
            '<li><strong class="h3"><a href="/n/{n}">{title}</a></strong><p>{day}, von '
            "Kerstin Albrecht</p><p>{teaser} Das Werk steht im (…)</p></li>"
        ),
        LONG[2:4],
    ),
    "links to read on alone": OLD_TEASERS.format(more="Weiterlesen"),
    "links to read on in the line": OLD_TEASERS.format(more="Подробнее..."),
    "press archive": "<h2>2024</h2>"
    + entries('<p><a href="/n/{n}.pdf">{title}</a> (PDF)</p>', LONG)
    + "<h2>2023</h2>",
}


@pytest.mark.parametrize("main", LISTINGS.values(), ids=LISTINGS)
def test_index_pages_are_listings(read: Read, main: str) -> None:
    assert read(whole(main), "https://www.example.org/aktuelles/").kind == "listing"


PARAGRAPHS = f"<p>{SENTENCE}</p><p>{OTHER}</p>"
AGENDA = "".join(
    f"<li>{hour}:00 Uhr {title}, Vortrag von Kerstin Albrecht, Technische Hochschule Freiberg</li>"
    for hour, title in enumerate(LONG, 9)
)
QUESTIONS = "".join(
    f"<h3>Was heißt das für Betrieb {n}?</h3><p>{SENTENCE} {OTHER}</p>" for n in range(8)
)
DATED = '<p class="date">4. März 2024</p>'
ARTICLES = {
    "agenda": f"{DATED}{PARAGRAPHS}<ul>{AGENDA}</ul>",
    "linked agenda": PARAGRAPHS
    + "<ul>"
    + entries('<li>1{n}:00 <a href="/v/{n}">{title}</a></li>', LONG)
    + "</ul>",
    "questions and answers": QUESTIONS,
    "questions with a table of contents": "<ul>"
    + entries('<li><a href="#q{n}">Was heißt {title}?</a></li>')
    + "</ul>"
    + QUESTIONS,
    "participants": f"{DATED}{PARAGRAPHS}<ul>"
    + "".join(f"<li>Nordgruben GmbH {n}, Halle an der Saale</li>" for n in range(20))
    + "</ul>",
    "linked participants": f"{DATED}{PARAGRAPHS}<ul>"
    + entries('<li><a href="https://firma{n}.example/">Firma {title} GmbH</a></li>')
    + "</ul>",
    "a beginning of its own": (
        f'<h2><a href="/meldung/17">{LONG[2]} in diesem Jahr</a></h2>{DATED}'
        f"<p>{SENTENCE[:-1]} (…)</p>"
    ),
    "sources in the text": "".join(
        f'<p>{SENTENCE} <a href="/q/{n}">Quelle Nummer {n} im Archiv</a></p>' for n in range(6)
    ),
    "links behind the text": PARAGRAPHS
    + "<h2>Zum Weiterlesen</h2><ul>"
    + entries('<li><a href="/n/{n}">{title}</a></li>', LONG)
    + "</ul>",
    "links before the text": "<ul>"
    + entries('<li><a href="/n/{n}">{title}</a></li>', LONG[:6])
    + f"</ul>{PARAGRAPHS}{PARAGRAPHS.replace('Das Amt', 'Die Behörde')}",
    "notice of two sentences": (
        f"{DATED}<p>Die Geschäftsstelle bleibt am Freitag geschlossen. Ab Montag sind wir wieder "
        "wie gewohnt für alle Mitglieder da.</p>"
    ),
    "short notice and latest news": (
        f"{DATED}<p>Die Geschäftsstelle bleibt am Freitag geschlossen. Ab Montag sind wir wieder "
        "wie gewohnt für alle Mitglieder da.</p><ul>"
    )
    + entries('<li><a href="/n/{n}">{title}</a></li>', HEADLINES[:6])
    + "</ul>",
    "a notice that leads to another page": (
        f'<p>1.3.2024</p><h3><a href="/n/1">{LONG[2]}</a></h3>'
        f'<p>{TEASER.format("im Norden")} {SENTENCE} <a href="/n/2">Mehr</a></p>'
    ),
    "a notice that leads to itself": (
        f'<p>1.3.2024</p><h3><a href="/meldung/17">{LONG[2]}</a></h3>'
        f"<p>{TEASER.format('im Norden')} {SENTENCE}</p><p>"
        '<a href="http://example.org/meldung/17/#teilen">Link</a> '
        '<a href="/meldung/17">Permalink</a></p>'
    ),
    "sections with linked headings": "".join(
        (
            f'<h2><a href="#s{n}">Abschnitt {title}</a></h2><p>{SENTENCE} {OTHER}</p>'
            f"<p>{OTHER} {SENTENCE} {SENTENCE}</p>"
        )
        for n, title in enumerate(HEADLINES[:6])
    ),
    "teasers of others below a short report": f"<table><tr><td>{LONG[2]}</td></tr><tr><td>"
    f"{SENTENCE}<br><br>{OTHER}</td></tr></table>{OLD_TEASERS.format(more='Weiterlesen')}",
    "shopping list of minerals": f"{DATED}{PARAGRAPHS}<ol>"
    + "".join(
        f"<li>{m}: {n} Tonnen im Jahr</li>"
        for n, m in enumerate(("Zinn", "Zink", "Blei", "Kupfer", "Wolfram", "Antimon"))
    )
    + "</ol>",
}


@pytest.mark.parametrize("main", ARTICLES.values(), ids=ARTICLES)
def test_articles_that_look_like_lists_are_none(read: Read, main: str) -> None:
    html = whole(main, "Bericht über die Erkundung im Westen")
    assert read(html, "https://www.example.org/meldung/17").kind == "article"


UNSPACED = {
    "zh": (
        "部长在新闻发布会上说，今后三年将投资建设两座加工厂，为当地居民提供约八百个工作岗位。",
        "行业协会对此表示欢迎，但提醒说道路和电力供应仍然不足，企业需要更多时间做准备。",
        "专家认为，价格波动是最大的风险。去年锂的价格在几个月内下降了一半，许多项目因此推迟。",
        "下一次会议将于六月在首都举行，预计有来自十二个国家的代表参加，讨论长期供应合同的问题。",
    ),
    "ja": (
        "大臣は記者会見で、今後三年間に二つの加工工場を建設し、約八百人の雇用を生み出す方針を示した。",
        "業界団体はこの計画を歓迎する一方で、道路や電力がまだ足りず、企業には準備の時間が必要だとした。",
        "専門家は価格の変動が最大の危険だとみている。昨年は数か月で価格が半分になり、計画が延期された。",
        "次の会議は六月に首都で開かれ、十二か国の代表が参加して長期契約について話し合う予定である。",
    ),
}


@pytest.mark.parametrize("lang", UNSPACED)
def test_articles_in_scripts_without_blanks_are_articles(read: Read, lang: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in UNSPACED[lang])
    date = '<time datetime="2026-05-04">2026-05-04</time>'
    title = {"zh": "工业部公布锂矿勘探新结果", "ja": "リチウム探査の新しい結果を公表"}[lang]
    html = whole(f"<article><h1>{title}</h1>{date}{paragraphs}</article>", title)
    draft = read(html)
    assert draft.kind == "article"
    assert draft.text.split("\n\n") == list(UNSPACED[lang])


@pytest.mark.parametrize("place", [0, 1], ids=["above", "behind"])
@pytest.mark.parametrize("section", ["forum", "latest", "learn", "support", "community"])
def test_dated_news_below_an_address_that_others_have_too_is_an_article(
    read: Read, section: str, place: int
) -> None:
    text = "".join(f"<p>{SENTENCE} {OTHER} {line}.</p>" for line in LONG[2:6:3])
    day = "<p>Veröffentlicht am 21. Juli 2026</p>"
    menu = "".join(f'<li class="menu-item"><a href="/m{n}"><b>{n}</b></a></li>' for n in range(30))
    parts = (day, text) if place == 0 else (text, day)
    html = whole("".join(parts) + f"<nav><ul>{menu}</ul></nav>", "Karte der Halden")
    draft = read(html, f"https://www.gruben.example/{section}/karte-der-halden")
    assert (draft.kind, draft.published) == ("article", "2026-07-21")


MONGOLIAN = (
    "Монголын геологчдын өдрийг тохиолдуулан салбарын ахмадуудад хүндэтгэл үзүүлэв.",
    "Энэ үеэр төрийн дээд одон медалиар арван хоёр хүнийг шагнажээ.",
    "Мөн оюутнуудын дунд зохиосон бүтээлийн уралдааны ялагчдыг тодруулсан юм.",
)
"""Sentences of so few words that none of them is a paragraph."""


@pytest.mark.parametrize(
    "lines",
    [(f"{SENTENCE} {LONG[2]}.", f"{OTHER} {LONG[6]}."), MONGOLIAN],
    ids=["German", "Mongolian"],
)
def test_a_notice_among_teasers_is_news_where_its_site_prints_days_as_it_does(
    lines: tuple[str, ...],
) -> None:
    """What a page builder calls its parts tells nothing, and teasers of other news stand around."""
    card = '<div class="x1 x1_c"><a href="/x/{n}"><div>{title}</div></a><div>{teaser}</div></div>'
    text = "".join(
        f'<section class="x7"><div class="x8"><p>{line}</p></div></section>' for line in lines
    )
    words, dates = packaged_words(), packaged_dates()
    seen: list[KindEvidence] = []

    def judge(evidence: KindEvidence, words: PageWords) -> Kind:
        seen.append(evidence)
        return judge_kind(evidence, words)

    day = '<div class="x9">12. Mai 2026</div>'
    html = whole(f"{day}{text}<div>{entries(card, LONG)}</div>", "Karte der Halden")
    ArticleReader(words, dates, judge).read(
        HtmlDocument(html), "https://www.gruben.example/k/karte"
    )
    [evidence] = seen
    assert judge_kind(evidence, words) != "article"
    assert judge_kind(dataclasses.replace(evidence, placed=True), words) == "article"


def test_a_sentence_is_news_where_day_and_address_are_as_those_of_its_site() -> None:
    cells = "".join(
        f"<tr><td><a href='/i?p={n}'>Menu {n}</a></td><td>{n}</td></tr>" for n in range(30)
    )
    line = "Das Labor der Landesanstalt wurde eröffnet."
    html = whole(
        f"<table><tr><td><table>{cells}</table></td><td><h2>Labor</h2><i>12. Mai 2026</i><br>"
        f"<img src=/a.jpg><div>{line}</div></td></tr></table>",
        "Landesanstalt",
    )
    seen: list[KindEvidence] = []

    def judge(evidence: KindEvidence, words: PageWords) -> Kind:
        seen.append(evidence)
        return judge_kind(evidence, words)

    words, dates = packaged_words(), packaged_dates()
    ArticleReader(words, dates, judge).read(HtmlDocument(html), "https://amt.example/i?id=4")
    [evidence] = seen
    assert judge_kind(dataclasses.replace(evidence, placed=True), words) == "not-an-article"
    proven = dataclasses.replace(evidence, placed=True, proven=True)
    assert judge_kind(proven, words) == "article"
    assert judge_kind(dataclasses.replace(proven, content=()), words) == "not-an-article"


@pytest.mark.parametrize(
    "title",
    [
        "Ingenieur Aufbereitung (m/w/d)",
        "Stellenausschreibung: Leitung des Labors",
        "Gruben AG | Stellenangebot Ingenieur Aufbereitung",
        "Job vacancy: geologist",
        "Job vacancy – geologist | Gruben AG",
    ],
)
def test_a_dated_offer_of_a_job_is_no_article(read: Read, title: str) -> None:
    text = f"<p>Veröffentlicht am 3. Mai 2026</p><p>{SENTENCE}</p><p>{OTHER}</p>"
    assert read(whole(text, title)).kind == "not-an-article"
    assert read(whole(text, "Ein Ingenieur wird gesucht")).kind == "article"


@pytest.mark.parametrize(
    "title",
    [
        "Жәрмеңкеде 500 бос жұмыс орны ұсынылды",
        "Le recul de l'offre d'emploi dans les mines",
        "Every third job vacancy in mining stays open",
        "Job vacancy rate in mining hits record",
    ],
)
def test_news_of_jobs_are_articles(read: Read, title: str) -> None:
    text = f"<p>Veröffentlicht am 3. Mai 2026</p><p>{SENTENCE}</p><p>{OTHER}</p>"
    assert read(whole(text, title)).kind == "article"


@pytest.mark.parametrize("section", ["features", "services", "industries", "docs", "wiki"])
def test_an_undated_report_below_an_address_of_services_is_an_article(
    read: Read, section: str
) -> None:
    lines = "".join(f"<p>{SENTENCE} {OTHER} {line}.</p>" for line in LONG[:2])
    parts = (f"<h2>{headline}</h2>{lines}" for headline in HEADLINES[:5])
    menu = "".join(f'<li class="menu-item"><a href="/m{n}"><b>{n}</b></a></li>' for n in range(9))
    html = whole("".join(parts) + f"<nav><ul>{menu}</ul></nav>", "Eine Karte der alten Halden")
    draft = read(html, f"https://www.gruben.example/{section}/eine-karte")
    assert (draft.kind, draft.published) == ("article", None)


def test_threads_at_addresses_of_programs_of_forums_are_no_articles(read: Read) -> None:
    main = f"<h1>{LONG[2]}</h1><p>2. März 2024, 10:12</p><p>{SENTENCE}</p><p>{OTHER}</p>"
    kinds = [
        read(whole(main, LONG[2]), f"https://www.example.org/{path}").kind
        for path in ("meldung.php?id=5", "forum/viewthread.php?thread_id=5")
    ]
    assert kinds == ["article", "not-an-article"]


@pytest.mark.parametrize("title", ["Contact", "Über uns", "Рекламодателям", "İletişim"])
def test_a_page_called_like_a_label_of_menus_is_no_news_unless_it_has_a_day(
    read: Read, title: str
) -> None:
    page = whole(f"<p>{SENTENCE} {OTHER}</p><p>{OTHER}</p><p>{SENTENCE}</p>", title)
    assert read(page, "https://verband.example/seite/7").kind == "not-an-article"
    day = '<meta property="article:published_time" content="2031-05-03">'
    dated = page.replace("<title>", f"{day}<title>")
    assert read(dated, "https://verband.example/seite/7").kind == "article"
    longer = page.replace(title, f"{title} in Freiberg")
    assert read(longer, "https://verband.example/seite/7").kind == "article"
