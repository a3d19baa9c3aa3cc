"""Single addresses fetched outside a run, with the politeness of the crawl; nothing is archived.

Used by `radar try` and `radar sources check`.
"""
