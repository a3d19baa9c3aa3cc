"""Organisations that no table knows, by pattern: a head word and what belongs to it, or a legal
form.

`Ministerium für Industrie und Bau`, `Open Society Institute (OSI)`, `Ernst Klett AG`, `АО «КИРИ»`,
`Минприроды КР`. A head word alone (the ministry) names nobody. Finds of the tables are kept; where
a pattern starts at the same place and reaches further, it lends its end. Each language has a
module.
"""

from crawler.parsers.entities.organisations.finder import OrganisationFinder

__all__ = ["OrganisationFinder"]
