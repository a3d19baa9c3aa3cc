"""The text of an article: trafilatura votes on the blocks of the page, rules close gaps, and trees
that were learnt from labelled pages have the last word where they are sure.

A block is taken whole or not at all: what trafilatura splits, glues or skips comes out as the page
has it, in the page's order.
"""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import compress, islice, takewhile

import lxml.etree
import lxml.html
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from crawler.parsers.article.blocks import (
    HEADINGS,
    LONG,
    SENTENCE_END,
    TextBlock,
    prose,
    read_blocks,
    words_of,
)
from crawler.parsers.article.boilerplate import find_boilerplate, is_hidden
from crawler.parsers.article.boilerplate_lines import (
    BoilerplateLines,
    ends_as_sentence,
)
from crawler.parsers.article.choice import FEWEST, revise, revise_other
from crawler.parsers.article.copies import REPEATED, without_copies
from crawler.parsers.article.holder import MOST_LINKED, fill_holder
from crawler.parsers.article.lists import holder_of, list_in, nearest_list, outer_list
from crawler.parsers.article.other_days import is_embedded
from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.article.swallowed import open_swallowers
from crawler.parsers.elements import Elements

MAX_ELEMENTS = 10_000
"""Elements of a page that trafilatura is asked about: ten times what the largest of 181 news pages
has. Some of its steps take time by the square of what stands side by side; a larger page is judged
by the
length of its blocks alone."""

EXTENSION = 4
"""Short blocks that are taken behind the last one."""

LONGEST_LIST = 20
"""Items and rows of a list that is taken behind the last paragraph."""

DATED_LINKS, MOST_BESIDE = 3, 30
"""Items that make a list of other news; characters beside their links, with a day and a time."""

_QUOTED = 3
"""Elements around a quotation, and around a paragraph of one, that are looked at."""
_MOST_QUOTED = 100
"""Paragraphs of quotations that are compared with all of the text."""
_SHOWN_MEDIA = ("img", "picture", "video", "audio", "iframe", "svg", "object")
"""What makes a figure one with a caption."""

_SHORT = ("p", "li", "tr", "dt", "dd", "pre", "blockquote")
"""Tags of short blocks that are taken among long ones."""

FEWEST_WORDS = 4
"""Of a sentence that a break parts from the text."""

_TERMS = frozenset({"dt", "dd"})

_UNREAD = frozenset({"script", "style", "svg", "link", "meta", "noscript", "iframe", "template"})
"""Elements that trafilatura would drop one by one."""

MOST_WAYS = 200
"""Boilerplate that is found one by one in a copy of a page: each is counted among its siblings."""

_FAST, _FULL = (
    Extractor(output_format="python", fast=fast, comments=False) for fast in (True, False)
)
"""Made once: reading trafilatura's settings takes a twentieth of its time for a page."""

_NODES = lxml.etree.XPath(
    "count(descendant-or-self::*) + count(descendant-or-self::comment())"
    " + count(descendant-or-self::processing-instruction())"
)
"""Elements and comments of a tree, counted without a look at each, nor at texts."""

_STYLED = lxml.etree.XPath(
    "descendant::*[@style][contains(@style, 'none') or contains(@style, 'hidden')]"
)
"""Elements that may be hidden by their style."""

_STUB = 5
"""Times as much prose as was voted for: then what the fast mode gave is a stub. Of 792 English
articles of 1,200 sites that no rule was written on, 1 in 25 is one; at 2 and 3 more are found, and
threads of comments are taken for articles."""

_Shingle = tuple[str, str, str, str]
Signature = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks of the page and which of them are the article."""

    blocks: tuple[TextBlock, ...]
    """All blocks outside of boilerplate, in reading order."""
    chosen: tuple[int, ...]
    """Indices of the blocks of the article."""

    @property
    def first(self) -> int:
        """Index of the article's first block; the number of blocks where there is none."""
        return self.chosen[0] if self.chosen else len(self.blocks)

    @property
    def end(self) -> int:
        """Index behind the article's last block; the number of blocks where there is none."""
        return self.chosen[-1] + 1 if self.chosen else len(self.blocks)


