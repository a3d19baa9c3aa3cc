"""What is known of addresses and sites, and which pages a run requests."""
