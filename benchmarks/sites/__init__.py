"""Whole sites nobody wrote rules for.

`sites` crawls them for two nights and scores what was read; `site_readers` reads their pages one by
one, as peers do. `python -m benchmarks.sites --worst` shows what is read wrongly on open sites.
"""
