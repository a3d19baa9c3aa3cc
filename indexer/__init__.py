"""What is known, and how it is kept: records, system of record, search, watches.

This package imports neither `crawler` nor `search_api` nor `radar`.
"""
