"""JSON APIs: answers to links, and items to pages. Pure."""
