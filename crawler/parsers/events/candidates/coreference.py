"""Puts the candidates of a page together: which of them are one event.

Same edition, year or name, a bare definite head ("die Sitzung") or the headline mean the same
event; another edition, year or month, and words such as next and previous mean another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crawler.parsers.events.candidates.announced import OF_ITS_PAGE
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.grammar.cue_categories import EVENT_LENGTHS
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention
from crawler.parsers.events.page.entries import Entry

_MOST_CANDIDATES = 200
"""Mentions of a page that are looked at; further ones (long calendars) would cost quadratic time.
"""
_COMPARED = 5
"""Mentions of an event that a new one is compared with."""
_SHARED_END = 7
"""Letters at the end of two compounds that make them one head (Jahrestreffen, Clustertreffen)."""
_SHORT = 4
"""Letters of a word whose last one is not cut off as an ending (Gas, bus)."""
_RESUMED = 2
"""Sentences over which "the event" goes back."""
_MARK_BETWEEN = 6
"""Characters between a brand and what explains it: a comma or dash, and an article."""
_OPENING = 3
"""Sentences from the top, headlines among them, with the first of the report."""
_SAME_TOWN = 0.3
"""What a town adds that the headline and the first sentence about an event share."""
_WORD = re.compile(rf"\w{{4,}}|(?=\w{{3}})[{CAPITAL}]")
"""A word that may be shared by names of one event, no article or preposition (des, and, для)."""
_NAMELESS = 10.0
"""More than a score: what has no name of its own names an event after all others."""
_LOOSE_FIT = 0.3
"""What a mention without date, number or name of its own must share with the event it goes to."""


@dataclass(slots=True, eq=False)
class EventMentions:
    """Candidates of one event, in the order of the page."""

    candidates: list[Candidate] = field(default_factory=list)
    second: bool = False
    nameless: set[int] = field(default_factory=set)
    """Ids of the mentions that have a year or number for a name (the 2031 edition)."""
    lifted: bool = False
    """The trained gate let it in, not the rules."""
    likely: bool = False
    """Only likely words name it (likely_mentions.py)."""
    odds: float | None = None
    """Natural logarithm of the odds that it is an event, as the gate judges; None: not asked."""

    @property
    def best(self) -> Candidate:
        """The candidate that names it best: in running text, with most evidence."""
        return max(
            self.candidates,
            key=lambda c: (
                c.score
                + (0.6 if c.name.ordinal else 0)
                - (1.6 if c.is_bare else 0)
                - (0.8 if c.is_generic else 0)
                - (_NAMELESS if id(c) in self.nameless else 0),
                -c.sentence.index,
            ),
        )

    @property
    def is_journey(self) -> bool:
        """Whether its best mention is a journey."""
        return self.best.is_journey

    @property
    def entry(self) -> Entry | None:
        """The entry of a calendar that tells it, where no running text does."""
        entries = [c.sentence.entry for c in self.candidates if c.sentence.part == "text"]
        return entries[0] if entries and all(e is entries[0] for e in entries) else None

    def may_be_told_in(self, sentence: AnnotatedSentence) -> bool:
        """Whether a sentence may tell of it: what one entry of a calendar tells, no other does."""
        return sentence.entry is None or self.entry is None or sentence.entry is self.entry

    @property
    def score(self) -> float:
        """Best score, a little more for every further mention and for the headline; what only its
        place in a line speaks for adds nothing.
        """
        told = [c for c in self.candidates if not c.titles_line]
        further = min(max(len(told) - 1, 0), 3) * 0.2
        in_headline = any(c.sentence.zone == "headline" and c.kind != "body" for c in told)
        return max(c.score for c in self.candidates) + further + (0.4 if in_headline else 0.0)

    @property
    def ordinal(self) -> int | None:
        """Edition number, if a mention has one."""
        return next((c.name.ordinal for c in self.candidates if c.name.ordinal), None)

    @property
    def year(self) -> str | None:
        """Year that stands in the name."""
        return next((c.name.year for c in self.candidates if c.name.year), None)

    @property
    def dates(self) -> list[DateMention]:
        """Dates of the clauses of all its mentions."""
        return [d for c in self.candidates for d in c.dates]

    @property
    def next_cue(self) -> bool:
        """Told as the next one."""
        return self.candidates[0].next_cue

    @property
    def previous_cue(self) -> bool:
        """Told as an earlier one."""
        return self.candidates[0].previous_cue

    def sentences(self) -> set[int]:
        """Indexes of the sentences that mention it."""
        return {c.sentence.index for c in self.candidates}


def group_candidates(
    candidates: Sequence[Candidate],
    known: Sequence[EventMentions] = (),
    *,
    words: EventVocabulary | None = None,
) -> list[EventMentions]:
    """The candidates of each event, in the order of their first mention, after those that are known
    already, which they may join. `words`: those that tell an edition of an event that is named
    before; without them there is none.
    """
    events = list(known)
    for candidate in candidates[:_MOST_CANDIDATES]:
        named = _find_edition_of(candidate, events, words) if words else None
        resumed = named or _find_resumed(candidate, events)
        event = resumed or _find_fitting(candidate, events, words)
        if event is not None:
            event.candidates.append(candidate)
            event.nameless |= {id(candidate)} if named else set()
        else:
            events.append(EventMentions([candidate]))
    return events


def _find_fitting(
    candidate: Candidate, events: Sequence[EventMentions], words: EventVocabulary | None
) -> EventMentions | None:
    """The event that a candidate fits best and well enough."""
    fits = [
        (fit, -i, c)
        for i, c in enumerate(events)
        if (fit := _score_fit(candidate, c, words)) is not None
    ]
    best = max(fits, key=lambda f: f[:2], default=None)
    if best is None:
        return None
    loose = best[0] >= _LOOSE_FIT and candidate.kind != "open" and not _is_particular(candidate)
    fits_well = best[0] >= 1.0 or (loose and not _is_other_kind(candidate, best[2]))
    return best[2] if fits_well else None


def _find_resumed(candidate: Candidate, events: Sequence[EventMentions]) -> EventMentions | None:
    """The event just before, without a day, that "The event", "Das Treffen" with a day resumes."""
    if not (candidate.is_bare and candidate.dates) or candidate.kind not in ("gathering", "weak"):
        return None
    gatherings = [c for c in events if c.candidates[-1].kind != "body"]
    earlier = [
        c
        for c in gatherings
        if 0 < candidate.sentence.index - c.candidates[-1].sentence.index <= _RESUMED
    ]
    last = max(
        earlier,
        key=lambda c: (c.candidates[-1].sentence.index, c.candidates[-1].head[0]),
        default=None,
    )
    dated = last is None or last.dates or last.next_cue or last.previous_cue or candidate.next_cue
    return None if dated or candidate.previous_cue else last


def _find_edition_of(
    candidate: Candidate, events: Sequence[EventMentions], words: EventVocabulary
) -> EventMentions | None:
    """The event named last, of which "The 2031 edition", "its third edition" or "the third such
    meeting" is the one of that year or number: it has no name of its own. Not where the page gives
    that event another year or number.
    """
    name = candidate.name
    turned = candidate.next_cue or candidate.previous_cue
    if not (name.year or name.ordinal) or name.quote or candidate.stands_for or turned:
        return None
    of_kind = set(words.such.intersection(w.casefold() for w in name.left_words))
    numbered = name.ordinal_span is not None and name.start <= name.ordinal_span[0] < name.end
    if not numbered:  # the third edition of the event, the event is held for the fifth time
        of_kind |= {candidate.word} & words.generic_heads
    if not (candidate.word.split()[-1] in words.edition_nouns or (of_kind and name.ordinal)):
        return None
    named = [e for e in events if e.candidates[-1].kind in ("gathering", "weak", "brand")]
    last = max(named, key=_end_of, default=None)
    if last is None or _is_another(candidate, last) or not _means(candidate, last, words):
        return None
    if name.ordinal and (last.ordinal or last.candidates[-1].plural or _lies_back(candidate, last)):
        return None
    years = {d.first[:4] for d in last.dates if d.first[0] != "-"}
    if name.year and years and name.year not in years:
        return None
    return None if _exclude_each_other(candidate.dates, last.dates) else last


def _means(candidate: Candidate, event: EventMentions, words: EventVocabulary) -> bool:
    """Whether what stands behind an edition is nothing, or a word for the event (of the event, der
    Tagung).
    """
    tail = [w.casefold() for w in candidate.head_tail_words if _is_long(w)]
    return not tail or (
        len(tail) == 1
        and (
            tail[0] in words.generic_heads
            or any(is_same_word(tail[0], c.word) for c in event.candidates[:_COMPARED])
        )
    )


def _lies_back(candidate: Candidate, event: EventMentions) -> bool:
    """Whether an event was last mentioned too long before to be resumed."""
    return candidate.sentence.index - event.candidates[-1].sentence.index > _RESUMED


def _end_of(event: EventMentions) -> tuple[int, int]:
    """Where a page mentions an event last."""
    return event.candidates[-1].sentence.index, event.candidates[-1].head[0]


def _is_particular(candidate: Candidate) -> bool:
    """Whether it has anything that sets it apart from earlier mentions."""
    name = candidate.name
    return bool(
        candidate.dates
        or name.ordinal
        or name.year
        or name.quote
        or candidate.next_cue
        or candidate.previous_cue
    )


def _is_other_kind(candidate: Candidate, event: EventMentions) -> bool:
    """A gathering with a name of its own, mentioned beside a journey."""
    return (
        candidate.kind == "gathering"
        and bool(candidate.name.left_words)
        and "event verb" in candidate.reasons
        and all(_broad_kind(c) == "trip" for c in event.candidates)
    )


def _score_fit(
    candidate: Candidate, event: EventMentions, words: EventVocabulary | None
) -> float | None:
    """How well a candidate belongs to an event; None where it can't."""
    name = candidate.name
    if _is_another(candidate, event) or _is_another_item(candidate, event):
        return None
    if _has_met(candidate) and all(_is_to_come(c) for c in event.candidates):
        return None
    if (
        _is_session_of(candidate, event)
        or _explains_brand(candidate, event)
        or _is_subtitle(candidate, event)
    ):
        return 1.0
    headline = candidate.sentence.zone == "headline" or any(
        c.sentence.zone == "headline" for c in event.candidates
    )
    same_edition = (
        name.ordinal is not None
        and name.ordinal == event.ordinal
        and _shares_word(candidate, event)
    )
    if not same_edition and _exclude_each_other(candidate.dates, event.dates):
        return None
    fit = 0.0
    if name.ordinal and name.ordinal == event.ordinal:
        fit += 2.0
    if name.year and name.year == event.year and not _is_named_beside(candidate, event):
        fit += 1.0
    fit += max(_score_similarity(candidate, c) for c in event.candidates[:_COMPARED])
    if _resumes(candidate, event, words):
        fit += 0.6
    if _is_assembly(candidate) and (
        _is_in_town_of(candidate, event) or _is_of_headline(candidate, event)
    ):
        fit += 1.0
    # Behind the first sentence about the event, what is told for the first time, or by a noun that
    # says more, is another one.
    told = any(c.sentence.zone != "headline" for c in event.candidates)
    new = candidate.indefinite or (stands_alone(candidate) and _says_more(candidate, words))
    another = told and new and not _shares_word(candidate, event)
    if headline and not another and _broad_kind(candidate) == _broad_kind(event.candidates[0]):
        fit += 0.8 + (_SAME_TOWN if _is_told_by_headline(candidate, event) else 0.0)
    return fit


