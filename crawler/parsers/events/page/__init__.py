"""A page as the event reader sees it: annotated sentences, and which of them tell of which event."""
