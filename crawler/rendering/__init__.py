"""Pages that have no text without scripts: cheap ways to their text, and the guarded browser."""
