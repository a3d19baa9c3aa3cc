"""Measures of a page's blocks of text: how much of it is running text, how that is parted, what
stands around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from crawler.parsers.article.blocks import HEADINGS, LONG, TextBlock
from crawler.parsers.article.data_blocks import DAY_LIKE

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PRICE = re.compile(r"[$€£₽₸¥₹]\s?\d|\d\s?[$€£₽₸¥₹]")
_CURRENCY = re.compile(r"[$€£₽₸¥₹]")
_CODE = re.compile(r"[{}<>=;_\\]|\(\)|->|::")
_QUOTE = re.compile('[“”„«»"]')
_SENTENCE_END = tuple(".!?…:")
_CLOSING = "\"'”»“’)"


def measure_blocks(chosen: Sequence[TextBlock], content: Sequence[TextBlock]) -> dict[str, float]:
    """Measures of the article's blocks (`chosen`) among those of the page without boxes."""
    long = [b for b in chosen if len(b.words) >= LONG and b.link_share < 0.5]
    lengths = sorted(len(b.words) for b in long) or [0]
    running, words = sum(lengths), _words(content)
    return {
        "words": _words(chosen),
        "words.all": words,
        "words.all.short": _words([b for b in content if _is_short(b)]) / max(1, words),
        "running": running,
        "running.share": running / max(1, words),
        "paragraphs": len(long),
        "paragraph.longest": lengths[-1],
        "paragraph.median": lengths[len(lengths) // 2],
        "paragraph.mean": running / len(lengths),
        "paragraph.sentences": _share(long, _ends_sentence),
        "blocks": len(content),
        "blocks.short": _share(chosen, _is_short),
        "blocks.all.short": _share(content, _is_short),
        **_measure_tags(chosen, content, long),
        **_measure_links(chosen, content, long),
        **_measure_signs(chosen, content),
        **_measure_sections(chosen, content, running),
        **_measure_places(long),
    }


def _measure_tags(
    chosen: Sequence[TextBlock], content: Sequence[TextBlock], long: Sequence[TextBlock]
) -> dict[str, float]:
    """Which tags blocks have, and the words of long ones."""
    own, around = Counter(b.tag for b in chosen), Counter(b.tag for b in content)
    running: Counter[str] = Counter()
    for block in long:
        running[block.tag] += len(block.words)
    return {
        **{f"blocks.{tag}": own[tag] / max(1, len(chosen)) for tag in ("p", "li", "div", "tr")},
        **{f"blocks.all.{tag}": around[tag] / max(1, len(content)) for tag in ("p", "li", "div")},
        **{f"running.{tag}": running[tag] / max(1, running.total()) for tag in ("p", "li", "div")},
    }


def _measure_links(
    chosen: Sequence[TextBlock], content: Sequence[TextBlock], long: Sequence[TextBlock]
) -> dict[str, float]:
    headlines = [b for b in content if len(b.words) >= 4 and b.link_share > 0.7]
    return {
        "linked": sum(b.linked for b in chosen) / max(1, sum(len(b.text) for b in chosen)),
        "linked.long": _share(long, lambda block: block.linked > 0),
        "linked.all": sum(b.linked for b in content) / max(1, sum(len(b.text) for b in content)),
        "headlines": len(headlines),
        "headlines.headings": sum(b.tag in HEADINGS for b in headlines),
        "dated": sum(len(b.words) <= 30 and bool(DAY_LIKE.search(b.text)) for b in content),
    }


def _measure_signs(chosen: Sequence[TextBlock], content: Sequence[TextBlock]) -> dict[str, float]:
    """Signs that text of a kind is full of, for 1,000 characters, and blocks that end with one."""
    text = "\n".join(b.text for b in chosen)
    thousands = max(1, len(text)) / 1000
    return {
        "signs.code": len(_CODE.findall(text)) / thousands,
        "signs.program": sum(len(b.text) for b in chosen if b.tag == "pre") / max(1, len(text)),
        "signs.shouts": text.count("!") / thousands,
        "signs.quotes": len(_QUOTE.findall(text)) / thousands,
        "signs.years": len(_YEAR.findall(text)) / thousands,
        "signs.digits": sum(map(text.count, filter(str.isdigit, set(text)))) / thousands,
        "signs.breaks": sum(b.text.count("\n") for b in chosen) / max(1, len(chosen)),
        "prices": sum(bool(_CURRENCY.search(b.text) and _PRICE.search(b.text)) for b in content),
        "questions": _share(content, lambda block: block.text.endswith("?")),
        "ellipses": sum(b.text.endswith(("…", "...")) for b in content),
    }


def _measure_sections(
    chosen: Sequence[TextBlock], content: Sequence[TextBlock], running: int
) -> dict[str, float]:
    """Headings, and the words between them."""
    sections = [0]
    for block in chosen:
        if block.tag not in HEADINGS:
            sections[-1] += len(block.words)
        elif sections[-1]:
            sections.append(0)
    headings = sum(b.tag in HEADINGS for b in chosen)
    return {
        "headings": headings,
        "headings.outside": sum(b.tag in HEADINGS for b in content) - headings,
        "headings.words": running / (1 + headings),
        "sections": len(sections),
        "section.median": sorted(sections)[len(sections) // 2],
        "section.longest": max(sections),
    }


def _measure_places(long: Sequence[TextBlock]) -> dict[str, float]:
    """Whether paragraphs stand side by side, as in an article, or each in a box of its own that is
    made like the others, as replies, products and teasers do.
    """
    parents = {b.element.getparent(): b for b in long}
    sizes = Counter(b.element.getparent() for b in long)
    made = Counter((p.tag, p.get("class")) for p in parents if p is not None)
    return {
        "places": len(parents) / max(1, len(long)),
        "places.fullest": max(sizes.values(), default=0) / max(1, len(long)),
        "places.alike": max(made.values(), default=0),
        "places.alike.share": max(made.values(), default=0) / max(1, len(long)),
    }


def _words(blocks: Sequence[TextBlock]) -> int:
    return sum(len(b.words) for b in blocks)


def _is_short(block: TextBlock) -> bool:
    return len(block.words) < LONG


def _ends_sentence(block: TextBlock) -> bool:
    return block.text.rstrip(_CLOSING).endswith(_SENTENCE_END)


def _share(blocks: Sequence[TextBlock], holds: Callable[[TextBlock], bool]) -> float:
    return sum(map(holds, blocks)) / max(1, len(blocks))
