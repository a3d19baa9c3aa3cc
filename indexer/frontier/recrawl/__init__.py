"""When a page is requested again: what its site says, how its pages change, what is gone."""
