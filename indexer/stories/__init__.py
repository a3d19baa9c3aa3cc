"""Stories: pages that tell the same news, as reprints, rewritten versions and translations."""
