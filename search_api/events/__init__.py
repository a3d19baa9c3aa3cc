"""Events: their lists, pages, and what programs get of them."""
