"""Words that say how large a number is: 1.9 thousand, 240 тыс., 2,4 Millionen.

They belong to what is kept of pages to compare them by, as function words do to the analyser, and
not to config/languages: with an edited list a page would no longer agree with those before it.
"""

from __future__ import annotations

import re
from decimal import Decimal

_WRITTEN = {
    3: "thousand tausend tsd тыс тысяч тысяча тысячи мың миң ming ҳазор мянга",
    6: "million millions millionen mio mln млн миллион миллиона миллионов сая",
    9: "billion bn milliarde milliarden mrd milliard mlrd млрд миллиард миллиарда миллиардов",
}
_POWERS = {word: power for power, words in _WRITTEN.items() for word in words.split()}
_NEXT = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+)")


def in_full(number: str, text: str, end: int) -> str:
    """A number (digits, a point before its fraction) that ends there in a text, in full digits."""
    following = _NEXT.match(text, end)
    power = _POWERS.get(following[1].lower()) if following else None
    return format(Decimal(number).scaleb(power).normalize(), "f") if power else number
