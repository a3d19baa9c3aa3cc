"""How much speaks for a candidate being an event: points by reason, for and against.

The weights were set by hand on own test sentences; their order matters more than their size. An
event needs about two good reasons (a verb and a day, an edition and a town); see coreference.py for
thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.parsers.events.candidates.announced import OF_ITS_PAGE
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.occasions import names_entry
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import COPULA
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

NOT_HELD = "not held"
"""The reason of an event that there is none of (no forum is planned)."""
OF_A_NAME = "of a name"
"""The reason of a head that opens the name of something else (Summit Ridge Gold)."""
REPORTED = "headline reports it"
"""The reason of a journey of which the headline tells by a verb."""
OF_LESSONS = "of a row of lessons"
"""The reason of a title in a line below what says that lessons follow."""
DESCRIBES = "describes another"
"""The reason of what only says what something else is."""
_COPULA = re.compile(COPULA, re.IGNORECASE)
_COPULA_REACH = 40
_SHORT_CUE = 10
"""Characters of a cue that may be any word (interview)."""
_THING_BEFORE = re.compile(r"([\w-]+)\s([«„“\"])?\Z")
_THING_REACH = 40
_AGENT = 8
"""Characters of a preposition, perhaps with an article, before who holds an event."""
_LINES_BELOW = 2
_AT_ONCE = 4
"""Characters before the date of a calendar's line."""
_TO_TRAVELLER, _TO_AIM = 60, 40
"""Characters with an office between a visit and who makes it, and from there to where."""
_OPENING = 2
"""Index of the last sentence that opens a page."""
_EARLY = 4
"""Sentences from the top that hold the news."""


def score_reasons(page: AnnotatedPage, candidate: Candidate) -> dict[str, float]:
    """Reason → points, positive and negative."""
    reasons = dict(_score_circumstances(page, candidate))
    reasons.update(_score_page(page, candidate))
    reasons.update(_score_name(page, candidate))
    reasons.update(_score_kind(page, candidate))
    reasons.update(_score_doubts(page, candidate))
    return reasons


