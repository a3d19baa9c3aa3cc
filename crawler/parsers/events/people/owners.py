"""Whose event it is by its name: a body's convention, congress of the BDX, OIX Workshop."""

from __future__ import annotations

import re

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import body_found, joined_behind, outermost
from indexer.records.document import Mention

OWNER = "organisers.owner"
"""Rule of the bodies that an event is called by."""
_POSSESSIVES = ("'s", "’s")
_LONGEST_LEAD = 3
_QUOTES = frozenset('«„“"')
_NEXT_WORD = re.compile(r"[»”“\"]?\s([\w-]+)")
_TO_OWNED = 40
"""Characters between a possessive and the name of what is owned, which its days may take."""


def possessor(page: AnnotatedPage, c: Candidate) -> list[FoundValue[str]]:
    """The body whose gathering it is by a possessive before its name, with its days between them
    perhaps (the Tin Association's May 7-10 convention).
    """
    masked = page.masked[c.sentence.part]
    for m in c.sentence.of("organisations"):
        end = m.end - 2 if masked[m.end - 2 : m.end] in _POSSESSIVES else m.end
        behind = end + 2
        if masked[end:behind] not in _POSSESSIVES or not 0 <= c.name.start - behind <= _TO_OWNED:
            continue
        spans = [(d.start, d.end) for d in c.sentence.dates]
        between = page.vocabulary.words(masked[behind : c.name.start])
        told = all(
            w.group().islower() or any(s <= w.start() + behind < e for s, e in spans)
            for w in between
        )
        if told and c.kind in ("gathering", "weak"):
            text = page.cut(m.part, m.start, end)
            return [FoundValue(text, m.part, m.start, end, OWNER, 0.75)]
    return []


def owner_in_name(page: AnnotatedPage, c: Candidate) -> list[FoundValue[str]]:
    """The known body whose gathering it is by the words before its head, or by the first part of a
    compound (OIX Workshop, OIX-Fachgespräch); one that nobody knows, where it is a possessive.
    """
    if c.kind not in ("gathering", "weak"):
        return []
    if page.grammar.joins_bodies_by_case:
        return _owner_by_case(page, c)
    masked = page.masked[c.sentence.part]
    for m in outermost(c.sentence.of("organisations")):
        possessive = masked[m.end - 2 : m.end] in _POSSESSIVES
        known = possessive or m.extractor.startswith(("table", "organisation"))
        if not known or not c.name.start <= m.start < m.end < c.head[1]:
            continue
        between = masked[m.end : c.head[1]].replace("-", " ").split()
        named = possessive or not any(word[0].islower() for word in between[:-1])
        if named and masked[m.end] in " -":
            return [_owner(page, m, m.end - 2 if possessive else m.end)]
    return []


def _owner_by_case(page: AnnotatedPage, c: Candidate) -> list[FoundValue[str]]:
    """The body whose session it is, in the case of an owner before its head, or linked to it behind
    (комитеттің кезекті отырысы, ҷаласаи Шӯрои …).
    """
    masked = page.masked[c.sentence.part]
    for m in outermost(c.sentence.of("organisations")):
        inside = c.name.start <= m.start and m.end <= c.name.end
        owns = m.end <= c.head[0] and page.grammar.is_owner(masked[m.start : m.end])
        linked = m.start > c.head[1] and page.grammar.links(c.word)
        if inside and (owns or linked):
            return [_owner(page, m, m.end)]
    return []


def _owner(page: AnnotatedPage, m: Mention, end: int) -> FoundValue[str]:
    """A body by its whole name, also where its acronym stands."""
    by_acronym = m.extractor.endswith(":acronym") and isinstance(m.value, str)
    name = str(m.value) if by_acronym else page.cut(m.part, m.start, end)
    return FoundValue(name, m.part, m.start, end, OWNER, 0.75)


def owners_by_name(page: AnnotatedPage, c: Candidate) -> list[FoundValue[str]]:
    """Whose event it is by name: Fachveranstaltung von A und B, Delegation des C; where genitives
    stand bare, also behind those who meet as its members (собрание акционеров АО «А»).
    """
    head_end, tail, sentence = c.head[1], c.name.tail, c.sentence
    if tail is None or c.kind == "body":
        return []
    masked = page.masked[sentence.part]
    inside = [
        m
        for m in outermost(sentence.of("organisations"))
        if m.start >= head_end and m.start < tail[1]
    ]
    if not inside:
        return []
    bodies = joined_behind(masked, inside, page.vocabulary)
    lands = [m.end for m in sentence.of("places", "countries") if m.end < inside[0].start]
    lead = masked[max([head_end, *lands]) : inside[0].start].casefold().split()
    owns = lead and len(lead) <= _LONGEST_LEAD and lead[0] in page.vocabulary.of_owner
    if not owns and not _owns_bare(page, c, inside[0]):
        return []
    return [body_found(m, OWNER) for m in bodies]


def _owns_bare(page: AnnotatedPage, c: Candidate, body: Mention) -> bool:
    """Whether the body behind a head is a genitive of it: none that is but quoted, which may be its
    title, and none that does something at it, also with others (на форуме Минэнерго сообщило …).
    """
    grammar, masked = page.grammar, page.masked[c.sentence.part]
    if not grammar.has_bare_owners or c.kind not in ("trip", "gathering"):
        return False
    lead = masked[c.head[1] : body.start].casefold().split()
    if any(word not in page.vocabulary.of_members for word in lead):
        return False
    if not lead and masked[body.start] in _QUOTES:
        return False
    further = [m for m in outermost(c.sentence.of("organisations")) if m.start >= body.start]
    row = joined_behind(masked, further, page.vocabulary)
    behind = _NEXT_WORD.match(masked, row[-1].end)
    head = masked[slice(*c.head)]
    return behind is None or not grammar.acts_at(head, behind[1], several=len(row) > 1)
