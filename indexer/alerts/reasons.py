"""Why a match is not told, and what became of a revision: in English, as the database keeps it and
programs get it. They are messages of `search_api.language`, which has their translations.
"""

from __future__ import annotations

MUTED = "its story is muted"
LATER_PLACE = "another place of a story that was told"
TOLD_BEFORE = "told before the database was put back to an earlier state"
NO_CHANNEL = "the channel is no longer configured"
NEVER_A_CHANNEL = "the watch has no channel"
OF_MATCHES = (MUTED, LATER_PLACE, TOLD_BEFORE, NO_CHANNEL, NEVER_A_CHANNEL)

MATCHED = "{change}, {state}"
MATCHED_BECAUSE = "{change}, {state}: {reason}"
NEVER_SEEN = "no run has seen the watch yet"
NO_NEWS = "a page of the kind {kind} tells no news"
NOT_YET = "not looked at yet: the next run does"
BEFORE_WATCH = "it came before the watch"
PAGE_FAILS = "the page does not match"
ADDED_FAILS = "what was added does not match"
NOT_TOLD = "the watch does not tell of this: {change}"
KNOWN = "its passages were told before, or the watch did not exist or ask for them"
OF_REVISIONS = (
    MATCHED,
    MATCHED_BECAUSE,
    NEVER_SEEN,
    NO_NEWS,
    NOT_YET,
    BEFORE_WATCH,
    PAGE_FAILS,
    ADDED_FAILS,
    NOT_TOLD,
    KNOWN,
)
