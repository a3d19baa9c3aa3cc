"""The values of an event itself: name, series, theme, dates, place, status."""
