"""Listing pages in the manner of many content management systems, with what they list.

Made up: markup as such systems write it, with menus, side columns and footers around it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ListingPage:
    name: str
    url: str
    """Path below https://www.example.org."""
    html: str
    entries: tuple[str, ...]
    """Paths of the news that it lists."""
    following: str | None = None
    neutral: tuple[str, ...] = ()
    """News beside the list (most read): may be found or not."""


FOOT = """<footer><ul><li><a href="/impressum">Impressum</a></li><li>\
<a href="/datenschutz">Datenschutzerklärung</a></li>
<li><a href="/barrierefreiheit-erklaerung">Erklärung zur Barrierefreiheit dieser \
Seiten</a></li></ul></footer>"""
NAV = """<nav><ul><li><a href="/ueber-den-verband">Über den Verband</a></li><li>\
<a href="/themen">Themen und Arbeitsfelder</a></li>
<li><a href="/veranstaltungen">Unsere Veranstaltungen</a></li><li>\
<a href="/mitglied-werden">Jetzt Mitglied werden</a></li></ul></nav>"""

WORDPRESS_CARDS = f"""<html><body class="archive category">{NAV}<div class="wp-block-query">\
<ul class="wp-block-post-template">
<li class="wp-block-post post-11"><figure><a href="/zinn-aus-sachsen/">\
<img src="1.jpg"></a></figure><div class="title">\
<a href="/zinn-aus-sachsen/">Zinn aus Sachsen</a></div>
 <div class="excerpt">Im Erzgebirge wird wieder nach Zinn gebohrt, die Gemeinden hoffen auf \
Arbeit.</div><a class="more" href="/zinn-aus-sachsen/">Weiterlesen</a></li>
<li class="wp-block-post post-12"><div class="title">\
<a href="/kupfer-bleibt-knapp/">Kupfer bleibt knapp</a></div>
 <div class="excerpt">Die Hütten melden volle Auftragsbücher und warten auf Konzentrat aus \
Übersee.</div></li>
<li class="wp-block-post post-13"><div class="title">\
<a href="/neuer-vorstand/">Verband wählt Vorstand</a></div>
 <div class="excerpt">Die Mitglieder haben in Freiberg einen neuen Vorstand gewählt, erstmals \
zwei Frauen.</div></li>
</ul></div><div class="wp-block-query-pagination">\
<a class="wp-block-query-pagination-next" href="/aktuelles/page/2/">Nächste \
Seite</a></div>{FOOT}</body></html>"""

TYPO3 = f"""<html><body><div id="wrap">{NAV}<div class="frame"><h1>Meldungen</h1>\
<div class="news-list-view">
<div class="article articletype-0"><div class="header">\
<a title="Lithium in Europa" href="/meldungen/lithium-in-europa">\
<span>Lithium in Europa</span></a></div>
 <div class="footer"><span class="news-list-date">04.05.2026</span></div><div class="teaser-text">\
<p>Ein Satz dazu. <a class="more" href="/meldungen/lithium-in-europa">mehr</a></p></div></div>
<div class="article articletype-0"><div class="header"><a href="/meldungen/messe-im-herbst">\
<span>Messe im Herbst</span></a></div>
 <div class="footer"><span class="news-list-date">02.05.2026</span></div></div>
<div class="article articletype-0"><div class="header"><a href="/meldungen/abschied-vom-bohrturm">\
<span>Abschied vom Bohrturm</span></a></div>
 <div class="footer"><span class="news-list-date">28.04.2026</span></div></div></div>
<ul class="f3-widget-paginator"><li class="current">1</li><li>\
<a href="/meldungen/seite-2?tx_news%5BcurrentPage%5D=2">2</a></li>
<li class="next"><a href="/meldungen/seite-2?tx_news%5BcurrentPage%5D=2">nächste</a></li></ul></\
div></div>{FOOT}</body></html>"""

