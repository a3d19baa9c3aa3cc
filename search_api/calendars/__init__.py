"""Events for calendar programs."""
