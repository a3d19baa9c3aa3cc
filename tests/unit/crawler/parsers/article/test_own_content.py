from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage, learn
from indexer.records.document import Page
from tests.page_reader import packaged_reader
from tests.unit.crawler.profiles.made_up_site import (
    FIRST_NIGHT,
    page,
    paragraphs,
    published,
    site,
    words,
)


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


@pytest.fixture(scope="module")
def profile() -> SiteProfile:
    learnt = learn(site(12))
    assert learnt is not None
    return learnt


def test_what_recurs_is_no_text(reader: PageReader, profile: SiteProfile) -> None:
    raw = page(40).raw
    read = reader.read(dataclasses.replace(raw, profile=profile))
    assert read.text == "\n\n".join(paragraphs(40))
    assert "vertritt seit vielen Jahren" in reader.read(raw).text


def test_a_page_of_nothing_but_what_recurs_is_read_as_it_is(
    reader: PageReader, profile: SiteProfile
) -> None:
    sentence = (
        "Der Verband Erz vertritt seit vielen Jahren die Interessen seiner Mitglieder in allen "
        "Fragen der Versorgung mit Rohstoffen."
    )
    html = f'<html><body><div class="mitte"><p>{sentence}</p></div></body></html>'
    raw = RawPage(html=html, url="https://erz.example.org/about", profile=profile)
    assert sentence in reader.read(raw).text


def test_contacts_of_the_frame_stay(reader: PageReader) -> None:
    box = (
        '<div class="kontakt"><h4>Kontakt</h4><p>Erika Muster<br>Tel. +49 30 1234567<br>'
        "muster@example.org</p></div>"
    )
    pages = [
        dataclasses.replace(
            p,
            raw=dataclasses.replace(
                p.raw, body=(p.raw.body or b"").replace(b"</body>", f"{box}</body>".encode())
            ),
        )
        for p in site(6)
    ]
    raw = dataclasses.replace(pages[0].raw, profile=learn(pages))
    assert raw.profile is not None
    assert "muster@example.org" in reader.read(raw).part("contact")


def test_the_profile_of_another_site_changes_nothing(
    reader: PageReader, profile: SiteProfile
) -> None:
    html = "<article><h1>Copper found</h1><p>" + "The survey found copper. " * 30 + "</p></article>"
    raw = RawPage(html=html, url="https://other.example.org/1")
    assert reader.read(dataclasses.replace(raw, profile=profile)) == reader.read(raw)


def test_a_date_known_by_its_place_alone_is_marked_as_inferred(reader: PageReader) -> None:
    raw = page(40).raw
    known = dataclasses.replace(raw, profile=learn(site(12, known_days=True)))
    read = reader.read(known)
    assert read.published == published(40).isoformat()
    (mention,) = [m for m in read.mentions if m.field == "published"]
    assert mention.extractor == "profile-date"
    assert mention.inferred
    assert read.part("byline")[mention.start : mention.end] == f"{published(40):%d.%m.%Y}"


def test_at_one_place_the_day_of_a_change_gives_way_to_that_of_publication(
    reader: PageReader,
) -> None:
    def at(number: int, changed: str = "") -> SamplePage:
        day = published(number)
        meta = f"<div class='meta'>{changed}<span>{day:%d.%m.%Y}</span></div>"
        shown = sample(
            f"/news/{number}", f"<h2>{words(f't{number}', 4)}</h2>{text_of(number)}{meta}"
        )
        return SamplePage(shown.raw, FIRST_NIGHT, day.isoformat())

    pages = [at(n) for n in range(12)]
    changed = at(20, f"<b>Aktualisiert: {FIRST_NIGHT:%d.%m.%Y}</b> | ")
    assert read_with(reader, pages, changed).published == published(20).isoformat()


def test_a_clock_is_no_date(reader: PageReader) -> None:
    html = (page(40).raw.body or b"").decode()
    undated = re.sub(r'<div class="(?:info|daten)">.*?</div>', "", html)
    raw = RawPage(html=undated, url="https://erz.example.org/news/40")
    learnt = learn(site(12, known_days=True))
    assert reader.read(dataclasses.replace(raw, profile=learnt)).published is None
    unlabelled = undated.replace("Heute ist der ", "")
    raw = dataclasses.replace(raw, html=unlabelled)
    assert reader.read(raw).published == FIRST_NIGHT.isoformat()


