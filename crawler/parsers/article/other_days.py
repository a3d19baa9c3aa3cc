"""Days that a page shows and that are neither of its publication nor of its change: of a picture,
an event, a deadline, or in a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import lxml.html

from crawler.parsers.article.blocks import SENTENCE_END, TextBlock, words_of
from crawler.parsers.article.data_blocks import is_bare_date, names_venue
from crawler.parsers.article.page_words import PageWords, WordKind
from crawler.parsers.article.printed_dates import dates_in, has_date
from crawler.parsers.elements import INVISIBLE

NEAR = 14
"""Characters between a word and the day that it belongs to: an article, a weekday."""
REST = 15
"""Characters behind a day that may end a line, not a sentence: the time, the author."""
WORDS_BEHIND = 5
"""Words behind a day by which a sentence is told that it begins."""
MOST_BEHIND = 40
"""Characters behind the day of a picture."""
STEPS = 4
"""Elements around a day whose names may say that it is that of a picture."""
BESIDE_VENUE = 3
"""Lines among which one that names a place makes a bare date that of an event."""
LABEL = 3
"""Letters of "on" and "vom", which stand before other days, too; a longer word says more."""
_TOLD = 3
_OF_PAGE: tuple[WordKind, ...] = ("updated", "reading_time")
"""What is said of a page behind its day."""
HEADLINE_WORDS = 4
"""Words beside the day of a link that are a headline; a month and a name are fewer."""
PIECES_OF_LINK = 40
"""Pieces of text of a link that are looked at: one that is not closed holds the rest of a page."""
TELLING = 2
"""Longer words in small letters that tell what a picture shows; one is a weekday, or `release`."""

_WORD = re.compile(r"[^\W\d_]+")
_RIGHT_BEHIND = re.compile(r"\s[^\W\d_]")
_BEFORE_COMMA = re.compile(r"[^\W\d_]+(?=,)")
_FULL_STOP = re.compile(r"[^\W\d_]{3}[)\"'“”»]?[.!?]['\"»“”’)\]]*\s*$")
"""Of a sentence: no `g.`, and no line that is cut short with dots."""
_PARTS = re.compile(r"[|·•;]")
_SIGN = re.compile(r"\s*[,|·•;–—]")
_CUT_SHORT = re.compile(r"\s?[^\W\d_]{1,2}\.")
"""Behind a day: `г.`."""
_CAPTION = re.compile(
    r"caption|(?:photo|image|picture|bild|foto)[-_]?(?:credit|text)", re.IGNORECASE
)
_EMBEDDED = re.compile(r"\b(?:tweet|media|embed|post)\b", re.IGNORECASE)
"""Class of the quotations that embed posts: `twitter-tweet`, `instagram-media`, `tiktok-embed`."""
_HEADLINES = ("h1", "h2")
_PICTURES = frozenset({"img", "picture", "figure"})
"""No `svg`: it draws the calendar before a day."""
_BOXES = frozenset({"div", "figure", "span", "section", "table", "tbody"})
_PICTURE_AND_LINE, _MANY_ALIKE = 2, 3
_ENTRIES = frozenset({"li", "tr", "article", "div"})
_MOST_ENTRIES, _MOST_LINKS, _MOST_ELEMENTS = 8, 4, 200
"""Entries of a list and links of an entry that are looked at; elements that an entry has."""
_SIGN_IMAGE = re.compile(r"icon|\.svg|^data:|sprite", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WEEK = "7"
"""Columns of such a table, which its heading spans."""
_CALENDAR = re.compile(r"calendar|datepicker|kalender", re.IGNORECASE)
_SIZE = 100
"""Pixels that a sign is wide or high at most."""
_AROUND_PICTURE = frozenset({"a", "span", "p", "div", "td", "tr", "center", "tbody"})


def is_other_day(before: str, words: PageWords) -> bool:
    """Whether what stands before a day says that it is neither of publication nor of change: `bis
    zum`, `Registriert: Mo`, or that it is a clock's: `Сегодня среда`.
    """
    if _says_today(before, words):
        return True
    found = words.find_last("other_day", before)
    if found is None:
        return False
    said = _last_strong(before, words)
    if said is not None and said.end() >= found.end():
        return False  # online seit
    rest = _without_weekday(before[found.end() :], words)
    between = _WORD.findall(rest)
    if words.start("byline", found[0]) and between:
        return False  # by BGS, 3 March
    if found[0].islower() and _ends_a_name(rest):
        return False
    return len(rest) <= NEAR and not any(map(str.isdigit, rest))


def _says_today(before: str, words: PageWords) -> bool:
    """Whether a line begins with the word for today, with no more before the day than a weekday."""
    found = words.times_ago.find(before) if before.strip() else iter(())
    today = next((time for time in found if time.unit == "day" and not time.back), None)
    if today is None or before[: today.start].strip():
        return False
    rest = _without_weekday(before[today.end :], words)
    return len(rest) <= NEAR and not any(map(str.isdigit, rest))


def _without_weekday(rest: str, words: PageWords) -> str:
    """What stands before a day, without the name of its weekday: `до среды, `."""
    last = next(reversed([*_WORD.finditer(rest)]), None)
    return rest[: last.start()] if last is not None and words.is_weekday(last[0]) else rest


def _ends_a_name(rest: str) -> bool:
    """Whether what stands between a word and a day goes on with what the word belongs to: `lehnt
    Antrag ab, 12.03`, `Комитет по ЧС, 12.03`, `Комитет по науке, 12.03`, `(ab) 12.03`.
    """
    return (
        _SIGN.match(rest) is not None
        or ")" in rest
        or any(word.isupper() and len(word) > 1 for word in _WORD.findall(rest))
        or any(map(str.islower, _BEFORE_COMMA.findall(rest)))
    )


def is_in_sentence(line: str, start: int, end: int, words: PageWords) -> bool:
    """Whether a day at this place of a line stands in a sentence that does not say when the page
    was published: words in small letters before it, or right behind it, and a full stop.
    """
    before, behind = line[:start], line[end:]
    if _last_strong(before, words) is not None or words.start("byline", line):
        return False
    small = [word for word in _WORD.findall(before) if word.islower()]
    is_sentence = bool(SENTENCE_END.search(line)) and not (
        _CUT_SHORT.fullmatch(behind) or words.find("reading_time", behind)
    )
    if len(small) >= 2 and len(behind) > REST:
        return True
    if not is_sentence or before.rstrip().endswith((",", ":", "|")):
        return False
    if len(behind) <= 1 and before[:1].islower():
        return False  # `dated 12 March 2026.`: a sentence begins with a capital
    if len(small) >= 2 or any(len(w) > LABEL for w in small):
        return True
    # `12 марта 2026 года в Астане состоялась …`: reports of authorities begin with their day.
    return bool(before.strip()) and _goes_on(behind, words)


def other_lines(blocks: Sequence[TextBlock], start: int, words: PageWords) -> frozenset[str]:
    """Lines whose day is that of a picture, of a post of another site, or of an event: a bare
    "Date" near to a place, behind the block with which the text starts. Above it, news say where
    they come from. A line that stands elsewhere, too, is none: cards of other news have captions of
    the same day.
    """
    others: dict[str, bool] = {}
    for block in blocks:
        for line in filter(has_date, block.text.split("\n")):
            others[line] = others.get(line, True) and (
                _is_of_picture(block, line, words) or is_embedded(block.element)
            )
    behind = [line for block in blocks[start + 1 :] for line in block.text.split("\n")]
    found = (line for line, is_other in others.items() if is_other)
    return frozenset(found).union(_of_events(behind, words))


def is_embedded(element: lxml.html.HtmlElement) -> bool:
    """Whether it is a post of another site, or stands in one."""
    quotations = (element, *element.iterancestors("blockquote"))
    return any(
        each.tag == "blockquote" and _EMBEDDED.search(each.get("class") or "")
        for each in quotations
    )


def is_of_other_article(element: lxml.html.HtmlElement) -> bool:
    """Whether it is, or stands in, a link that holds day and headline of what it leads to. A link
    around the headline of the page leads to the page itself.
    """
    link = next((e for e in (element, *element.iterancestors()) if e.tag == "a"), None)
    if link is None or not link.get("href"):
        return False
    pieces = [*islice(link.itertext(), PIECES_OF_LINK + 1)]
    if len(pieces) > PIECES_OF_LINK or next(link.iter(*_HEADLINES), None) is not None:
        return False
    text = " ".join(pieces)
    return has_date(text) and sum(not w.isdigit() for w in words_of(text)) >= HEADLINE_WORDS


def entry_of_other(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The entry around a day of several made alike that each have a linked headline and a day: of
    other articles (`Read also`).
    """
    around = (element, *islice(element.iterancestors(), STEPS - 1))
    for entry in (each for each in around if each.tag in _ENTRIES):
        if _is_entry(entry):
            parent = entry.getparent()
            others = parent.iterchildren(entry.tag) if parent is not None else iter(())
            alike = (e for e in islice(others, _MOST_ENTRIES) if make_of(e) == make_of(entry))
            return entry if sum(map(_is_entry, alike)) > 1 else None
    return None


