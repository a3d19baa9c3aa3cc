"""An installation: its configured parts, the state of its sources, and when they are due."""
