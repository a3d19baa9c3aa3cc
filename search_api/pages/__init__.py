"""The HTML pages: routes, what they show as plain records, templates, words."""