def test_a_clock_in_one_box_with_what_changes_is_no_date(reader: PageReader) -> None:
    def at(number: int, day: date) -> SamplePage:
        weather = words("mild" if day == FIRST_NIGHT else "kalt", 5)
        head = f"<div><span>{day:%d.%m.%Y}</span><div>{weather}</div></div>"
        text = f"<h2>{words(f't{number}', 4)}</h2>{text_of(number)}"
        return sample(f"/seiten/{number}", f"{head}{text}")

    before = FIRST_NIGHT - timedelta(days=1)
    assert reader.read(at(20, before).raw).published == before.isoformat()
    read = read_with(reader, [at(n, FIRST_NIGHT) for n in range(12)], at(20, before))
    assert read.published is None


def test_a_clock_runs_on_pages_of_every_template(reader: PageReader) -> None:
    def at(number: int, template: str) -> SamplePage:
        day = published(number)
        clock = f"<div class='jetzt'>Für alle, die graben. {FIRST_NIGHT:%d.%m.%Y}</div>"
        when = f"<div class='datum'>{day:%d.%m.%Y}</div>" if template == "news" else ""
        text = f"<h2>{words(f't{number}', 4)}</h2>{when}{text_of(number)}"
        shown = sample(f"/{template}/{number}", f"{clock}{text}")
        html = (shown.raw.html or "").replace("<body>", f"<body class='{template}'>")
        raw = dataclasses.replace(shown.raw, html=html)
        return SamplePage(raw, FIRST_NIGHT, day.isoformat() if template == "news" else None)

    pages = [at(n, "news") for n in range(12)]
    assert reader.read(at(20, "seite").raw).published == FIRST_NIGHT.isoformat()
    assert read_with(reader, pages, at(20, "seite")).published is None
    assert read_with(reader, pages, at(20, "news")).published == published(20).isoformat()


def sample(path: str, inner: str, *, frame: str = "") -> SamplePage:
    """A page that says nothing about itself but what it shows."""
    html = (
        "<html lang='de'><head><title>Verband Erz</title></head><body>"
        "<div class='kopf'>Verband Erz</div>"
        f"<div class='mitte'>{inner}</div><div class='rand'><p>{frame}</p></div></body></html>"
    )
    return SamplePage(RawPage(html=html, url=f"https://erz.example.org{path}"), FIRST_NIGHT)


def text_of(number: int, kind: str = "text") -> str:
    return "".join(f"<p class='{kind}'>{line}</p>" for line in paragraphs(number))


def day_of(number: int) -> date:
    """The day of an event that is announced."""
    return FIRST_NIGHT + timedelta(days=10 + 9 * number)


def announcement(number: int, day: date | None = None) -> SamplePage:
    day = day or day_of(number)
    when = f"<div class='termin'>{day:%d.%m.%Y}</div>"
    return sample(f"/termine/{number}", f"<h2>{words(f't{number}', 4)}</h2>{when}{text_of(number)}")


def news(number: int, frame: str = "") -> SamplePage:
    when = f"<div class='datum'>{published(number):%d.%m.%Y}</div>"
    inner = f"<h2>{words(f'Titel {number}', 5)}</h2>{when}{text_of(number)}"
    return dataclasses.replace(
        sample(f"/news/{number}", inner, frame=frame), published=published(number).isoformat()
    )


def read_with(reader: PageReader, pages: list[SamplePage], one: SamplePage) -> Page:
    profile = learn(pages)
    assert profile is not None
    return reader.read(dataclasses.replace(one.raw, profile=profile))


def read_announced(
    reader: PageReader, announced: Callable[[int], SamplePage], number: int = 26
) -> Page:
    """An announcement of a site that has news and such announcements."""
    pages = [*map(news, range(8)), *map(announced, range(20, 25))]
    return read_with(reader, pages, announced(number))


