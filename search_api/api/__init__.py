"""The JSON API: its routes, the shapes of its answers, its description."""
