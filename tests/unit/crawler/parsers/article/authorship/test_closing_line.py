"""Lines that say where and when a text was written, and by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article.authorship.closing_line import ClosingLine, read_closing_line
from crawler.parsers.article.draft import ArticleDraft
from tests.unit.crawler.parsers.conftest import BODY, PageMaker

Read = Callable[..., ArticleDraft]


@pytest.mark.parametrize(
    ("line", "before", "behind"),
    [
        ("Goslar, den 4. März 2031 / Jane Roe", "", "Jane Roe"),
        ("Bad Grund (Harz), 4.3.2031 – Jane Roe", "", "Jane Roe"),
        ("Jane Roe, Perth, 4 March 2031", "Jane Roe", ""),
        ("г. Караганда, 4 марта 2031 г. / Иван Петров", "", "Иван Петров"),
        ("Lyon, le 4 mars 2031 (Jane Roe)", "", "Jane Roe"),
        ("V Praze dne 4. března 2031", "", ""),
    ],
)
def test_what_stands_beside_place_and_day(line: str, before: str, behind: str) -> None:
    assert read_closing_line(line) == ClosingLine(before, behind, is_coded=False)


@pytest.mark.parametrize(
    "line", ["Goslar, den 4. März 2031 / red", "Lyon, 4.3.2031 (la rédaction)"]
)
def test_a_code_stands_for_whoever_wrote_it(line: str) -> None:
    closing = read_closing_line(line)
    assert closing is not None
    assert closing.is_coded


@pytest.mark.parametrize(
    "line", ["the mine opened on 4 March 2031", "4 March 2031", "Goslar", "12 km, 4 March 2031"]
)
def test_other_lines_name_no_place_with_a_day(line: str) -> None:
    assert read_closing_line(line) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Goslar, den 4. März 2031 / Sabine Krüger", ("Sabine Krüger",)),
        ("Sabine Krüger, Goslar, 4. März 2031", ("Sabine Krüger",)),
        ("Goslar, 4. März 2031 – Sabine Krüger und Max Horn", ("Sabine Krüger", "Max Horn")),
        ("Goslar, den 4. März 2031 / red", ()),
        ("Sabine KRÜGER, Foto der Autorin", ("Sabine KRÜGER",)),
    ],
)
def test_the_text_ends_before_the_line_and_is_of_whom_it_names(
    read: Read, line: str, authors: tuple[str, ...]
) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["de"])
    html = (
        f'<html lang="de"><body><table><tr><td><h2>Erze im Revier</h2>{text}<p align="right">{line}'
        "</p></td><td><b>Preise</b><br>Gips, Euro/t: 41,55<br>Erdöl, Euro/100 l: 91,8</td></tr>"
        "</table></body></html>"
    )
    draft = read(html)
    assert draft.authors == authors
    assert draft.text == "\n\n".join(BODY["de"])


@pytest.mark.parametrize(
    "end",
    [
        "<p>Goslar, 11. Juni 2031, Hotel Krone</p>",
        "<p>Goslar, 11. Juni 2031</p>",
        "<ul><li>Goslar, 11. Juni 2031: Max Horn</li><li>Essen, 12. Juni 2031: Max Horn</li></ul>",
    ],
)
def test_place_and_day_of_an_event_stay(read: Read, page: PageMaker, end: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["de"])
    draft = read(page(lang="de", body=text + end))
    assert "Goslar, 11. Juni 2031" in draft.text
    assert draft.authors == ()


def test_the_text_of_an_event_ends_before_the_line_too(read: Read, page: PageMaker) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY["de"])
    facts = "<p>Termin: 23. April 2031, 9.30 Uhr<br>Ort: Hotel Krone, Goslar</p>"
    head = '<meta property="og:type" content="event">'
    line = "<p>Goslar, den 4. März 2031 / Sabine Krüger</p><p>Kostenlos</p>"
    draft = read(page(head=head, lang="de", body=facts + text + line))
    assert draft.kind == "event"
    assert "Hotel Krone" in draft.text
    assert draft.text.endswith(BODY["de"][-1])
    assert draft.authors == ("Sabine Krüger",)