def _is_named_beside(candidate: Candidate, event: EventMentions) -> bool:
    """Whether the sentence has named the event with its year by another word, so that the year
    alone makes them no one (Die Zinntagung 2031 und die Bleitagung 2031).
    """
    last = event.candidates[-1]
    beside = last.sentence is candidate.sentence and bool(last.name.year)
    return beside and candidate.kind == last.kind and not _shares_word(candidate, event)


def _resumes(candidate: Candidate, event: EventMentions, words: EventVocabulary | None) -> bool:
    """Whether a head alone may mean an event that was told before: by its word, or by another one
    that says nothing more (the meeting, but no board meeting) of the same kind: a journey is no
    gathering (Die Exkursion führte …). One of an open class only by its word.
    """
    if not stands_alone(candidate) or candidate.kind == "brand" or candidate.indefinite:
        return False
    if _shares_word(candidate, event):
        return True
    # Capitals without an article are a name of their own (Save the dates: Annual General Meeting).
    titled = "proper name" in candidate.reasons and not candidate.name.determiner
    named = titled and (" " in candidate.word or "-" in candidate.word)
    apart = candidate.is_journey and not any(c.is_journey for c in event.candidates)
    return not (candidate.kind == "open" or named or _says_more(candidate, words) or apart)


def _says_more(candidate: Candidate, words: EventVocabulary | None) -> bool:
    """Whether a noun by itself says which kind of event it is (Vorstandssitzung, летняя школа)."""
    compound = words is not None and candidate.word not in words.heads
    return candidate.kind != "verb" and (compound or " " in candidate.word)


