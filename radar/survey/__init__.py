"""Surveys of sources: the configured ones, and a site that is to become one."""