def _is_entry(element: lxml.html.HtmlElement) -> bool:
    if next(islice(element.iter(), _MOST_ELEMENTS, None), None) is not None:
        return False
    pieces = [*islice(element.itertext(), PIECES_OF_LINK + 1)]
    if len(pieces) > PIECES_OF_LINK or not has_date(" ".join(pieces)):
        return False
    links = (" ".join(link.itertext()) for link in islice(element.iter("a"), _MOST_LINKS))
    return any(sum(not w.isdigit() for w in words_of(text)) >= HEADLINE_WORDS for text in links)


def is_of_calendar(element: lxml.html.HtmlElement) -> bool:
    """Whether it heads the table of a month's days, or stands in what is called a calendar."""
    if element.tag == "caption" or any(e.get("colspan") == _WEEK for e in element.iter("td", "th")):
        return True
    around = (element, *islice(element.iterancestors(), STEPS - 1))
    names = (f"{each.get('id') or ''} {each.get('class') or ''}" for each in around)
    return any(map(_CALENDAR.search, names))


def says_day_in_sentence(line: str, words: PageWords) -> bool:
    """Whether the first day of a line stands in such a sentence, or in one that opens with it: that
    may be the day of the page all the same, and is text.
    """
    day = next(dates_in(line, len(line), 1), None)
    return day is not None and (
        is_in_sentence(line, *day.span(), words)
        or _opens_sentence(line[: day.start()], line[day.end() :], words)
    )


