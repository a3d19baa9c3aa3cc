"""An installation: its parts as configured, what is known of its sources, when they are due."""
