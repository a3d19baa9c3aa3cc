"""Which encoding the bytes of a page are in: by evidence from the bytes, before any declaration.

Order: byte order mark, valid UTF-8, declaration in the markup, declaration in the Content-Type
header, guess. Servers announce ISO-8859-1 for UTF-8 pages, and pages announce UTF-8 in front of
windows-1251 bytes, so a declaration counts only where the bytes bear it out.
"""

from __future__ import annotations

import codecs
import re
import warnings
from dataclasses import dataclass

from crawler.parsers.scripts import FREQUENT_CYRILLIC

SAMPLE = 65_536
"""Bytes that a guess looks at: the article's words stand far before that."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these labels as their supersets (WHATWG Encoding Standard, "Names and labels").
_SUPERSETS = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_CYRILLIC = ("windows-1251", "koi8-r", "iso8859-5", "cp866")
_WESTERN = {
    bytes([byte]).decode("windows-1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_FOLLOWS = rf"[\x80-\xbf{''.join(_WESTERN)}]"
"""What bytes behind the first one of a character look like as Western text."""
_TWICE = re.compile(rf"(?:[Â-ÅÊÐ-Ó]{_FOLLOWS}|[âïã]{_FOLLOWS}{{2}}|ð{_FOLLOWS}{{3}})+")
"""Letters of Western and Eastern Europe and of Central Asia, marks and emoji."""
_TWICE_SIGN = re.compile(
    rf"â[\x80€]{_FOLLOWS}|Ã[\x83-\xbf{''.join(_WESTERN)}](?=[a-z])|[ÐÑ](?!\xa0){_FOLLOWS}"
)
_FEWEST_SIGNS = 3
_LETTERS_OF_SIGNS = "âÃÐÑ"
"""One of them begins each sign; most pages have none, which is told in a fiftieth of the time."""
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Cyrillic bytes read as a Western encoding give long runs of accented letters; no Western language
# has them.
_ACCENTED_RUN = re.compile("[À-ÖØ-öø-ÿ]{4,}")
_ACCENTED = re.compile("[À-ÖØ-öø-ÿ]")
_FEWEST_SOUND = 50
_FEWEST_SOUND_DECLARED = 3
"""Letters beyond ASCII to each stray byte. Where a page says that it is UTF-8, letters that were
cut in half in teasers make no other encoding of it: in none does ordinary text have more sequences
of bytes that UTF-8 has than others.
"""
_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""An emoji whose two halves were encoded each by itself, as some databases do (CESU-8)."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A page's bytes as text, and how they were read."""

    text: str
    encoding: str
    evidence: str
    """`mark`, `utf-8`, `markup`, `header` or `guess`."""


def decode(body: bytes, content_type: str | None = None) -> DecodedText:
    """Decode a page; never fails: what can't be decoded becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return DecodedText(body[len(mark) :].decode(encoding, "replace"), encoding, "mark")
    wide = _without_mark(body)
    if wide is not None:
        return DecodedText(body.decode(wide, "replace"), wide, "guess")
    text = _as_utf8(body, _FEWEST_SOUND)
    if text is not None:
        return DecodedText(_decoded_once_more(text), "utf-8", "utf-8")
    for evidence, label in (("markup", _in_markup(body)), ("header", _in_header(content_type))):
        encoding_or_none = _python_name(label)
        if encoding_or_none is None:
            continue
        if encoding_or_none == "utf-8":
            text = _as_utf8(body, _FEWEST_SOUND_DECLARED)
            if text is not None:
                return DecodedText(_decoded_once_more(text), "utf-8", evidence)
            continue
        text = _as_declared(body, encoding_or_none)
        if text is not None:
            return DecodedText(text, encoding_or_none, evidence)
    guessed = _guess(body)
    return DecodedText(body.decode(guessed, "replace"), guessed, "guess")


def _without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of ASCII markup is NUL."""
    head = body[:400]
    if head.count(0) * 3 < len(head) or len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None


def _decoded_once_more(text: str) -> str:
    """Text that was UTF-8 when it was taken for Western and encoded again (Investorâ€™s, Ã¼ber):
    the signs of that, several of them, stand in no other text.
    """
    has_letters = any(letter in text for letter in _LETTERS_OF_SIGNS)
    if not has_letters or len(_TWICE_SIGN.findall(text)) < _FEWEST_SIGNS:
        return text
    return _TWICE.sub(lambda run: _as_bytes(run.group()).decode("utf-8", "replace"), text)


def _as_bytes(text: str) -> bytes:
    return bytes(_WESTERN.get(char, ord(char)) for char in text)


def _as_utf8(body: bytes, fewest: int) -> str | None:
    """Text if the bytes are UTF-8, a cut-off end allowed, and stray bytes where there are so many
    letters beyond ASCII to each.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(body) and error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8")
    body = _SURROGATES.sub(_as_one, body)
    text = body.decode("utf-8", "replace")
    beyond_ascii = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return text if text.count("\ufffd") * fewest < beyond_ascii else None


def _as_one(halves: re.Match[bytes]) -> bytes:
    both = halves[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return both.decode("utf-16-le").encode()


# beautifulsoup4 takes a tenth of a second and 8 MB to load: a crawl of feeds and sitemaps does
# without.


def _in_markup(body: bytes) -> str | None:
    from bs4.dammit import EncodingDetector  # noqa: PLC0415  # see above

    found = EncodingDetector.find_declared_encoding(body[:SAMPLE], is_html=True)
    return found or None


def _in_header(content_type: str | None) -> str | None:
    match = _HEADER_CHARSET.search(content_type or "")
    return match.group(1) if match else None


def _python_name(label: str | None) -> str | None:
    """Codec of a declared label; None where Python has no text codec of that name."""
    try:
        info = codecs.lookup(label or "")
        b"".decode(label or "")
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(info.name, info.name)


def _as_declared(body: bytes, encoding: str) -> str | None:
    """Text in the declared encoding, unless the bytes contradict it."""
    if encoding in ("utf-7", "utf-16", "utf-32", "utf-16-le", "utf-16-be"):
        return None  # byte order marks were looked for before; UTF-7 is an attack
    text = body.decode(encoding, "replace")
    if text.count("\ufffd") * 200 > len(text):
        return None
    accented = len(_ACCENTED.findall(text))
    in_runs = sum(len(run) for run in _ACCENTED_RUN.findall(text))
    return None if accented > 40 and in_runs * 2 > accented else text


def _guess(body: bytes) -> str:
    """Cyrillic encodings by letter frequency, then what beautifulsoup4 finds, then windows-1252."""
    from bs4.dammit import UnicodeDammit  # noqa: PLC0415  # see above

    sample = re.sub(rb"<script\b.*?(?:</script|\Z)|<[^<>]*>", b" ", body, flags=re.DOTALL)[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    if high:
        shares = {
            name: sum(letter in FREQUENT_CYRILLIC for letter in sample.decode(name, "replace"))
            for name in _CYRILLIC
        }
        best = max(shares, key=lambda name: shares[name])
        # The ten most frequent letters make up 60 % of Russian text; half of that in other
        # Cyrillic languages. Accented letters of Western text seldom hit them.
        if high > 20 and shares[best] > 0.4 * high:
            return best
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it warns of bytes that it replaces; that is the point here
        found = UnicodeDammit(sample, is_html=True).original_encoding
    name = _python_name(found)
    # Where a Central European encoding reads the same letters, the page is taken as Western.
    western = sample.decode("windows-1252", "replace")
    return name if name and sample.decode(name, "replace") != western else "windows-1252"