def test_a_page_with_a_day_where_the_site_announces_days_is_an_event(reader: PageReader) -> None:
    pages = [*map(news, range(8)), *map(announcement, range(20, 25))]
    read = read_with(reader, pages, announcement(26))
    assert (read.kind, read.published) == ("event", None)
    # Also once that day is over; and what prints when it was published is no event.
    over = read_with(reader, pages, announcement(27, FIRST_NIGHT - timedelta(days=30)))
    assert (over.kind, over.published) == ("event", None)
    read = read_with(reader, pages, news(30))
    assert (read.kind, read.published) == ("article", published(30).isoformat())


def test_the_day_and_the_venue_of_an_announcement_stay_in_its_text(reader: PageReader) -> None:
    def announced(number: int) -> SamplePage:
        day = day_of(number)
        box = (
            f"<div class=oben><div>{day:%d.%m.%Y}, 9:30 Uhr</div><div>Halle {number}, Goslar</div>"
        )
        inner = f"<h2>{words(f't{number}', 4)}</h2>{box}</div>{text_of(number)}"
        return sample(f"/termine/{number}", inner)

    read = read_announced(reader, announced)
    day = day_of(26)
    assert read.text.startswith(f"{day:%d.%m.%Y}, 9:30 Uhr\n\nHalle 26, Goslar\n\n")


def test_labels_of_an_announcement_stay_with_their_values(reader: PageReader) -> None:
    """They recur on all announcements; that of the day of publication is no text."""

    def announced(number: int) -> SamplePage:
        day = day_of(number)
        facts = (
            f"<dl><dt>Beginn</dt><dd>{day:%d.%m.%Y}, 9:30 Uhr</dd><dt>Ort</dt><dd>Halle {number}"
        )
        inner = f"<h2>{words(f't{number}', 4)}</h2>{facts}</dd></dl>{text_of(number)}"
        return sample(f"/termine/{number}", inner)

    read = read_announced(reader, announced)
    day = day_of(26)
    lines = ["Beginn", f"{day:%d.%m.%Y}, 9:30 Uhr", "Ort", "Halle 26"]
    assert read.text.startswith("\n".join(lines))


def test_the_facts_of_an_announcement_stay_together(reader: PageReader) -> None:
    """The place stands five lines below the day."""

    def announced(number: int) -> SamplePage:
        day = day_of(number)
        chair = words(f"n{number}", 2)
        rows = {"Termin": f"{day:%d.%m.%Y}", "Leitung": chair, "Ort": f"Halle {number}"}
        facts = "".join(
            f"<div class=feld><div>{name}:</div><div>{value}</div></div>"
            for name, value in rows.items()
        )
        inner = f"<h2>{words(f't{number}', 4)}</h2>{facts}<div>{text_of(number)}</div>"
        return sample(f"/termine/{number}", inner)

    read = read_announced(reader, announced)
    assert read.kind == "event"
    lines = read.text.split("\n\n")
    assert lines[::2][:3] == ["Termin:", "Leitung:", "Ort:"], lines
    assert lines[5] == "Halle 26"


def test_the_facts_of_an_announcement_may_be_lines_of_one_block(reader: PageReader) -> None:
    facts = "<b>Ort:</b> Halle am Alten Markt, Goslar<br><b>Von:</b> Verband Erz, Haus des Bergbaus"
    day = "<b>Termin:</b> 20.–22. Mai 2026"
    html = f"<h2>Tag des Erzes</h2><div class=meta>{day}<br>{facts}</div>{text_of(1)}"
    raw = RawPage(html=html, url="https://erz.example.org/termine/tag-des-erzes")
    read = reader.read(raw)
    assert read.kind == "event"
    assert read.text.startswith("Termin: 20.–22. Mai 2026\nOrt: Halle am Alten Markt")


@pytest.mark.parametrize(
    "made", ["<div class=event-teaser><p>{}</p></div>", "<p class=lead>{}</p>"]
)
def test_the_lead_behind_the_day_of_an_announcement_is_its_teaser(
    reader: PageReader, made: str
) -> None:
    """Whether the lead is taken for text or not; the day stays in the text."""
    lead = "Der Verband Erz lädt nach Goslar ein; im Mittelpunkt steht die Erkundung."

    def announced(number: int) -> SamplePage:
        day = day_of(number)
        box = f"<div class=wann><span>{day.day}</span><p>Datum: {day:%d.%m.%Y}</p></div>"
        inner = f"<h2>{words(f't{number}', 4)}</h2>{box}<p>Ort: Halle {number}</p>"
        text = f"{made.format(f'{lead} {number}')}{text_of(number)}"
        return sample(f"/termine/{number}", f"{inner}{text}")

    read = read_announced(reader, announced)
    day = day_of(26)
    assert read.kind == "event"
    assert read.teaser == f"{lead} 26"
    assert f"Datum: {day:%d.%m.%Y}" in read.text
    assert lead not in read.text


