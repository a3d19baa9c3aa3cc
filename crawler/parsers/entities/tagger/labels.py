"""Labels of words as taggers learn and give them."""

from __future__ import annotations

BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
"""A word begins a span, goes on with one, or is in none. Where there are spans of several kinds,
the kind stands behind the first two.
"""