def read_body(tree: lxml.html.HtmlElement, elements: Elements | None = None) -> Body:
    """Find the article's blocks; nothing is trimmed yet. `elements`: those of the tree that were
    looked at already.
    """
    blocks, voted = candidates(tree, elements)
    chosen = _with_own_lines(blocks, revise(blocks, voted, ruled(blocks, voted)))
    chosen = _with_quotations(blocks, chosen)
    chosen = without_copies(blocks, chosen)
    return Body(tuple(blocks), tuple(i for i, yes in enumerate(chosen) if yes))


def _with_own_lines(blocks: Sequence[TextBlock], chosen: Sequence[bool]) -> list[bool]:
    """With the sentences that breaks alone part from a long block of the article, before and behind
    it: text that stands in no element of its own.
    """
    holders = {
        b.element for b, yes in zip(blocks, chosen, strict=True) if yes and len(b.words) >= LONG
    }
    return [
        yes
        or (
            block.element in holders
            and block.link_share < MOST_LINKED
            and ends_as_sentence(block, FEWEST_WORDS)
        )
        for block, yes in zip(blocks, chosen, strict=True)
    ]


def _with_quotations(blocks: Sequence[TextBlock], chosen: Sequence[bool]) -> list[bool]:
    """With what is quoted in figures of their own, without a picture, amid the article (HTML has no
    other element that holds a quotation and who said it), unless the article says it as well.
    """
    taken = list(chosen)
    if not any(chosen):
        return taken
    amid = range(chosen.index(True), len(chosen) - chosen[::-1].index(True))
    others = (i for i in amid if not (chosen[i] or blocks[i].linked))
    found = ((i, f) for i in others if (f := _figure_of_quotation(blocks[i].element)) is not None)
    quoted = [
        index
        for index, figure in islice(found, _MOST_QUOTED)
        if next(figure.iter(*_SHOWN_MEDIA), None) is None
    ]
    if quoted:
        told = "\n".join(" ".join(b.words) for b in compress(blocks, chosen))
        for index in quoted:
            taken[index] = " ".join(blocks[index].words) not in told
    return taken


