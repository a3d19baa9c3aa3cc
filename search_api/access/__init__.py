"""Who is let in: hosts, keys, sessions, form tokens, rate limits, and the audit log."""
