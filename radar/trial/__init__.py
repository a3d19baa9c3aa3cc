"""What `radar try` shows: one page, read, with every value in its place."""