def stands_alone(candidate: Candidate) -> bool:
    """Whether a head stands alone, or with its length in days only (the two-day event)."""
    if candidate.is_bare:
        return True
    name, lengths = candidate.name, candidate.sentence.cue(*EVENT_LENGTHS)
    alone = len(name.left_words) == 1 and not (name.ordinal or name.year or name.quote or name.tail)
    return alone and any(name.start <= cue.start < candidate.head[0] for cue in lengths)


def _shares_word(candidate: Candidate, event: EventMentions) -> bool:
    """Whether an event was called by the head of a candidate before."""
    return any(is_same_word(candidate.word, c.word) for c in event.candidates[:_COMPARED])


def _is_told_by_headline(candidate: Candidate, event: EventMentions) -> bool:
    """Whether only the headline mentions the event yet, in the town of the candidate (Dialogue on
    raw materials in Tashkent | … came to Tashkent for the 4th forum).
    """
    towns = {m.value for m in candidate.sentence.of("places")}
    return all(
        c.sentence.zone == "headline" and not _is_particular(c) and not c.plural
        for c in event.candidates
    ) and any(m.value in towns for m in event.candidates[0].sentence.of("places"))


def _is_assembly(candidate: Candidate) -> bool:
    """Whether a verb tells of people who came together, without a noun for it."""
    met = (cue.start for cue in candidate.sentence.cue("body_meets", "gathered"))
    return candidate.kind == "verb" and candidate.head[0] in met


