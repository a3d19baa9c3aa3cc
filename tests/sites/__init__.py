"""Whole sites that nobody runs, in twelve systems and three languages, with the truth about each.

A site is made from its name alone and is always the same: its prose (`prose`, `words`), its stories
and pages (`contents`), its addresses (`systems`), its markup (`templates`, one file for a system),
and how it stands on a night (`site`). `scoring` compares what a reader made of it with the truth.
The markup is made as these systems make it; the words of the pages are made up.
"""