def test_a_short_lead_without_a_name_behind_the_day_of_an_announcement_is_text(
    reader: PageReader,
) -> None:
    """The day is chosen, and the text begins behind it."""
    lead = "Dreißig Betriebe sprechen auf den Rängen vor, je fünfzehn Minuten lang; Halle {}."

    def announced(number: int) -> SamplePage:
        rows = (("Datum", f"{day_of(number):%d.%m.%Y}"), ("Ort", f"Halle {number}"))
        facts = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
        inner = (
            f"<h2>{words(f't{number}', 4)}</h2><div><table>{facts}</table>"
            f"<div>{lead.format(number)}</div><div>{text_of(number)}</div></div>"
        )
        return sample(f"/termine/{number}", inner)

    read = read_announced(reader, announced)
    assert lead.format(26) in read.text
    assert read.text.index(f"{day_of(26):%d.%m.%Y}") < read.text.index("Dreißig")


def test_an_announcement_may_say_when_it_was_published_and_its_headline_is_no_text(
    reader: PageReader,
) -> None:
    def announced(number: int) -> SamplePage:
        day = day_of(number)
        inner = (
            f"<div class='wann'>Termin: {day:%d.%m.%Y}</div><h3>{words(f't{number}', 4)}</h3>"
            f"{text_of(number)}<div class='unten'>Veröffentlicht {published(number):%d.%m.%Y},"
            f" geändert {published(number):%d.%m.%Y}</div>"
        )
        links = f"<a href='/termine/{number + 1}'>{words(f't{number + 1}', 4)}</a>"
        return sample(f"/termine/{number}", inner, frame=links)

    read = read_announced(reader, announced, 23)
    assert (read.kind, read.published) == ("event", published(23).isoformat())
    assert read.title == words("t23", 4)
    assert words("t23", 4) not in read.text


def test_a_day_that_a_list_gives_is_not_taken_for_publication_where_it_is_the_event_s(
    reader: PageReader,
) -> None:
    """Lists of events give the days of events, so sources do too."""
    listed = [
        dataclasses.replace(
            announcement(n), published=f"{FIRST_NIGHT + timedelta(days=9 * n + 10)}"
        )
        for n in range(20, 25)
    ]
    profile = learn([*map(news, range(8)), *listed])
    raw = dataclasses.replace(announcement(26).raw, profile=profile)
    day = FIRST_NIGHT + timedelta(days=9 * 26 + 10)
    read = reader.read(dataclasses.replace(raw, published=day.isoformat()))
    assert (read.kind, read.published) == ("event", None)
    read = reader.read(dataclasses.replace(raw, published="2026-02-27"))
    assert (read.kind, read.published) == ("event", "2026-02-27")


def test_the_line_with_the_day_of_publication_is_no_text(reader: PageReader) -> None:
    """Whatever it says besides: when it was changed last."""

    def stamped(number: int, changed: date) -> SamplePage:
        days = f"Veröffentlicht {published(number):%d.%m.%Y}, zuletzt geändert {changed:%d.%m.%Y}"
        inner = (
            f"<h1>{words(f'Titel {number}', 5)}</h1><p>{paragraphs(number)[0]}</p>"
            f"<p class='stempel'>{days}</p>"
        )
        return sample(f"/news/{number}", inner)

    pages = [stamped(n, FIRST_NIGHT) for n in range(10)]
    read = read_with(reader, pages, stamped(3, FIRST_NIGHT + timedelta(days=1)))
    assert read.text == paragraphs(3)[0]
    assert read.published == published(3).isoformat()


