"""Health of sources: statistics from the database, the judgement about them (pure), and the saved
result.
"""
