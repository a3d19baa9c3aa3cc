"""A page as the event reader sees it: annotated sentences, and the clauses and dates in them."""