def test_a_sentence_with_a_day_beside_the_day_of_publication_is_text(reader: PageReader) -> None:
    """Both stand in the box of the news, in no element of their own."""

    made = "Am 8. Mai 2030 hat die Hütte Grün wieder angefangen."

    def loose(number: int, *, last: str = "") -> SamplePage:
        inner = (
            f"<div class='news'><span>{published(number):%d.%m.%Y}</span>"
            f"<h3>{words(f'Titel {number}', 5)}</h3>{paragraphs(number)[0]}<br><br>{last}</div>"
        )
        shown = sample(f"/news/{number}", inner)
        return dataclasses.replace(shown, published=published(number).isoformat())

    read = read_with(reader, [loose(n) for n in range(10)], loose(3, last=made))
    assert read.text.endswith(made)
    assert read.published == published(3).isoformat()


@pytest.mark.parametrize("entries", [2, 4])
def test_a_few_entries_and_nothing_else_of_its_own_are_a_list(
    reader: PageReader, entries: int
) -> None:
    rows = "".join(
        f"<p><a href='/news/{n}'>{words(f'Titel {n}', 5)}</a></p><p>{words(f'x{n}', 8)}</p>"
        for n in range(60, 60 + entries)
    )
    notice = words("Hinweis", 20)
    pages = [news(n, notice) for n in range(8)]
    listed = read_with(reader, pages, sample("/seite/4", f"<h2>Archiv</h2>{rows}", frame=notice))
    assert listed.kind == "listing"
    table = "".join(
        f"<tr><td>{published(n):%d.%m.%Y}</td><td><a href='/news/{n}'>{words(f'Titel {n}', 5)}</a>"
        "</td><td>Steinach</td></tr>"
        for n in range(60, 60 + entries)
    )
    inner = f"<h2>Kalender</h2><table>{table}</table>"
    assert read_with(reader, pages, sample("/kalender", inner, frame=notice)).kind == "listing"
    beside = sample("/news/70", f"<h2>Zinn</h2>{text_of(70)}{rows}", frame=notice)
    assert read_with(reader, pages, beside).kind == "article"


def test_a_notice_that_is_swapped_on_all_pages_is_no_text(reader: PageReader) -> None:
    """It is known by its place, where nothing else ever stood."""
    pages = [news(n, "Anzeige: " + words("Pumpen", 20)) for n in range(10)]
    other = "Anzeige: " + words("Bohrer", 20)
    assert other in reader.read(news(2, other).raw).text
    assert other not in read_with(reader, pages, news(2, other)).text


def test_rates_are_known_whatever_they_are(reader: PageReader) -> None:
    def rates(number: int) -> str:
        return "Kurse " + " ".join(f"{c} {number * k}.{k:02}" for k, c in enumerate("ABCDEF", 11))

    pages = [news(n, rates(7)) for n in range(10)]
    assert "Kurse" not in read_with(reader, pages, news(2, rates(13))).text


def test_the_title_may_stand_in_a_row_with_its_date(reader: PageReader) -> None:
    def row(number: int, title: str) -> str:
        day = published(number)
        return (
            f"<table><tr><td><b>{day:%d.%m.%y}</b></td><td><b>{title}</b></td></tr></table>"
            f"{text_of(number)}"
        )

    titles = [words(f"T{n}", 5) for n in range(30)]
    links = "".join(f"<p><a href='/news/{n}'>{titles[n]}</a></p>" for n in range(10))
    pages = [sample(f"/news/{n}", row(n, titles[n])) for n in range(10)]
    pages.append(sample("/", links))
    assert read_with(reader, pages, sample("/news/20", row(20, titles[20]))).title == titles[20]


def test_a_label_that_recurs_tells_of_excerpts_of_other_pages(reader: PageReader) -> None:
    def at(number: int) -> SamplePage:
        other = f"<a href='/news/{number + 1}'>{words(f'Titel {number + 1}', 5)}</a>"
        box = f"<div><h3>Mehr zum Thema</h3><p>{other} – {words(f'o{number}', 20)}</p></div>"
        return sample(
            f"/news/{number}", f"<h2>{words(f'Titel {number}', 5)}</h2>{text_of(number)}{box}"
        )

    assert read_with(reader, [at(n) for n in range(12)], at(20)).text == "\n\n".join(paragraphs(20))


