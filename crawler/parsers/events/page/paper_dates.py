"""Dates that are no event's: the day of a paper or of the page, one that was given up, ends that
stay open.
"""

from __future__ import annotations

import re

from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.date_mention import DateMention

OPEN_KINDS = frozenset({"since", "until", "decade"})
_BEFORE, _BEHIND = 80, 200
"""Characters before and behind a date that are looked at: a sentence may be endless."""
_SET_OFF = re.compile(r"[.)\]]*\s?(?:[–—|/:·]|-\s|\)|\.\s)")
"""What parts the day of a page from its text."""
_MARKS_BEFORE = (",", "|", "–", "—", "-", "(", "/", ":", ".", "·", "[")
_HELD = ("takes_place", "will_take_place", "body_meets", "travel", "receive")
_CLAUSE_END = re.compile(r"[,;()]")
_WORDS_TO_DAY = 3
"""Words before a day that may say what it is of (released on Monday, 2 April)."""
NEW_DAY_REACH = 3
"""Sentences behind one that moves an event in which its new day may be told."""
_SUBJECT = 120
"""Characters before a verb that may name what it is said of."""
_OPENING = 5
"""Characters up to the first word that says something (Der Ersatztermin)."""
_LONGEST_DATELINE = 12
"""Words before the day (Ulan-Bator, Presseinformation Nr. 12, …)."""


def is_quoted(masked: str, start: int, at: int) -> bool:
    """Whether an offset lies between quotes that opened behind `start` ("Altbergbau heute")."""
    before = masked[start:at]
    opened = any(before.count(left) > before.count(right) for left, right in ("„“", "«»", "“”"))
    return opened or before.count('"') % 2 == 1