def _is_of_headline(candidate: Candidate, event: EventMentions) -> bool:
    """Whether only the headline names the event, and the candidate opens the report below it."""
    return candidate.sentence.index <= _OPENING and all(
        c.sentence.zone == "headline"
        and c.kind in ("gathering", "weak")
        and not (c.dates or c.next_cue or c.previous_cue or c.plural)
        for c in event.candidates
    )


def _is_in_town_of(candidate: Candidate, event: EventMentions) -> bool:
    """Whether sentences that mention a gathering name a town of the candidate's."""
    towns = {m.value for m in candidate.sentence.of("places")}
    return any(
        m.value in towns
        for c in event.candidates[:_COMPARED]
        if _broad_kind(c) == "gathering"
        for m in c.sentence.of("places")
    )


def _is_another(candidate: Candidate, event: EventMentions) -> bool:
    """Another edition, another year, or the next or previous one."""
    name = candidate.name
    return bool(
        (name.ordinal and event.ordinal and name.ordinal != event.ordinal)
        or (name.year and event.year and name.year != event.year)
        or (
            (candidate.next_cue, candidate.previous_cue) != (event.next_cue, event.previous_cue)
            and not _is_below_its_heading(candidate, event)
        )
        or _is_another_meeting(candidate, event)
    )


