"""Documents and their revisions: what a page that was read means to what is known."""
