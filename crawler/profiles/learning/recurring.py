"""What recurs on the pages of a site: lines, lines that count something, boxes of links."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, pairwise

from crawler.parsers.article.blocks import LONG
from crawler.parsers.article.printed_dates import first_date, says_day
from crawler.profiles.learning.sample import Line, ReadSample
from crawler.profiles.lines import counter_key, exact_key
from crawler.profiles.places import is_heading

FEWEST = 3
"""Pages with different texts on which a line has to stand, whatever their number."""
SHARE = 0.5
"""Of the pages that have its place: two templates in one site are judged apart."""
SHARE_OF_PARAGRAPHS = 0.25
"""The same of long lines: that whole sentences recur at one place is no chance."""
SHARE_OF_HEADINGS = 0.25
"""Of all pages: a few articles may well have a part with the same heading."""
SHARE_OF_COUNTERS = 0.6
"""Of all pages. A weekly report may well hold the same table with new numbers; a box of exchange
rates stands on pages of all kinds.
"""
FEWEST_WITH_BOX, SHARE_WITH_BOX = 5, 0.2
"""Pages that have a box beside a text of their own, and their share of all: a site has pages of
other kinds than articles, that have none.
"""
SHARE_OF_MOVED = 0.25
"""Of the lines at the place of a notice, that the other pages show elsewhere, at most."""
LINES_OF_BOX = 2
"""Lines of a page at the place of a box, on average; one that changes is a byline."""
SAME_PAGE = 0.5
"""Share of its own paragraphs that a page has in common with another one of which it is a copy
(print version, second address).
"""


_HOLDER = re.compile(r"(?:div|aside|section)[.#]")

VARIANTS, VARIANTS_OF_PERSONS, SHARE_OF_VARIED = 3, 2, 0.9
"""Different short lines of a place with one line on a page, from which what stands there is a value
of the page (author, section), however often one of them does; share of the pages that have the
place, from which it is a fixed line nevertheless.
"""


@dataclass(frozen=True, slots=True)
class Recurring:
    """Digests and places as `SiteProfile` has them."""

    lines: frozenset[str]
    counters: frozenset[str]
    boxes: frozenset[str]


def distinct_pages(samples: Iterable[ReadSample]) -> list[ReadSample]:
    """The pages without copies: of pages with the same text of their own the first stays."""
    by_content: dict[frozenset[str], ReadSample] = {}
    for sample in samples:
        content = frozenset(_loose_key(line) for line in sample.lines)
        by_content.setdefault(content, sample)
    pages = list(by_content.values())
    frequency = Counter(key for content in by_content for key in content)
    owners: dict[str, int] = {}
    kept: list[ReadSample] = []
    for page in pages:
        prose = {_loose_key(line) for line in page.lines if line.prose}
        own = {key for key in prose if frequency[key] <= max(1, len(pages) // 2)}
        shared = Counter(owners[key] for key in own if key in owners)
        if shared and max(shared.values()) > SAME_PAGE * len(own):
            continue
        for key in own:
            owners.setdefault(key, len(kept))
        kept.append(page)
    return kept


def find_recurring(pages: Sequence[ReadSample], is_person: Callable[[str], bool]) -> Recurring:
    """What recurs on distinct pages of one site, or on those of them that are in one language.
    `is_person`: whether a line is the name of one.

    Where the pages of one language have values of their own (authors), what all of another one have
    there is one as well: they may be few, of one author.
    """
    by_language: defaultdict[str | None, list[ReadSample]] = defaultdict(list)
    for page in pages:
        by_language[page.lang].append(page)
    groups = [group for group in by_language.values() if len(group) >= FEWEST]
    varied = _find_varied(pages, is_person)
    found = [_find_recurring(pages, varied)] if len(pages) >= FEWEST else []
    if len(by_language) > 1:
        varied_of = [_find_varied(group, is_person) for group in groups]
        values = frozenset[str]().union(*varied_of)
        found += [
            _find_recurring(group, varied, values - varied)
            for group, varied in zip(groups, varied_of, strict=True)
        ]
    lines = frozenset[str]().union(*(each.lines for each in found))
    return Recurring(
        lines - _find_signatures(pages, lines, is_person),
        frozenset[str]().union(*(each.counters for each in found)),
        frozenset[str]().union(*(each.boxes for each in found)) - _find_signed(pages, is_person),
    )


def _find_signed(pages: Sequence[ReadSample], is_person: Callable[[str], bool]) -> frozenset[str]:
    """Places at which persons sign texts by turns, each right behind a line that no other page has:
    without classes what recurs further down stands in elements of the same name.
    """
    having = Counter(words for page in pages for words in {line.words for line in page.lines})
    signed: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for page in pages:
        for above, line in pairwise(page.lines):
            own = having[above.words] == 1 and not (above.linked or line.linked)
            if own and line.place != above.place and is_person(line.text):
                signed[line.place].add(line.words)
    return frozenset(p for p, names in signed.items() if len(names) >= VARIANTS_OF_PERSONS)


def _find_signatures(
    pages: Sequence[ReadSample], recurring: AbstractSet[str], is_person: Callable[[str], bool]
) -> frozenset[str]:
    """Keys of lines that recur, are the name of a person, and stand behind a line that no other
    page has, or a day, wherever they stand: who wrote most of a site or all of it signs title, day
    or text, while whom to ask stands below a heading that recurs as well.
    """
    keyed = [[(exact_key(line.place, line.words), line) for line in page.lines] for page in pages]
    having = Counter(key for lines in keyed for key in dict(lines))
    signing: dict[str, bool] = {}
    for lines in keyed:
        for (before, above), (key, line) in pairwise(lines):
            if key in recurring and (key in signing or is_person(line.text)):
                own = having[before] == 1 or above.dated
                signing[key] = own and signing.get(key, True)
    return frozenset(key for key, signs in signing.items() if signs)


def _find_recurring(
    pages: Sequence[ReadSample],
    varied: AbstractSet[str],
    values: AbstractSet[str] = frozenset(),
) -> Recurring:
    """`varied`: places of values; `values`: of what other pages say of themselves."""
    of_place: Counter[str] = Counter()
    found: dict[str, tuple[Line, int]] = {}
    counting: Counter[str] = Counter()
    keyed = [[(exact_key(line.place, line.words), line) for line in page.lines] for page in pages]
    passages = _find_passages(keyed)
    for page, keyed_lines in zip(pages, keyed, strict=True):
        of_place.update({line.place for line in page.lines})
        for key, line in dict(keyed_lines).items():
            found[key] = (line, found[key][1] + 1 if key in found else 1)
        counting.update(_counters(page))
    lines = frozenset(
        key
        for key, (line, count) in found.items()
        if _recurs(line, count, of_place[line.place], len(pages), in_passage=key in passages)
        and line.place not in values
        and not (line.place in varied and count < SHARE_OF_VARIED * of_place[line.place])
    )
    least = max(FEWEST, SHARE_OF_COUNTERS * len(pages))
    counters = frozenset(key for key, count in counting.items() if count >= least)
    counters -= _find_dated(pages)
    boxes = _find_boxes(pages, lines, found) | _find_notices(pages, lines)
    boxes |= _find_boards(pages, lines, boxes)
    return Recurring(lines, counters, boxes)


def _counters(page: ReadSample) -> set[str]:
    """Keys of the page's short lines with numbers, those without a date."""
    keys = (
        counter_key(line.place, line.words)
        for line in page.lines
        if (len(line.words) < LONG or _counts(line)) and not line.dated
    )
    return {key for key in keys if key is not None}