def _of_events(lines: Sequence[str], words: PageWords) -> Iterator[str]:
    for number, line in enumerate(lines):
        if is_bare_date(line, words) and any(
            names_venue(piece, words)
            for near in lines[max(0, number - BESIDE_VENUE) : number + BESIDE_VENUE + 1]
            for piece in _PARTS.split(near)
        ):
            yield line


def _is_of_picture(block: TextBlock, line: str, words: PageWords) -> bool:
    """The block is called a caption, or stands beside a picture and begins as a credit or says more
    than a name and a day.
    """
    around = [block.element, *islice(block.element.iterancestors(), STEPS - 1)]
    if any(map(_is_caption, around)):
        return True
    if _last_strong(line, words) is not None:
        return False
    day = next(dates_in(line, len(line), 1))
    small = [w for w in _WORD.findall(line[: day.start()]) if w.islower() and len(w) > LABEL]
    is_short = len(line) - day.end() <= MOST_BEHIND  # no paragraph that begins with town and day
    says_more = len(small) >= TELLING and is_short and not words.find("byline", line)
    return bool(words.start("credit", line) or says_more) and is_beside_picture(block.element)


def _is_caption(element: lxml.html.HtmlElement) -> bool:
    """An element that is called so, and is no box over a picture that holds the headline."""
    if element.tag == "figcaption":
        return True
    return bool(_CAPTION.search(element.get("class") or "")) and not any(
        True for _ in islice(element.iter(*_HEADLINES), 1)
    )


def is_beside_picture(element: lxml.html.HtmlElement) -> bool:
    """A picture stands in the element, or right before it in what holds little else."""
    if any(True for _ in islice(element.iter(*_PICTURES), 1)):
        return True
    for each in (element, *islice(element.iterancestors(), STEPS - 2)):
        before = each.getprevious()
        if before is not None:
            return _is_picture(before)
        if each.tag not in _AROUND_PICTURE:
            return False
    return False


