"""What a site says of its changes, scored by whether they were changes of the text. Pure.

A site speaks through several signals: the lastmod of its sitemaps, the validators of its answers
(ETag, Last-Modified), the listings that it leaves a page out of. Each visit is a trial of what they
said before it: a claim ("it has changed", "it is gone") or a silence ("it is as it was"). Claims
and silences are scored apart, because a signal may be good for one of them only: a lastmod that is
the day of publication for ever makes no false claim, and its silence says nothing.

A score is the mean of a Beta distribution. What is assumed of an unknown site is honest, and so
weak that a few trials overrule it. Old trials fade, so that trust is lost and won again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SignalClaim = Literal["changed", "unchanged"]

MEMORY = 200.0
"""Trials that are remembered: beyond them the older ones weigh less and less."""
PROVEN = 10
"""Trials of a claim from which on the score decides even what would be a lot at once."""
CREDIBLE = 0.5
"""Share of claims that must be true for a claim to be a reason to request a page. Pages requested
without a reason have changed in less than a third of all cases, on any site that was simulated."""
TOLERATED = 0.03
"""Share of silent pages that may have changed nevertheless, for silence to rule out a request:
what it leaves stale must stay well below the twentieth that revisiting without signals leaves."""
_CLAIMS_BEFORE = (2.0, 0.5)
"""Claims taken for kept and broken before the first trial."""
_SILENCES_BEFORE = (5.0, 0.1)
"""As for claims: one change in the first thirty silent pages ends the trust."""


@dataclass(slots=True)
class Score:
    """Trials of one signal of one site, weighed by their age."""

    claims_kept: float = 0.0
    """It claimed that the page had changed, and the text had."""
    claims_broken: float = 0.0
    silences_kept: float = 0.0
    """It claimed that the page was as before, and the text was."""
    silences_broken: float = 0.0

    @classmethod
    def from_json(cls, data: Sequence[float] | None) -> Score:
        """From the four numbers; None: no trial yet."""
        return cls(*data) if data else cls()

    def to_json(self) -> list[float]:
        """The four numbers, in the order of the fields."""
        numbers = (
            self.claims_kept,
            self.claims_broken,
            self.silences_kept,
            self.silences_broken,
        )
        return [round(number, 3) for number in numbers]

    def record(self, claim: SignalClaim, *, changed: bool) -> None:
        """Count a visit before which the signal had claimed this."""
        if claim == "changed":
            self.claims_kept += changed
            self.claims_broken += not changed
            fading = MEMORY / max(MEMORY, self.claims)
            self.claims_kept *= fading
            self.claims_broken *= fading
        else:
            self.silences_kept += not changed
            self.silences_broken += changed
            fading = MEMORY / max(MEMORY, self.silences)
            self.silences_kept *= fading
            self.silences_broken *= fading

    @property
    def claims(self) -> float:
        """Trials of claims."""
        return self.claims_kept + self.claims_broken

    @property
    def silences(self) -> float:
        """Trials of silences."""
        return self.silences_kept + self.silences_broken

    @property
    def claims_count(self) -> bool:
        """Whether a claim is a reason to ask."""
        kept, broken = _CLAIMS_BEFORE
        return (self.claims_kept + kept) / (self.claims + kept + broken) >= CREDIBLE

    @property
    def claims_proven(self) -> bool:
        """Whether claims count, and not only because nothing speaks against them."""
        return self.claims >= PROVEN and self.claims_count

    @property
    def silence_is_true(self) -> bool:
        """Whether pages that it is silent about are as they were, but for a tolerated few."""
        kept, broken = _SILENCES_BEFORE
        return (self.silences_broken + broken) / (self.silences + kept + broken) <= TOLERATED

    @property
    def silence_counts(self) -> bool:
        """Whether silence is a reason not to fetch: it is true, and the site does not cry wolf."""
        return self.claims_count and self.silence_is_true
