"""The spider that drives any configured source, and what it is made of."""
