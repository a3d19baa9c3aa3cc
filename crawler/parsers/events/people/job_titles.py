"""Where the job title of a person stands: before the name, behind it, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.job_titles import JobTitleGrammar
from crawler.parsers.events.page.annotated_page import AnnotatedSentence

WORD = re.compile(r"[\w’'․]+(?:[-‑]\w+)*")
_APPOSITION = re.compile(r"\s*(?:,|\||\(|–|—|-(?=\s))\s*")
_CLOSING_BRACKET = re.compile(r"\)")
_COMMA_AT_END = re.compile(r",\s*\Z")
_CLOSING = frozenset(",.;)")
_NEXT_WORDS = re.compile(r"\s+(\w+)\s+(\w+(?:\s+\w+){0,2})")
_MAX_BETWEEN = 180
_MAX_APPOSITION = 160
_TITLE_REACH = 40
_OPENING_WORDS = 6
"""Words of an apposition among which the job title stands."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Where a name stands, and how far its job title may reach."""

    start: int
    end: int
    floor: int
    """End of the name before."""
    ceiling: int
    """Start of the name behind."""


@dataclass(frozen=True, slots=True)
class JobTitle:
    """Where a job title stands: from its first word to the end of what belongs to it."""

    start: int
    end: int
    head_end: int
    """End of the word that names it."""
    side: str
    """left, right or bracket."""


