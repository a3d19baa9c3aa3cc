"""Search API, search page and feeds (FastAPI, Jinja).

May import `indexer`; imports neither `crawler` nor `radar`.
"""