def _score_page(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """That its page is about one event, by markup, address or lists, and has it for its title."""
    if c.sentence.part == "title" and page.draft.kind == "event":
        yield OF_ITS_PAGE, 1.8


def _score_circumstances(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """Verb, time, place and position."""
    s = c.sentence
    verbs = s.cue("takes_place", "will_take_place", "moved", "cancelled")
    if any(c.covers(k.start) for k in verbs):
        yield "event verb", 1.2
    elif verbs:
        yield "event verb near", 0.5
    if any(d.is_day for d in c.dates):
        yield "day", 1.0
    elif any(len(d.first) > 4 for d in c.dates):
        yield "month", 0.6
    yield from _score_place(page, s)
    if s.zone == "headline":
        yield "headline", 0.8
        if _is_reported_below(page, c):
            yield "reported below", 1.3
        elif _opens_with_day_below(page, c):
            yield "dated below", 1.1
    elif s.index <= _EARLY:
        yield "early", 0.5


def _score_place(page: AnnotatedPage, sentence: AnnotatedSentence) -> Iterator[tuple[str, float]]:
    """A town, or else the house of a body."""
    if _names_town(page, sentence):
        yield "town", 0.7
    elif _stands_in_body(page, sentence):
        yield "in a body's house", 0.4


def _names_town(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a sentence names a town, behind its dateline; where names of bodies begin with a bare
    town, one apart from those, or in one that is a house by its case.
    """
    grammar = page.grammar
    bodies = [
        b
        for b in (sentence.of("organisations") if grammar.towns_open_bodies else ())
        if not grammar.parts_names(page.masked[b.part][b.start : b.end])
    ]
    return any(
        p.start >= sentence.dateline_end
        and not any(b.start <= p.start and p.end < b.end for b in bodies)
        for p in sentence.of("places")
    )


def _stands_in_body(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether a body stands in the case of place, in a language in which that tells its house
    (министрлікте кездесу өтті), or behind the preposition of houses.
    """
    if not page.grammar.house_is_no_host:
        return False
    masked, before = page.masked[sentence.part], set(page.vocabulary.venue_before)
    return any(
        page.grammar.is_in_place(masked[b.start : b.end])
        or before.intersection(masked[sentence.start : b.start].casefold().split()[-1:])
        for b in sentence.of("organisations")
    )


def _gives_day_and_town(sentence: AnnotatedSentence) -> bool:
    """A line that says when and where: 12. Mai 2031 in Jena."""
    opens = any(d.start - sentence.start <= _AT_ONCE and d.is_day for d in sentence.dates)
    return sentence.zone != "body" and opens and bool(sentence.of("places"))


def _is_reported_below(page: AnnotatedPage, c: Candidate) -> bool:
    """A headline that names it, and below it people, a day and a verb of coming together."""
    if c.sentence.zone != "headline":
        return False
    below = page.sentences[c.sentence.index + 1 : c.sentence.index + 1 + _LINES_BELOW]
    if any(_gives_day_and_town(s) for s in below):
        return True
    first = next((s for s in page.sentences[c.sentence.index :] if s.zone == "body"), None)
    if first is None or not any(d.is_day for d in first.dates):
        return False
    words = page.vocabulary.words(page.masked[first.part][first.start : first.end])
    people = any(page.vocabulary.count_nouns.match(w.group()) for w in words)
    # Where no gate was trained, receiving somebody counts, too.
    receiving = () if page.grammar.is_taught else ("receive", "travel")
    return people and bool(first.cue("takes_place", "will_take_place", *receiving))


def _opens_with_day_below(page: AnnotatedPage, c: Candidate) -> bool:
    """The page's first words name it, and the first sentence or labelled line gives a day."""
    if c.sentence.index > 0 or c.name.start - c.sentence.start > 1 or c.kind == "body" or c.plural:
        return False
    below = [s for s in page.sentences[1 : 1 + _LINES_BELOW] if s.zone != "contact"]
    days = [d for s in below for d in s.dates if d.is_day and d.kind not in OPEN_KINDS]
    return bool(days)


def _score_name(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """What sets it apart from others of its kind."""
    name, s = c.name, c.sentence
    if name.ordinal and not s.cue("anniversary"):
        yield "edition", 1.2
    if name.year:
        yield "year", 0.9
    if c.kind in ("gathering", "weak") and names_entry(page, s, name):
        yield "names an entry", 0.7
    if c.titles_line and c.kind == "gathering":
        yield OF_LESSONS, 0.9
    if name.quote:
        yield "quoted", 0.7
    if any(0 <= name.start - k.end <= 12 for k in s.cue("years_after")):
        yield "years after it", 0.5
    if c.next_cue or c.previous_cue:
        yield "next or previous", 0.6
    capital = page.texts[s.part][c.head[0]].isupper() and c.head[0] > s.start
    if capital and not page.grammar.capitalises_nouns:
        yield "proper name", 0.7
    if name.tail or name.left_words:
        yield "named", 0.3


def _score_kind(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """What its head is worth, and whether its verb goes with it."""
    s = c.sentence
    people = [p for p in s.of("persons") if c.covers(p.start) or c.kind == "weak"]
    if c.word in page.vocabulary.generic_heads:
        yield "generic head", 0.0
    if c.is_journey and s.zone == "body" and _headline_has_journey(page):
        yield REPORTED, 0.5
    if c.kind == "gathering":
        yield "strong head", 0.5
        yield from _score_tally(page, c)
    elif c.kind == "open":
        yield "open head", -3.0
    elif c.kind == "weak":
        yield from _score_weak_head(c, len(people))
    elif c.kind == "trip":
        yield from _score_trip(c)
        if people:
            yield "somebody travels", 1.2 if _tells_whole_visit(c) else 0.4
    elif c.kind == "body":
        # In a language of noun adjuncts whoever meets stands before the verb (she convened it).
        first = c.head[1] if page.grammar.has_noun_adjuncts else c.clause[0]
        meets = any(c.covers(k.start) and k.start >= first for k in s.cue("body_meets"))
        yield ("body meets", 0.8) if meets else ("body", -1.6)
    elif c.kind == "verb":
        yield "verb only", 1.2
        yield "two people meet", 0.6 if len(people) > 1 else 0.0
        yield "opens the page", 0.3 if s.index <= _OPENING else 0.0


def _score_tally(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """A number of talks, on the day that the sentences around it tell."""
    if c.told_days and c.name.left_words and page.vocabulary.talks.match(c.word):
        yield "talks counted", 0.5
    elif c.told_days and c.sentence.cue("called"):
        yield "called so", 0.5


def _score_weak_head(c: Candidate, people: int) -> Iterator[tuple[str, float]]:
    """A head that alone is little: talks, a dialogue, a meeting with somebody."""
    s = c.sentence
    yield "weak head", -0.3
    opens = s.index == 0 and (s.zone == "headline" or c.name.start - s.start <= 1)
    if people > 1:
        yield "two people meet", 1.0 if s.index <= _OPENING else 0.7
    elif people and opens:
        yield "the page opens with meeting somebody", 1.9


def _score_trip(c: Candidate) -> Iterator[tuple[str, float]]:
    s = c.sentence
    held = any(c.covers(k.start) for k in s.cue("takes_place", "will_take_place"))
    if any(c.covers(k.start) for k in s.cue("travel", "receive")):
        yield "travel verb", 1.2
    else:
        yield ("journey held", 0.4) if held else ("no travel verb", -0.4)


def _tells_whole_visit(c: Candidate) -> bool:
    """Whether who travels stands behind the head, and where to behind that (der Besuch von
    Ministerin A im Werk der B, визит президента А в Узбекистан).
    """
    s, behind = c.sentence, c.head[1]
    traveller = next(
        (p for p in s.of("persons") if behind <= p.start <= behind + _TO_TRAVELLER), None
    )
    if traveller is None:
        return False
    at = traveller.end
    aims = s.of("organisations", "places", "countries")
    return any(at < m.start <= at + _TO_AIM for m in aims)


def _headline_has_journey(page: AnnotatedPage) -> bool:
    return any(s.zone == "headline" and s.cue("travel", "receive") for s in page.sentences[:6])


_TO_LISTED = 8
"""Characters between the word for a list and what it lists: an article or possessive."""


def _score_number(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """Whether it is several, which a list of them is called by (calendar of meetings), or what all
    events of the page are together (all meetings).
    """
    if c.plural and not c.name.ordinal:
        yield "plural", -1.2
        if _heads_list(page, c) or any(
            0 < c.name.start - k.end <= _TO_LISTED for k in c.sentence.cue("lists_events")
        ):
            yield "listed", -3.0
    if any(k.start <= c.head[0] < k.end for k in c.sentence.cue("all_events")):
        yield "all of them", -3.0


def _heads_list(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a headline is nothing but a word for events of any kind, above lines with days."""
    s, words = c.sentence, page.vocabulary.generic_heads
    alone = c.head[0] - s.start <= 1 and s.end - c.head[1] <= 1
    return (
        s.zone == "headline" and alone and c.word in words and any(t.entry for t in page.sentences)
    )


def _score_doubts(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """What speaks against one single event."""
    s = c.sentence
    yield from _score_number(page, c)
    if any(c.name.start - 25 <= k.start < c.head[0] for k in s.cue("generic")):
        yield "one of many", -1.0
    if any(abs(k.start - c.head[0]) < 40 for k in s.cue("anniversary")):
        yield "anniversary", -0.4
    if s.cue("not_events"):
        yield "no gathering", -1.0
    if s.zone == "list" and not any(d.start - s.start <= _AT_ONCE for d in s.dates):
        yield "in a list", -0.4
    if c.is_occasion:
        yield "occasion", -1.6
    if _is_not_held(page, c):
        yield NOT_HELD, -3.0
    yield from _score_others(page, c)
    if page.masked[s.part][s.start : c.name.start].rstrip().endswith("("):
        yield "in brackets", -0.5


def _score_others(page: AnnotatedPage, c: Candidate) -> Iterator[tuple[str, float]]:
    """Whether it is a word in the name of something else, or says what something else is."""
    named = _opens_name(page, c) or _names_thing(page, c) or _names_host(page, c)
    if named or _is_call(c.sentence, c):
        yield OF_A_NAME, -3.0
    if _describes(page, c):
        yield DESCRIBES, -1.5


def _is_call(sentence: AnnotatedSentence, c: Candidate) -> bool:
    """Whether a name ends in what is no gathering (Lode Week Call for Papers)."""
    return any(
        c.name.start < k.start < c.name.end <= k.end and k.end - k.start > _SHORT_CUE
        for k in sentence.cue("not_events")
    )


def _describes(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether it only says what something else is (Lode Week is the largest gathering of founders),
    without number, year or day; not where it has a name of its own (the next one is the Tin Forum).
    """
    name, s = c.name, c.sentence
    if page.texts[s.part][name.start].isupper():
        return False
    told = name.ordinal or name.year or name.quote or any(d.is_day for d in s.dates)
    if told or not page.grammar.has_noun_adjuncts:
        return False
    before = page.masked[s.part][max(s.start, name.start - _COPULA_REACH) : name.start]
    return _COPULA.search(before) is not None


def _names_thing(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a head without a number is of the name of a paper, a firm or a brand: in quotes, or
    as nouns in a row make it (газета «Форум Юга», Informationsdienst Metallforum).
    """
    if c.kind not in ("gathering", "weak", "open") or c.name.ordinal or c.name.year:
        return False
    things = page.vocabulary.named_things
    masked, start = page.masked[c.sentence.part], c.sentence.start
    before = _THING_BEFORE.search(masked, max(start, c.name.start - _THING_REACH), c.name.start)
    if before and things.match(before.group(1)):
        return bool(before.group(2)) or page.grammar.nouns_in_row_are_names
    return page.grammar.nouns_in_row_are_names and any(things.match(w) for w in c.name.left_words)


def _names_host(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether capitals and a head without number, year, quotes or day are who holds an event that
    is named elsewhere: the agent of the verb for it (wurde vom Deutsch-Armenischen Forum …
    organisiert), or its subject (The Cluster Platform is organising the Talk “…”).
    """
    name, s = c.name, c.sentence
    numbered = name.ordinal or name.year or name.quote or c.next_cue or c.previous_cue
    if c.kind not in ("gathering", "body") or numbered or not name.left_words:
        return False
    masked = page.masked[s.part]
    capital = masked[c.head[0]].isupper() and name.left_words[-1][:1].isupper()
    if not capital:
        return False
    before = masked[max(s.start, name.start - _AGENT) : name.start].casefold().split()[-1:]
    cues = s.cue("organiser")
    if before and any(
        k.start + len(before[0]) + 1 == name.start and k.end > c.head[1] for k in cues
    ):
        return True
    return c.kind == "body" and any(k.side == "left" and 0 < k.start - name.end <= 1 for k in cues)


def _opens_name(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether a capital right behind a head without day or number makes it a noun that qualifies
    another one, in a language of noun adjuncts.
    """
    if c.kind != "gathering" or not page.grammar.has_noun_adjuncts or not c.name.tail:
        return False
    numbered = c.name.ordinal or c.name.year or c.name.quote
    behind = page.masked[c.sentence.part][c.head[1] : c.name.end]
    qualifies = behind[:1] == " " and behind[1:2].isupper()
    return qualifies and not numbered and not any(d.is_day for d in c.dates)


def _is_not_held(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether the verb of its clause, or of its sentence behind a relative clause, is negated (is
    not planned for 2027, findet dieses Jahr nicht statt) and no day is told that it was to be on,
    or it was called off and neither a date nor a number is told.
    """
    if _stands_behind_without(page, c):
        return True
    if any(d.is_day for d in c.dates):
        return False
    s = c.sentence
    cues = s.cue("takes_place", "will_take_place", "cancelled")
    covered = [cue for cue in cues if c.covers(cue.start)]
    told = c.dates or c.name.year or c.name.ordinal
    if not told and any(cue.category == "cancelled" for cue in covered):
        return True
    behind = [cue for cue in cues if cue.start > c.head[1]]
    return any(_is_negated(page, s, cue) for cue in covered or behind[-1:])


def _stands_behind_without(page: AnnotatedPage, c: Candidate) -> bool:
    """Whether words before a name, or its first one, say that there is none (without a meeting, no
    meeting), or the word behind it that it might have been (саммит бы провели).
    """
    s, masked = c.sentence, page.masked[c.sentence.part]
    before = masked[max(s.start, c.name.start - 30) : c.name.start].casefold().split()
    behind = masked[c.name.end : min(s.end, c.name.end + 12)].casefold().split()
    opening = [word.casefold() for word in c.name.left_words[:1]]
    unreal = page.vocabulary.unreal.intersection(behind[:1])
    return bool(unreal or page.vocabulary.without.intersection([*before[-2:], *opening]))


def _is_negated(page: AnnotatedPage, s: AnnotatedSentence, cue: CueHit) -> bool:
    masked = page.masked[s.part]
    verb = masked[cue.start : cue.end].casefold().split()
    before = masked[s.start : cue.start].casefold().split()[-1:]
    near = verb if cue.category == "cancelled" else [*before, *verb[-2:-1]]
    return bool(page.vocabulary.negations.intersection(near))
