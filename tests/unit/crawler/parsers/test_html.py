"""Decoding by evidence, guards, and the one parse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.charset import decode
from crawler.parsers.html import MAX_BYTES, HtmlDocument
from indexer.records.errors import ParseError

RUSSIAN = "Геологическая служба провела совещание по развитию кластеров и подписала соглашение"
GERMAN = "Förderung für Österreich: Größe, Straße und Geschäftsführer"


def outcome(body: bytes) -> str:
    try:
        HtmlDocument.from_bytes(body).tree.text_content().encode()
    except ParseError as error:
        return error.reason
    return "read"


@pytest.mark.parametrize(
    ("text", "written_in", "declared", "header", "encoding"),
    [
        (GERMAN, "utf-8", "iso-8859-1", "iso-8859-1", "utf-8"),
        (GERMAN, "utf-8", "", "windows-1251", "utf-8"),
        (GERMAN, "utf-8-sig", "iso-8859-1", "", "utf-8"),
        (GERMAN, "utf-16", "utf-8", "", "utf-16-le"),
        (GERMAN, "utf-16-le", "", "", "utf-16-le"),
        (GERMAN, "windows-1252", "iso-8859-1", "", "windows-1252"),
        (GERMAN, "windows-1252", "", "ISO-8859-1", "windows-1252"),
        (GERMAN, "windows-1252", "utf-8", "", "windows-1252"),
        (GERMAN, "windows-1252", "no-such-charset", "", "windows-1252"),
        (RUSSIAN, "windows-1251", "windows-1251", "", "cp1251"),
        (RUSSIAN, "windows-1251", "", "windows-1251", "cp1251"),
        (RUSSIAN, "windows-1251", "", "", "windows-1251"),
        (RUSSIAN, "windows-1251", "utf-8", "iso-8859-1", "windows-1251"),
        (RUSSIAN, "koi8-r", "", "", "koi8-r"),
        (RUSSIAN, "koi8-r", "koi8-r", "utf-8", "koi8-r"),
    ],
)
def test_charset_by_evidence(
    text: str, written_in: str, declared: str, header: str, encoding: str
) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    body = f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(written_in)
    decoded = decode(body, f"text/html; charset={header}" if header else None)
    assert text in decoded.text
    assert decoded.encoding == encoding


def test_utf8_cut_off_inside_a_letter_is_utf8() -> None:
    assert decode(f"<p>{RUSSIAN}".encode()[:-1]).encoding == "utf-8"


def test_one_stray_byte_does_not_spoil_utf8() -> None:
    body = f"<p>{RUSSIAN}".encode() + b"\x92" + RUSSIAN.encode()
    assert decode(body, "text/html; charset=windows-1252").encoding == "utf-8"


@pytest.mark.parametrize("western", ["latin-1", "windows-1252"])
@pytest.mark.parametrize(
    "text",
    [
        "The miner’s plan – “tin” – isn’t new",
        "Für größere Öfen über Köln 😀, Łódź und Muş",
        "Қазақстан туралы, өңірде, Тоҷикистон ҷаласаи ғайринавбатӣ",
        RUSSIAN,
    ],
)
def test_what_was_encoded_twice_is_read(text: str, western: str) -> None:
    twice = text.encode().decode(western, "ignore").encode()
    if text.encode().decode(western, "replace").count("\ufffd") == 0:
        assert decode(twice).text == text


@pytest.mark.parametrize("text", ["„MÜ“, „MÖ“, „MÄ“", "SÃO, NÃO, PÃO", "Â, â€ and Ã¶ look odd"])
def test_what_is_encoded_once_stays(text: str) -> None:
    assert decode(text.encode()).text == text


def test_half_letters_do_not_spoil_a_page_that_says_it_is_utf8() -> None:
    teasers = b"".join(b"<p>" + GERMAN.encode()[:2] for _ in range(2))
    body = b'<meta charset="utf-8"><p>' + GERMAN.encode() + teasers
    assert GERMAN in decode(body).text
    assert decode(body.replace(b"utf-8", b"koi8-r")).encoding != "utf-8"


def test_halves_of_an_emoji_are_one() -> None:
    body = f"<p>{GERMAN} \ud83d\ude00".encode("utf-8", "surrogatepass")
    assert decode(body).text == f"<p>{GERMAN} \U0001f600"


def test_decoded_html_ignores_its_declarations() -> None:
    document = HtmlDocument(
        f'<?xml version="1.0" encoding="koi8-r"?><meta charset="koi8-r"><p>{RUSSIAN}'
    )
    assert RUSSIAN in document.tree.text_content()


def test_nul_and_control_characters_are_dropped() -> None:
    assert "Lithium" in HtmlDocument("<p>Li\x00thi\x0bum \ud800</p>").tree.text_content()


@pytest.mark.parametrize("markup", ["", "   \n", "\x00", "<!-- nothing -->"])
def test_empty(markup: str) -> None:
    with pytest.raises(ParseError) as caught:
        _ = HtmlDocument(markup).tree
    assert caught.value.reason == "empty"


def test_too_large() -> None:
    with pytest.raises(ParseError) as caught:
        HtmlDocument.from_bytes(b"<p>" + b"x" * MAX_BYTES)
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize(
    "markup",
    [
        "<p " + " ".join(f'a{i}="<"' for i in range(20_000)) + ">text",
        "<p " + " ".join(f"a{i}='>'" for i in range(20_000)) + ">text",
        "<p " + "\n".join(f"a{i}" for i in range(20_000)) + ">text",
        '<a x="' * 50_000,
    ],
    ids=["quoted", "quoted-closing", "bare", "unclosed"],
)
def test_tags_with_thousands_of_attributes_are_refused(markup: str) -> None:
    with pytest.raises(ParseError) as caught:
        HtmlDocument(markup)
    assert caught.value.reason == "hostile-markup"


def test_long_attribute_value_is_emptied_and_the_page_read() -> None:
    state = "{&quot;a&quot;: 1, " * 2_000
    document = HtmlDocument(f'<div data-state="{state}"><p>Kupfer und Gold</p></div>')
    assert "Kupfer und Gold" in document.tree.text_content()
    assert len(document.markup) < 200


@pytest.mark.parametrize("name", ["data-page", ":post", "v-bind:post"])
def test_data_that_a_page_may_be_read_from_stays(name: str) -> None:
    state = "{&quot;a&quot;: 1, " * 2_000
    assert state in HtmlDocument(f'<div id=app {name}="{state}"><p>Kupfer</p></div>').markup
    path = "M 1 2 " * 4_000
    assert path not in HtmlDocument(f'<div id=app {name}="{path}"><p>Kupfer</p></div>').markup


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "x",
        "<b><i>" * 50_000,
        "<table>" * 20_000,
        "<!--" * 100_000 + "--><p>x",
        "<script>" * 50_000 + "</script><p>x",
        "<" * 500_000 + "p>x",
        "<a" + "/b" * 50_000 + ">x",
    ],
    ids=["div", "inline", "table", "comment", "script", "less-than", "slashes"],
)
def test_deep_and_broken_markup_is_survived(markup: str) -> None:
    assert outcome(markup.encode()) in ("read", "empty", "hostile-markup")


MANY = " ".join(f"a{i}" for i in range(2_000))


@pytest.mark.parametrize(
    "markup",
    [
        f"<script {MANY}></script>",
        f"<style-guide><div {MANY}></div>",
        f"<style/><div {MANY}></div></style>",
        f"<!--><div {MANY}></div>-->",
        f"<title><script></title><div {MANY}></div></script>",
        f"<st&shy;yle><!--</style><div {MANY}></div>-->",
        f'<a = "><div {MANY}></div><a b="">',
        f"<!DOCTYPE a '<!--'><div {MANY}></div>-->",
    ],
)
def test_a_tag_with_thousands_of_attributes_can_not_be_hidden(markup: str) -> None:
    with pytest.raises(ParseError) as caught:
        HtmlDocument(f"<p>Zink</p>{markup}")
    assert caught.value.reason == "hostile-markup"


def test_what_a_script_says_is_not_emptied_beside_a_long_value() -> None:
    said = f'<script>page.body="{"Zink " * 1_000}"</script>'
    picture = f'<img src="data:image/png;base64,{"A" * 20_000}">'
    assert HtmlDocument(said + picture).markup == f'{said}<img src="">'


def test_scripts_may_look_like_tags_with_many_attributes() -> None:
    script = "if(a<b" + " x=1" * 2_000 + ");"
    assert HtmlDocument(f"<script>{script}</script><p>Zink</p>").tree.findtext(".//p") == "Zink"


@pytest.mark.parametrize("name", ["textarea", "style", "SCRIPT"])
def test_a_script_ends_with_its_own_tag(name: str) -> None:
    script = f'box.innerHTML="<{name}>x</{name}>";if(a<b' + " x=1" * 2_000 + ");"
    script = script if name != "SCRIPT" else script.replace("</", "<\\/")
    assert HtmlDocument(f"<script>{script}</script><p>Zink</p>").tree.findtext(".//p") == "Zink"


POST = "<p>Where do the cores of the old drilling lie?</p>"


@pytest.mark.parametrize(
    ("around", "inside", "shown"),
    [
        ("", 3 * POST, True),
        (2 * POST, 3 * POST, True),
        (3 * POST, 3 * POST, False),
        ("", POST, False),
    ],
)
def test_a_page_for_readers_without_scripts_is_shown(around: str, inside: str, shown: bool) -> None:
    document = HtmlDocument(f"<body><main>{around}<noscript>{inside}</noscript></main></body>")
    assert (document.tree.find(".//noscript") is None) == shown
    assert document.tree.text_content().count("cores") == (around + inside).count("cores")


def test_truncated_is_noticed() -> None:
    assert HtmlDocument("<html><body><p>Der Anfang").truncated
    assert not HtmlDocument("<html><body><p>Alles</p></body></html>").truncated


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    assert outcome(body) in ("read", "empty", "hostile-markup")


@pytest.mark.parametrize("end", ["</body></html>", "</BODY></HTML >", "</html>"])
def test_what_stands_behind_the_end_of_the_page_belongs_to_it(end: str) -> None:
    again = f"<body><p>zinc</p>{end}"
    document = HtmlDocument(f"<html><body><p>tin</p>{end}<p>lead</p>{end}{again}")

    assert [p.text for p in document.tree.find("body").iter("p")] == ["tin", "lead", "zinc"]


@pytest.mark.parametrize("end", ["</html>", "</html>\n<!-- 3 ms -->\n", "</html"])
def test_the_end_of_a_page_with_nothing_behind_is_left_as_it_is(end: str) -> None:
    document = HtmlDocument(f"<html><body><p>tin</p></body>{end}")

    assert document.tree.text_content() == "tin"


@pytest.mark.parametrize("begin", ["<html>", "<!DOCTYPE html>", "<!doctype html><HTML lang='de'>"])
def test_other_pages_behind_the_end_of_the_page_are_none_of_it(begin: str) -> None:
    document = HtmlDocument(f"<html><body><p>tin</p></body></html>{begin}<body><p>lead</p></body>")

    assert document.tree.text_content() == "tin"


def test_ends_that_are_left_open_cost_what_they_are_long() -> None:
    document = HtmlDocument(f"<html><body><p>tin</p>{'</html ' * 150_000}")

    assert document.tree.text_content().startswith("tin")


def test_elements_that_begin_like_the_end_of_a_page_are_others() -> None:
    body = "<body-text>tin</body-text><html-embed></html-embed><p>lead</p>"
    document = HtmlDocument(f"<html><body>{body}</body></html>")

    assert document.tree.find("body").find("p").text == "lead"
