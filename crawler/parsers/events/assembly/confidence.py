"""How likely the values of events are right: the confidence that they carry.

Boosted trees (trained/confidence_model.py) over measures of each value (confidence_measures.py)
answer. Without them no value of the text counts as sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.parsers.events.assembly.confidence_measures import OF_FIELD
from crawler.parsers.events.trained.confidence_model import ConfidenceModel

UNJUDGED = 0.7
"""Confidence without a model, and of fields that nobody labelled."""


def judge_confidence(
    measured: Sequence[Mapping[str, float]], model: ConfidenceModel | None
) -> list[float]:
    """Of each value 0 to 1: the share of right ones among values that measure so."""
    if model is None or not measured:
        return [UNJUDGED] * len(measured)
    judged = {f"{OF_FIELD}{field}" for field in model.fields}
    shares = zip(measured, model.shares(measured), strict=True)
    return [
        UNJUDGED if judged.isdisjoint(measures) else round(share, 2) for measures, share in shares
    ]
