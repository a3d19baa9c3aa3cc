"""Listing pages: links to news pages, and the way to the next page. Pure."""