def _find_dated(pages: Sequence[ReadSample]) -> set[str]:
    """Keys of long lines that count something and say several days, other ones than that of the
    visit: `Posted by Ann on 2031/3/1 14:30:00 (385 reads)`.
    """
    days: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if line.dated or not _counts(line):
                continue
            key, day = counter_key(line.place, line.words), first_date(line.text)
            if key is not None and day is not None and not says_day(day, page.evidence.fetched):
                days[key].add(day)
    return {key for key, said in days.items() if len(said) >= VARIANTS}


def _counts(line: Line) -> bool:
    """Numbers for the most part: rates, a table of prices in one line."""
    return 2 * sum(word.isdigit() for word in line.words) >= len(line.words)


def _find_passages(keyed: Sequence[Sequence[tuple[str, Line]]]) -> frozenset[str]:
    """Keys of lines that stand together wherever one of them does, and make a paragraph: whom to
    ask, what a body says of itself below each of its reports. `keyed`: the lines of each page.
    """
    standing: defaultdict[str, set[int]] = defaultdict(set)
    for number, lines in enumerate(keyed):
        for key, _ in lines:
            standing[key].add(number)
    found: set[str] = set()
    for lines in keyed:
        for where, together in groupby(lines, key=lambda keyed_line: standing[keyed_line[0]]):
            keys, said = zip(*together, strict=True)
            words = sum(len(line.words) for line in said if not line.linked)
            if len(where) >= FEWEST and words >= LONG:
                found.update(keys)
    return frozenset(found)


def _recurs(line: Line, count: int, of_place: int, pages: int, *, in_passage: bool) -> bool:
    share = SHARE_OF_PARAGRAPHS if line.prose or in_passage else SHARE
    least = max(FEWEST, share * of_place)
    if is_heading(line.place):
        least = max(least, SHARE_OF_HEADINGS * pages)
    return not line.dated and count >= least


def _find_varied(pages: Sequence[ReadSample], is_person: Callable[[str], bool]) -> frozenset[str]:
    """Places of values: one short line on a page, and several different ones on all of them. Two
    are enough where they are persons, who write for a site by turns: two headings at one place may
    be fixed lines of two templates.
    """
    having: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    different: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    long: set[str] = set()
    for page in pages:
        having.update({line.place for line in page.lines})
        for line in page.lines:
            shown[line.place] += 1
            different[line.place][line.words] = line.text
            if len(line.words) >= LONG:
                long.add(line.place)
    return (
        frozenset(
            place
            for place, lines in different.items()
            if shown[place] < LINES_OF_BOX * having[place]
            and (
                len(lines) >= VARIANTS
                or (len(lines) >= VARIANTS_OF_PERSONS and all(map(is_person, lines.values())))
            )
        )
        - long
    )


