"""Watches: what the API and the pages do with them."""
