"""Events across documents and runs: which of them are the same event, and how it has changed."""
