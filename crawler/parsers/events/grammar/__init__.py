"""What differs between languages: their words for events and the constructions around them."""
