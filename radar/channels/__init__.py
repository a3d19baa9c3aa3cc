"""Ways in which a message reaches people: a module for each kind of channel, and their registry."""