def alone_with_pictures(
    elements: Iterable[lxml.html.HtmlElement],
) -> frozenset[lxml.html.HtmlElement]:
    """Those of a page's elements that are, with a picture above, all that a box holds, where the
    page has hardly another box of that class, nor the box around it: points of a list and cards
    have a picture each, and editors of pages may give each a class of its own.
    """
    boxes = {each: box for each in elements if (box := _box_with_picture(each)) is not None}
    if not boxes:
        return frozenset()
    root = next(iter(boxes)).getroottree().getroot()
    alike = Counter(map(make_of, root.iter(*_BOXES)))
    beside = Counter(box.getparent() for box in boxes.values())
    return frozenset(
        each
        for each, box in boxes.items()
        if max(alike[make_of(box)], beside[box.getparent()]) < _MANY_ALIKE
    )


def make_of(box: lxml.html.HtmlElement) -> tuple[str, str]:
    """What boxes of one make share: numbers in a class count them (`card-1`, `card-2`)."""
    return box.tag, _NUMBER.sub("", box.get("class") or "")


def _box_with_picture(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The box that holds the element, a picture above it and nothing else. A sign before a fact (a
    pin, a calendar) is no picture.
    """
    line, box = element, element.getparent()
    while box is not None and len(box) == 1 and not _has_text(box.text, line.tail):
        line, box = box, box.getparent()  # the cell of a table, its row
    above = line.getprevious()
    if above is None or box is None or box.tag not in _BOXES or not _is_picture(above):
        return None
    if len(box) != _PICTURE_AND_LINE or _has_text(box.text, above.tail, line.tail):
        return None
    return box if box.get("class") and not any(map(_is_sign, above.iter("img"))) else None


def _has_text(*texts: str | None) -> bool:
    return any(text and text.strip() for text in texts)


def _is_sign(image: lxml.html.HtmlElement) -> bool:
    said = " ".join(image.get(name) or "" for name in ("src", "class", "alt"))
    sizes = (image.get(name) or "" for name in ("width", "height"))
    return bool(_SIGN_IMAGE.search(said)) or any(s.isdecimal() and int(s) <= _SIZE for s in sizes)


def _is_picture(element: lxml.html.HtmlElement) -> bool:
    """An element that shows a picture and no words."""
    if element.tag in _PICTURES:
        return True
    if not isinstance(element.tag, str) or element.tag in INVISIBLE:
        return False
    if element.text_content().strip():
        return False
    return any(True for _ in islice(element.iter(*_PICTURES), 1))


def _last_strong(text: str, words: PageWords) -> re.Match[str] | None:
    """The last words by which a text says when the page was published or changed."""
    found = [*words.find_all("published", text), *words.find_all("updated", text)]
    strong = (match for match in found if len(match[0]) > LABEL)
    return max(strong, key=lambda match: match.end(), default=None)


def _opens_sentence(before: str, behind: str, words: PageWords) -> bool:
    """`On Monday, 9 June 2031, the agency opened …`, `Vom 2. bis 4. Juni 2031 tagt …`: a short word
    that stands before any day opens the line with it, and behind it more is said than a time, a
    body or an author: three words, of them a longer one or two in small letters, and a full stop.
    """
    label = words.start("published", before).lstrip("([")
    if not 0 < len(label) <= LABEL or not label[0].isupper() or not _FULL_STOP.search(behind):
        return False
    if words.start("byline", behind) or any(words.find(kind, behind) for kind in _OF_PAGE):
        return False
    told = _WORD.findall(behind)
    small = [word for word in told if word.islower()]
    return len(told) >= _TOLD and (len(small) > 1 or any(len(word) > LABEL for word in small))


def _goes_on(behind: str, words: PageWords) -> bool:
    """A sentence goes on right behind a day: `From 3 May the new fees apply`."""
    if not _RIGHT_BEHIND.match(behind) or words.start("byline", behind):
        return False
    following = _WORD.findall(behind)[:WORDS_BEHIND]
    return sum(1 for word in following if word.islower() and len(word) > LABEL) >= 2
