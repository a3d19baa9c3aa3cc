"""How often each rule of the event reader is right: the confidence that its values carry.

The shares were counted on texts that were scored before any rule was changed for them (99 own texts
in six batches, 697 values), smoothed and rounded; a rule seen less than five times there has a
cautious share. `python -m tests.quality.rule_confidence` prints the table again.
"""

from __future__ import annotations

from crawler.parsers.events.page.found_value import FoundValue

SURE = 0.9
"""From here on a value counts as sure."""
_UNKNOWN = 0.7
_SLIPPERY = 0.8
"""A date or town that hardly outranks another one."""
_CLEAR_DATE, _CLEAR_TOWN = 0.85, 0.8

SHARES = {
    "names.gathering": 0.94,
    "names.body": 0.92,
    "names.headline": 0.9,
    "names.trip": 0.8,
    "names.weak": 0.82,
    "names.verb": 0.7,
    "names.brand": 0.8,
    "names.open": 0.7,
    "names.ordinal": 0.97,
    "series.name": 0.95,
    "series.body": 0.95,
    "series.body-meets": 0.9,
    "series.label": 0.9,
    "series.owner": 0.85,
    "series.quoted": 0.85,
    "dating.ranked": 0.95,
    "dating.until": 0.85,
    "dating.loose": 0.85,
    "dating.page-month": 0.8,
    "dating.year-of-name": 0.8,
    "dating.years-after": 0.75,
    "placing.town": 0.93,
    "placing.country-of-town": 0.93,
    "placing.country": 0.77,
    "placing.country-of-venue": 0.75,
    "placing.capital": 0.85,
    "placing.town-adjective": 0.8,
    "placing.venue": 0.72,
    "placing.label": 0.85,
    "organisers.cue": 0.94,
    "organisers.capitals": 0.75,
    "organisers.owner": 0.72,
    "organisers.row": 0.6,
    "organisers.agent": 0.6,
    "organisers.trained": 0.5,
    "participants.count": 0.88,
    "participants.countries": 0.96,
    "participants.parties": 0.6,
    "participants.cue": 0.55,
    "participants.row": 0.5,
    "participants.trained": 0.65,
    "people.first-name": 0.93,
    "people.title": 0.9,
    "people.role-before": 0.82,
    "people.role-after": 0.92,
    "people.role-comma": 0.92,
    "people.role-chain": 0.85,
    "people.speaks": 0.85,
    "people.surname": 0.8,
    "people.initial": 0.75,
    "people.shape": 0.55,
    "people.post-left": 0.84,
    "people.post-right": 0.72,
    "people.post-bracket": 0.8,
    "people.employer": 0.82,
    "people.employer-behind": 0.86,
    "people.compound": 0.8,
    "people.employer-capitals": 0.7,
    "people.employer-unknown": 0.6,
    "people.employer-trained": 0.5,
    "people.represents": 0.6,
    "people.leads": 0.75,
    "themes.quoted": 0.9,
    "themes.cue": 0.75,
    "themes.name": 0.72,
    "themes.between": 0.75,
    "themes.quote-behind-head": 0.7,
    "status.takes_place": 0.9,
    "status.will_take_place": 0.9,
    "status.cancelled": 0.85,
    "status.moved": 0.85,
    "status.role": 0.75,
    "markup.schema-org": 0.97,
}
"""Rule → share of its values that are right."""


def rule_confidence(found: FoundValue[object]) -> float:
    """The confidence of a value by its rule; of ranked dates and towns by their lead as well."""
    share = SHARES.get(found.rule, min(found.confidence, _UNKNOWN))
    if found.rule == "dating.ranked" and found.confidence < _CLEAR_DATE:
        return _SLIPPERY
    if found.rule in ("placing.town", "placing.country-of-town") and found.confidence < _CLEAR_TOWN:
        return _SLIPPERY
    return share