def _is_below_its_heading(candidate: Candidate, event: EventMentions) -> bool:
    """Whether the next one is told right below a heading that holds nothing but its name (Tin
    Breakfast | The next Tin Breakfast is on 4 May).
    """
    if not candidate.next_cue or len(event.candidates) > 1:
        return False
    heading = event.best
    line, name = heading.sentence, heading.name
    return (
        candidate.sentence.index == line.index + 1
        and candidate.sentence.line != line.line
        and line.zone in ("headline", "list")
        and not _is_particular(heading)
        and name.start - line.start <= 1
        and line.end - name.end <= 1
        and is_same_word(candidate.word, heading.word)
        and candidate.head_tail_words == heading.head_tail_words
    )


def _is_another_meeting(candidate: Candidate, event: EventMentions) -> bool:
    """Whether a verb tells that somebody else is met, too, on a day that it tells (The same day,
    the minister received …).
    """
    met = _people_met(candidate)
    if not met or not any(d.is_day for d in candidate.dates):
        return False
    others = [_people_met(c) for c in event.candidates]
    return all(others) and not any(met <= other or other <= met for other in others)


def _has_met(candidate: Candidate) -> bool:
    """Whether a verb, not in the future, tells of two people who met."""
    return len(_people_met(candidate)) > 1 and not _is_to_come(candidate)


def _is_to_come(candidate: Candidate) -> bool:
    """Whether the verb of its clause is in the future."""
    cues = candidate.sentence.cue("will_take_place")
    return any(candidate.covers(cue.start) for cue in cues)


def _people_met(candidate: Candidate) -> set[str]:
    """The surnames of who comes together, as a verb tells it."""
    if candidate.kind != "verb":
        return set()
    people = candidate.sentence.of("persons")
    return {str(p.value or p.surface).split()[-1] for p in people if candidate.covers(p.start)}


def _is_another_item(candidate: Candidate, event: EventMentions) -> bool:
    """Items of lists with different heads (Kupferkonferenz, Bleikonferenz) are two events, as is
    what two entries of a calendar tell.
    """
    entries = candidate.sentence.entry, event.entry
    if all(entries) and entries[0] is not entries[1] and candidate.word != event.best.word:
        return True
    return candidate.sentence.zone == "list" and any(
        c.sentence.zone == "list"
        and c.sentence.index != candidate.sentence.index
        and c.word != candidate.word
        for c in event.candidates[:_COMPARED]
    )


def _is_session_of(candidate: Candidate, event: EventMentions) -> bool:
    """A session right behind the body that meets (its ninth session; Es war die siebte
    Sitzung).
    """
    last = event.candidates[-1]
    owns = candidate.owned and candidate.name.ordinal and last.sentence is candidate.sentence
    meets = last.kind == "body" and bool(owns or "body meets" in last.reasons)
    apart = candidate.sentence.index - last.sentence.index
    dated = _exclude_each_other(candidate.dates, event.dates)
    return (
        meets
        and candidate.kind in ("gathering", "weak")
        and apart in (0, 1)
        and not dated
        and not candidate.next_cue
    )


def _is_subtitle(candidate: Candidate, event: EventMentions) -> bool:
    """Whether the first line below the title of an event's page holds nothing but what that is
    (Discover Ores 2031 | 25th annual investors' meeting).
    """
    line, name = candidate.sentence, candidate.name
    titled = OF_ITS_PAGE in event.candidates[0].reasons and len(event.candidates) == 1
    whole = line.part == "text" and name.start <= 1 and line.end - name.end <= 1
    return titled and whole and not (line.dates or candidate.plural)


