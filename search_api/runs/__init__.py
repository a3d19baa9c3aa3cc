"""How the crawl goes: runs, and the history of each source."""
