"""All values of a facet for a search."""
