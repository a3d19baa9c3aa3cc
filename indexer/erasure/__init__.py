"""Removing what may no longer be kept from the system of record."""