def _explains_brand(candidate: Candidate, event: EventMentions) -> bool:
    """What says right behind a brand what it is (SteinTech 2031, trade fair for crushers)."""
    last, name = event.candidates[-1], candidate.name
    beside = 0 < name.start - last.name.end <= _MARK_BETWEEN
    return (
        last.kind == "brand"
        and last.sentence is candidate.sentence
        and beside
        and candidate.kind in ("gathering", "weak", "open")
        and not (name.ordinal or name.year or name.quote)
    )


def _broad_kind(candidate: Candidate) -> str:
    return "trip" if candidate.is_journey else "gathering"


def _score_similarity(a: Candidate, b: Candidate) -> float:
    """0 to 2: same head 1, the rest by the words that the names share."""
    head = (
        1.0
        if is_same_word(a.word, b.word)
        else 0.6
        if _broad_kind(a) == _broad_kind(b) == "trip"
        else 0.0
    )
    left, right = _name_words(a), _name_words(b)
    if is_same_word(a.word, b.word):
        left, right = left[:], [w for w in right if w != b.word]
        left = [w for w in left if w != a.word]
    shared = sum(1 for w in left if any(is_same_word(w, v) for v in right))
    return head + (shared / max(1, min(len(left), len(right))) if left and right else 0.0)


def _name_words(c: Candidate) -> list[str]:
    words = [*c.name.left_words, c.word, *c.head_tail_words]
    return [w.casefold() for w in words if _is_long(w)]


@lru_cache(maxsize=20_000)
def _is_long(word: str) -> bool:
    return _WORD.match(word) is not None


def is_same_word(a: str, b: str) -> bool:
    """Whether two heads are one word, inflected or as the last part of a compound; of several words
    each is the one of the other head.
    """
    if a == b or a.endswith(b) or b.endswith(a):
        return True
    if " " in a and " " in b:
        left, right = a.split(), b.split()
        return len(left) == len(right) and all(map(is_same_word, left, right))
    if min(len(a), len(b)) > _SHORT:
        short, long_ = sorted((a.removesuffix("s"), b.removesuffix("s")), key=len)
        if long_.endswith(short):
            return True
    a, b = a.removesuffix("es"), b.removesuffix("es")
    if a[-_SHARED_END:] == b[-_SHARED_END:] and min(len(a), len(b)) > _SHARED_END:
        return True
    stem = max(4, min(len(a), len(b)) - 2)
    return a[:stem] == b[:stem] and abs(len(a) - len(b)) <= 3


def _exclude_each_other(a: Sequence[DateMention], b: Sequence[DateMention]) -> bool:
    """Both have dates of a day or month, and none of the one goes with any of the other."""
    left, right = [d for d in a if len(d.first) > 4], [d for d in b if len(d.first) > 4]
    if not left or not right:
        years = {d.first[:4] for d in a}, {d.first[:4] for d in b}
        return (
            bool(a and b) and not years[0] & years[1] and all(y[0] != "-" for s in years for y in s)
        )
    return not any(_is_compatible(x, y) for x in left for y in right)


def _is_compatible(x: DateMention, y: DateMention) -> bool:
    if "-" in (x.first[0], y.first[0]):
        x, y = _in_any_year(x), _in_any_year(y)
    if x.first[5:7].isalpha() or y.first[5:7].isalpha():
        return x.first[:4] == y.first[:4]
    short = min(len(x.first), len(y.first), 7)
    if len(x.first) < 8 or len(y.first) < 8:
        return x.first[:short] == y.first[:short]
    return not ((x.last or x.first) < y.first or (y.last or y.first) < x.first)


def _in_any_year(date: DateMention) -> DateMention:
    """A date that goes with those without a year (--05-12)."""
    first, last = (
        day and "0000" + (day[1:] if day[0] == "-" else day[4:]) for day in (date.first, date.last)
    )
    return replace(date, first=first or "", last=last)
