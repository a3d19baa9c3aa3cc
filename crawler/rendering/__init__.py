"""Pages that say nothing without a browser: what is done before one is started, and how it is kept
at bay.
"""