DRUPAL_VIEW = f"""<html lang="en"><body>{NAV}<div class="region-content">\
<div class="view view-news"><div class="view-content">
<div class="views-row"><div class="views-field-created"><span>4 May 2026</span></div>\
<div class="views-field-title"><span><a href="/news/rare-earths-deal">Rare earths \
deal</a></span></div></div>
<div class="views-row"><div class="views-field-created"><span>30 April 2026</span></div>\
<div class="views-field-title"><span><a href="/news/geologists-meet-again">Geologists meet \
again</a></span></div></div>
<div class="views-row"><div class="views-field-created"><span>21 April 2026</span></div>\
<div class="views-field-title"><span><a href="/news/zinc-smelter-reopens">Zinc smelter reopens \
today</a></span></div></div>
</div><ul class="pager__items js-pager__items"><li class="pager__item">\
<a class="button" href="?page=1" title="Load more items" rel="next">Load \
More</a></li></ul></div></div>
<div class="sidebar"><div class="block"><h2>Topics</h2><ul><li>\
<a href="/topics/base-metals">Base metals and alloys</a></li><li>\
<a href="/topics/gold">Gold</a></li>
<li><a href="/topics/rare">Rare earth elements</a></li></ul></div></div>{FOOT}</body></html>"""

BITRIX = f"""<html lang="ru"><body><div class="top-menu">\
<a href="/about/">О министерстве и его задачах</a></div><div class="workarea">\
<div class="news-list">
<p class="news-item" id="bx_1"><span class="news-date-time">04.05.2026</span>\
<a href="/press/zasedanie/"><b>Заседание рабочей группы</b></a><br>Обсуждены вопросы разведки.</p>
<p class="news-item" id="bx_2"><span class="news-date-time">03.05.2026</span>\
<a href="/press/vizit/"><b>Визит делегации</b></a><br></p>
<p class="news-item" id="bx_3"><span class="news-date-time">02.05.2026</span>\
<a href="/press/konkurs/"><b>Объявлен конкурс на участки</b></a><br></p>
</div><div class="modern-page-navigation"><span class="modern-page-current">1</span>\
<a href="/press/?PAGEN_1=2">2</a><a class="modern-page-next" \
href="/press/?PAGEN_1=2">След.</a></div></div>
<div class="bottom-menu"><a href="/contacts/">Контакты</a>\
<a href="/open/">Открытое правительство для граждан</a></div>{FOOT}</body></html>"""

JOOMLA = f"""<html lang="ru"><body>{NAV}<div class="blog" itemscope><div class="items-row row-0">\
<div class="item column-1"><div class="page-header">
<h2 itemprop="name"><a href="/index.php/ru/novosti/12-otchet" itemprop="url">Отчёт \
готов</a></h2></div><p>Национальный секретариат подготовил отчёт за прошлый год и передал его на \
проверку.</p></div></div>
<div class="items-row row-1"><div class="item column-1"><div class="page-header">\
<h2 itemprop="name"><a href="/index.php/ru/novosti/11-kruglyj-stol">Круглый стол</a></h2></div>
<p class="readmore"><a href="/index.php/ru/novosti/11-kruglyj-stol">Подробнее: Круглый \
стол</a></p></div></div></div>
<div class="items-more"><h3>Ещё статьи...</h3><ol class="nav nav-tabs"><li>\
<a href="/index.php/ru/novosti/10-sovet">Совет собрался в Бишкеке</a></li></ol></div>
<div class="pagination"><ul><li><a href="/index.php/ru/novosti?start=5" \
title="Вперёд">Вперёд</a></li></ul></div>{FOOT}</body></html>"""

CONTAO = f"""<html lang="de"><body>{NAV}<div id="main"><div class="mod_newslist block">
<div class="layout_latest arc_2 block first even"><p class="info">\
<time datetime="2026-05-04T09:00:00+02:00">04.05.2026</time></p><h2>\
<a href="meldungen-leser/delegation.html" title="Den Artikel lesen">Delegation</a></h2>\
<div class="ce_text"><p>Kurz.</p></div><p class="more">\
<a href="meldungen-leser/delegation.html">Weiterlesen …</a></p></div>
<div class="layout_latest arc_2 block odd"><p class="info">\
<time datetime="2026-05-03T09:00:00+02:00">03.05.2026</time></p><h2>\
<a href="meldungen-leser/asien.html">Asien</a></h2></div>
<nav class="pagination block"><ul><li><strong class="active">1</strong></li><li>\
<a href="meldungen.html?page_n12=2" class="link">2</a></li><li class="next">\
<a href="meldungen.html?page_n12=2" class="next">Vorwärts</a></li></ul></nav>
</div></div>{FOOT}</body></html>"""

