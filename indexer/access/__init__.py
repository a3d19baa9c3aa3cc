"""Who may use the web interface: keys, and the sessions that are opened with them."""