def _figure_of_quotation(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The figure in whose block quotation it stands; None where that is a post embedded."""
    around = (element, *islice(element.iterancestors(), _QUOTED))
    quotation = next((e for e in around if e.tag == "blockquote"), None)
    if quotation is None or is_embedded(quotation):
        return None
    above = islice(quotation.iterancestors(), _QUOTED)
    return next((e for e in above if e.tag == "figure"), None)


def complete_lists(body: Body, data: frozenset[lxml.html.HtmlElement]) -> Body:
    """With all items of a list of which most is the article's, with none of one of which little is,
    or that leads to other pages of known days, and with those lists beside its paragraphs that hold
    data (`data`: their elements) and link nowhere, or that stand between two of them; and with the
    sentences behind a list that ends the text.
    """
    chosen = set(body.chosen)
    holders = {_parent(body.blocks[i]) for i in chosen if len(body.blocks[i].words) >= LONG}
    holders |= {holder.getparent() for holder in holders if holder is not None}
    items: defaultdict[lxml.html.HtmlElement, list[int]] = defaultdict(list)
    for index, block in enumerate(body.blocks):
        found = nearest_list(block)
        if found is not None:
            items[found].append(index)
    for found, some in items.items():
        blocks = [body.blocks[i] for i in some]
        if len(some) > LONGEST_LIST or chosen.issubset(some):
            continue
        if _leads_away(blocks) and _is_below(some, body.blocks, chosen):
            chosen.difference_update(some)
            continue
        around = {_list_parent(blocks[0]), holder_of(found)}  # a table may lay out the whole page
        if _is_beside(some, chosen) and around & holders and _hold(blocks, data):
            chosen.update(some)
            continue
        if enclosed := _enclosed(found, some, body.blocks, chosen):
            chosen.update(enclosed)
            continue
        taken = sum(len(body.blocks[i].words) for i in chosen.intersection(some))
        if 2 * taken > sum(len(b.words) for b in blocks):
            chosen.update(some)
        else:
            chosen.difference_update(some)
    if not chosen:
        return Body(body.blocks, ())
    marked = [i in chosen for i in range(len(body.blocks))]
    _extend_behind_list(body.blocks, marked, max(chosen))
    return Body(body.blocks, tuple(compress(range(len(marked)), marked)))


def _leads_away(blocks: Sequence[TextBlock]) -> bool:
    """All items are links beside the day of what they lead to: other news, below the text. Of fewer
    than make a list the links are the most.
    """
    return all(
        b.linked and len(b.text) - b.linked <= MOST_BESIDE and has_date(b.text) for b in blocks
    ) and (len(blocks) >= DATED_LINKS or all(b.link_share > 0.5 for b in blocks))


def _is_below(items: Sequence[int], blocks: Sequence[TextBlock], chosen: AbstractSet[int]) -> bool:
    """Chosen paragraphs stand before the items, and none behind: what stands amid them (a roadshow,
    a chronology) is the article's.
    """
    told = [i for i in chosen if len(blocks[i].words) >= LONG and blocks[i].link_share < 0.5]
    return any(i < items[0] for i in told) and all(i <= items[-1] for i in told)


def _is_beside(items: Sequence[int], chosen: AbstractSet[int]) -> bool:
    """A block of the article stands right before or right behind."""
    return not chosen.isdisjoint((items[0] - 1, items[-1] + 1))


def _enclosed(
    found: lxml.html.HtmlElement,
    items: Sequence[int],
    blocks: Sequence[TextBlock],
    chosen: AbstractSet[int],
) -> range:
    """The items with the label above them, where they link nowhere and paragraphs or other lists of
    the article stand in one element with their list, before it and right behind it; else nothing.
    """
    behind = items[-1] + 1
    before = next((i for i in (items[0] - 1, items[0] - 2) if i in chosen), None)
    if before is None or behind not in chosen:
        return range(0)
    around, taken = found.getparent(), range(before + 1, behind)
    is_amid = all(
        around in (blocks[i].element, _parent(blocks[i]), _list_parent(blocks[i]))
        for i in (before, behind)
    )
    return taken if is_amid and not any(blocks[i].linked for i in taken) else range(0)


def _hold(blocks: Sequence[TextBlock], data: frozenset[lxml.html.HtmlElement]) -> bool:
    """All hold data, and none links."""
    return data.issuperset(b.element for b in blocks) and not any(b.linked for b in blocks)


def read_other(body: Body) -> Body:
    """The text of a page that proved to be no article, among the blocks of its body."""
    chosen = frozenset(body.chosen)
    taken = revise_other(body.blocks, [i in chosen for i in range(len(body.blocks))])
    taken = without_copies(body.blocks, taken)
    return Body(body.blocks, tuple(i for i, yes in enumerate(taken) if yes))


def read_long_blocks(tree: lxml.html.HtmlElement) -> Body:
    """The blocks of running text: the article where its reader fails."""
    blocks = read_blocks(tree, is_hidden)
    return Body(tuple(blocks), tuple(i for i, yes in enumerate(_long(blocks)) if yes))


def _long(blocks: Sequence[TextBlock]) -> list[bool]:
    return [len(b.words) >= LONG and b.link_share < 0.5 for b in blocks]


def candidates(
    tree: lxml.html.HtmlElement, elements: Elements | None = None
) -> tuple[list[TextBlock], list[bool]]:
    """All blocks outside of boilerplate, and which of them trafilatura takes for the article."""
    elements = elements or Elements(tree)
    boilerplate, blocks = open_swallowers(tree, find_boilerplate(tree, elements), elements)
    return blocks, _ask_trafilatura(blocks, tree, boilerplate)


def read_candidates(
    tree: lxml.html.HtmlElement, elements: Elements | None = None
) -> list[TextBlock]:
    """All blocks outside of boilerplate."""
    elements = elements or Elements(tree)
    return open_swallowers(tree, find_boilerplate(tree, elements), elements)[1]


def join(blocks: Sequence[TextBlock]) -> str:
    """Paragraphs separated by one blank line; items of one list are lines of one paragraph."""
    pieces: list[str] = []
    before: TextBlock | None = None
    for block in blocks:
        same_list = (
            before is not None
            and block.element is not before.element
            and (block.tag == before.tag or {block.tag, before.tag} == _TERMS)
            and block.tag in ("li", "tr", "td", "dd", "dt")
            and _list_of(block) is _list_of(before)
        )
        if pieces:
            pieces.append("\n" if same_list else "\n\n")
        pieces.append(block.text)
        before = block
    return "".join(pieces)


def _list_of(block: TextBlock) -> lxml.html.HtmlElement | None:
    parent = block.element.getparent()
    return parent.getparent() if parent is not None and parent.tag == "tr" else parent


def ruled(blocks: Sequence[TextBlock], voted: Sequence[bool]) -> list[bool]:
    """What rules take for the article: what was voted for, once, and what stands in its gaps."""
    chosen = list(voted) if any(voted) else _long(blocks)
    closed = _close_gaps(blocks, _drop_repeats(blocks, chosen))
    # Of longer pages trees tell what belongs together: threads and lists are one element, too.
    return fill_holder(blocks, closed) if len(blocks) < FEWEST else closed


def _ask_trafilatura(
    blocks: Sequence[TextBlock],
    tree: lxml.html.HtmlElement,
    boilerplate: frozenset[lxml.html.HtmlElement],
) -> list[bool]:
    """Which blocks trafilatura takes for the article; asked in full where it gives a stub."""
    stripped = _strip(tree, boilerplate)
    number = _NODES(stripped)
    if isinstance(number, float) and number > MAX_ELEMENTS:
        return [False] * len(blocks)
    voted = _votes(blocks, _extracted_lines(stripped, _FAST))
    if _STUB * prose(compress(blocks, voted)) >= prose(blocks):
        return voted
    in_full = _votes(blocks, _extracted_lines(_strip(tree, boilerplate), _FULL))
    return max(voted, in_full, key=lambda votes: prose(compress(blocks, votes)))


def _extracted_lines(stripped: lxml.html.HtmlElement, options: Extractor) -> list[tuple[str, ...]]:
    """Words of each line that trafilatura takes for the article; it changes the tree."""
    document = bare_extraction(stripped, options=options)
    # The type allows a dict for an option that is not used.
    text = str(document.text or "") if isinstance(document, Document) else ""
    return [words for line in text.split("\n") if (words := words_of(line))]


def _strip(
    tree: lxml.html.HtmlElement, boilerplate: frozenset[lxml.html.HtmlElement]
) -> lxml.html.HtmlElement:
    """A copy without boilerplate and scripts: a fifth less work for trafilatura, same result. What
    is hidden and no boilerplate was opened, which trafilatura would drop by its style.

    Boilerplate is dropped together with scripts: to drop one element after the other joins the
    texts behind them anew each time.
    """
    copied = copy.deepcopy(tree)
    for element in _twins(tree, copied, boilerplate):
        if element.getparent() is not None:
            element.tag = "template"
    lxml.etree.strip_elements(copied, *_UNREAD, with_tail=False)
    hidden = _STYLED(copied)
    for element in hidden if isinstance(hidden, list) else ():
        if isinstance(element, lxml.html.HtmlElement) and is_hidden(element):
            element.attrib.pop("style", None)
    return copied


def _twins(
    tree: lxml.html.HtmlElement,
    copied: lxml.html.HtmlElement,
    elements: AbstractSet[lxml.html.HtmlElement],
) -> list[lxml.html.HtmlElement]:
    """The elements of a copied tree that stand for those of the tree. A few are found by the way to
    them, which counts siblings; many by a walk through both trees.
    """
    if len(elements) > MOST_WAYS:
        both = zip(tree.iter(), copied.iter(), strict=True)
        return [twin for element, twin in both if element in elements]
    ways = (_way_to(element, tree) for element in elements)
    return [_follow(way, copied) for way in ways if way is not None]


def _way_to(element: lxml.html.HtmlElement, tree: lxml.html.HtmlElement) -> list[int] | None:
    """The places of an element and of those around it among their siblings, from the root on; None
    outside of the tree.
    """
    way = []
    while element is not tree:
        parent = element.getparent()
        if parent is None:
            return None
        way.append(parent.index(element))
        element = parent
    return way[::-1]


def _follow(way: Iterable[int], tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """The element to which a way leads."""
    for place in way:
        tree = tree[place]
    return tree


def _votes(blocks: Sequence[TextBlock], lines: Sequence[tuple[str, ...]]) -> list[bool]:
    """A block is chosen if half of it is among the lines; a short one only as a whole line."""
    whole = set(lines)
    shingles: set[_Shingle] = set()
    for words in lines:
        shingles.update(zip(words, words[1:], words[2:], words[3:], strict=False))
    return [
        b.words in whole if len(b.words) < 4 else b.words in whole or _half_known(b.words, shingles)
        for b in blocks
    ]


def _half_known(words: tuple[str, ...], known: set[_Shingle]) -> bool:
    own = list(zip(words, words[1:], words[2:], words[3:], strict=False))
    return 2 * sum(s in known for s in own) >= len(own)


def _drop_repeats(blocks: Sequence[TextBlock], voted: list[bool]) -> list[bool]:
    """Of blocks with the same words (article and teaser box) the one in the fullest parent."""
    weight: Counter[lxml.html.HtmlElement] = Counter()
    for block, yes in zip(blocks, voted, strict=True):
        if yes:
            weight[_parent(block)] += len(block.words)
    best: dict[tuple[str, ...], int] = {}
    for index, block in enumerate(blocks):
        if voted[index] and len(block.words) >= REPEATED:
            other = best.get(block.words)
            if other is None or weight[_parent(block)] > weight[_parent(blocks[other])]:
                best[block.words] = index
    kept = set(best.values())
    inside = range(min(kept, default=0), max(kept, default=-1) + 1)

    def around(block: TextBlock) -> int:
        """Words of the text beside it; what stands beside a list is beside its items, too, unless
        they lead to other pages.
        """
        own = weight[_parent(block)]
        return own if block.link_share >= 0.5 else max(own, weight[_list_parent(block)])

    # Short lines may well come twice in one text, but not before and behind it.
    return [
        yes
        and (
            i in kept
            or (len(b.words) < REPEATED and (i in inside or around(b) >= len(b.words) + 40))
            or (not kept)
        )
        for i, (b, yes) in enumerate(zip(blocks, voted, strict=True))
    ]


def _close_gaps(blocks: Sequence[TextBlock], chosen: list[bool]) -> list[bool]:
    """Add what stands among the chosen blocks and is made like them."""
    long_chosen = [b for b, yes in zip(blocks, chosen, strict=True) if yes and len(b.words) >= LONG]
    if len(long_chosen) < 2:
        _extend(blocks, chosen)
        return chosen
    signatures = Counter(signature(b) for b in long_chosen)
    parents = Counter(_parent(b) for b in long_chosen)
    first, last = chosen.index(True), len(chosen) - 1 - chosen[::-1].index(True)
    result = list(chosen)
    for index, block in enumerate(blocks):
        if chosen[index] or block.link_share >= 0.5:
            continue
        alike = signatures[signature(block)] >= 2
        inside = first < index < last
        beside = parents[_parent(block)] >= 1 or (inside and parents[_list_parent(block)] >= 1)
        if block.tag in HEADINGS:
            result[index] = inside and (beside or _amid(chosen, index))
        elif len(block.words) >= LONG:
            result[index] = (inside and (alike or beside)) or (
                alike and _is_special(block) and signatures[signature(block)] >= 3
            )
        else:
            beside = beside and block.tag in _SHORT
            posted = _is_special(block) and signatures[signature(block)] >= 3
            result[index] = inside and (beside or posted)
    _extend(blocks, result)
    return result


def _extend(blocks: Sequence[TextBlock], chosen: list[bool]) -> None:
    """Take blocks behind the last one (signature, place of the writer) that are made like it, and
    a list or table that stands beside it; of an element that is no paragraph, the lines that breaks
    part from the last one; behind a list, sentences that are made like the text before it.
    """
    last = max((i for i, yes in enumerate(chosen) if yes), default=-1)
    if last < 0:
        return
    last = _extend_behind_list(blocks, chosen, last)
    model = blocks[last]
    for index in range(last + 1, min(last + 1 + EXTENSION, len(blocks))):
        block = blocks[index]
        if block.link_share >= 0.5 or not _is_alike(block, model):
            break
        chosen[index] = True
        last = index
    if model.tag == "p":
        _extend_by_list(blocks, chosen, last)


def _extend_behind_list(blocks: Sequence[TextBlock], chosen: list[bool], last: int) -> int:
    """Take sentences right behind the list or table that ends a text, which stand beside it and
    are made like what comes before it. Gives the last one that is chosen.
    """
    found = outer_list(blocks[last].element)
    before = next((b for b in reversed(blocks[:last]) if outer_list(b.element) is not found), None)
    if found is None or before is None or _parent(before) is not found.getparent():
        return last
    for index in range(last + 1, min(last + 1 + EXTENSION, len(blocks))):
        block = blocks[index]
        alike = _parent(block) is _parent(before) and signature(block) == signature(before)
        if not alike or not _is_sentence(block):
            break
        chosen[index] = True
        last = index
    return last


def _is_alike(block: TextBlock, model: TextBlock) -> bool:
    """Whether a block is a line of the same element, another paragraph made like the first, or a
    sentence beside it in an element of the same class.
    """
    if block.element is model.element:
        return True
    if signature(block) != signature(model):
        return False
    if model.tag == "p":
        return holder_of(block.element) is holder_of(model.element)
    beside = _parent(block) is _parent(model) and bool(model.element.get("class"))
    return beside and _is_sentence(block)


def _is_sentence(block: TextBlock) -> bool:
    return (
        len(block.words) >= FEWEST_WORDS
        and not block.linked
        and SENTENCE_END.search(block.text) is not None
    )


def _extend_by_list(blocks: Sequence[TextBlock], chosen: list[bool], last: int) -> None:
    """Take the list or table right behind the last paragraph: dates and places of what the text is
    about. One that links is of other pages.
    """
    beside = _parent(blocks[last])
    behind = blocks[last + 1 : last + 2]
    found = list_in(beside, behind[0].element) if behind else None
    if found is None:
        return
    items = list(takewhile(lambda b: list_in(beside, b.element) is found, blocks[last + 1 :]))
    if len(items) <= LONGEST_LIST and not any(block.linked for block in items):
        chosen[last + 1 : last + 1 + len(items)] = [True] * len(items)


def _amid(chosen: Sequence[bool], index: int) -> bool:
    """Chosen blocks stand right before and right behind."""
    return 0 < index < len(chosen) - 1 and chosen[index - 1] and chosen[index + 1]


def _parent(block: TextBlock) -> lxml.html.HtmlElement | None:
    return block.element.getparent()


def _list_parent(block: TextBlock) -> lxml.html.HtmlElement | None:
    """What the list or table stands in that the block is an item of."""
    found = outer_list(block.element)
    return found.getparent() if found is not None else None


def signature(block: TextBlock) -> Signature:
    """How a block is made: tag and class, of itself and of its parent."""
    element, parent = block.element, block.element.getparent()
    if parent is None:
        return element.tag, element.get("class") or "", "", ""
    return (
        element.tag,
        element.get("class") or "",
        str(parent.tag),
        parent.get("class") or "",
    )


def _is_special(block: TextBlock) -> bool:
    _, own, _, around = signature(block)
    return bool(own or around)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a text and is none of it, and what is although it looks like that."""

    headings: Sequence[str]
    teaser: str | None
    told: frozenset[lxml.html.HtmlElement]
    """Elements that hold days which the page is about."""
    advertised: frozenset[lxml.html.HtmlElement] = frozenset()
    """Elements of advertisements."""


def trim(body: Body, lines: BoilerplateLines, frame: Frame) -> tuple[TextBlock, ...]:
    """The article's blocks without head (title, teaser, byline, date) and boilerplate; the days of
    the event it is about stay where they stand in the head.
    """
    chosen = (body.blocks[i] for i in body.chosen)
    blocks = [block for block in chosen if block.element not in frame.advertised]
    length = _head_length(blocks, lines, frame)
    blocks = [b for i, b in enumerate(blocks) if i >= length or b.element in frame.told]
    blocks = blocks[: lines.tail_start(blocks)]
    captions = lines.captions(blocks)
    blocks = [b for b in blocks if b.element not in captions and not lines.is_boilerplate(b)]
    if blocks:
        first = next((i for i, b in enumerate(blocks) if b.element not in frame.told), 0)
        if blocks[first].element not in frame.told:  # the days may stand above title and byline
            blocks[first] = lines.strip_head(blocks[first], frame.headings)
        blocks[-1] = lines.strip_tail(blocks[-1])
    return tuple(blocks)


def _head_length(blocks: Sequence[TextBlock], lines: BoilerplateLines, frame: Frame) -> int:
    """How many blocks are no text; a page that is nothing but its teaser keeps it, and one that is
    nothing but title and labels keeps them.
    """
    for teaser in (frame.teaser, None):
        length = lines.head_length(blocks, frame.headings, teaser, frame.told)
        if length < len(blocks):
            return length
    return 0
