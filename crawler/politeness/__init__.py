"""Manners and self-defence of the crawl: robots.txt, pace, back-off, forbidden addresses, limits."""