class JobTitleFinder:
    """Finds the job title of a name in the sentences of one language."""

    def __init__(self, words: JobTitleWords, grammar: JobTitleGrammar) -> None:
        self._words = words
        self._grammar = grammar

    def find(self, masked: str, sentence: AnnotatedSentence, name: NameSpan) -> JobTitle | None:
        """The job title of a name."""
        left, adjacent = self._before_name(masked, sentence, name)
        right = self._behind_name(masked, sentence, name)
        if right and right.side != "bracket":
            settled = left is not None and self._grammar.title_before_wins
            if settled or self._is_of_next(masked, sentence, name.ceiling, right):
                right = None
        return left if adjacent or right is None else right

    def behind(self, masked: str, sentence: AnnotatedSentence, name: NameSpan) -> JobTitle | None:
        """The job title behind a name that has one before it (Vice Chair A, director of B)."""
        right = self._behind_name(masked, sentence, name)
        taken = right is None or self._is_of_next(masked, sentence, name.ceiling, right)
        return None if taken else right

    def _before_name(
        self, masked: str, sentence: AnnotatedSentence, name: NameSpan
    ) -> tuple[JobTitle | None, bool]:
        """The job title before a name, and whether nothing stands between the two."""
        left = self.left(masked, name.start, name.floor)
        if left and any(c.start < left.head_end <= c.end for c in sentence.cue("led_by")):
            left = None  # "unter Leitung von A" says what A does, it is no job title
        if left and not self._is_of_previous(masked, sentence, left, name):
            between = masked[left.head_end : name.start]
            return left, left.end < name.start - 1 or not WORD.search(between)
        left = self._before_comma(masked, sentence, name)
        return left, left is not None

    def _behind_name(
        self, masked: str, sentence: AnnotatedSentence, name: NameSpan
    ) -> JobTitle | None:
        """The job title behind a name, before the title of the next one and the next verb."""
        verbs = [c.start for c in sentence.cue("travel", "receive") if c.start > name.end]
        titles = self._words.titles.search(masked, name.end, name.ceiling)
        ceiling = titles.start() if titles else name.ceiling
        return self._right(masked, name.end, min([ceiling, *verbs]))

    def _is_of_previous(
        self, masked: str, sentence: AnnotatedSentence, left: JobTitle, name: NameSpan
    ) -> bool:
        """Whether a job title belongs to the name before: A, Botschafter von X, und B."""
        if not self._follows_name(masked, sentence, left, name.floor):
            return False
        titles = self._words.titles.search(masked, left.head_end, name.start)
        between = masked[left.head_end : titles.start() if titles else name.start]
        return bool(self._words.conjoined.search(between))

    def _before_comma(
        self, masked: str, sentence: AnnotatedSentence, name: NameSpan
    ) -> JobTitle | None:
        """The job title of `der Minister für Energie, A, …`, unless it is of the name before."""
        closed = masked[name.end : name.end + 1] in _CLOSING
        start = max(name.floor, name.start - _TITLE_REACH)
        titled = self._words.comma_title.search(masked, start, name.start)
        if not closed and not titled:
            return None
        left = self.left(masked, name.start, name.floor, before_comma=True)
        if left is None or self._follows_name(masked, sentence, left, name.floor):
            return None
        return left

    def _follows_name(
        self, masked: str, sentence: AnnotatedSentence, left: JobTitle, floor: int
    ) -> bool:
        """Whether a job title stands right behind the name before, after a comma or bracket."""
        follows = floor > sentence.start and masked[floor : floor + 1] in ",("
        return follows and self._words.only_article.match(masked[floor : left.start]) is not None

    def _is_of_next(
        self, masked: str, sentence: AnnotatedSentence, ceiling: int, right: JobTitle
    ) -> bool:
        """Whether what stands behind a name belongs to the next one (President A, Minister B)."""
        if ceiling >= sentence.end or right.end < ceiling - 2:
            return False
        return self.left(masked, ceiling, right.start) is not None

    def left(
        self, masked: str, at: int, floor: int, *, before_comma: bool = False
    ) -> JobTitle | None:
        """The job title before a name with the words that belong to it.

        `before_comma`: the form "job title, name, …".
        """
        floor = max(floor, at - _MAX_BETWEEN)
        end = self._end_of_title(masked, floor, at, before_comma=before_comma)
        if end is None:
            return None
        matches = list(WORD.finditer(masked, floor, end))
        words = [m.group() for m in matches]
        head = next((i for i in reversed(range(len(words))) if self._words.is_role(words[i])), None)
        if head is None:
            return None
        head = self._grammar.own_title(words, head)
        head_end = matches[head].end()
        behind = words[head + 1 :]
        copula = len(behind) == 1 and behind[0].casefold() in self._words.copulas
        between = masked[head_end:end]
        if not copula and not self._grammar.is_remit(between, behind, before_comma=before_comma):
            return None
        first = self._first_word(masked, matches, head)
        return JobTitle(matches[first].start(), head_end if copula else end, head_end, "left")

    def _end_of_title(self, masked: str, floor: int, at: int, *, before_comma: bool) -> int | None:
        """Where a job title before a name ends: before Dr. or the like, and before the comma."""
        titles = self._words.titles.search(masked, floor, at)
        end = titles.start() if titles else at
        if before_comma:
            comma = _COMMA_AT_END.search(masked, floor, end)
            return comma.start() if comma else None
        dashed = len(masked[floor:end].rstrip()) - 1
        if dashed > 0 and masked[floor + dashed] in "—–" and masked[floor + dashed - 1] == " ":
            end = floor + dashed
        return self._grammar.end_of_title(masked, floor, end, titled=titles is not None)

    def _first_word(self, masked: str, matches: Sequence[re.Match[str]], head: int) -> int:
        """The first word of a job title, from the word that names it."""
        words = [m.group() for m in matches]
        first = self._leftmost(masked, matches, self._grammar.first_of_chain(words, head))
        if self._joins_titles(words, first):
            first = self._leftmost(masked, matches, first - 2)
        if self._grammar.joins_remits(words, first, head):
            first = self._leftmost(masked, matches, first - 2)
        return self._grammar.first_of_remit(masked, matches, first)

    def _leftmost(self, masked: str, matches: Sequence[re.Match[str]], first: int) -> int:
        """The first of the words that stand right before `first` and belong to it."""
        while first and self._belongs_before(masked, matches[first - 1], matches[first]):
            first -= 1
            if self._grammar.opens_pair([m.group() for m in matches[: first + 1]], first):
                first -= 2
        return first

    def _joins_titles(self, words: Sequence[str], first: int) -> bool:
        """ "President and CEO": one person with two job titles in the singular."""
        if first < 2 or words[first - 1].casefold() not in self._words.joiners:
            return False
        before = words[first - 2]
        plural = self._grammar.is_plural(before.removesuffix("er"))
        return self._words.is_role(before) and not plural

    def _belongs_before(self, masked: str, word: re.Match[str], next_word: re.Match[str]) -> bool:
        """Whether the word before a job title belongs to it (stellvertretender, Regional)."""
        if masked[word.end() : next_word.start()].strip():
            return False
        text = word.group()
        if self._words.is_role(text) or text.casefold() in self._words.modifiers:
            return True
        return self._grammar.belongs_before(text, next_word.group())

    def _right(self, masked: str, at: int, ceiling: int) -> JobTitle | None:
        """The job title behind a name: after a comma, dash or stroke, in brackets, or behind what
        says that somebody was made or is it (A wurde zum Leiter gewählt).
        """
        mark = _APPOSITION.match(masked, at, ceiling)
        title = self._title_behind(masked, mark, ceiling) if mark else None
        made = self._words.made_to.match(masked, at, ceiling) if title is None else None
        return self._title_behind(masked, made, ceiling, made=True) if made else title

    def _title_behind(
        self, masked: str, mark: re.Match[str], ceiling: int, *, made: bool = False
    ) -> JobTitle | None:
        """The job title behind a mark; `made`: that says that somebody was made or is it."""
        bracket = masked[mark.start() : mark.end()].strip() == "("
        stop = _CLOSING_BRACKET if bracket else self._grammar.end_of_apposition
        limit = min(ceiling, mark.end() + _MAX_APPOSITION)
        found = stop.search(masked, mark.end(), limit)
        end = found.start() if found else limit
        words = list(WORD.finditer(masked, mark.end(), end))
        last = self._last_title([w.group() for w in words], bracket=bracket)
        if last is None or (made and not self._grammar.may_be_made(words[last].group())):
            return None
        head_end = words[last].end()
        if bracket:
            side = "bracket"
        elif self.is_said_of_next(masked, head_end) or (
            end == ceiling and self._leads_to_name(masked, head_end, ceiling)
        ):
            return None
        else:
            side = "right"
        end = self._end_of_apposition(masked, words[last + 1 :], head_end, end)
        return JobTitle(mark.end(), end, head_end, side)

    def is_said_of_next(self, masked: str, end: int) -> bool:
        """Whether a verb right behind a job title gives it to the name that follows (neuer
        Schatzmeister ist B), not to the one before (A, директор выступил с докладом).
        """
        words = _NEXT_WORDS.match(masked, end)
        if words is None or words.group(1).casefold() not in self._words.copulas:
            return False
        return any(word[0].isupper() for word in words.group(2).split())

    def _last_title(self, words: Sequence[str], *, bracket: bool) -> int | None:
        """The last of the words that name the job title of an apposition; None without one."""
        opening = words[:_OPENING_WORDS]
        head = next((i for i, word in enumerate(opening) if self._words.is_role(word)), None)
        if head is None or not all(self._may_open(word) for word in words[:head]):
            return None
        if not bracket and self._grammar.is_of_others(words[head]):
            return None
        while head + 1 < len(words) and self._words.is_role(words[head + 1]):
            head += 1
        return head

    def _leads_to_name(self, masked: str, at: int, ceiling: int) -> bool:
        """Whether nothing stands between a job title and the name behind it."""
        between = WORD.search(masked[at:ceiling])
        return between is None and ceiling < len(masked) and masked[ceiling].isupper()

    def _may_open(self, word: str) -> bool:
        """Whether a word may stand before the job title of an apposition: no verb may."""
        if word.casefold() in self._words.modifiers or not word[0].islower():
            return True
        return self._words.is_role(word) or self._grammar.may_open_apposition(word)

    def _end_of_apposition(
        self, masked: str, words: Sequence[re.Match[str]], at: int, end: int
    ) -> int:
        """Where an apposition ends: before the first word of the clause, outside quotes."""
        quoted = False
        for word in words:
            gap = masked[at : word.start()]
            quoted ^= sum(gap.count(q) for q in '„“”"') % 2 == 1
            if not quoted and self._grammar.ends_apposition(word.group()):
                return at
            at = word.end()
        return end
