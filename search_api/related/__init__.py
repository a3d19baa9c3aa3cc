"""Pages that belong to a page: of its story, of its event, of its subject."""