TABLE = f"""<html><body><table width="100%"><tr><td class="left">\
<a href="/ministerium.php">Das Ministerium stellt sich vor</a><br>\
<a href="/gesetze.php">Gesetze und Verordnungen</a></td>
<td><table class="list"><tr><th>Datum</th><th>Titel</th></tr>
<tr><td>04.05.2026</td><td><a href="show.php?nr=17">Erlass unterzeichnet</a></td></tr>
<tr><td>03.05.2026</td><td><a href="show.php?nr=16">Neue Lagerstätte gefunden</a></td></tr>
<tr><td>01.05.2026</td><td><a href="show.php?nr=15">Messe eröffnet heute</a></td></tr></table>
<p class="pages"><b>1</b> <a href="list.php?s=2">2</a> <a \
href="list.php?s=3">3</a></p></td></tr></table>{FOOT}</body></html>"""

TAILWIND = f"""<html><body class="bg-white">{NAV}<div class="max-w-7xl mx-auto">\
<div class="grid grid-cols-3 gap-8">
<a class="block rounded-lg shadow p-4" href="/en/press/tungsten-supply">\
<div class="text-sm text-gray-500">May 4, 2026</div>\
<div class="text-xl font-bold">Tungsten supply secured</div>\
<div class="mt-2 text-gray-700">Three partners signed on Monday.</div></a>
<a class="block rounded-lg shadow p-4" href="/en/press/mine-visit">\
<div class="text-sm text-gray-500">May 2, 2026</div>\
<div class="text-xl font-bold">Minister visits mine</div>\
<div class="mt-2 text-gray-700">A tour below ground.</div></a>
<a class="block rounded-lg shadow p-4" href="/en/press/graphite">\
<div class="text-sm text-gray-500">April 29, 2026</div>\
<div class="text-xl font-bold">Graphite plant plans</div>\
<div class="mt-2 text-gray-700">The board agreed.</div></a></div>
<button class="load-more rounded px-4" data-url="/en/press?page=2">Show \
more</button></div>{FOOT}</body></html>"""

DATED_LIST = f"""<html><body>{NAV}<div class="content"><h1>Pressemitteilungen</h1>\
<h4>Mai 2026</h4><ul class="pm">
<li>04.05.2026: <a href="/pm/zoelle">Zölle treffen Hütten</a></li>\
<li>03.05.2026: <a href="/pm/studie">Studie zu Wolfram</a></li></ul><h4>April 2026</h4>\
<ul class="pm">
<li>29.04.2026: <a href="/pm/gast">Gast aus Taschkent</a></li>\
<li>21.04.2026: <a href="/pm/wahl">Präsidium neu gewählt</a></li></ul>
<p><a href="/presseverteiler">In den Presseverteiler eintragen \
lassen</a></p></div>{FOOT}</body></html>"""

CYRILLIC = f"""<html lang="tg"><body><div class="header-menu">\
<a href="/vazorat">Дар бораи вазорат</a></div><div class="posts">
<div class="post-card"><a class="thumb" \
href="/khabarho/%D0%BC%D1%83%D0%BB%D0%BE%D2%9B%D0%BE%D1%82"><img alt=""></a>\
<span class="date">04.05.2026</span>\
<a href="/khabarho/%D0%BC%D1%83%D0%BB%D0%BE%D2%9B%D0%BE%D1%82">Мулоқот бо сафир</a></div>
<div class="post-card"><span class="date">03.05.2026</span>\
<a href="/khabarho/%D2%B7%D0%B0%D0%BB%D0%B0%D1%81%D0%B0">Ҷаласаи корӣ баргузор шуд</a></div>
<div class="post-card"><span class="date">01.05.2026</span>\
<a href="/khabarho/%D0%BA%D0%BE%D0%BD">Кони нав кашф шуд</a></div></div>
<a class="btn btn-more" href="/khabarho?page=2">Боз</a>{FOOT}</body></html>"""

DEFINITIONS = f"""<html><body>{NAV}<main><h1>Nachrichten</h1><dl class="meldungen">\
<dt>4. Mai 2026</dt><dd><a href="/nachrichten/antimon">Antimon wird teurer</a></dd>
<dt>2. Mai 2026</dt><dd><a href="/nachrichten/gallium">Gallium aus Stade</a></dd>\
<dt>30. April 2026</dt><dd><a href="/nachrichten/halde">Halde wird Solarpark</a></dd></dl>
<p class="pager"><a href="/nachrichten?seite=2">ältere Meldungen</a></p></main>
<aside><h3>Meistgelesen</h3><ul><li><a href="/nachrichten/2025/alt">Ein Rückblick auf das \
vergangene Jahr</a></li></ul></aside>{FOOT}</body></html>"""

