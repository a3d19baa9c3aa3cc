"""What a gathering is about, where a language says that before its head (… мәселелеріне арналған
дөңгелек үстел), and with whom a meeting is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.annotated_page import AnnotatedSentence


def with_subject(
    vocabulary: EventVocabulary,
    masked: str,
    sentence: AnnotatedSentence,
    name: NounPhrase,
    barriers: Sequence[tuple[int, int]],
) -> NounPhrase:
    """A name with the subject before it, which reaches over no barrier and no body."""
    link = vocabulary.subject_postpositions.search(masked, sentence.start, name.start)
    if link is None:
        return name
    bodies = ((m.start, m.end) for m in sentence.of("organisations", "persons"))
    floor = max([sentence.start, *(end for _, end in [*barriers, *bodies] if end <= link.start())])
    subject = vocabulary.grammar.subject_before(masked, floor, link.start(), vocabulary)
    if subject is None:
        return name
    return replace(
        name,
        start=subject[0],
        subject=subject,
        left_words=(*masked[subject[0] : name.start].split(), *name.left_words),
    )


def with_company(
    vocabulary: EventVocabulary,
    masked: str,
    sentence: AnnotatedSentence,
    name: NounPhrase,
    *,
    head: tuple[int, int],
    barriers: Sequence[tuple[int, int]],
) -> NounPhrase:
    """The name of a meeting with those whom it is with, which reach over no barrier; that of a
    journey with where it goes.
    """
    if name.tail:
        return name
    if vocabulary.heads.get(folded(masked[slice(*head)])) == "trip":
        return _with_goal(vocabulary, masked, sentence, name)
    if folded(masked[slice(*head)]) not in vocabulary.meetings_with:
        return name
    floor = max([sentence.start, *(end for _, end in barriers if end <= name.start)])
    ceiling = min([sentence.end, *(start for start, _ in barriers if start >= name.end)])
    span = vocabulary.grammar.company_of(
        masked, (name.start, name.end), (floor, ceiling), vocabulary
    )
    return replace(
        name,
        start=span[0],
        end=span[1],
        left_words=(*masked[span[0] : name.start].split(), *name.left_words),
        tail=(name.end, span[1]) if span[1] > name.end else None,
    )


def _with_goal(
    vocabulary: EventVocabulary, masked: str, sentence: AnnotatedSentence, name: NounPhrase
) -> NounPhrase:
    """With the place right before it in the case of a goal (Канадаға | жұмыс сапары)."""
    for place in sentence.of("places", "countries"):
        end = place.end + len(masked[place.end : name.start].partition(" ")[0])
        if end + 1 == name.start and vocabulary.grammar.is_goal(masked[place.start : end]):
            words = (*masked[place.start : name.start].split(), *name.left_words)
            return replace(name, start=place.start, left_words=words)
    return name
