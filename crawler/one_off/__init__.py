"""Addresses requested outside a run (`radar try`, `radar sources check`), with the politeness of
the crawl.
"""
