"""Watches, what they matched, and the messages that tell of it."""
