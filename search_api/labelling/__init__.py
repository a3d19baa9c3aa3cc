"""Pages on which a person labels what a page tells."""
