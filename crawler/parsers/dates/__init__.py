"""Date expressions: running text to intervals, lone strings to partial dates. Pure, no clock."""

from crawler.parsers.dates.reader import DateReader, PartialDate, with_year_of

__all__ = ["DateReader", "PartialDate", "with_year_of"]
