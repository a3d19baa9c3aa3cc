"""What may be meant: names that begin with some letters, and help where a search finds nothing."""
