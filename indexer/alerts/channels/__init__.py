"""Ways in which a message reaches people; each module is one kind of channel."""
