"""How pages are found and fetched, and how a page is read.

May import `indexer`; imports neither `search_api` nor `radar`.
"""