def is_of_paper(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """The day that a paper is of (подписанного в октябре, the 2031 accord signed in May), or one
    in a quotation or in a question that names no gathering (Woher kommt morgen das Kaolin?).
    """
    masked, papers = page.masked[dated.part], page.vocabulary.dated_papers
    asks = masked.endswith("?", sentence.start, sentence.end) and not page.names_gathering(sentence)
    if dated.kind == "relative" and (asks or is_quoted(masked, sentence.start, dated.start)):
        return True
    before = masked[max(sentence.start, dated.start - _BEFORE) : dated.start].rsplit(None, 2)[-2:]
    if any(papers.match(word.strip(",.;:()")) for word in before):
        return True
    behind = masked[dated.end : min(sentence.end, dated.end + _BEHIND)]
    return page.grammar.is_paper_behind(behind, papers)


def days_of_events(page: AnnotatedPage, s: AnnotatedSentence) -> list[DateMention]:
    """The whole days of a sentence that may be an event's: neither that of the page nor of a paper,
    none of a dateline, none that was given up, and no end that stays open.
    """
    return [
        d
        for d in s.dates
        if d.is_day
        and d.kind not in OPEN_KINDS
        and d.start >= s.dateline_end
        and not is_of_paper(page, s, d)
        and not is_of_page(page, s, d)
        and not is_left_day(page, s, d)
    ]


def is_left_day(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """The day from which an event was moved (vom 24. März verschoben), or that another day or the
    next sentence replaces (planned for 24 March, has been postponed. It will take place on 9 May).
    """
    if is_replaced(page, sentence, dated):
        return True
    before = words_before(page, sentence, dated)
    if not gives_day_up(sentence):
        # Postponed. It had been planned for 24 March, and will now be on 9 May.
        moved = sentence.index > 0 and page.sentences[sentence.index - 1].cue("moved")
        planned = bool(moved) and before.endswith(page.vocabulary.planned_for)
        return planned and is_announced_next(page, sentence)
    if before.endswith(page.vocabulary.moved_from):
        return not dated.last
    return not is_new_day(page, before) and is_announced_next(page, sentence)


def gives_day_up(sentence: AnnotatedSentence) -> bool:
    """Whether the day of a sentence may be given up. What it calls off has its day until another
    is named (`day_made_up`): it would be no event without.
    """
    return bool(
        sentence.cue("moved") or (sentence.cue("off_plan") and not sentence.cue("cancelled"))
    )


def is_new_day(page: AnnotatedPage, before: str) -> bool:
    """Whether the words before a day say that an event is moved to it (переносится на), not that
    it was to be on it (намеченная на).
    """
    words = page.vocabulary
    return before.endswith(words.moved_to) and not before.endswith(words.planned_for)


def day_made_up(
    page: AnnotatedPage, sentence: AnnotatedSentence
) -> tuple[AnnotatedSentence, CueHit] | None:
    """What says on which day will be made up for what a sentence calls off: words behind that in it
    (is cancelled and postponed to 9 May), or a sentence soon behind it that begins with it (fällt
    aus. Ersatztermin ist der 9. Mai); each without another event.
    """
    off = sentence.cue("cancelled")
    if not off:
        return None
    following = page.sentences[sentence.index + 1 : sentence.index + 1 + NEW_DAY_REACH]
    for s in (sentence, *(s for s in following if s.entry is sentence.entry)):
        first, last = (off[0].end, s.end) if s is sentence else (s.start, s.start + _OPENING)
        told = [cue for cue in s.cue("moved") if first <= cue.start < last]
        if not told or not any(d.is_day and d.start >= first for d in s.dates):
            continue
        if not page.vocabulary.names_gathering(page.masked[s.part][first : told[0].start]):
            return s, told[0]
    return None


def is_replaced(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """The day that another one of its sentence replaces (on 16 April instead of 19 March, planned
    for 19 March, will now be on 16 April); never one that is said to hold now.
    """
    before = words_before(page, sentence, dated)
    if len(sentence.dates) > 1 and before.endswith(page.vocabulary.instead_of):
        return True
    behind = [d for d in sentence.dates if d.start > dated.end]
    masked, words = page.masked[dated.part], page.vocabulary
    if not behind or any(
        _is_beside(masked[cue.end : dated.start], words)
        for cue in sentence.cue("now_set")
        if cue.end <= dated.start
    ):
        return False
    if sentence.cue("moved", "now_set"):
        return before.endswith((*words.planned_for, *words.planned_of_moved))
    return before.endswith(words.planned_for) and any(
        _is_beside(masked[dated.end : cue.start], words)
        for cue in sentence.cue("will_take_place")
        if dated.end <= cue.start < behind[-1].start
    )


def _is_beside(between: str, words: EventVocabulary) -> bool:
    """Whether what parts two spans is one word at most, and none that joins clauses."""
    parting = between.strip(" ,").casefold()
    return len(parting.split()) <= 1 and parting not in words.coordinators


def words_before(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> str:
    """What stands before a day in its sentence, behind a blank and case folded."""
    start = max(sentence.start, dated.start - _BEFORE)
    return f" {page.masked[dated.part][start : dated.start].strip().casefold()}"


def is_announced_next(page: AnnotatedPage, sentence: AnnotatedSentence) -> bool:
    """Whether the next sentence gives the day that now holds (Sie findet nun am … statt), or one of
    the next ones with a word for the new day (New date: …).
    """
    return bool(new_days(page, sentence))


def new_days(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[DateMention]:
    """The days of the sentence behind another one that says when what that moves will be."""
    following = page.sentences[sentence.index + 1 : sentence.index + 1 + NEW_DAY_REACH]
    for s in following:
        days = [d for d in s.dates if d.is_day]
        if days and (s.cue("moved") or (s is following[0] and _tells_new_day(page, s, sentence))):
            return days
    return []


def _tells_new_day(page: AnnotatedPage, s: AnnotatedSentence, before: AnnotatedSentence) -> bool:
    """Whether a sentence tells when something will be: what is moved before it, or what is not as
    planned there, unless it names another event (A cannot take place. The Seminar B will be …).
    """
    if s.cue("now_set"):
        return True
    told = s.cue("will_take_place")
    if not told or before.cue("moved"):
        return bool(told)
    subject = page.masked[s.part][max(s.start, told[0].start - _SUBJECT) : told[0].start]
    return not page.vocabulary.names_gathering(subject)


def is_of_page(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """The day of the page as it is printed: set off by a mark or the end of the line, behind no
    word that governs it (Freiberg, 02.04.2031 –; Newsletter | 2 April 2031), in a line of few words
    or at the beginning of one; or told behind a word that says so (posted 2 April 2031). No
    gathering's, even where it was held on that day. Nor is a day up to which something holds (as of
    today).
    """
    if dated.first != page.draft.published or dated.last:
        return False
    if dated.kind == "relative":
        state = words_before(page, sentence, dated).endswith(page.vocabulary.as_of)
        return state and not sentence.cue("moved")
    of_entry = sentence.entry is not None and sentence.entry.dated == dated
    if of_entry or page.labelled(sentence, "date_labels") > 0:
        return False
    if _is_told(page, sentence, dated):
        return True
    if any(cue.start < dated.start for cue in sentence.cue(*_HELD)):
        return False
    text = page.masked[dated.part]
    before = text[text.rfind("\n", 0, dated.start) + 1 : dated.start].strip()
    parted = not before or before.endswith(_MARKS_BEFORE)
    line, _, _ = text[dated.end : dated.end + _BEHIND].partition("\n")
    set_off = _SET_OFF.match(line) or not line.strip(" .|)]")
    return parted and bool(set_off) and len(before.split()) <= _LONGEST_DATELINE


def _is_told(page: AnnotatedPage, sentence: AnnotatedSentence, dated: DateMention) -> bool:
    """Whether a word right before a day, in its clause, says that the page or what it reports is of
    that day (press release of 2 April, the bureau reported on 2 April).
    """
    start = max(sentence.start, dated.start - _BEFORE)
    clause = _CLAUSE_END.split(page.masked[dated.part][start : dated.start])[-1]
    opening = dated.start - len(clause)
    if any(opening <= cue.start < dated.start for cue in sentence.cue(*_HELD)):
        return False
    words = [word.group() for word in page.vocabulary.words(clause)]
    return any(page.vocabulary.of_page.match(word) for word in words[-_WORDS_TO_DAY:])
