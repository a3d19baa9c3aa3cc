"""Installations as earlier versions left them, and what they have to become."""
