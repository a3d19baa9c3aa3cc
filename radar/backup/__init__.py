"""Copies of an installation, made while it works, and the way back from one."""
