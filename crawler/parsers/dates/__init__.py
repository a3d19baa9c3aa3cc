"""Date expressions: running text to intervals, lone strings to partial dates. Pure, no clock."""

from crawler.parsers.dates.reader import DateReader, PartialDate

__all__ = ["DateReader", "PartialDate"]