SITE_BUILDER = f"""<html lang="de"><body>{NAV}<div id="content"><h1>Aktuelles</h1>\
<div class="c-teaser-list">
<div class="c-teaser"><p class="c-teaser__date">04.05.2026</p><h3>\
<a class="c-teaser__link" href="/SharedDocs/DE/Meldungen/2026/erkundung.html?nn=1234">Erkundung</\
a></h3></div>
<div class="c-teaser"><p class="c-teaser__date">02.05.2026</p><h3>\
<a class="c-teaser__link" href="/SharedDocs/DE/Meldungen/2026/tagung.html?nn=1234">Tagung in \
Hannover</a></h3></div></div>
<div class="c-related"><h2>Weitere Informationen</h2><ul><li>\
<a href="/DE/Themen/rohstoffe_node.html">Themenseite der Rohstoffe und ihrer \
Vorkommen</a></li></ul></div>
<div class="c-pagination"><a class="c-pagination__next" \
href="/DE/Aktuelles/aktuelles_node.html?gtp=2">Weiter</a></div></div>{FOOT}</body></html>"""

PAGES = (
    ListingPage(
        "wordpress",
        "/aktuelles/",
        WORDPRESS_CARDS,
        ("/zinn-aus-sachsen/", "/kupfer-bleibt-knapp/", "/neuer-vorstand/"),
        "/aktuelles/page/2/",
    ),
    ListingPage(
        "typo3",
        "/meldungen",
        TYPO3,
        (
            "/meldungen/lithium-in-europa",
            "/meldungen/messe-im-herbst",
            "/meldungen/abschied-vom-bohrturm",
        ),
        "/meldungen/seite-2?tx_news%5BcurrentPage%5D=2",
    ),
    ListingPage(
        "drupal",
        "/news",
        DRUPAL_VIEW,
        ("/news/rare-earths-deal", "/news/geologists-meet-again", "/news/zinc-smelter-reopens"),
        "/news?page=1",
    ),
    ListingPage(
        "bitrix",
        "/press/",
        BITRIX,
        ("/press/zasedanie/", "/press/vizit/", "/press/konkurs/"),
        "/press/?PAGEN_1=2",
    ),
    ListingPage(
        "joomla",
        "/index.php/ru/novosti",
        JOOMLA,
        ("/index.php/ru/novosti/12-otchet", "/index.php/ru/novosti/11-kruglyj-stol"),
        "/index.php/ru/novosti?start=5",
        ("/index.php/ru/novosti/10-sovet",),
    ),
    ListingPage(
        "contao",
        "/meldungen.html",
        CONTAO,
        ("/meldungen-leser/delegation.html", "/meldungen-leser/asien.html"),
        "/meldungen.html?page_n12=2",
    ),
    ListingPage(
        "table",
        "/list.php",
        TABLE,
        ("/show.php?nr=17", "/show.php?nr=16", "/show.php?nr=15"),
        "/list.php?s=2",
    ),
    ListingPage(
        "tailwind",
        "/en/press",
        TAILWIND,
        ("/en/press/tungsten-supply", "/en/press/mine-visit", "/en/press/graphite"),
        "/en/press?page=2",
    ),
    ListingPage(
        "dated list",
        "/pm",
        DATED_LIST,
        ("/pm/zoelle", "/pm/studie", "/pm/gast", "/pm/wahl"),
    ),
    ListingPage(
        "cyrillic",
        "/khabarho",
        CYRILLIC,
        (
            "/khabarho/%D0%BC%D1%83%D0%BB%D0%BE%D2%9B%D0%BE%D1%82",
            "/khabarho/%D2%B7%D0%B0%D0%BB%D0%B0%D1%81%D0%B0",
            "/khabarho/%D0%BA%D0%BE%D0%BD",
        ),
        "/khabarho?page=2",
    ),
    ListingPage(
        "definitions",
        "/nachrichten",
        DEFINITIONS,
        ("/nachrichten/antimon", "/nachrichten/gallium", "/nachrichten/halde"),
        "/nachrichten?seite=2",
        ("/nachrichten/2025/alt",),
    ),
    ListingPage(
        "site builder",
        "/DE/Aktuelles/aktuelles_node.html",
        SITE_BUILDER,
        (
            "/SharedDocs/DE/Meldungen/2026/erkundung.html",
            "/SharedDocs/DE/Meldungen/2026/tagung.html",
        ),
        "/DE/Aktuelles/aktuelles_node.html?gtp=2",
    ),
)
