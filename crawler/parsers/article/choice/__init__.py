"""Which blocks of a page are its article, told by a model that was learnt from labelled pages."""

from crawler.parsers.article.choice.choice import (
    FEWEST,
    PARAMETERS,
    measure_all,
    revise,
    revise_other,
)

__all__ = ["FEWEST", "PARAMETERS", "measure_all", "revise", "revise_other"]