def test_a_headline_is_without_the_label_that_its_heading_begins_with(reader: PageReader) -> None:
    def at(number: int, label: str) -> SamplePage:
        title = words(f"Titel {number}", 5)
        inner = f"<h1>{label} {title}</h1>{text_of(number)}"
        html = str(sample(f"/news/{number}", inner).raw.html)
        html = html.replace("<title>", f"<title>{title} | ")
        return SamplePage(RawPage(html=html, url=f"https://e.example/news/{number}"), FIRST_NIGHT)

    pages = [at(n, "<span>Umfrage</span>" if n % 2 else "") for n in range(12)]
    labelled = at(21, "<span>Umfrage</span>")
    title = words("Titel 21", 5)
    assert read_with(reader, pages, labelled).title == title
    assert reader.read(labelled.raw).title == title
    assert title not in (reader.read(labelled.raw).text or "")
    whole = at(21, "<span>Mehr als eine Umfrage zeigt es:</span>")
    assert reader.read(whole.raw).title == f"Mehr als eine Umfrage zeigt es: {title}"


def test_where_days_of_publication_stand_too_a_day_to_come_tells_nothing(
    reader: PageReader,
) -> None:
    def as_news(sample: SamplePage) -> SamplePage:
        html = (sample.raw.html or "").replace("'termin'", "'datum'")
        return dataclasses.replace(sample, raw=dataclasses.replace(sample.raw, html=html))

    pages = [*map(news, range(8)), *(as_news(announcement(n)) for n in range(20, 25))]
    assert read_with(reader, pages, news(30)).kind == "article"


def test_places_are_not_believed_on_a_page_of_another_design(reader: PageReader) -> None:
    pages = [news(n) for n in range(10)]
    beside = f"<h2>{words('Service', 4)}</h2><div class='datum'>Seit 01.02.2019</div>"
    inner = f"{beside}<h1>{words('Neu', 5)}</h1><div class='neu'>{text_of(40, 'neu')}</div>"
    read = read_with(reader, pages, sample("/neu/40", inner))
    assert read_with(reader, pages, news(40)).title == words("Titel 40", 5)
    assert not [m for m in read.mentions if m.extractor.startswith("profile-")]


def test_the_heading_of_a_part_that_some_articles_have_is_text(reader: PageReader) -> None:
    def parted(number: int) -> SamplePage:
        part = "" if number % 5 else f"<h3>Wie es weitergeht</h3>{text_of(number + 500)}"
        inner = f"<h2>{words(f'Titel {number}', 5)}</h2>{text_of(number)}{part}<h4>Teilen</h4>"
        return sample(f"/news/{number}", inner)

    read = read_with(reader, [parted(n) for n in range(20)], parted(20))
    assert "Wie es weitergeht" in read.text
    assert "Teilen" not in read.text


def test_the_first_of_several_days_of_an_event_is_no_day_of_publication(reader: PageReader) -> None:
    def event(number: int, days: str) -> RawPage:
        return RawPage(
            html=f'<html lang="de"><h1>{words(f"Tag {number}", 4)}</h1><p class="wann">{days}</p>'
            f"<p>{words(f'e{number}', 30)}</p><p>{words(f'f{number}', 30)}</p>",
            url=f"https://erz.example.org/termine/{number}",
        )

    samples = [SamplePage(event(n, f"{n + 3}. Juni 2026"), FIRST_NIGHT) for n in range(5)]
    raw = event(9, "18.–19. Juni 2026")
    read = reader.read(dataclasses.replace(raw, profile=learn(samples)))
    assert (read.kind, read.published) == ("event", None)
    assert reader.read(raw).published is None


def test_what_markup_states_is_left_out_where_the_site_states_what_is_not_so(
    reader: PageReader, profile: SiteProfile
) -> None:
    mark = '<meta name="date" content="2020-01-12T09:00:00+01:00">'
    html = f"<html><head>{mark}</head><body><p>{words('a', 40)}</p></body></html>"
    raw = RawPage(html=html, url="https://erz.example.org/40", profile=profile)
    assert reader.read(raw).published == "2020-01-12"
    refuted = dataclasses.replace(profile, believe_markup=False)
    assert reader.read(dataclasses.replace(raw, profile=refuted)).published is None
