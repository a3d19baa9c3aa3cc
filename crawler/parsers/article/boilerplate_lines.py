"""Lines that stand among an article's paragraphs and are not its text.

Told by how they begin (words of config/languages), by their links and by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

import lxml.html

from crawler.parsers.article.advertisements import Original, advertised
from crawler.parsers.article.blocks import CELLS, HEADINGS, SENTENCE_END, TextBlock, words_of
from crawler.parsers.article.captions import find_captions
from crawler.parsers.article.data_blocks import (
    DATE_LIKE,
    DAY_LIKE,
    PREPOSITION,
    data_elements,
    dates_page,
    says_day_of_event,
    without_publication,
)
from crawler.parsers.article.other_days import (
    alone_with_pictures,
    is_beside_picture,
    says_day_in_sentence,
)
from crawler.parsers.article.page_words import PageWords, WordKind
from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.article.title import similarity

HEAD = 8
"""Blocks that may be headline boilerplate before the text begins."""
TAIL = 6
"""Blocks at the end that may be boilerplate."""
CAPTION = 25
"""Words of a line that says what a picture shows, and who took it."""
LABEL = 6
"""Words of a label; a longer line that ends as a sentence is none."""
TEASER, HEADLINE = 60, 3
"""Words of another page's headline with the beginning of its text, at most; of the headline alone,
at least.
"""
MOST_OF_BYLINE = 8
"""Words of a byline that ends as a sentence and says no day of publication."""
LONGEST_LINK = 3
"""Letters of a word between a name and the day of publication (and, und am)."""
MOST_OF_DATE = 9
"""Words of a line with a date and little else."""
WRITTEN = 9
"""Letters of words that say who wrote a text or put the questions; shorter ones begin sentences."""
MOST_BESIDE = 40
"""Characters beside a link to a file: its size, its date."""
MOST_OF_DATED = 30
"""Words of a headline with the day of its page."""

_FILE = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip|jpe?g|png|tiff?|mp[34])(?:[?#]|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"@|\w\.\w")
_COUNTED_DAY = re.compile(
    r"(?P<day>[^\W\d_][^:|\d]{1,30}):\s?[^:|]{0,20}\d[^:|]{0,24}?(?::\d\d)?\s?(?:\|\s?)?"
    r"(?<![^\W\d_])(?P<count>[^\W\d_][^:|\d]{1,30}):\s?\d{1,7}(?:\s?\|[^|.]{1,30}){0,3}"
)
"""`Added: 14 February 2031, 12:40 | Views: 958 | Print`, in any language."""
_DAY_AND_COUNT = re.compile(
    r"(?=[^:]{0,20}\d)[^:|]{3,24}[\s|·•]{1,3}(?P<count>[^\W\d_][^:|\d]{2,20}):\s?\d{1,7}"
)
"""`Mar 11 Views: 636`: a day without its year, perhaps in a language without a word list."""
_FACTS: tuple[WordKind, ...] = ("event_day", "venue", "other_day", "contact", "reached", "office")
"""Kinds of labels of a text that tells of an event, a body or a person."""
_MOMENT_AND_COUNT = re.compile(
    r"\d{1,2}\.?[\s./-](?:[^\W\d_]{3,12}|\d{1,2})[\s./-]\d{4}(?:\s?[^\W\d_]{1,2}\.)?,?\s\d{1,2}:\d\d"
    r"[\s|·•]{1,3}\d{1,7}\s[^\W\d_]{4,14}"
)
"""`21 марта 2031, 09:00 171 просмотров`."""
_BEFORE_CREDIT = "([|/–—·"
"""Signs behind which another part of a line begins."""
_SIGNS_OF_CREDIT = frozenset(":.©")
_BETWEEN_LINKS = re.compile(r"\s*[|·•]\s*")
_SENTENCE_OR_NUMBER = re.compile(r"[.!?…:。！？：؟।]['\"»“”’)\]]*\s*$|\d")
"""What a line without a mark that names a picture has not: an end of a sentence, or one that leads
to what follows; a day, a price, a telephone.
"""
_CUT_OFF = re.compile(r"(?:…|\.{3})['\"»“”’)\]]*\s*$")


class BoilerplateLines:
    """Judges lines by the words of all languages."""

    def __init__(self, words: PageWords) -> None:
        self._words = words

    def data_elements(self, blocks: Sequence[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
        """Elements of those blocks of an article that hold data, and tell nothing of the page."""
        return data_elements(blocks, self._words)

    def advertised(
        self, blocks: Sequence[TextBlock], original: Original
    ) -> frozenset[lxml.html.HtmlElement]:
        """Elements of those blocks that are labelled as advertisements."""
        return advertised(blocks, self._words, original)

    def head_length(
        self,
        blocks: Sequence[TextBlock],
        headings: Sequence[str],
        teaser: str | None,
        told: frozenset[lxml.html.HtmlElement] = frozenset(),
    ) -> int:
        """How many blocks at the head are title, teaser, byline, date or labels, all of them where
        nothing else is; those of the elements `told` are none.
        """
        titles = [words_of(t) for t in headings if t]
        intro = words_of(teaser or "")
        data = self.data_elements(blocks) | told
        length = 0
        for index, block in enumerate(blocks[:HEAD]):
            if block.element not in data and self._is_head(block, titles, intro):
                length = index + 1
            elif len(block.words) > 15 or SENTENCE_END.search(block.text):
                break
        return length

    def _is_head(
        self, block: TextBlock, titles: Sequence[tuple[str, ...]], intro: tuple[str, ...]
    ) -> bool:
        words = block.words
        if any(words == t or (len(words) >= 4 and _same(words, t)) for t in titles):
            return True
        if intro and (words == intro or _same(words, intro)):
            return True
        if CELLS in block.text and self._heads_in_row(block.text.split(CELLS), titles):
            return True
        if "\n" in block.text and len(words) <= 30:
            return block.link_share > 0.8 or all(
                line.words in titles
                or self.is_byline(line.text)
                or self.is_date_line(line.text)
                or self.counts_views(line)
                for line in block.lines
            )
        return self.is_head_label(block)

    def _heads_in_row(self, cells: Sequence[str], titles: Sequence[tuple[str, ...]]) -> bool:
        """A row of a table for the layout that holds the title and the day."""
        rest = [cell for cell in cells if words_of(cell) not in titles]
        return 0 < len(rest) < len(cells) and all(
            self.is_date_line(cell.rstrip(" .")) for cell in rest
        )

    def strip_head(self, block: TextBlock, headings: Sequence[str]) -> TextBlock:
        """The first block without the title, date and byline that old pages part from it by one
        line break.

        Lines without a title or a byline among them stay: the day of an event may head a text.
        """
        titles = [words_of(t) for t in headings if t]
        head = list(takewhile(lambda line: self._is_head(line, titles, ()), block.lines))
        named = any(line.words in titles or self.is_byline(line.text) for line in head)
        return (
            block.part(len(head), len(block.links)) if named and block.links[len(head) :] else block
        )

    def strip_tail(self, block: TextBlock) -> TextBlock:
        """The last block without the links and labels that stand below it, parted by one line
        break.
        """
        below = takewhile(
            lambda line: _is_link(line) or self.is_boilerplate(line), block.lines[:0:-1]
        )
        return block.part(0, len(block.links) - len(list(below)))

    def is_head_label(self, block: TextBlock) -> bool:
        """Byline, date line, reading time, section link or picture credit."""
        return (
            self.is_byline(block.text)
            or self.is_date_line(block.text)
            or self.is_label(block)
            or self.counts_views(block)
        )

    def counts_views(self, block: TextBlock) -> bool:
        """A line that says when a page was put there and how often it was read: a day with its
        time, and a number with one word; a day and a number with a known label; or a labelled day,
        and a labelled number behind it.

        Such labels stand before facts, too (`Born: … Age: 63`): one must be known where the page is
        in a language that has words here, and none may be known for another.
        """
        if _MOMENT_AND_COUNT.fullmatch(block.text):
            return True
        counted = _DAY_AND_COUNT.fullmatch(block.text)
        if counted is not None and self._words.find("counter", counted["count"]):
            return True
        found = _COUNTED_DAY.fullmatch(block.text)
        if found is None or not has_date(block.text):
            return False
        if self._words.find("counter", found["count"]):
            return True
        if any(
            self._words.start(kind, found["day"]) or self._words.find(kind, found["count"])
            for kind in _FACTS
        ):
            return False
        said = self._words.start("updated", found["day"]) or self._words.start(
            "published", found["day"]
        )
        return len(said) > PREPOSITION or not self._words.knows(_lang_of(block.element))

    def is_byline(self, text: str) -> bool:
        """A line such as "By Jane Roe, 9 June 2015": byline word and name, no sentence."""
        start = self._words.start("byline", text)
        limit = 26 if DATE_LIKE.search(text) else 14
        if not start or len(words_of(text)) > limit:
            return False
        rest = text[text.find(start) + len(start) :].lstrip(" :,|–—")
        if not rest or not (rest[0].isupper() or rest[0].isdigit()):
            return False
        if SENTENCE_END.search(text) is None:
            return True
        # "By 2030, Leeds will have three tin mines." is a sentence, however short.
        return not rest[0].isdigit() and (
            len(words_of(text)) <= MOST_OF_BYLINE or self._says_when_it_appeared(rest)
        )

    def _says_when_it_appeared(self, named: str) -> bool:
        """A name or two with the day of publication: `Jane Roe and posted on 9 June 2031.` Longer
        words without a capital are of a sentence: `Ores Ltd, the report was published on …`.
        """
        rest = without_publication(named, self._words)
        told = any(
            word.islower() and len(word.strip(",.:")) > LONGEST_LINK for word in rest.split()
        )
        return rest != named and len(words_of(rest)) <= LABEL and not told

    def is_date_line(self, text: str) -> bool:
        """A line that says when the page was published or changed, with little else."""
        if not DATE_LIKE.search(text):
            return False
        count = len(words_of(text))
        if count > 22 or says_day_in_sentence(text, self._words):
            return False
        if says_day_of_event(text, self._words):
            return False
        if self._words.start("updated", text) or self._words.start("published", text):
            # "Updated 5 May at 10:30 a.m." says when; "Published are the figures of the year 2030."
            # is a sentence of the text.
            is_moment = count <= MOST_OF_DATE and not DAY_LIKE.search(text)
            return is_moment or has_date(text) or SENTENCE_END.search(text) is None
        # "2 Min." ends a reading time, no sentence.
        ends = SENTENCE_END.search(text) and not self._words.find("reading_time", text)
        return count <= MOST_OF_DATE and not ends

    def is_publication_line(self, text: str) -> bool:
        """A line that says when the page was published, or by whom and when: it may stand anywhere,
        for it begins so.
        """
        if self._words.start("updated", text):
            return False
        written = self.is_byline(text) and bool(self._words.find("published", text))
        return dates_page(text, self._words) or (written and bool(DATE_LIKE.search(text)))

    def is_label(self, block: TextBlock) -> bool:
        """Reading time, section link, share word, picture credit."""
        text, count = block.text, len(block.words)
        if count <= 8 and self._words.find("reading_time", text):
            return True
        if count <= 25 and self._words.start("credit", text):
            return True
        if count <= 6 and self._words.start("closing", text):
            return True
        return count <= 6 and block.link_share > 0.8

    def is_boilerplate(self, block: TextBlock) -> bool:
        """A line anywhere in the text that points elsewhere or belongs to a widget."""
        text, count = block.text, len(block.words)
        start = self._words.start("related", text)
        if start and count <= 40:
            rest = text[text.find(start) + len(start) :].lstrip()
            linked = block.link_share > 0.4
            if not rest or rest[0] in ":|–—-»›>→…" or linked:
                return linked or count <= 25
        if block.link_share > 0.9 and count >= 4 and text.isupper():
            return True  # a shouted link to another article
        if count <= TEASER and _quotes_a_page(block):
            return True
        start = self._words.start("closing", text)
        is_head = block.tag in HEADINGS or text.count(CELLS) > 1  # of a part, or of columns
        if start and count <= 5 and not SENTENCE_END.search(text) and not is_head:
            return True
        if count <= 12 and self._words.start("credit", text) and ":" in text[:20]:
            return True
        return count <= CAPTION and self._is_caption(block)

    def captions(self, blocks: Sequence[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
        """Elements of those of a page's blocks that say what a picture shows: those that are named
        or stand in a gallery, and, without a mark, words alone in a box with a picture that are no
        sentence.
        """
        return find_captions(blocks) | alone_with_pictures(
            block.element
            for block in blocks
            if len(block.words) <= CAPTION
            and block.tag not in HEADINGS
            and not block.link_share
            and not _SENTENCE_OR_NUMBER.search(block.text)
            and not _is_bold(block)
        )

    def _is_caption(self, block: TextBlock) -> bool:
        """A line below a picture that says, somewhere, who took it; of 68 such lines on labelled
        pages that were taken for text, 10 were by the label. One set in bold names a step or an
        entry of a list.
        """
        marks = self._words.find_all("credit", block.text)
        if block.tag in HEADINGS or not any(map(_is_written_as_credit, marks)):
            return False
        return not _is_bold(block) and is_beside_picture(block.element)

    def tail_start(self, blocks: Sequence[TextBlock]) -> int:
        """Index of the first boilerplate block at the end: calls to follow, tags, links."""
        end = len(blocks)
        for index in range(len(blocks) - 1, max(0, len(blocks) - 1 - 3 * TAIL), -1):
            if self._is_tail(blocks[index]):
                end = index
            elif len(blocks[index].words) > 8 or end - index > 2:
                break
        return end

    def _is_tail(self, block: TextBlock) -> bool:
        text, count = block.text, len(block.words)
        if block.tag in HEADINGS or (count <= LABEL and text.endswith(":")):
            return True  # a heading or a label with nothing below it
        start = self._words.start("closing", text) or self._words.start("related", text)
        if start and (len(words_of(start)) > 1 and count <= 45):
            return True
        # "Next year's conference will be held in Katowice." is a sentence of the text.
        if start and count <= (LABEL if SENTENCE_END.search(text) else 20):
            return True
        written = len(self._words.start("byline", text)) >= WRITTEN or ":" in text[:20]
        is_author = written and count <= LABEL and self.is_byline(text)
        if is_author or (self._words.start("credit", text) and count <= 40):
            return True
        updated = self._words.start("updated", text) and count <= 12
        if updated or self.is_publication_line(text) or self.counts_views(block):
            return True
        linked = block.link_share > 0.8 and count <= 25
        return linked or _is_link_list(block) or _is_download(block) or _leads_to_dated(block)


def ends_as_sentence(block: TextBlock, fewest: int) -> bool:
    """A line of so many words that ends like a sentence."""
    return len(block.words) >= fewest and SENTENCE_END.search(block.text) is not None


def _lang_of(element: lxml.html.HtmlElement) -> str:
    """What the page says that its language is; empty where it does not."""
    given = (e.get("lang") for e in (element, *element.iterancestors()))
    return next((lang for lang in given if lang), "")


def _quotes_a_page(block: TextBlock) -> bool:
    """A linked headline with the beginning of what stands behind it, cut off by an ellipsis."""
    if len(block.links) < 2 or not _CUT_OFF.search(block.text):
        return False
    headline = block.part(0, 1)
    return (
        len(headline.words) >= HEADLINE and headline.link_share > 0.9 and not any(block.links[1:])
    )


def _is_link(line: TextBlock) -> bool:
    """Links and little else, but not an address: that is how a text ends with whom to ask."""
    shown = _BETWEEN_LINKS.sub("", line.text)
    if len(line.words) > CAPTION or _ADDRESS.search(shown):
        return False
    return line.linked > 0.8 * len(shown) or _leads_to_dated(line)


def _leads_to_dated(line: TextBlock) -> bool:
    """A link to another page and, before or behind it, the day of that page."""
    beside = len(line.text) - line.linked
    if line.link_share <= 0.5 or not 0 < beside <= MOST_BESIDE or len(line.words) > MOST_OF_DATED:
        return False
    return has_date(line.text[:beside]) or has_date(line.text[-beside:])


def _is_link_list(block: TextBlock) -> bool:
    """Lines that are links, all or those below a label that is none; of a single one that label
    ends with a colon.
    """
    label, *links = block.lines
    if links and all(map(_is_link, block.lines)):
        return True
    if len(links) < 2 - label.text.endswith(":"):
        return False
    labelled = len(label.words) <= LABEL and not SENTENCE_END.search(label.text)
    return labelled and all(map(_is_link, links))


def _is_download(block: TextBlock) -> bool:
    """A link to a file, with what it is called, how large and from when."""
    if not 0 <= len(block.text) - block.linked <= MOST_BESIDE or SENTENCE_END.search(block.text):
        return False
    targets = [link.get("href") or "" for link in block.element.iter("a")]
    return bool(targets) and all(map(_FILE.search, targets))


def _is_bold(block: TextBlock) -> bool:
    return any(True for _ in islice(block.element.iter("b", "strong"), 1))


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One line holds the other, and neither is much longer."""
    shorter, longer = sorted((len(one), len(other)))
    return shorter > 0 and shorter >= 0.75 * longer and similarity(one, other) >= 0.9


def _is_written_as_credit(mark: re.Match[str]) -> bool:
    """Whether words of a credit name who took a picture where they stand inside of a line: `Foto:`,
    `(fot. `, `Photo by`; "the main source" does not, nor do "(photo albums)".
    """
    said, before, behind = mark.group(), mark.string[: mark.start()], mark.string[mark.end() :]
    is_capital = next((sign for sign in said if sign.isalpha()), "A").isupper()
    opens = said.startswith("(")
    is_part = opens or not before.strip() or before.rstrip()[-1] in _BEFORE_CREDIT
    is_phrase = len(said.split()) > 1 or said.isupper()
    if set(said) & _SIGNS_OF_CREDIT or behind.startswith(":") or is_phrase:
        return is_capital or is_part
    return opens and is_capital
