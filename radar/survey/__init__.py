"""Surveys of configured sources, and of sites that may become one."""
