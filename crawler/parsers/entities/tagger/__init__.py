"""Bodies by a trained tagger: a conditional random field over words (CRFsuite), one for each
language that it pays for.

What tables and patterns found is a feature among others, and stays where the tagger says otherwise.
Trained by `python -m benchmarks.tagger_training`.
"""

from crawler.parsers.entities.tagger.finder import TaggedBodies, without_bare

__all__ = ["TaggedBodies", "without_bare"]