def _find_boxes(
    pages: Sequence[ReadSample], lines: AbstractSet[str], found: dict[str, tuple[Line, int]]
) -> frozenset[str]:
    """Places that several pages have beside a text of their own, and whose lines are mostly known
    from other pages, without being on all of them.
    """
    all_lines: Counter[str] = Counter()
    having: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    repeated: Counter[str] = Counter()
    beside_text: Counter[str] = Counter()
    with_prose: set[str] = set()
    for page in pages:
        own = {
            line.place
            for line in page.lines
            if line.prose and found[exact_key(line.place, line.words)][1] == 1
        }
        with_prose |= own
        if own:
            beside_text.update({line.place for line in page.lines})
        having.update({line.place for line in page.lines})
        all_lines.update(line.place for line in page.lines)
        for line in page.lines:
            key = exact_key(line.place, line.words)
            if key not in lines:
                seen[line.place] += 1
                repeated[line.place] += found[key][1] > 1
    least = max(FEWEST_WITH_BOX, SHARE_WITH_BOX * len(pages))
    return frozenset(
        place
        for place, count in seen.items()
        if place not in with_prose
        and beside_text[place] >= least
        and all_lines[place] >= LINES_OF_BOX * having[place]
        and repeated[place] > SHARE * count
    )


def _find_notices(pages: Sequence[ReadSample], lines: AbstractSet[str]) -> frozenset[str]:
    """Places at which most pages show paragraphs or several links that recur, and none ever shows
    a line that no other page has: what stands there is swapped on all pages at once (an
    advertisement, what is new; the newest page shows the one before it). Beside the day of the page
    itself an author stands there, and a link to its archive.
    """
    having: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    others: set[str] = set()
    holders = Counter(words for page in pages for words in {line.words for line in page.lines})
    for page in pages:
        having.update({line.place for line in page.lines})
        for line in page.lines:
            shown[line.place] += LINES_OF_BOX if line.prose else line.linked
            if line.dated:
                continue
            seen[line.place] += 1
            if exact_key(line.place, line.words) not in lines:
                moved[line.place] += 1
                if holders[line.words] == 1:
                    others.add(line.place)
    others |= {place for place, count in moved.items() if count > SHARE_OF_MOVED * seen[place]}
    others |= _find_own_days(pages)
    least = max(FEWEST, SHARE * len(pages))
    return frozenset(
        place
        for place, count in having.items()
        if count >= least and place not in others and shown[place] >= LINES_OF_BOX * count
    )


def _find_boards(
    pages: Sequence[ReadSample], lines: AbstractSet[str], boxes: AbstractSet[str]
) -> frozenset[str]:
    """Places of several lines on most pages, all of which recur, beside something else in an
    element with a name of its own that has hardly ever anything else: the latest earthquakes,
    opening hours. What an article brings along stands beside its text.
    """
    having: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    own: Counter[str] = Counter()
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        of_site = {
            line: line.place in boxes or exact_key(line.place, line.words) in lines
            for line in page.lines
        }
        having.update({name for line in of_site for name in (line.place, _holder(line.place))})
        shown.update(line.place for line in page.lines)
        others = [line.place for line, recurs in of_site.items() if not recurs]
        own.update({name for place in others for name in (place, _holder(place))})
        for line in of_site:
            beside[_holder(line.place)].add(line.place)
    least = max(FEWEST_WITH_BOX, SHARE * len(pages))
    return frozenset(
        place
        for holder, places in beside.items()
        if holder and len(places) > 1 and own[holder] <= SHARE_OF_MOVED * having[holder]
        for place in places
        if having[place] >= least
        and shown[place] >= LINES_OF_BOX * having[place]
        and not own[place]
    )


def _holder(place: str) -> str:
    """The innermost element around a place that is no part of a list or table and has a class or an
    id; empty where there is none.
    """
    steps = place.split(" > ")
    for last in range(len(steps) - 1, 0, -1):
        if _HOLDER.match(steps[last - 1]):
            return " > ".join(steps[:last])
    return ""


def _find_own_days(pages: Sequence[ReadSample]) -> set[str]:
    """Places of one day on a page, and of several different ones on all of them."""
    days: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    several: set[str] = set()
    for page in pages:
        dated = Counter(line.place for line in page.lines if line.dated)
        several |= {place for place, count in dated.items() if count > 1}
        for line in page.lines:
            if line.dated:
                days[line.place].add(line.words)
    return {place for place, found in days.items() if len(found) >= VARIANTS} - several


def _loose_key(line: Line) -> str:
    return counter_key(line.place, line.words) or exact_key(line.place, line.words)
