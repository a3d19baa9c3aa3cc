"""Strategies, plans, agreements, laws (field `strategies`) and programmes, projects, initiatives
(field `programmes`) that no table knows.

A head word names nothing by itself. It does with a name in quotes (then the name is the find), with
a subject (`on critical minerals`, `по развитию …`), years, or capitals of its own. Each language
has a module for its head words and for what makes a name of them.
"""

from crawler.parsers.entities.strategies.finder import StrategyFinder

__all__ = ["StrategyFinder"]
